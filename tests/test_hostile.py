"""Every hostile file costs one row, with the right code; what they do to others is in `test_chaos`."""

from pathlib import Path

import pytest

from matcher.reading.guard import Guard
from matcher.reading.limits import Limits
from matcher.reading.ocr import installed
from matcher.reading.office import find_office
from matcher.reading.outcome import ReadingFailure, Result
from tests.make_hostile import MARK, Hostile, hostile_files


@pytest.fixture(scope="module")
def files() -> Hostile:
    return hostile_files()


@pytest.fixture(scope="module")
def results(files: Hostile) -> dict[str, list[Result]]:
    """What became of each, read in one go."""
    inputs = [(data, name) for name, (data, _) in files.items()]
    found: dict[str, list[Result]] = {}
    with Guard(Limits(), workers=2) as guard:
        for row in guard.read_many(inputs):
            found.setdefault(inputs[row.index][1], []).append(row.result)
    return found


def test_each_costs_one_row_with_its_code(files: Hostile, results: dict[str, list[Result]]) -> None:
    codes = {
        name: [row.code if isinstance(row, ReadingFailure) else "read" for row in rows]
        for name, rows in results.items()
    }
    assert codes == {name: [_expected(name, code)] for name, (_, code) in files.items()}


def _expected(name: str, code: str) -> str:
    """The code, or that of a machine without what reads pictures and legacy DOC."""
    picture, legacy = name.endswith((".png", ".jpg", ".tif")), name in ("截斷.doc", "自繞.doc")
    return "unsupported" if (picture and not installed()) or (legacy and not find_office()) else code


def test_each_failure_has_a_reason_in_chinese(results: dict[str, list[Result]]) -> None:
    failures = [row for rows in results.values() for row in rows if isinstance(row, ReadingFailure)]
    assert [row for row in failures if not row.message.endswith("。") or "Error" in row.message] == []


def test_no_file_of_this_machine_is_shown(results: dict[str, list[Result]]) -> None:
    assert MARK not in repr(results)
    assert "root:" not in repr(results)


def test_nothing_is_written_outside(results: dict[str, list[Result]]) -> None:
    assert results
    assert not Path("/var/outside.txt").exists()


def test_there_are_many_of_all_kinds(files: Hostile) -> None:
    assert len(files) >= 80
    assert {code for _, code in files.values()} == {
        "read",
        "empty",
        "encrypted",
        "malformed",
        "too_large",
        "unsafe_archive",
        "unsupported",
    }
