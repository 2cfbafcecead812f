"""``results.xlsx``: as openpyxl and LibreOffice read it."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from matcher import Matcher
from matcher.batch.entry import Entry
from matcher.batch.ranking import Posting, Ranking
from matcher.export.sheet_text import MOST_CHARACTERS, cell_text
from matcher.export.xlsx import write_xlsx
from matcher.scoring.fit import fit
from tests.exports import HOSTILE, MANAGER, PLANNER, POSTING, by_calc, candidates, hostile, workbook
from tests.ranked import Listed, entry, posting, ranking


def written(matcher: Matcher, tmp_path: Path, asking: str | None = POSTING) -> Workbook:
    with candidates(matcher, asking) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx")
    return workbook(tmp_path / "results.xlsx")


def rows(sheet: Worksheet) -> list[dict[Any, Any]]:
    titles, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in values]


@pytest.mark.parametrize(
    ("asking", "names"),
    [
        (POSTING, ["排名", "職缺要求", "任務涵蓋", "指標證據", "無法讀取"]),
        (None, ["排名", "任務涵蓋", "指標證據", "無法讀取"]),
    ],
)
def test_sheets(matcher: Matcher, tmp_path: Path, asking: str | None, names: list[str]) -> None:
    assert written(matcher, tmp_path, asking).sheetnames == names


def test_the_ranking_has_numbers_to_calculate_with(matcher: Matcher, tmp_path: Path) -> None:
    sheet = written(matcher, tmp_path)["排名"]
    row = rows(sheet)[0]
    report = matcher.score(PLANNER)
    assert (row["名次"], row["檔案"], row["狀態"]) == (1, "甲.pdf", "完成")
    assert row["適配"] == fit(posting(matcher, POSTING).report, report).score
    assert row["行為指標涵蓋"] == report.coverage
    assert row["相當級別"] == report.level.estimate
    (title,) = (cell for cell in sheet[1] if cell.value == "行為指標涵蓋")
    assert sheet.cell(2, title.column).number_format.startswith("0%")


def test_duplicates_stand_in_the_ranking_only(matcher: Matcher, tmp_path: Path) -> None:
    book = written(matcher, tmp_path)
    assert [row["檔案"] for row in rows(book["排名"])] == [
        "甲.pdf",
        "甲/副本.pdf",
        "丙.pdf",
        "乙.docx",
        "丁.txt",
    ]
    assert [row["檔案"] for row in rows(book["任務涵蓋"])] == ["甲.pdf", "丙.pdf", "乙.docx", "丁.txt"]
    assert "甲/副本.pdf" not in {row["檔案"] for row in rows(book["指標證據"])}


def test_every_covered_item_has_its_evidence(matcher: Matcher, tmp_path: Path) -> None:
    told = [row for row in rows(written(matcher, tmp_path, None)["指標證據"]) if row["檔案"] == "甲.pdf"]
    covered = [item for item in matcher.score(PLANNER).items if item.status != "absent"]
    assert [(row["代碼"], row["機率"]) for row in told] == [(item.code, item.probability) for item in covered]
    for row, item in zip(told, covered, strict=True):
        assert row["狀態"] == {"stated": "明確", "partial": "部分"}[item.status]
        assert row["證據句"].split("\n")[0] == f"「{' '.join(item.evidence[0].quote.split())}」"
        assert row["依據詞"].split("＋")[0] == item.evidence[0].terms[0].term


def test_with_a_posting_what_it_misses_stands_there_too(matcher: Matcher, tmp_path: Path) -> None:
    told = [row for row in rows(written(matcher, tmp_path)["指標證據"]) if row["檔案"] == "丙.pdf"]
    demands = fit(posting(matcher, POSTING).report, matcher.score(MANAGER)).demands
    words = {"met": "符合", "partly": "部分", "missing": "未見"}
    outcomes = {row["代碼"]: row["職缺要求"] for row in told if row["職缺要求"]}
    assert outcomes == {demand.code: words[demand.outcome] for demand in demands}
    missing = [row for row in told if row["狀態"] == "未見"]
    assert missing
    assert {row["證據句"] for row in missing} == {None}


def test_demands_say_how_many_meet_them(matcher: Matcher, tmp_path: Path) -> None:
    demands = rows(written(matcher, tmp_path)["職缺要求"])
    asked = posting(matcher, POSTING).report
    assert [row["代碼"] for row in demands] == [item.code for item in asked.items if item.status != "absent"]
    assert {row["符合人數"] + row["部分人數"] + row["未見人數"] for row in demands} == {4}
    assert all(row["職缺怎麼說"].startswith("「") for row in demands)


def test_what_could_not_be_read(matcher: Matcher, tmp_path: Path) -> None:
    assert rows(written(matcher, tmp_path)["無法讀取"]) == [
        {"檔案": "空的.txt", "代碼": "empty", "原因": "這個檔案是空的（0 位元組）。"}
    ]


def test_titles_stay_in_view_and_print_on_every_page(matcher: Matcher, tmp_path: Path) -> None:
    for sheet in written(matcher, tmp_path):
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize(("name", "kind"), [("排名", "dataBar"), ("任務涵蓋", "colorScale")])
def test_shares_are_drawn(matcher: Matcher, tmp_path: Path, name: str, kind: str) -> None:
    scales = written(matcher, tmp_path)[name].conditional_formatting
    assert {rule.type for scale in scales for rule in scale.rules} == {kind}


def test_long_text_has_room(matcher: Matcher, tmp_path: Path) -> None:
    sheet = written(matcher, tmp_path)["指標證據"]
    (column,) = (cell.column for cell in sheet[1] if cell.value == "證據句")
    quotes = {row: sheet.cell(row, column).value or "" for row in range(2, sheet.max_row + 1)}
    longest = max(quotes, key=lambda row: quotes[row].count("\n"))
    assert sheet.row_dimensions[longest].height > 14 * (quotes[longest].count("\n") + 1)


def test_hostile_text_stays_text(matcher: Matcher, tmp_path: Path) -> None:
    with hostile(matcher) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx")
    book = workbook(tmp_path / "results.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    # An escape of XlsxWriter's that Excel takes back and openpyxl does not.
    names = {row["檔案"].strip(" ").replace("_x005F", "") for row in rows(book["排名"])}
    assert names == {name.replace("\r", "\n").strip(" ") for name in HOSTILE}
    assert {row["原因"].strip(" ").replace("_x005F", "") for row in rows(book["無法讀取"])} == names
    (formula,) = (cell for cell in book["排名"]["B"] if cell.value == "=1+1")
    assert formula.quotePrefix, "else it is a formula as soon as someone edits the cell"


def test_a_calculation_program_shows_hostile_text_as_it_is(matcher: Matcher, tmp_path: Path) -> None:
    with hostile(matcher) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx")
    made = by_calc(tmp_path / "results.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
    with made.open(encoding="utf-8", newline="") as stream:
        shown = [row["檔案"].strip(" ") for row in csv.DictReader(stream)]
    assert set(shown) == {name.replace("\r", "\n").strip(" ") for name in HOSTILE}


def test_it_prints(matcher: Matcher, tmp_path: Path) -> None:
    written(matcher, tmp_path)
    assert by_calc(tmp_path / "results.xlsx", "pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("most_rows", [3, 5, 50])
def test_what_a_sheet_cannot_hold_is_counted(matcher: Matcher, tmp_path: Path, most_rows: int) -> None:
    scored, failed = entry(matcher, PLANNER).report, Entry("", error="empty", reason="空的")
    many = {f"履歷{number:03}.pdf": Entry("", scored) for number in range(60)}
    with Ranking(matcher.standard, Listed(many | {f"壞{number}": failed for number in range(60)})) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx", most_rows=most_rows)
    for sheet in workbook(tmp_path / "results.xlsx"):
        assert sheet.max_row == most_rows
        note = sheet.cell(most_rows, 1).value
        if sheet.title != "指標證據":
            assert f"還有 {60 - (most_rows - 2)} 列沒有列出" in note
        assert "results.csv" in note
        assert "results.jsonl" in note


def test_what_a_sheet_can_hold_has_no_note(matcher: Matcher, tmp_path: Path) -> None:
    for sheet in written(matcher, tmp_path):
        assert "沒有列出" not in str(sheet.cell(sheet.max_row, 1).value)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲" * MOST_CHARACTERS, "甲" * MOST_CHARACTERS),
        ("甲" * (MOST_CHARACTERS + 1), "甲" * (MOST_CHARACTERS - 1) + "…"),
        ("𠮷" * MOST_CHARACTERS, "𠮷" * ((MOST_CHARACTERS - 1) // 2) + "…"),
        ("甲\x00乙\x1f丙\uffff", "甲\ufffd乙\ufffd丙\ufffd"),
        ("甲\ud800乙", "甲\ufffd乙"),
        ("一\r\n二\r三\t四", "一\n二\n三\t四"),
        ("<r><t>甲</t></r>", " <r><t>甲</t></r>"),
    ],
)
def test_a_cell_holds_what_excel_can(text: str, kept: str) -> None:
    assert cell_text(text) == kept


def test_a_reason_that_is_too_long_and_not_for_xml(matcher: Matcher, tmp_path: Path) -> None:
    failed = Entry("", error="malformed", reason="\x01" + "長" * 40_000)
    with Ranking(matcher.standard, Listed({"壞.pdf": failed})) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx")
    (row,) = rows(workbook(tmp_path / "results.xlsx")["無法讀取"])
    assert row["原因"] == "\ufffd" + "長" * (MOST_CHARACTERS - 2) + "…"


@pytest.mark.parametrize("name", ["&A&P.txt", "職缺" * 200, "=1+1"])
def test_the_name_of_the_posting_heads_every_page(matcher: Matcher, tmp_path: Path, name: str) -> None:
    wanted = Posting(name, POSTING, matcher.score(POSTING, "posting"))
    with Ranking(matcher.standard, Listed({"甲.pdf": entry(matcher, PLANNER)}), wanted) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx")
    head = workbook(tmp_path / "results.xlsx")["排名"].oddHeader.left.text
    assert head.startswith("BAS2421-003v4 客戶服務企劃人員　職缺：")
    assert name[:20].replace("&", "&&") in head


def test_an_empty_ranking_has_its_titles(matcher: Matcher, tmp_path: Path) -> None:
    with ranking(matcher, {}, POSTING) as ranked:
        write_xlsx(ranked, tmp_path / "results.xlsx")
    book = workbook(tmp_path / "results.xlsx")
    assert [cell.value for cell in book["排名"][1]][:3] == ["名次", "檔案", "狀態"]
    assert rows(book["排名"]) == []


def test_it_does_not_say_when_it_was_made(matcher: Matcher, tmp_path: Path) -> None:
    told = written(matcher, tmp_path).properties
    assert told.created == told.modified == datetime(2000, 1, 1)


def test_nothing_lies_beside_it(matcher: Matcher, tmp_path: Path) -> None:
    written(matcher, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["results.xlsx"]
