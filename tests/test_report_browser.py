"""The report in a real browser: it sorts, filters, opens, marks, prints, and asks nobody for anything."""

from collections.abc import Mapping
from pathlib import Path
from re import findall

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from matcher import Matcher
from matcher.data import data_path
from matcher.export.html import report_html, write_html
from tests.ranked import ranking

RESUMES = {
    path.stem: path.read_text(encoding="utf-8") for path in data_path("samples", "resumes").glob("*.txt")
}
POSTING = data_path("samples", "postings", "customer_service_planner.txt").read_text(encoding="utf-8")
PLANNER, CLERK, COOK = RESUMES["planner"], RESUMES["clerk"], RESUMES["cook"]
TEXTS = {
    "甲／企劃副本.txt": PLANNER,
    "乙／企劃.txt": f"{PLANNER}\n",
    "丙／經理.txt": RESUMES["manager"],
    "丁／專員.txt": CLERK,
    "戊／重複.txt": "處理客訴，訂定客服標準作業流程。\n" * 40,
    "己／<script>alert(1)</script>\u202e.txt": f"{CLERK}\n</template>{{{{ 7*7 }}}}\n{'長' * 5_000}",
    "庚／廚師.txt": COOK,
    "壞掉.pdf": "",
}
VIEWS = ("ranking", "heat", "posting", "failed", "c1", "c6")
A4_PORTRAIT, A4_LANDSCAPE = (595, 842), (842, 595)

# Elements with text of their own whose colour is too near to that behind it. WCAG 2.2, 1.4.3.
_FAINT = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => channels(colour).slice(0, 3).map((value) => value / 255)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
    const behind = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        const clear = channels(colour)[3] === 0 && element.parentElement;
        return clear ? behind(element.parentElement) : colour;
    };
    const faint = [];
    for (const element of document.body.querySelectorAll("*")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || !element.checkVisibility()) continue;
        const [text, ground] = [light(getComputedStyle(element).color), light(behind(element))];
        const [low, high] = [Math.min(text, ground), Math.max(text, ground)];
        if ((high + 0.05) / (low + 0.05) < 4.5) faint.push(element.outerHTML.slice(0, 200));
    }
    return faint;
}"""


def write(matcher: Matcher, folder: Path, texts: Mapping[str, str]) -> str:
    """The address of the report of these texts."""
    path = folder / "report.html"
    with ranking(matcher, texts, POSTING) as made:
        write_html(made, path)
    return path.as_uri()


@pytest.fixture(scope="module")
def address(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report that everybody here reads."""
    return write(matcher, tmp_path_factory.mktemp("report"), TEXTS)


@pytest.fixture
def report(page: Page, address: str) -> Page:
    """The report, opened."""
    page.goto(address)
    return page


def names(report: Page) -> list[str]:
    """The first letter of the names of the rows that are seen, in order."""
    return [name[0] for name in report.locator(".ranking tbody th:visible > a").all_inner_texts()]


def opened(report: Page) -> Locator:
    return report.locator("#candidate .document")


def test_nothing_is_asked_of_anybody(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_role("link", name="甲／企劃副本.txt").first.click()
    expect(opened(page)).to_be_visible()
    assert asked == [address]


def test_any_column_sorts_and_duplicates_stay_under_their_original(report: Page) -> None:
    by_rank = names(report)
    assert by_rank[:2] == ["乙", "甲"]
    heading = report.get_by_role("columnheader", name="級別")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert report.locator("th[aria-sort]").count() == 1
    levels = report.locator(".ranking td.level").all_inner_texts()
    assert levels == sorted(levels, key=lambda level: [int(n) for n in findall(r"\d+", level)], reverse=True)
    report.get_by_role("columnheader", name="檔案").first.get_by_role("button").click()
    assert names(report).index("甲") == names(report).index("乙") + 1
    rank = report.get_by_role("columnheader", name="名次").first.get_by_role("button")
    rank.click()
    assert names(report) == by_rank
    rank.click()
    assert names(report)[-2:] == ["乙", "甲"]


def test_the_heat_map_follows_the_table(report: Page) -> None:
    report.get_by_role("columnheader", name="名次").first.get_by_role("button").click()
    report.get_by_role("searchbox").fill("企劃")
    report.get_by_role("link", name="熱度圖").click()
    assert report.locator(".heat tbody th:visible").all_inner_texts() == ["乙／企劃.txt"]


def test_filters_narrow_the_table(report: Page) -> None:
    count = report.locator(".count")
    expect(count).to_have_text("顯示 6 位，共 6 位")
    report.get_by_role("searchbox").fill("重複出現")
    assert names(report) == ["戊"]
    report.get_by_role("button", name="清除條件").click()
    expect(count).to_have_text("顯示 6 位，共 6 位")
    report.get_by_role("combobox", name="級別").select_option(label="證據不足")
    assert names(report) == ["庚"]
    report.get_by_role("button", name="清除條件").click()
    report.get_by_label("只看有警示").check()
    assert "戊" in names(report)
    assert "丙" not in names(report)
    report.get_by_role("button", name="清除條件").click()
    least = report.get_by_role("spinbutton")
    expect(least).to_be_disabled()  # it would look as if it counted for something
    report.get_by_role("combobox", name="任務").select_option("T2.3")
    expect(least).to_be_enabled()
    report.get_by_label("涵蓋至少").fill("80")
    assert names(report) == ["乙", "甲", "丙"]


def test_warnings_are_read_on_hover_and_on_focus_and_escape_ends_it(report: Page) -> None:
    button = report.locator("tr", has_text="戊／").get_by_role("button")
    warning = report.locator("tr", has_text="戊／").get_by_role("tooltip")
    expect(warning).to_be_hidden()
    button.hover()
    expect(warning).to_be_in_viewport(ratio=1)
    report.mouse.move(0, 0)
    expect(warning).to_be_hidden()
    button.focus()
    expect(warning).to_be_visible()
    expect(button).to_have_accessible_description(warning.inner_text().strip())
    report.keyboard.press("Escape")
    expect(warning).to_be_hidden()


def test_a_candidate_opens_and_back_leads_to_the_same_place(report: Page) -> None:
    report.set_viewport_size({"width": 1280, "height": 300})
    report.get_by_role("columnheader", name="級別").get_by_role("button").click()
    link = report.get_by_role("link", name="丁／專員.txt")
    link.scroll_into_view_if_needed()
    place = report.evaluate("scrollY")
    link.click()
    expect(opened(report).get_by_role("heading", level=2)).to_have_text("丁／專員.txt")
    expect(opened(report).get_by_role("heading", level=2)).to_be_focused()
    expect(report.locator(".ranking")).to_be_hidden()
    assert report.title().startswith("丁／專員.txt")
    report.go_back()
    expect(report.locator(".ranking")).to_be_visible()
    expect(link).to_be_focused()
    assert report.evaluate("scrollY") == place
    assert report.locator("th[aria-sort='descending']").inner_text().startswith("級別")


def test_a_candidate_opens_by_address_and_the_next_is_one_step_away(page: Page, address: str) -> None:
    page.goto(f"{address}#c1")
    expect(opened(page).get_by_role("heading", level=2)).to_have_text("乙／企劃.txt")
    expect(page.get_by_role("link", name="上一位")).to_be_hidden()
    page.get_by_role("link", name="下一位").click()
    expect(opened(page).get_by_role("heading", level=2)).to_have_text("丙／經理.txt")
    page.get_by_role("link", name="上一位").click()
    expect(opened(page).get_by_role("heading", level=2)).to_have_text("乙／企劃.txt")


def test_an_address_that_leads_nowhere_shows_the_ranking(page: Page, address: str) -> None:
    page.goto(f"{address}#c999")
    expect(page.locator(".ranking")).to_be_visible()


def test_an_item_shows_its_evidence_and_a_mark_its_items(page: Page, address: str, matcher: Matcher) -> None:
    page.goto(f"{address}#c1")
    item = next(item for item in matcher.score(TEXTS["乙／企劃.txt"]).items if item.code == "P2.3.4")
    card = opened(page).locator(".cards .item[data-codes='P2.3.4']")
    card.get_by_role("button").click()
    lit = opened(page).locator("mark.lit")
    expect(lit.first).to_be_in_viewport()
    assert "".join(sorted(lit.all_text_contents())) == "".join(sorted(one.quote for one in item.evidence))
    expect(card.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(lit).to_have_count(0)

    mark = opened(page).locator("mark", has_text="管理每年 280 萬元的客服改善預算")
    codes = (mark.get_attribute("data-codes") or "").split()
    mark.click()
    expect(opened(page).locator(".cards .item.lit").first).to_be_in_viewport()
    cards = opened(page).locator(".cards .item.lit")
    assert {card.get_attribute("data-codes") for card in cards.all()} == set(codes)


def test_a_demand_leads_to_both_sides(page: Page, address: str) -> None:
    page.goto(f"{address}#c1")
    opened(page).locator(".demands li[data-codes='S06']").get_by_role("button").click()
    card = opened(page).locator(".cards .item[data-codes='S06']")
    expect(card).to_be_in_viewport()
    expect(card.locator(".asked")).to_contain_text("擅長跨部門溝通")
    expect(opened(page).locator("mark.lit").first).to_be_in_viewport()


def test_the_keyboard_is_enough(report: Page) -> None:
    report.get_by_role("columnheader", name="適配").get_by_role("button").focus()
    report.keyboard.press("Enter")
    expect(report.get_by_role("columnheader", name="適配")).to_have_attribute("aria-sort", "descending")
    report.get_by_role("link", name="丙／經理.txt").focus()
    report.keyboard.press("Enter")
    expect(opened(report)).to_be_visible()
    mark = opened(report).locator("mark").first
    mark.focus()
    report.keyboard.press("Enter")
    expect(mark).to_have_attribute("aria-pressed", "true")
    opened(report).locator(".cards .find").first.focus()
    report.keyboard.press("Space")
    expect(opened(report).locator(".cards .find").first).to_have_attribute("aria-pressed", "true")


def test_without_scripts_everything_but_the_candidates_is_read(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    for section in ("#ranking", "#heat", "#posting", "#failed"):
        expect(plain.locator(section)).to_be_visible()
    expect(plain.locator("#candidate")).to_be_hidden()
    expect(plain.get_by_role("searchbox")).to_be_hidden()
    expect(plain.get_by_text("不能排序、篩選")).to_be_visible()
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_is_wider_than_its_window(page: Page, address: str, view: str) -> None:
    page.goto(f"{address}#{view}")
    for width in (360, 768, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("view", VIEWS)
def test_all_text_stands_out_by_day_and_by_night(page: Page, address: str, view: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{address}#{view}")
    assert page.evaluate(_FAINT) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert page.evaluate(_FAINT) == []


def test_one_report_alone_works_the_same(page: Page, matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "planner.html"
    path.write_text(report_html("王小明.txt", matcher.score(PLANNER), PLANNER), encoding="utf-8")
    page.goto(path.as_uri())
    page.locator(".cards .find").first.click()
    expect(page.locator("mark.lit").first).to_be_in_viewport()


def printed(page: Page) -> list[tuple[tuple[int, int], str]]:
    """The pages as they come out of the printer: size in points, and text without blanks."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sheets = []
    for sheet in document:
        text = "".join(sheet.get_textpage().get_text_range().split())
        sheets.append(((round(sheet.get_width()), round(sheet.get_height())), text))
    document.close()
    return sheets


def test_the_ranking_prints_on_a4_with_its_header_on_each_page(
    page: Page, matcher: Matcher, tmp_path: Path
) -> None:
    page.goto(write(matcher, tmp_path, {f"{n:03}.txt": f"處理客訴第 {n} 案，訂定流程。" for n in range(70)}))
    sheets = printed(page)
    assert len(sheets) >= 2
    assert {size for size, _ in sheets} == {A4_LANDSCAPE}
    listed = [text for _, text in sheets if ".txt" in text]
    assert all("名次" in text for text in listed)
    assert sum(text.count(".txt") for text in listed) == 70 + 1  # the posting's name


def test_an_open_candidate_prints_after_the_ranking(page: Page, address: str) -> None:
    page.goto(f"{address}#c1")
    sheets = printed(page)
    assert sheets[0][0] == A4_LANDSCAPE
    assert "優先聯絡順序" in sheets[0][1]
    assert "重複出現" in sheets[0][1]
    assert {size for size, _ in sheets[1:]} == {A4_PORTRAIT}
    assert "乙／企劃.txt" in sheets[1][1]
    assert "熱度圖" not in "".join(text for _, text in sheets)
