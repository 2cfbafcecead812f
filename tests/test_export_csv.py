"""``results.csv`` and ``errors.csv``: as Excel and LibreOffice read them."""

import csv
import io
from pathlib import Path

import openpyxl

from matcher import Matcher
from matcher.export.csv_file import write_csv, write_errors
from matcher.scoring.fit import fit
from tests.exports import CLERK, HOSTILE, PLANNER, POSTING, by_calc, candidates, hostile
from tests.ranked import posting, ranking


def rows(path: Path) -> list[dict[str, str]]:
    """The rows, read as Excel reads them."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "without the mark, Excel garbles Chinese"
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def written(matcher: Matcher, tmp_path: Path, asking: str | None = POSTING) -> list[dict[str, str]]:
    with candidates(matcher, asking) as ranked:
        write_csv(ranked, tmp_path / "results.csv")
    return rows(tmp_path / "results.csv")


def test_best_first_duplicates_beside_and_failures_last(matcher: Matcher, tmp_path: Path) -> None:
    shown = [(row["名次"], row["檔案"], row["狀態"]) for row in written(matcher, tmp_path)]
    assert shown == [
        ("1", "甲.pdf", "完成"),
        ("1", "甲/副本.pdf", "重複：與 甲.pdf 相同"),
        ("2", "丙.pdf", "完成"),
        ("3", "乙.docx", "完成"),
        ("4", "丁.txt", "完成"),
        ("", "空的.txt", "失敗：沒有文字"),
    ]


def test_a_row_says_what_report_and_fit_say(matcher: Matcher, tmp_path: Path) -> None:
    row = written(matcher, tmp_path)[0]
    report = matcher.score(PLANNER)
    result = fit(posting(matcher, POSTING).report, report)
    assert result.score is not None
    assert report.level.probability is not None
    assert row["適配"] == f"{result.score:.0%}"
    assert row["期望適配"] == f"{result.expected:.0%}"
    assert [row["符合"], row["部分"], row["未見"]] == [
        str(result.count("met")),
        str(result.count("partly")),
        str(result.count("missing")),
    ]
    assert row["相當級別"] == str(report.level.estimate)
    assert row["級別機率"] == f"{report.level.probability:.0%}"
    assert row["職業相關機率"] == f"{report.scope.probability:.0%}"
    assert row["行為指標涵蓋"] == f"{report.coverage:.0%}"
    assert row["T2.3 協助制定客服標準作業流程"] == f"{report.tasks[-1].coverage:.0%}"
    assert (row["學歷條件"], row["經歷條件"], row["說明"]) == ("符合", "符合", "")


def test_without_a_posting_there_is_no_fit(matcher: Matcher, tmp_path: Path) -> None:
    titles = list(written(matcher, tmp_path, None)[0])
    assert titles[:4] == ["名次", "檔案", "狀態", "相當級別"]
    assert not any("適配" in title for title in titles)


def test_unreadable_is_never_a_score_of_zero(matcher: Matcher, tmp_path: Path) -> None:
    row = written(matcher, tmp_path)[-1]
    assert row.pop("說明") == "這個檔案是空的（0 位元組）。"
    assert [value for value in row.values() if value] == ["空的.txt", "失敗：沒有文字"]


def test_too_little_for_a_level_is_said(matcher: Matcher, tmp_path: Path) -> None:
    row = next(row for row in written(matcher, tmp_path) if row["檔案"] == "丁.txt")
    assert (row["相當級別"], row["級別機率"]) == ("證據不足", "")


def test_a_posting_that_asks_for_nothing_gives_no_fit_and_says_so(matcher: Matcher, tmp_path: Path) -> None:
    with ranking(matcher, {"甲.txt": CLERK}, "徵廚師，會切菜、備料、煮湯。") as ranked:
        write_csv(ranked, tmp_path / "results.csv")
    (row,) = rows(tmp_path / "results.csv")
    assert row["適配"] == ""
    assert "無法計算適配" in row["說明"]


def test_errors_have_their_code_and_reason(matcher: Matcher, tmp_path: Path) -> None:
    with candidates(matcher) as ranked:
        write_errors(ranked, tmp_path / "errors.csv")
    assert rows(tmp_path / "errors.csv") == [
        {"檔案": "空的.txt", "代碼": "empty", "原因": "這個檔案是空的（0 位元組）。"}
    ]


def test_without_errors_there_are_titles_only(matcher: Matcher, tmp_path: Path) -> None:
    with ranking(matcher, {"甲.txt": CLERK}) as ranked:
        write_errors(ranked, tmp_path / "errors.csv")
    assert (tmp_path / "errors.csv").read_text(encoding="utf-8-sig") == '"檔案","代碼","原因"\n'


def test_a_calculation_program_reads_hostile_names_and_reasons_as_text(
    matcher: Matcher, tmp_path: Path
) -> None:
    with hostile(matcher) as ranked:
        write_csv(ranked, tmp_path / "results.csv")
    # Its usual separators: comma, semicolon and tab; UTF-8; formulas are evaluated.
    options = "--infilter=CSV:44/59/9,34,76,1,,0,false,true,false,false,false,0,true"
    sheet = openpyxl.load_workbook(by_calc(tmp_path / "results.csv", "xlsx", options)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert sheet.max_row == 1 + 2 * len(HOSTILE)
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {*range(1, len(HOSTILE) + 1), None}
    assert "'=cmd|'/C calc'!A0" in {cell.value for cell in cells}
