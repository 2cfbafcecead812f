"""Killed at any moment, a batch goes on from there: the results are those of a run that nobody disturbed."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from tests.batch_files import written
from tests.corpus.good import good_files
from tests.processes import MARK, MATCHER, left_over

FILES = 200
KILLS_AT_WORK = 20
KILLS_WHILE_WRITING = 5
OUTPUTS = ("errors.csv", "report.html", "results.csv", "results.jsonl", "results.parquet", "results.xlsx")
SENTENCES = (
    *(
        "客服企劃專員，五年經驗。",
        "規劃客服作業流程，訂定 SOP。",
        "編列並控管客服年度預算。",
        "完成競品分析。",
    ),
    *("每月彙整客訴，分析原因並改善。", "訂定滿意度與接通率指標。", "設計教育訓練課程。", "向主管報告成效。"),
)


def some_files() -> Iterator[tuple[str, bytes]]:
    """Résumés in every format, a few of them the same, and every tenth file unreadable."""
    for number in range(1, FILES):
        said = [sentence for bit, sentence in enumerate(SENTENCES) if number >> bit & 1]
        for name, content in good_files("\n".join((f"應徵者{number // 2}號", *said))).items():
            yield f"{number:03} {name}", content
            yield f"{number:03} 壞的 {name}", content[: len(content) // 2] if number % 2 else b""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("履歷")
    quick = (file for file in some_files() if not file[0].endswith(".doc"))
    for name, content in islice(quick, FILES):
        (folder / name).write_bytes(content)
    assert len(list(folder.iterdir())) == FILES
    return folder


@contextmanager
def batch(folder: Path, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``matcher batch`` at work; killed at the end of the block if it still is."""
    command = [*MATCHER, "batch", folder, "--out", out, "--no-ocr", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            yield process
        finally:
            process.kill()


def finish(folder: Path, out: Path) -> dict[str, bytes]:
    """The bytes of every output of a run that is left to end by itself."""
    with batch(folder, out) as process:
        printed = process.communicate()[0].decode()
    assert process.returncode == 1, printed  # some files are unreadable
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def kill_when(folder: Path, out: Path, moment: Callable[[], bool]) -> bool:
    """Whether the run was still at work when the moment came."""
    with batch(folder, out) as process:
        while process.poll() is None:
            if moment():
                process.send_signal(signal.SIGKILL)
                process.wait()
                return True
            time.sleep(0.001)
    return False


def test_killed_at_25_points_it_ends_as_if_undisturbed(folder: Path, tmp_path: Path) -> None:
    undisturbed = finish(folder, tmp_path / "undisturbed")
    out = tmp_path / "killed"
    chance = random.Random(617)  # noqa: S311 - the same moments each time
    step = written(tmp_path / "undisturbed") // KILLS_AT_WORK
    killed = 0
    for _ in range(KILLS_AT_WORK):
        enough = (written(out) if out.exists() else 0) + chance.randint(1, step)
        killed += kill_when(folder, out, lambda enough=enough: written(out) >= enough)  # type: ignore[misc]
    for name in chance.sample(OUTPUTS, KILLS_WHILE_WRITING):
        killed += kill_when(folder, out, lambda name=name: any(out.glob(f".{name}*")))  # type: ignore[misc]
    assert killed >= KILLS_AT_WORK
    assert finish(folder, out) == undisturbed


def test_ctrl_c_ends_it_with_what_is_done(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with batch(folder, out) as process:
        while process.poll() is None and written(out) < 100_000:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        printed = process.communicate()[0].decode()
    assert process.returncode == 130, printed
    assert "中途停止" in printed
    assert "Traceback" not in printed
    assert 1 < len((out / "results.csv").read_text(encoding="utf-8-sig").splitlines()) <= FILES
    undisturbed = finish(folder, tmp_path / "undisturbed")
    assert finish(folder, out) == undisturbed


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux tells a process' parent")
def test_a_killed_run_leaves_no_process_behind(folder: Path, tmp_path: Path) -> None:
    marked = {**os.environ, MARK: str(tmp_path)}
    command: list[str | Path] = [*MATCHER, "batch", folder, "--out", tmp_path]
    with subprocess.Popen(
        command, env=marked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and written(tmp_path) < 50_000:
            time.sleep(0.01)
        process.kill()
    assert left_over(str(tmp_path)) == []
