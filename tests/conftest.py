"""What is dear to make and never changes: made once for all tests."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.cli import main
from matcher.language.lexicon import load_lexicon
from matcher.language.segment import Segmenter, default_segmenter
from matcher.scoring.idf import Idf, load_idf
from matcher.standard import Standard
from tests.browser import browser, page  # noqa: F401 - fixtures, found by their names
from tests.command import Outcome, RunCommand
from tests.postgres import database_url, postgres  # noqa: F401 - likewise
from tests.services import client, recruiter  # noqa: F401 - likewise


def pytest_make_parametrize_id(val: object) -> str | None:
    """Not by their content: an archive has the time in it, and a name of a test must not change."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def standards_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees or changes the standards that the user imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_STANDARDS", str(tmp_path_factory.mktemp("standards")))
        yield


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """The matcher for BAS2421-003v4."""
    return Matcher.load()


@pytest.fixture(scope="session")
def bas2421(matcher: Matcher) -> Standard:
    """BAS2421-003v4 itself."""
    return matcher.standard


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """The segmenter with the shipped lexicon."""
    return default_segmenter()


@pytest.fixture(scope="session")
def idf() -> Idf:
    """The shipped background."""
    return load_idf(load_lexicon())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> RunCommand:
    """Runs ``matcher`` with these arguments in this process, as if its output went into a pipe."""

    def command(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["matcher", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        for variable in ("FORCE_COLOR", "NO_COLOR", "TERMINAL_WIDTH"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv("COLUMNS", "100")
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ending:
            main()
        captured = capsysbinary.readouterr()
        assert isinstance(ending.value.code, int)
        return Outcome(ending.value.code, captured.out.decode(), captured.err.decode())

    return command
