"""Which files of the inputs are documents to score, told by their names alone."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatchcase

from matcher.inputs.locations import Location

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def left_behind(name: str) -> str | None:
    """What a file or folder is that a program left there for itself, or None if it is none."""
    if name.startswith("~$"):
        return "暫存鎖定檔"
    if name.casefold() in _SYSTEM:
        return "系統檔"
    return "隱藏檔" if name.startswith(".") and name not in (".", "..") else None


class Selection:
    """What is taken and what is passed over in one iteration; ``skipped`` counts the latter by reason.

    ``include`` and ``exclude`` are shell patterns as `fnmatch` reads them: ``*`` stands for any characters,
    «/» too, ``?`` for one, ``[…]`` for one of these. One that fits the path relative to the input counts, or,
    without a «/», the file's name; so does one that spells out either. Case makes no difference.
    ``leave_out`` are locations that are not entered or taken, and ``elsewhere`` those that are inputs of
    their own.
    """

    def __init__(self, include: Sequence[str], exclude: Sequence[str], leave_out: Sequence[Location]) -> None:
        self._include = [_folded(pattern) for pattern in include]
        self._exclude = [_folded(pattern) for pattern in exclude]
        self._leave_out = frozenset(leave_out)
        self.elsewhere: set[Location] = set()
        self.skipped: Counter[str] = Counter()

    def enters(self, folder: Location, name: str, *, is_input: bool = False) -> bool:
        """Whether a folder is entered. A hidden one that ``is_input`` itself was asked for."""
        if folder in self.elsewhere:
            return False
        if folder in self._leave_out:
            return self._skip("輸出的結果")
        what = None if is_input else left_behind(name)
        return self._skip("隱藏資料夾" if what == "隱藏檔" else what) if what else True

    def takes(self, parts: Sequence[str], file: Location | None = None, *, is_input: bool = False) -> bool:
        """Whether a file is taken: ``parts`` are the names on its path relative to the input.

        A hidden file that ``is_input`` itself was asked for.
        """
        if file in self.elsewhere and not is_input:
            return False
        if file in self._leave_out:
            return self._skip("輸出的結果")
        for what in map(left_behind, parts):
            if what and not (is_input and what == "隱藏檔"):
                return self._skip(what)
        path, name = _folded("/".join(parts)), _folded(parts[-1] if parts else "")
        if self._include and not any(_fits(path, name, pattern) for pattern in self._include):
            return self._skip("不在 --include 之內")
        if any(_fits(path, name, pattern) for pattern in self._exclude):
            return self._skip("被 --exclude 排除")
        return True

    def skip(self, what: str) -> None:
        """Count something that is passed over for another reason."""
        self.skipped[what] += 1

    def _skip(self, what: str) -> bool:
        self.skip(what)
        return False


def _fits(path: str, name: str, pattern: str) -> bool:
    return any(
        text == pattern or fnmatchcase(text, pattern)
        for text in ((path,) if "/" in pattern else (path, name))
    )


def _folded(text: str) -> str:
    """Without case, and with letters and their marks as one, which systems write either way."""
    return unicodedata.normalize("NFC", text).casefold()
