"""``matcher score``: a report to read, or JSON; errors in one Chinese line."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.data import data_path
from tests.command import RunCommand, on_a_terminal

RESUMES = data_path("samples", "resumes")
PLANNER = RESUMES / "planner.txt"
MATCHER = [sys.executable, "-c", "from matcher.cli import main; main()"]
SAMPLES = sorted(data_path("samples").glob("*/*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_samples(run: RunCommand, path: Path) -> None:
    kind = "posting" if path.parent.name == "postings" else "resume"
    outcome = run("score", path, "--kind", kind)
    assert (outcome.status, outcome.err) == (0, "")
    assert path.name in outcome.out
    assert {"resume": "履歷", "posting": "職缺"}[kind] in outcome.out
    for part in ("T2.3", "行為指標", "知識", "技能", "建議條件", "calibration"):
        assert part in outcome.out


def test_the_report_shows_level_bars_items_and_evidence(run: RunCommand, matcher: Matcher) -> None:
    shown = run("score", PLANNER).out
    report = matcher.score(PLANNER.read_text(encoding="utf-8"))
    assert f"證據相當於第 {report.level.estimate} 級" in shown
    assert "█" in shown
    for item in report.items:
        assert item.code in shown
        for evidence in item.evidence:
            assert " ".join(evidence.quote.split())[:10] in shown


def test_a_level_that_cannot_be_told_is_not_made_up(run: RunCommand) -> None:
    shown = run("score", RESUMES / "cook.txt").out
    assert "級別：證據不足，無法判斷" in shown
    assert "證據相當於" not in shown


def test_a_pipe_gets_neither_colours_nor_markup(run: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / "[bold]奇怪[red]的.txt"
    path.write_text("[bold]客服專員[/bold]\n處理客訴[/]並回覆客戶\n[link=x]編列預算", encoding="utf-8")
    shown = run("score", path).out
    assert "\x1b" not in shown
    assert "[bold]奇怪[red]的.txt" in shown


def test_json_is_the_whole_report(run: RunCommand, matcher: Matcher) -> None:
    outcome = run("score", PLANNER, "--json")
    assert outcome.err == ""
    assert json.loads(outcome.out) == matcher.score(PLANNER.read_text(encoding="utf-8")).to_dict()
    assert "客戶服務企劃人員" in outcome.out, "Chinese stays readable"


def test_json_of_a_posting(run: RunCommand) -> None:
    path = data_path("samples", "postings", "customer_service_planner.txt")
    report = json.loads(run("score", path, "--kind", "posting", "--json").out)
    assert report["kind"] == "posting"


POSTING = """<html><script type="application/ld+json">{"@type": "JobPosting", "title": "客服企劃專員",
"description": "訂定標準作業流程，編列年度預算。"}</script></html>"""


@pytest.mark.parametrize(
    ("options", "kind"),
    [((), "posting"), (("--kind", "posting"), "posting"), (("--kind", "resume"), "resume")],
)
def test_a_file_that_says_its_kind_is_of_it_unless_the_user_says_otherwise(
    run: RunCommand, tmp_path: Path, options: tuple[str, ...], kind: str
) -> None:
    path = tmp_path / "職缺.html"
    path.write_text(POSTING, encoding="utf-8")
    assert json.loads(run("score", path, "--json", *options).out)["kind"] == kind
    run("batch", tmp_path, "--out", tmp_path / "out", *options)
    assert (
        json.loads((tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8"))["report"]["kind"] == kind
    )


def test_standard_input(run: RunCommand) -> None:
    piped = run("score", "-", "--json", stdin=PLANNER.read_bytes())
    assert piped.status == 0
    assert piped.out == run("score", PLANNER, "--json").out
    assert "標準輸入" in run("score", "-", stdin=PLANNER.read_bytes()).out


def test_big5_is_read_as_what_it_is(run: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / "big5.txt"
    text = (RESUMES / "clerk.txt").read_text(encoding="utf-8")
    path.write_bytes(text.encode("cp950"))
    assert (
        json.loads(run("score", path, "--json").out)["items"]
        == (json.loads(run("score", RESUMES / "clerk.txt", "--json").out)["items"])
    )


def test_a_name_that_is_not_text(run: RunCommand, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xab\xc8\xaaA.txt"))
    try:
        path.write_bytes(PLANNER.read_bytes())
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    outcome = run("score", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert "A.txt" in outcome.out


def test_another_standard(run: RunCommand) -> None:
    error = run("score", PLANNER, "--standard", "ABC").error
    assert error == "錯誤：沒有職能基準「ABC」；現有：BAS2421-003v4。"


def test_a_missing_file(run: RunCommand, tmp_path: Path) -> None:
    path = tmp_path / "沒有.txt"
    assert run("score", path).error == f"錯誤：找不到檔案「{path}」。"


def test_a_folder(run: RunCommand, tmp_path: Path) -> None:
    assert "是資料夾；評整個資料夾請用 matcher batch" in run("score", tmp_path).error


@pytest.mark.parametrize("content", [b"", b" \n\t", b"%PDF-1.7\nbroken", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_is_named(run: RunCommand, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "壞檔.pdf"
    path.write_bytes(content)
    assert run("score", path).error.startswith("錯誤：無法讀取「壞檔.pdf」：")


def test_nothing_on_standard_input(run: RunCommand) -> None:
    assert run("score", "-").error.startswith("錯誤：無法讀取「標準輸入」：")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("score", PLANNER, "--kind", "job"), "--kind 只能是 resume 或 posting，收到「job」。"),
        (("score",), "缺少必填的"),
        (("score", PLANNER, "--kind"), "選項 '--kind' 後面要有一個值"),
        (("score", PLANNER, "--jsn"), "沒有「--jsn」這個選項，是不是要用 --json？"),
        (("score", PLANNER, "多的"), "多了不認得的參數：多的"),
        (("scoer", PLANNER), "沒有 'scoer' 這個指令"),
    ],
)
def test_a_wrong_call_is_one_chinese_line(run: RunCommand, arguments: tuple[str, ...], message: str) -> None:
    error = run(*arguments).error
    assert message in error
    assert error.endswith("加 --help 看用法。")


def test_settings_that_cannot_be_used_are_named_together(
    run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_SEGMENTER", "nltk")
    monkeypatch.setenv("MATCHER_MAX_CHARACTERS", "-3")
    error = run("score", PLANNER).error
    assert "MATCHER_SEGMENTER 收到「nltk」" in error
    assert "MATCHER_MAX_CHARACTERS 收到「-3」" in error


def test_a_text_too_long(run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_MAX_CHARACTERS", "10")
    assert "文字太長：最多 10 字" in run("score", PLANNER).error


def shell(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [*MATCHER, *map(str, arguments)], env={**os.environ, **environment}, capture_output=True, check=False
    )


def test_output_is_utf_8_whatever_the_platform_chooses() -> None:
    done = shell("score", RESUMES / "chatbot_product_manager.txt", "--json", PYTHONIOENCODING="cp950")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["standard"]["name"] == "客戶服務企劃人員"


def test_a_reader_that_goes_away_sees_no_traceback() -> None:
    with subprocess.Popen(
        [*MATCHER, "score", str(PLANNER), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_colours_on_a_terminal_unless_it_says_no() -> None:
    colour = re.compile(r"\x1b\[[0-9;]*3[0-7]")
    assert colour.search(on_a_terminal("score", PLANNER))
    assert not colour.search(on_a_terminal("score", PLANNER, NO_COLOR="1"))


def test_scoring_a_text_loads_no_scikit_learn() -> None:
    script = f"""
import sys
sys.argv = ["matcher", "score", {str(PLANNER)!r}, "--json"]
from matcher.cli import main
try:
    main()
finally:
    print([name for name in ("sklearn", "jieba", "onnxruntime") if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"
