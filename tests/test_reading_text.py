"""Plain text in every charset that Taiwan's files are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.charset import decode
from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.read import read_document
from tests.corpus.content import EXPECTED

_SIMPLIFIED = "负责客户服务流程规划，每月检讨满意度与投诉，提出改善方案。"


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp950", "gb18030"]
)
def test_charset_is_found(charset: str) -> None:
    assert read_document(EXPECTED.encode(charset), "a.txt").text == EXPECTED


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "gb18030"])
def test_simplified_text_is_told(charset: str) -> None:
    document = read_document(_SIMPLIFIED.encode(charset), "a.txt")
    assert (document.text, document.script) == (_SIMPLIFIED, "simplified")


@pytest.mark.parametrize("text", ["王小明", "電話：0912", "客服", "許功蓋", "【自傳】", "工作經歷"])
def test_in_doubt_it_is_big5(text: str) -> None:
    assert decode(text.encode("cp950")) == text


def test_hong_kong_characters_are_read() -> None:
    text = "我哋公司嘅客戶服務部負責跟進投訴同埋培訓新同事"
    assert decode(text.encode("big5hkscs")) == text


def test_western_text_is_no_chinese() -> None:
    text = "Résumé: né à Genève, chargé de clientèle, préparé à évoluer"
    document = read_document(text.encode("cp1252"), "a.txt")
    assert (document.text, document.script) == (text, "latin")


def test_controls_and_line_ends_are_tidied() -> None:
    data = "一\x00二\x07三\r\n四 \r五\u2028六\x0b\n\n\n\n七\xa0八".encode()
    assert read_document(data, "a.txt").text == "一二三\n四\n五\n六\n\n七 八"


def test_lost_characters_are_counted() -> None:
    data = EXPECTED.encode() + b"\xff\xfe\xff"
    document = read_document(data, "a.txt")
    assert document.text.startswith(EXPECTED)
    assert [notice.code for notice in document.warnings] == ["lost_characters"]


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", bytes(100), "\ufeff".encode(), "\u200b".encode()])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(data, "a.txt")
    assert caught.value.code == "empty"


@pytest.mark.parametrize("text", ["[姓名] 王小明", "{以下空白}", "BMW 品牌經理", "MZ 是代號", "PK 賽冠軍"])
def test_plain_text_that_looks_like_another_kind(text: str) -> None:
    document = read_document(text.encode(), "a.txt")
    assert (document.text, document.media_type) == (text, "text/plain")


def outcome(data: bytes) -> Document | ReadingError:
    try:
        return read_document(data, "a")
    except ReadingError as error:
        return error


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    found = outcome(data)
    if isinstance(found, ReadingError):
        assert found.code in ("empty", "unsupported", "malformed", "too_large", "encrypted")
        assert str(found).endswith("。")
    else:
        assert found.text.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.text(alphabet="客戶服務流程規劃預算競品法規，。SOP 2024\n", min_size=1, max_size=300))
def test_pages_cover_the_text(text: str) -> None:
    found = outcome(text.encode("utf-16"))
    if isinstance(found, ReadingError):
        assert found.code == "empty"
    else:
        assert "".join(found.text[start:end] for start, end in found.pages) == found.text
