"""A text as the finders read it: one width, one script, one dash, one blank, nothing invisible."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.language.normalise import normalise

_GONE = "\x00"
# Letters by their category that no font shows.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_DASHES = frozenset("−─━ー﹣~∼〜～")
_SPACED = re.compile(r"(?<!\S)\S(?: {1,2}\S){4,}(?!\S)")


class _Plainness(dict[int, str]):
    """Code point → what the finders read in its place, filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        self[code_point] = plain = _plain(character)
        return plain


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    if character.isspace():
        return " "
    if category in ("Cf", "Cc", "Mn", "Me") or character in _FILLERS:
        return _GONE
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "-" if category == "Pd" or character in _DASHES else character


_PLAINNESS = _Plainness()


@dataclass(frozen=True, slots=True)
class Plain:
    """``text`` for the finders, and for each of its characters its place in the original."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a span of the plain one stands for."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Fold a text for the finders.

    Characters that nobody sees are left out, and so are the blanks of letter-spaced words («A 1 2 3 4»),
    so that neither hides a number.
    """
    folded = normalise(text).translate(_PLAINNESS)
    places: Sequence[int] = range(len(folded))
    if _GONE in folded:
        places = [place for place, character in enumerate(folded) if character != _GONE]
        folded = folded.replace(_GONE, "")
    blanks = {
        at
        for run in _SPACED.finditer(folded)
        for at in range(*run.span())
        if folded[at] == " "
    }  # fmt: skip
    if blanks:
        kept = [at for at in range(len(folded)) if at not in blanks]
        places = [places[at] for at in kept]
        folded = "".join([folded[at] for at in kept])
    return Plain(folded, places)
