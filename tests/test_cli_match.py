"""``matcher match``: a posting and a few résumés, side by side."""

import json
from pathlib import Path

import pytest

from matcher.data import data_path
from tests.command import RunCommand

POSTING = data_path("samples", "postings") / "customer_service_planner.txt"
RESUMES = [data_path("samples", "resumes") / f"{name}.txt" for name in ("cook", "planner", "clerk")]


def test_the_best_resume_comes_first_with_the_evidence_of_both_sides(run: RunCommand) -> None:
    out = run("match", POSTING, *RESUMES).out
    assert out.index("planner.txt") < out.index("clerk.txt") < out.index("cook.txt")
    assert "適配" in out
    assert out.count("職缺 「") > 10
    assert out.count("履歷 「") > 10


def test_json_has_fits_and_both_reports_best_first(run: RunCommand) -> None:
    result = json.loads(run("match", POSTING, *RESUMES, "--json").out)
    assert result["posting"]["report"]["kind"] == "posting"
    assert [one["file"] for one in result["resumes"]] == ["planner.txt", "clerk.txt", "cook.txt"]
    scores = [one["fit"]["score"] for one in result["resumes"]]
    assert scores == sorted(scores, reverse=True)
    assert {one["report"]["kind"] for one in result["resumes"]} == {"resume"}


def test_the_order_of_the_files_changes_nothing(run: RunCommand) -> None:
    assert run("match", POSTING, *RESUMES).out == run("match", POSTING, *reversed(RESUMES)).out


def test_a_posting_that_asks_for_nothing_says_so(run: RunCommand, tmp_path: Path) -> None:
    posting = tmp_path / "空.txt"
    posting.write_text("徵才", encoding="utf-8")
    outcome = run("match", posting, RESUMES[1])
    assert outcome.status == 0
    assert "無法計算適配" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((POSTING, "沒有.txt"), "找不到檔案「沒有.txt」"), ((POSTING,), "RESUME"), ((), "POSTING")],
)
def test_what_is_missing_is_named(run: RunCommand, arguments: tuple[object, ...], message: str) -> None:
    outcome = run("match", *arguments)
    assert outcome.status == 2
    assert message in outcome.error


def test_a_match_that_goes_into_a_pipe_is_masked(run: RunCommand, tmp_path: Path) -> None:
    resume = tmp_path / "0912345678.txt"
    resume.write_text("訂定客服標準作業流程與緊急應變計畫。", encoding="utf-8")
    for options in ((), ("--json",)):
        assert "0912345678" not in run("match", POSTING, resume, *options).out
        assert "0912345678" in run("match", POSTING, resume, *options, "--no-mask").out


def test_a_resume_that_cannot_be_read_keeps_no_other_from_being_shown(
    run: RunCommand, tmp_path: Path
) -> None:
    broken = tmp_path / "王小明.pdf"
    broken.write_bytes(b"%PDF-1.7\nbroken")
    outcome = run("match", POSTING, RESUMES[0], broken, RESUMES[1], "--no-mask")
    assert (outcome.status, outcome.err) == (1, "")
    assert (
        outcome.out.index("planner.txt") < outcome.out.index("cook.txt") < outcome.out.index("失敗 無法讀取")
    )
    assert "王小明.pdf" in outcome.out.splitlines()[-1]
    result = json.loads(run("match", POSTING, broken, RESUMES[1], "--json", "--no-mask").out)
    assert [one["file"] for one in result["resumes"]] == ["planner.txt"]
    ((file, reason),) = (one.values() for one in result["failures"])
    assert file == str(broken)
    assert reason.startswith("無法讀取")


def test_a_match_of_nothing_that_can_be_read_is_an_error(run: RunCommand, tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_bytes(b"")
    error = run("match", POSTING, tmp_path / "甲.txt", tmp_path / "乙.txt", "--no-mask").error
    assert "甲.txt" in error
    assert "乙.txt" in error
