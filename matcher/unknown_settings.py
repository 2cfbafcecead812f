"""Variables that look like settings and are none: most likely misspelt."""

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from dotenv import dotenv_values

_PREFIX = "MATCHER_"
_OTHERS = ("MATCHER_EVAL_", "MATCHER_TEST_", "MATCHER_MUTATIONS")
"""What evaluation and tests read."""


def unknown_settings(settings: Iterable[str], groups: Iterable[str], file: str) -> str:
    """One sentence that names every variable of the environment and of ``file`` that is no setting, with the
    nearest one; empty where there is none. Those that begin like one of the ``groups`` are left to it."""
    known = [_PREFIX + name.upper() for name in settings]
    passed = (*_OTHERS, *(f"{_PREFIX}{group.upper()}_" for group in groups))
    given = {name.upper() for name in (*os.environ, *dotenv_values(file))}
    unknown = sorted(
        name for name in given - {*known} if name.startswith(_PREFIX) and not name.startswith(passed)
    )
    return f"沒有這樣的設定，已略過：{'、'.join(_told(unknown, known))}。" if unknown else ""


def _told(unknown: Iterable[str], known: list[str]) -> Iterator[str]:
    for name in unknown:
        near = get_close_matches(name, known, n=1, cutoff=0.8)
        yield f"{name}（是不是要用 {near[0]}？）" if near else name
