"""Three hundred files, one in five of them hostile: three hundred rows, and nothing else happens."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from matcher.reading.names import clean_name
from tests.corpus.chaos import File, files, is_good
from tests.make_hostile import MARK

ROOT = Path(__file__).parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process' memory")


@dataclass(frozen=True)
class Chaos:
    """What came of the folder: its rows, those of a folder of the good files alone, and what was left."""

    files: list[File]
    rows: list[dict[str, Any]]
    good_alone: list[dict[str, Any]]
    megabytes: float
    left: list[str]
    printed: str


@pytest.fixture(scope="module")
def chaos(tmp_path_factory: pytest.TempPathFactory) -> Chaos:
    root = tmp_path_factory.mktemp("chaos")
    for folder in ("all", "good", "temp"):
        (root / folder).mkdir()
    made = files()
    for name, content, _ in made:
        (root / "all" / name).write_bytes(content)
        if is_good(name):
            (root / "good" / name).write_bytes(content)
    before = _everything(root)
    done = subprocess.run(
        [sys.executable, "-m", "tests.score_folders", root / "all", root / "good"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(root / "temp")},
        capture_output=True,
        check=True,
        text=True,
    )
    told = json.loads(done.stdout)
    left = sorted(_everything(root) - before)
    rows, good_alone = told["folders"]
    return Chaos(made, rows, good_alone, told["memory"], left, done.stderr)


def _everything(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*")}


def code(row: dict[str, Any]) -> str:
    return str(row["error"]["code"]) if "error" in row else "read"


def test_three_hundred_files_give_as_many_rows_in_their_order(chaos: Chaos) -> None:
    # Each ZIP among them holds one file or is refused, so that each gives one row.
    assert len(chaos.rows) == 300
    for (name, _, _), row in zip(chaos.files, chaos.rows, strict=True):
        assert row["file"].startswith(clean_name(name)[:250])


def test_each_row_has_its_own_code(chaos: Chaos) -> None:
    expected = {clean_name(name): code for name, _, code in chaos.files}
    assert {
        clean_name(file[0]): code(row) for file, row in zip(chaos.files, chaos.rows, strict=True)
    } == expected


def test_so_many_of_each(chaos: Chaos) -> None:
    assert Counter(map(code, chaos.rows)) == {
        "read": 250,  # 240 good files, and 10 that are hostile in vain
        "unsafe_archive": 13,
        "malformed": 12,
        "empty": 6,
        "too_large": 4,
        "encrypted": 3,
        "unsupported": 3,
        "timeout": 3,
        "memory": 3,
        "crash": 3,
    }


def test_the_good_ones_come_out_as_if_alone(chaos: Chaos) -> None:
    among = [row for file, row in zip(chaos.files, chaos.rows, strict=True) if is_good(file[0])]
    assert len(among) == 240
    assert json.dumps(among) == json.dumps(chaos.good_alone)
    assert {code(row) for row in among} == {"read"}


def test_no_message_shows_what_is_inside(chaos: Chaos) -> None:
    messages = [row["error"]["message"] for row in chaos.rows if "error" in row]
    assert [
        text for text in messages if not text.endswith("。") or "Traceback" in text or ".py" in text
    ] == []
    assert (chaos.printed, MARK in json.dumps(chaos.rows, ensure_ascii=False)) == ("", False)


def test_names_are_shown_as_they_are_safe_to_show(chaos: Chaos) -> None:
    shown = [row["file"] for row in chaos.rows]
    assert [name for name in shown if len(name) > 255 or not name.isprintable()] == []


def test_nothing_is_left_behind(chaos: Chaos) -> None:
    assert chaos.left == []


@linux
def test_the_memory_of_the_guard_stays_small(chaos: Chaos) -> None:
    assert 0 < chaos.megabytes < 400
