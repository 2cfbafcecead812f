"""Help and version: in Chinese, and quick."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from matcher import __version__
from matcher.cli import app
from tests.command import RunCommand

HEAVY = (
    "numpy",
    "scipy",
    "sklearn",
    "rjieba",
    "jieba",
    "opencc",
    "pypdfium2",
    "lxml",
    "rapidocr",
    "onnxruntime",
    "fastapi",
    "uvicorn",
    "sqlalchemy",
    "alembic",
)
TYPERS_WORDS = ("Usage", "Options", "Arguments", "Commands", "Show this", "default:", "required", "ARGS")


def commands(command: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The words that lead to a command and to all below it."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


ALL = list(commands(get_command(app)))


def test_all_commands_are_here() -> None:
    assert {(), ("score",), ("batch",), ("standard", "show"), ("phrasebook", "try")} <= set(ALL)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_is_in_chinese(run: RunCommand, words: tuple[str, ...]) -> None:
    outcome = run(*words, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    for word in ("用法：", "選項", "顯示這份說明。"):
        assert word in outcome.out
    assert [word for word in TYPERS_WORDS if word in outcome.out] == []


@pytest.mark.parametrize("words", [(), ("standard",), ("phrasebook",)], ids=" ".join)
def test_a_group_alone_shows_its_help_and_no_error(run: RunCommand, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert outcome.status == 2
    assert "指令" in outcome.out + outcome.err
    assert "錯誤" not in outcome.out + outcome.err


def test_version(run: RunCommand) -> None:
    outcome = run("--version")
    assert (outcome.status, outcome.out) == (0, f"matcher {__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], *([*words, "--help"] for words in ALL if words), ["score", "--kind", "x"]],
    ids=" ".join,
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = f"""
import sys
sys.argv = {["matcher", *arguments]!r}
from matcher.cli import main
try:
    main()
except SystemExit:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode().splitlines()[-1] == "[]"
