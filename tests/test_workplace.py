"""The folder that readers write in: gone at the end, or, when the guard was killed, at the next start."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from matcher.reading.workplace import workplace

_KILLED = """
import os, signal
from matcher.reading.workplace import workplace
with workplace() as folder:
    (folder / "part").write_text("履歷")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_nothing_is_left(place: Path) -> None:
    with workplace() as folder:
        (folder / "part").write_text("履歷", encoding="utf-8")
        assert folder.parent == place
    assert list(place.iterdir()) == []


def test_what_a_killed_guard_left_is_removed_by_the_next() -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED], stdout=subprocess.PIPE, check=False)
    left = Path(ended.stdout.decode().strip())
    assert (left / "part").exists()
    with workplace():
        assert not left.exists()


def test_what_another_guard_uses_stays(place: Path) -> None:
    with workplace() as one, workplace() as other:
        assert sorted(place.iterdir()) == sorted([one, other])


def test_what_is_not_a_guards_stays(place: Path) -> None:
    (place / "matcher-notes").mkdir()
    with workplace():
        assert (place / "matcher-notes").exists()
