"""``matcher batch``: a ranking of whatever it is given, and a reason for every file that is not in it."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from rich.console import Console

from matcher import Matcher
from matcher.cli.batch_view import batch_view
from matcher.data import data_path
from matcher.privacy import masked
from tests.command import RunCommand, on_a_terminal
from tests.processes import MATCHER
from tests.ranked import ranking

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


def names(content: str) -> list[str]:
    return [row["檔案"] for row in table(content)]


def test_a_pipe_gets_one_csv_row_a_file_best_first(run: RunCommand, matcher: Matcher) -> None:
    outcome = run("batch", RESUMES)
    assert outcome.status == 0
    rows = table(outcome.out)
    assert sorted(row["檔案"] for row in rows) == NAMES
    assert {row["狀態"] for row in rows} == {"完成"}
    coverages = [matcher.score((RESUMES / row["檔案"]).read_text("utf-8")).coverage for row in rows]
    assert coverages == sorted(coverages, reverse=True)
    assert "\x1b" not in outcome.out


def test_a_posting_ranks_by_fit(run: RunCommand, matcher: Matcher) -> None:
    posting = data_path("samples", "postings", "customer_service_clerk.txt")
    outcome = run("batch", RESUMES, "--posting", posting)
    assert outcome.status == 0
    texts = {name: (RESUMES / name).read_text("utf-8") for name in NAMES}
    with ranking(matcher, texts, posting.read_text("utf-8")) as made:
        assert names(outcome.out) == [one.name for one in made]
    assert "適配" in table(outcome.out)[0]


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


def test_all_results_are_in_the_folder(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "新的" / "結果"
    outcome = run("batch", folder, "--out", out)
    assert (outcome.status, outcome.out) == (0, "")
    assert f"已寫入 {out}" in outcome.err
    assert [row["檔案"] for row in saved(out / "results.csv")] == ["二月/王小明.txt", "陳小華.txt"]
    assert sorted(path.name for path in out.iterdir()) == [
        "errors.csv",
        "journal.sqlite",
        "report.html",
        "results.csv",
        "results.jsonl",
        "results.parquet",
        "results.xlsx",
    ]


def test_json_lines_hold_the_full_reports(
    run: RunCommand, folder: Path, tmp_path: Path, matcher: Matcher
) -> None:
    (folder / "空的.txt").write_text("", encoding="utf-8")
    assert run("batch", folder, "--out", tmp_path).status == 1
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["file"] for line in lines] == ["二月/王小明.txt", "陳小華.txt", "空的.txt"]
    assert lines[0]["report"] == masked(matcher.score(PLANNER), PLANNER).to_dict()
    assert lines[2]["error"]["code"] == "empty"
    assert saved(tmp_path / "errors.csv")[0]["檔案"] == "空的.txt"


def test_a_second_run_does_only_what_is_new_or_changed(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    run("batch", folder, "--out", tmp_path / "out")
    (folder / "新的.txt").write_text(CLERK + "新", encoding="utf-8")
    (folder / "陳小華.txt").write_text(PLANNER + "改", encoding="utf-8")
    outcome = run("batch", folder, "--out", tmp_path / "out")
    assert "本次做了 2 個來源" in outcome.err
    assert "先前已完成 1 個" in outcome.err
    run("batch", folder, "--out", tmp_path / "fresh")
    for name in ("results.csv", "results.jsonl", "results.parquet", "results.xlsx", "report.html"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()


def test_another_posting_needs_no_scoring_again(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    run("batch", folder, "--out", tmp_path)
    posting = data_path("samples", "postings", "customer_service_clerk.txt")
    assert "本次做了 0 個來源" in run("batch", folder, "--out", tmp_path, "--posting", posting).err
    assert saved(tmp_path / "results.csv")[0]["適配"]


def test_other_settings_score_again(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    run("batch", folder, "--out", tmp_path)
    assert "本次做了 2 個來源" in run("batch", folder, "--out", tmp_path, "--kind", "posting").err


def test_an_out_folder_inside_the_input_is_no_input(run: RunCommand, folder: Path) -> None:
    out = folder / "結果"
    for _ in range(2):
        assert run("batch", folder, "--out", out).status == 0
        assert len(saved(out / "results.csv")) == 2


def test_the_same_resume_twice_is_one_candidate(run: RunCommand, folder: Path, tmp_path: Path) -> None:
    (folder / "王小明 (1).txt").write_text(PLANNER, encoding="utf-8")
    outcome = run("batch", folder, "--out", tmp_path)
    assert "評分 3 份（不重複 2 份）" in outcome.err
    rows = saved(tmp_path / "results.csv")
    assert [(row["名次"], row["狀態"]) for row in rows] == [
        ("1", "完成"),
        ("1", "重複：與 二月/王小明.txt 相同"),
        ("2", "完成"),
    ]


def test_only_the_first_and_only_a_level(run: RunCommand) -> None:
    assert len(table(run("batch", RESUMES, "--top", "3").out)) == 3
    rows = table(run("batch", RESUMES, "--min-level", "4").out)
    assert rows
    assert {row["相當級別"] for row in rows} == {"4"}


def test_files_by_pattern(run: RunCommand, folder: Path) -> None:
    (folder / "照片說明.md").write_text("照片", encoding="utf-8")
    assert len(table(run("batch", folder, "--include", "*.txt").out)) == 2
    outcome = run("batch", folder, "--exclude", "二月/*", "--exclude", "*.md")
    assert names(outcome.out) == ["陳小華.txt"]
    assert "略過不讀" in outcome.err


def test_a_table_with_a_text_column(run: RunCommand, tmp_path: Path) -> None:
    with (tmp_path / "名單.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([["編號", "自傳"], ["A1", PLANNER], ["A2", CLERK]])
    columns = ("--text-column", "自傳", "--name-column", "編號")
    assert names(run("batch", tmp_path / "名單.csv", *columns).out) == ["A1", "A2"]


def test_several_inputs(run: RunCommand, folder: Path) -> None:
    outcome = run("batch", folder, RESUMES / "cook.txt")
    assert len(table(outcome.out)) == 3


def test_a_run_ends_with_what_it_came_to(run: RunCommand, folder: Path) -> None:
    (folder / "壞.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".DS_Store").write_bytes(b"x")
    error = run("batch", folder).err
    assert "評分 2 份（不重複 2 份），失敗 1 份" in error
    assert "證據相當於：第 4 級 1 份、" in error
    assert "失敗（檔案損壞）1 份：壞.pdf" in error
    assert "略過不讀：" in error
    assert "最慢的：" in error


@pytest.mark.parametrize("name", ["results.csv", "結果.XLSX", "a.jsonl"])
def test_a_file_where_a_folder_for_results_is_wanted(run: RunCommand, folder: Path, name: str) -> None:
    assert "--out 是放結果的資料夾" in run("batch", folder, "--out", folder / name).error


@pytest.mark.parametrize("option", ["--scheduler", "--parts"])
def test_what_belongs_to_dask_alone(run: RunCommand, folder: Path, option: str) -> None:
    assert "要和 --engine dask 一起用" in run("batch", folder, option, "tcp://x:1").error


def test_dask_needs_a_place_to_write(run: RunCommand, folder: Path) -> None:
    assert "要有 --out 或 --parts" in run("batch", folder, "--engine", "dask").error


def test_a_terminal_shows_how_far_it_is_and_the_ranking(folder: Path) -> None:
    shown = on_a_terminal("batch", folder)
    assert shown.index("二月/王小明.txt") < shown.index("陳小華.txt")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nbroken", b"PK\x03\x04broken", bytes(range(256))])
def test_a_bad_file_is_a_row_with_its_reason(run: RunCommand, folder: Path, content: bytes) -> None:
    (folder / "壞檔.pdf").write_bytes(content)
    outcome = run("batch", folder)
    assert outcome.status == 1
    assert "評分 2 份（不重複 2 份），失敗 1 份" in outcome.err
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
    assert (states[good], states[bad]) == ("完成", "失敗：沒有文字")


def test_a_file_too_long_is_a_row(run: RunCommand, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_MAX_CHARACTERS", str(len(CLERK)))
    outcome = run("batch", folder)
    assert outcome.status == 1
    assert {row["檔案"]: row["狀態"] for row in table(outcome.out)} == {
        "二月/王小明.txt": "失敗：無法評分",
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
    assert run("batch", tmp_path, "--out", tmp_path / "結果").status == 0


def test_a_missing_input(run: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / "沒有"
    assert f"「{path}」" in run("batch", path).error


def test_an_empty_folder(run: RunCommand, tmp_path: Path) -> None:
    assert "裡沒有可以評分的檔案" in run("batch", tmp_path).error


@pytest.mark.parametrize("workers", ["0", "1", "3"])
def test_so_many_workers_give_the_same(run: RunCommand, folder: Path, workers: str) -> None:
    assert run("batch", folder, "--workers", workers).out == run("batch", folder).out


def test_fewer_workers_than_none(run: RunCommand, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--workers 要是 0 到 1024 的整數，收到「-1」。" in run("batch", folder, "--workers", "-1").error
    monkeypatch.setenv("MATCHER_WORKERS", "-1")
    assert "MATCHER_WORKERS 收到「-1」，最少 0" in run("batch", folder).error


@pytest.mark.parametrize("value", ["abc", "0", "-1", "1.5", "", "99999999999999999999", "9" * 5_000])
def test_a_number_that_cannot_be_used_is_told_before_anything_is_done(run: RunCommand, value: str) -> None:
    error = run("batch", "沒有的資料夾", "--top", value).error
    assert error == f"錯誤：--top 要是 1 到 1000000000 的整數，收到「{value}」。加 --help 看用法。"


def test_an_unknown_standard(run: RunCommand, folder: Path) -> None:
    assert "沒有職能基準「ABC」" in run("batch", folder, "--standard", "ABC").error


def test_the_terminal_shows_the_best_first_and_failures_last(matcher: Matcher) -> None:
    texts = {"陳小華.txt": CLERK, "[bold]壞.txt": "", "王小明.txt": PLANNER}
    console = Console(file=io.StringIO(), width=140)
    with ranking(matcher, texts) as made:
        console.print(batch_view(made))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    places = [shown.index(name) for name in ("王小明.txt", "陳小華.txt", "[bold]壞.txt")]
    assert places == sorted(places)
    assert "失敗" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sockets with paths")
def test_a_temporary_folder_with_too_long_a_path_is_named(tmp_path: Path) -> None:
    long = tmp_path / ("長" * 40)
    long.mkdir()
    ended = subprocess.run(
        [*MATCHER, "batch", str(RESUMES)],
        env=os.environ | {"TMPDIR": str(long)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "暫存資料夾的路徑太長，請把 TMPDIR 設成 70 個位元組以內的路徑" in ended.stderr
    assert ended.stderr.endswith(f"現在是「{long}」。\n")
