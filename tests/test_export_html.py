"""The report as one HTML file: what is in it, and that nothing in it can act."""

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from matcher import Matcher
from matcher.data import data_path
from matcher.export.html import report_html, write_html
from matcher.export.marks import Span, Wording, segments
from matcher.export.page import CONDITIONS, MOST_TEXT
from matcher.export.questions import question
from matcher.export.visible import visible
from matcher.scoring.report import Report
from matcher.standard import load_standard
from tests.ranked import ranking

RESUMES = data_path("samples", "resumes")
PLANNER, MANAGER, CLERK, COOK = (
    (RESUMES / f"{name}.txt").read_text(encoding="utf-8") for name in ("planner", "manager", "clerk", "cook")
)
POSTING = data_path("samples", "postings", "customer_service_planner.txt").read_text(encoding="utf-8")
INDICATORS = [item.text for task in load_standard("BAS2421-003v4").tasks for item in task.indicators]
HOSTILE = "<script>alert(1)</script></template>{{ 7*7 }}\"' &amp; \x00\x1b\u202egpj.exe"


def written(matcher: Matcher, path: Path, texts: Mapping[str, str], asking: str | None = None) -> str:
    """The file that the ranking of these texts gives."""
    with ranking(matcher, texts, asking) as made:
        write_html(made, path)
    return path.read_text(encoding="utf-8")


def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def texts(element: html.HtmlElement, path: str) -> list[str]:
    """The text of the elements that an XPath finds, blanks in one line."""
    return [" ".join(found.text_content().split()) for found in element.xpath(path)]


def rows(page: html.HtmlElement) -> list[list[str]]:
    """The cells of the ranking."""
    return [texts(row, "th|td") for row in page.xpath("//section[@id='ranking']//tbody/tr")]


def marked(page: html.HtmlElement) -> tuple[str, dict[str, set[int]]]:
    """The text that a page shows, and the places that are marked for each code."""
    (shown,) = page.xpath(".//section[@class='whole']/div[@class='text']")
    text = shown.text or ""
    places: dict[str, set[int]] = defaultdict(set)
    for mark in shown.iterchildren("mark"):
        start, text = len(text), text + (mark.text or "")
        for code in mark.get("data-codes", "").split():
            places[code] |= set(range(start, len(text)))
        text += mark.tail or ""
    return text, places


def evidence(report: Report) -> dict[str, set[int]]:
    """The places that the report names for each code."""
    places: dict[str, set[int]] = defaultdict(set)
    for item in report.items:
        for one in item.evidence:
            places[item.code] |= set(range(one.start, one.end))
    for key, condition in report.conditions.items():
        for place in condition.evidence:
            places[CONDITIONS[key]] |= set(range(place.start, place.end))
    return places


@pytest.mark.parametrize("text", [PLANNER, MANAGER, CLERK, COOK, "😀客訴處理😀\n訂定客服標準作業流程"])
def test_the_marks_are_the_evidence(matcher: Matcher, text: str) -> None:
    report = matcher.score(text)
    assert marked(tree(report_html("王小明.txt", report, text))) == (text, evidence(report))


_SPANS = st.builds(
    lambda start, length, code, hue: Span(start, start + length, code, hue),
    st.integers(0, 40),
    st.integers(0, 20),
    st.sampled_from(["P1", "P2", "K1"]),
    st.sampled_from([1, 2, None]),
)


_WORDINGS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=4).map(
    lambda places: [Wording(start, start + long, number) for number, (start, long) in enumerate(places, 1)]
)


@given(st.text(max_size=40), st.lists(_SPANS, max_size=8), _WORDINGS)
def test_spans_and_wordings_may_overlap_nest_and_leave_the_text(
    text: str, spans: list[Span], wordings: list[Wording]
) -> None:
    pieces = segments(text, spans, wordings)
    assert "".join(piece.text for piece in pieces) == text
    codes = [piece.codes for piece in pieces for _ in piece.text]
    assert [set(one) for one in codes] == [
        {span.code for span in spans if span.start <= place < span.end} for place in range(len(text))
    ]
    numbers = [piece.wordings for piece in pieces for _ in piece.text]
    assert [set(one) for one in numbers] == [
        {one.number for one in wordings if one.start <= place < one.end} for place in range(len(text))
    ]
    begun = [number for piece in pieces for number in piece.begun]
    assert sorted(begun) == sorted({number for one in numbers for number in one})


def test_inside_a_long_span_a_short_one_gives_the_colour() -> None:
    pieces = segments("甲乙丙丁", [Span(0, 4, "P1.1.1", 1), Span(1, 2, "P2.1.1", 3), Span(2, 4, "K01", None)])
    assert [(piece.text, piece.labels, piece.hues) for piece in pieces] == [
        ("甲", ("P1.1.1",), (1,)), ("乙", ("P2.1.1",), (3, 1)), ("丙丁", (), (1,)),
    ]  # fmt: skip


def test_the_table_says_what_the_reports_say(matcher: Matcher, tmp_path: Path) -> None:
    page = tree(written(matcher, tmp_path / "report.html", {"王.txt": PLANNER, "林.txt": COOK}))
    report = matcher.score(PLANNER)
    assert report.level.probability is not None
    tasks = [f"{task.coverage:.0%}" for task in report.tasks]
    level = f"相當第 {report.level.estimate} 級（{report.level.probability:.0%}）"
    assert rows(page)[0] == ["1", "王.txt", f"{report.coverage:.0%}", *tasks, level, "符合", "符合", ""]
    assert rows(page)[1][-4:] == ["證據不足", "不符", "未載明", ""]
    assert rows(page)[1][:2] == ["2", "林.txt"]


def test_with_a_posting_the_fit_leads_and_its_demands_are_counted(matcher: Matcher, tmp_path: Path) -> None:
    with ranking(matcher, {"王.txt": PLANNER, "林.txt": COOK}, POSTING) as made:
        write_html(made, tmp_path / "report.html")
        fits = [one.fit for one in made]
    page = tree((tmp_path / "report.html").read_text(encoding="utf-8"))
    for row, fit in zip(rows(page), fits, strict=True):
        assert fit is not None
        parts = (fit.score, fit.indicators, fit.knowledge, fit.skills)
        assert row[2:6] == ["–" if part is None else f"{part:.0%}" for part in parts]
    counts = texts(page, "//section[@id='posting']//p[@class='counts']/span/b")
    assert len(counts) == 3 * sum(item.status != "absent" for item in matcher.score(POSTING, "posting").items)
    assert all(sum(map(int, counts[at : at + 3])) == 2 for at in range(0, len(counts), 3))


def test_duplicates_stand_under_their_original(matcher: Matcher, tmp_path: Path) -> None:
    page = tree(
        written(matcher, tmp_path / "r.html", {"乙.txt": CLERK, "甲.txt": PLANNER, "丙.pdf": f"{PLANNER} "})
    )
    groups = page.xpath("//section[@id='ranking']//tbody")
    assert [len(group) for group in groups] == [2, 1]
    assert texts(groups[0], "tr/th") == ["丙.pdf", "甲.txt與 丙.pdf 相同"]
    assert texts(page, "//ul[@class='numbers']/li") == ["已評分 3 份", "其中重複 1 份", "未能評分 0 份"]
    assert len(page.xpath("//section[@id='heat']//tbody/tr")) == 2


def test_failures_have_their_reason(matcher: Matcher, tmp_path: Path) -> None:
    page = tree(written(matcher, tmp_path / "r.html", {"壞.pdf": "", "好.txt": CLERK}))
    assert texts(page, "//section[@id='failed']//tbody/tr/*") == ["壞.pdf", "這個檔案是空的（0 位元組）。"]


def test_nobody_to_list_is_said(matcher: Matcher, tmp_path: Path) -> None:
    page = tree(written(matcher, tmp_path / "r.html", {"壞.pdf": ""}, POSTING))
    assert "沒有可以列出的候選人" in page.text_content()


def test_a_posting_that_asks_for_nothing_is_said(matcher: Matcher, tmp_path: Path) -> None:
    page = tree(written(matcher, tmp_path / "r.html", {"王.txt": CLERK}, "徵才"))
    assert rows(page)[0][2:6] == ["–"] * 4
    assert texts(page, "//header/p[@class='left-out']") == [
        "這份職缺沒有要求職能基準裡的任何項目，無法計算適配；請看職能涵蓋。"
    ]


def test_what_is_left_out_is_said(matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.export.overview.MOST_PAGES", 1)
    monkeypatch.setattr("matcher.export.overview.MOST_ROWS", 2)
    texts_of = {"甲": PLANNER, "乙": CLERK, "丙": COOK, "丁": "", "戊": "", "己": ""}
    page = tree(written(matcher, tmp_path / "r.html", texts_of))
    assert len(rows(page)) == 2
    assert len(page.xpath("//template")) == 1
    assert texts(page, "//p[@class='left-out']")[0] == (
        "這個檔案只放得下前 2 列，其餘 1 份在同一批結果的 results.jsonl。"
    )
    assert "前 1 列可以點開；其餘的內容在同一批結果的 results.jsonl。" in page.text_content()
    assert "這裡只列出前 2 份，其餘 1 份在同一批結果的 results.jsonl。" in page.text_content()


def test_a_choice_among_all_is_said(matcher: Matcher, tmp_path: Path) -> None:
    with ranking(matcher, {"甲": PLANNER, "乙": CLERK, "丙": COOK}, top=1) as made:
        write_html(made, tmp_path / "r.html")
    page = tree((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert "這次只列出 1 份；名次仍是全部 3 位中的名次。" in page.text_content()


def test_a_long_text_ends_where_the_page_says(matcher: Matcher) -> None:
    text = "處理客訴並訂定作業流程。" * 2_000
    page = tree(report_html("長.txt", matcher.score(text), text))
    assert marked(page)[0] == text[:MOST_TEXT]
    (said,) = texts(page, "//p[@class='left-out']")
    assert said == f"這裡只顯示前 {MOST_TEXT} 字，其餘 {len(text) - MOST_TEXT} 字請看原檔。"


def test_the_words_of_a_quotation_have_their_part_of_its_score(matcher: Matcher) -> None:
    text = "訂定客訴處理流程"
    page = report_html("王.txt", matcher.score(text), text)
    for shown in re.findall(r"<q>[^<]*</q> <small>([^；<]*)；近似「", page):
        parts = [int(part) for part in re.findall(r" (\d+)%", shown)]
        assert parts
        assert 95 <= sum(parts) <= 105


def test_only_a_resume_is_asked_about_what_it_lacks(matcher: Matcher) -> None:
    resume = tree(report_html("王.txt", matcher.score(CLERK), CLERK))
    posting = tree(report_html("職缺.txt", matcher.score(POSTING, "posting"), POSTING))
    absent = [item for item in matcher.score(CLERK).items if item.status == "absent"]
    assert texts(resume, "//p[@class='ask']") == [
        question(item.text) for item in absent if item.kind == "indicator"
    ]
    assert texts(posting, "//p[@class='ask']") == []


def test_hostile_names_and_texts_are_text(matcher: Matcher, tmp_path: Path) -> None:
    text = f"{CLERK}\n{HOSTILE}\n{'長' * 5_000}\ud800"
    page = written(matcher, tmp_path / "r.html", {HOSTILE: text}, f"{POSTING}\n{HOSTILE}")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", page)
    parsed = tree(page)
    assert len(parsed.xpath("//script")) == len(parsed.xpath("//style")) == 1
    assert len(parsed.xpath("//template")) == 1
    (candidate,) = parsed.xpath("//template//article")
    assert texts(candidate, ".//h2") == [" ".join(visible(HOSTILE).split())]
    assert marked(candidate)[0] == visible(text)
    assert rows(parsed)[0][1] == visible(HOSTILE)


def test_control_characters_keep_their_place() -> None:
    assert visible("客\x00訴\x1b\u202e\u2066\x85\ud800\t\n") == "客␀訴␛\ufffd\ufffd\ufffd\ufffd\t\n"


def test_the_policy_lets_this_style_and_this_script_work_and_nothing_else(
    matcher: Matcher, tmp_path: Path
) -> None:
    for page in (
        written(matcher, tmp_path / "r.html", {"王.txt": PLANNER}, POSTING),
        report_html("王.txt", matcher.score(PLANNER), PLANNER),
    ):
        parsed = tree(page)
        (policy,) = parsed.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        hashes = {}
        for tag in ("style", "script"):
            (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            hashes[tag] = f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
        assert policy == (
            f"default-src 'none'; style-src {hashes['style']}; script-src {hashes['script']}; "
            "base-uri 'none'; form-action 'none'"
        )
        attributes = {name for element in parsed.iter(html.etree.Element) for name in element.attrib}
        assert not {
            name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")
        }
        assert all(link.startswith("#") for link in parsed.xpath("//@href"))
        assert "url(" not in page
        assert "@import" not in page


def test_the_same_ranking_gives_the_same_bytes(matcher: Matcher, tmp_path: Path) -> None:
    batch = {"王.txt": PLANNER, "林.txt": CLERK, "壞.pdf": ""}
    assert written(matcher, tmp_path / "1.html", batch, POSTING) == written(
        matcher, tmp_path / "2.html", dict(reversed(batch.items())), POSTING
    )


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_makes_a_question(indicator: str) -> None:
    assert question(indicator) == f"請舉例說明您如何{indicator.removesuffix('。')}。"


@pytest.mark.parametrize(
    ("indicator", "asked"),
    [
        ("能夠依配方秤量原料", "請舉例說明您如何依配方秤量原料。"),
        ("能運用工具分析數據；", "請舉例說明您如何運用工具分析數據。"),
        ("能源管理並持續改善。", "請舉例說明您如何能源管理並持續改善。"),
        ("具備跨部門溝通能力。", "請舉例說明您如何展現跨部門溝通能力。"),
        ("核對品名。記錄效期。", "請舉例說明您如何核對品名；記錄效期。"),
    ],
)
def test_other_standards_word_their_indicators_otherwise(indicator: str, asked: str) -> None:
    assert question(indicator) == asked
