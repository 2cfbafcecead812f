"""Web pages are read as a browser shows them."""

import pytest

from matcher.reading.read import read_document


def read(body: str, head: str = "") -> str:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_document(page.encode(), "a.html").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<div>一<div>二</div>三</div>", "一\n二\n三"),
        ("<p>一<br>二</p>", "一\n二"),
        ("<p>客戶\n    服務</p>", "客戶服務"),
        ("<p>customer\n   service</p>", "customer service"),
        ("<p>客<b>戶</b>服<i>務</i></p>", "客戶服務"),
        ("<ul><li>一</li>\n<li>二</li></ul>", "一\n二"),
        ("<table><tr><td>一</td><td>二</td></tr><tr><th>三</th><td>四</td></tr></table>", "一\t二\n三\t四"),
        ("<pre>一\n二</pre>", "一\n二"),
        ("<p>一&amp;二&nbsp;三</p>", "一&二 三"),
        ("<p>見</p><!-- 註 --><script>碼</script><template>版</template><noscript>無</noscript>", "見"),
        ("<p>一<!-- 註 -->二</p>", "一二"),
        ("<nav>選單</nav><p>內文</p><select><option>選項</option></select><button>鈕</button>", "內文"),
        ("<span style='display:block'>一</span><span style='display:block'>二</span>", "一\n二"),
        ("<p>沒有結尾<p>也一樣", "沒有結尾\n也一樣"),
    ],
)
def test_lines(body: str, text: str) -> None:
    assert read(body) == text


@pytest.mark.parametrize("depth", [300, 1500])
def test_deep_pages_are_read(depth: int) -> None:
    assert read("<div>" * depth + "深處" + "</div>" * depth) == "深處"


def test_mark_of_utf8_wins_over_the_page() -> None:
    page = "\ufeff<html><head><meta charset=big5></head><body>客戶服務</body></html>".encode()
    assert read_document(page, "a.html").text == "客戶服務"


@pytest.mark.parametrize("charset", ["big5", "gb2312", "utf-8"])
def test_declared_charset_is_read_in_its_superset(charset: str) -> None:
    word = {"big5": "碁峰", "gb2312": "喆與", "utf-8": "碁喆"}[charset]
    encoding = {"big5": "cp950", "gb2312": "gb18030", "utf-8": "utf-8"}[charset]
    page = f'<html><meta charset="{charset}"><p>{word}客戶服務流程</p></html>'.encode(encoding)
    assert read_document(page, "a.html").text == f"{word}客戶服務流程"


def test_xhtml_with_a_declaration() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>客服</p></body></html>'
    assert read_document(page.encode(), "a.html").text == "客服"


@pytest.mark.parametrize(
    "sheet", ["p{", "}}}", "p{color:}", "@media{", "p::before{content:'x'}", "p:foo(1){display:none}", "\x00"]
)
def test_broken_sheets_do_no_harm(sheet: str) -> None:
    assert read("<p>客服</p>", f"<style>{sheet}</style>") == "客服"
