"""``matcher batch``: one row a file, whatever is in it."""

import csv
import io
import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from rich.console import Console

from matcher import Matcher
from matcher.batch.rows import Row, folder_files, score_files
from matcher.batch.table import header, safe
from matcher.cli.batch_view import batch_view
from matcher.data import data_path
from matcher.reading.guard import Guard
from tests.command import RunCommand

RESUMES = data_path("samples", "resumes")
NAMES = sorted(path.name for path in RESUMES.glob("*.txt"))
CLERK, PLANNER = ((RESUMES / f"{name}.txt").read_text(encoding="utf-8") for name in ("clerk", "planner"))


def table(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def saved(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, read as Excel reads it."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "without the mark, Excel garbles Chinese"
    return table(path.read_bytes().decode("utf-8-sig"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two résumés, one of them in a folder of its own."""
    folder = tmp_path / "履歷"
    (folder / "二月").mkdir(parents=True)
    (folder / "陳小華.txt").write_text(CLERK, encoding="utf-8")
    (folder / "二月" / "王小明.txt").write_text(PLANNER, encoding="utf-8")
    return folder


def test_a_pipe_gets_one_csv_row_a_file(run: RunCommand, matcher: Matcher) -> None:
    outcome = run("batch", RESUMES)
    assert outcome.status == 0
    rows = table(outcome.out)
    assert list(rows[0]) == header(matcher.standard)
    assert [row["檔案"] for row in rows] == NAMES
    assert {row["狀態"] for row in rows} == {"完成"}
    assert "\x1b" not in outcome.out


def test_a_row_says_what_the_report_says(run: RunCommand, folder: Path, matcher: Matcher) -> None:
    row = next(row for row in table(run("batch", folder).out) if row["檔案"] == "二月/王小明.txt")
    report = matcher.score(PLANNER)
    assert report.level.probability is not None
    assert row["相當級別"] == str(report.level.estimate)
    assert row["級別機率"] == f"{report.level.probability:.0%}"
    assert row["職業相關機率"] == f"{report.scope.probability:.0%}"
    assert row["行為指標涵蓋"] == f"{report.coverage:.0%}"
    assert row["T2.3 協助制定客服標準作業流程"] == f"{report.tasks[-1].coverage:.0%}"
    assert row["學歷條件"] == "符合"
    assert row["說明"] == ""


def test_too_little_for_a_level_is_said(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "許小安.txt").write_text("應徵貴公司職務", encoding="utf-8")
    (row,) = table(run("batch", tmp_path).out)
    assert (row["相當級別"], row["級別機率"]) == ("證據不足", "")
    assert (row["學歷條件"], row["經歷條件"]) == ("未載明", "未載明")


def test_postings(run: RunCommand) -> None:
    outcome = run("batch", data_path("samples", "postings"), "--kind", "posting")
    assert outcome.status == 0
    assert len(table(outcome.out)) == 4


def test_a_csv_file_opens_with_chinese_intact(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "新的" / "結果.csv"
    outcome = run("batch", folder, "--out", out)
    assert (outcome.status, outcome.out) == (0, "")
    assert str(out) in outcome.err.replace("\n", "")
    assert [row["檔案"] for row in saved(out)] == ["二月/王小明.txt", "陳小華.txt"]
    assert [path.name for path in out.parent.iterdir()] == ["結果.csv"]


def test_json_lines_hold_the_full_reports(
    run: RunCommand, folder: Path, tmp_path: Path, matcher: Matcher
) -> None:
    (folder / "空的.txt").write_text("", encoding="utf-8")
    out = tmp_path / "結果.jsonl"
    assert run("batch", folder, "--out", out).status == 1
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["file"] for line in lines] == ["二月/王小明.txt", "空的.txt", "陳小華.txt"]
    assert lines[0]["report"] == matcher.score(PLANNER).to_dict()
    assert lines[1]["error"]["code"] == "empty"
    assert lines[1]["error"]["message"]


def test_the_same_bytes_on_every_run(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl", "a.csv", "b.csv"):
        run("batch", folder, "--out", tmp_path / name)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_an_earlier_result_in_the_folder_is_no_document(run: RunCommand, folder: Path) -> None:
    out = folder / "結果.csv"
    for _ in range(2):
        assert run("batch", folder, "--out", out).status == 0
        assert [row["檔案"] for row in saved(out)] == ["二月/王小明.txt", "陳小華.txt"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nbroken", b"PK\x03\x04broken", bytes(range(256))])
def test_a_bad_file_is_a_row_with_its_reason(run: RunCommand, folder: Path, content: bytes) -> None:
    (folder / "壞檔.pdf").write_bytes(content)
    outcome = run("batch", folder)
    assert outcome.status == 1
    assert "3 個檔案中有 1 個失敗" in outcome.err
    rows = {row["檔案"]: row for row in table(outcome.out)}
    assert len(rows) == 3
    assert rows["壞檔.pdf"]["狀態"].startswith("失敗：")
    assert rows["壞檔.pdf"]["說明"]
    assert rows["壞檔.pdf"]["行為指標涵蓋"] == "", "unreadable is never a score of zero"
    assert {rows[name]["狀態"] for name in ("二月/王小明.txt", "陳小華.txt")} == {"完成"}


def test_every_file_in_a_zip_is_a_row(run: RunCommand, folder: Path) -> None:
    with ZipFile(folder / "二份.zip", "w") as archive:
        archive.writestr("甲.txt", CLERK)
        archive.writestr("乙.txt", "")
    outcome = run("batch", folder)
    assert outcome.status == 1
    states = {row["檔案"]: row["狀態"] for row in table(outcome.out)}
    assert len(states) == 4
    (good,) = (name for name in states if "甲.txt" in name)
    (bad,) = (name for name in states if "乙.txt" in name)
    assert "二份.zip" in good
    assert (states[good], states[bad]) == ("完成", "失敗：empty")


def test_a_file_too_long_is_a_row(run: RunCommand, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_MAX_CHARACTERS", str(len(CLERK)))
    outcome = run("batch", folder)
    assert outcome.status == 1
    assert {row["檔案"]: row["狀態"] for row in table(outcome.out)} == {
        "二月/王小明.txt": "失敗：unscored",
        "陳小華.txt": "完成",
    }


def test_hidden_and_lock_files_are_left_out(run: RunCommand, folder: Path) -> None:
    for name in (".DS_Store", "~$履歷.docx", ".git/config"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("客服", encoding="utf-8")
    assert len(table(run("batch", folder).out)) == 2


def test_a_hidden_folder_may_be_named_itself(run: RunCommand, tmp_path: Path) -> None:
    folder = tmp_path / ".履歷"
    folder.mkdir()
    (folder / "a.txt").write_text(CLERK, encoding="utf-8")
    assert len(table(run("batch", folder).out)) == 1


@pytest.mark.parametrize(
    "name", ["=1+1.txt", "+1.txt", "-1.txt", "@SUM(1).txt", "＝1+1.txt", '=HYPERLINK("x").txt']
)
def test_a_name_is_no_formula(run: RunCommand, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text(CLERK, encoding="utf-8")
    run("batch", folder, "--out", tmp_path / "out.csv")
    (row,) = saved(tmp_path / "out.csv")
    assert row["檔案"] == f"'{name}"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1", "=1", "-1", "+1", "@a", "＠a", "－1", "＋1"])
def test_cells_that_a_spreadsheet_would_run_are_made_safe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["王小明.txt", "", "a=1", "3-2.pdf", " "])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_names_that_break_lines_or_are_not_text(run: RunCommand, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xab\xc8\xaaA.txt")).write_text(CLERK, encoding="utf-8")
        (tmp_path / "一,二\n三.txt").write_text(CLERK, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes other names only")
    outcome = run("batch", tmp_path)
    assert outcome.status == 0
    names = {row["檔案"] for row in table(outcome.out)}
    assert "一,二_三.txt" in names
    assert len(names) == 2
    assert run("batch", tmp_path, "--out", tmp_path / "結果.jsonl").status == 0


def test_a_missing_folder(run: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / "沒有"
    assert run("batch", path).error == f"錯誤：找不到資料夾「{path}」。"


def test_a_file_where_a_folder_is_wanted(run: RunCommand) -> None:
    path = RESUMES / "clerk.txt"
    assert run("batch", path).error == f"錯誤：「{path}」不是資料夾。"


def test_an_empty_folder(run: RunCommand, tmp_path: Path) -> None:
    assert "裡沒有可以評分的檔案" in run("batch", tmp_path).error


@pytest.mark.parametrize("name", ["結果.xls", "結果", "結果.txt"])
def test_another_form_is_refused_before_anything_is_scored(
    run: RunCommand, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    error = run("batch", tmp_path / "gone", "--out", out).error
    assert error == f"錯誤：--out 只能是 .csv 或 .jsonl 檔，收到「{name}」。"
    assert not out.exists()


def test_a_suffix_in_capitals(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    run("batch", folder, "--out", tmp_path / "結果.CSV")
    assert len(saved(tmp_path / "結果.CSV")) == 2


def test_a_result_that_cannot_be_written_leaves_nothing(
    run: RunCommand, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    out.mkdir()
    outcome = run("batch", folder, "--out", out)
    assert outcome.status == 2
    assert f"錯誤：無法寫入「{out}」" in outcome.err
    assert "Traceback" not in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "履歷"]


@pytest.mark.parametrize("workers", ["0", "1", "3"])
def test_so_many_workers_give_the_same(run: RunCommand, folder: Path, workers: str) -> None:
    assert run("batch", folder, "--workers", workers).out == run("batch", folder).out


def test_fewer_workers_than_none(run: RunCommand, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "或更多，收到 -1" in run("batch", folder, "--workers", "-1").error
    monkeypatch.setenv("MATCHER_WORKERS", "-1")
    assert "MATCHER_WORKERS 收到「-1」，最少 0" in run("batch", folder).error


def test_an_unknown_standard(run: RunCommand, folder: Path) -> None:
    assert "沒有職能基準「ABC」" in run("batch", folder, "--standard", "ABC").error


def test_the_terminal_shows_the_best_first_and_failures_last(matcher: Matcher, folder: Path) -> None:
    (folder / "[bold]壞.txt").write_bytes(b"")
    with Guard(workers=1) as guard:
        rows = list(score_files(matcher, guard, folder_files(folder), folder, "resume"))
    console = Console(file=io.StringIO(), width=140)
    console.print(batch_view(rows, matcher.standard))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    places = [shown.index(name) for name in ("王小明.txt", "陳小華.txt", "[bold]壞.txt")]
    assert places == sorted(places)
    assert "失敗" in shown


def test_files_come_in_the_order_of_their_names(folder: Path) -> None:
    assert [path.name for path in folder_files(folder)] == ["王小明.txt", "陳小華.txt"]


def test_a_row_as_plain_types(matcher: Matcher) -> None:
    report = matcher.score(CLERK)
    assert Row("a.txt", report).to_dict() == {"file": "a.txt", "report": report.to_dict()}
    assert Row("a.txt", error="empty", reason="空的").to_dict() == {
        "file": "a.txt",
        "error": {"code": "empty", "message": "空的"},
    }
