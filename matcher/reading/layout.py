"""Pieces of text at places on a page, and the lines that they make."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

SAME_ROW = 0.5  # heights of a line
WIDE = 0.85  # heights of a line: a gap that a table or a tab makes
SPACED = 0.45  # heights of a line: a gap between Chinese characters that is more than letterspacing
LABEL = 8  # heights of a line: what is narrower holds labels
CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line without wide gaps; its box from the page's upper left corner, in any one unit."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces that stand side by side, as one text and the box around it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    height: float

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "Line":
        """The line of these pieces, from left to right; a tab stands for a wide gap."""
        text = pieces[0].text
        for before, after in itertools.pairwise(pieces):
            gap = (after.left - before.right) / before.height
            blank = "\t" if gap > WIDE else " " if gap > SPACED else between(before.text, after.text)
            text += blank + after.text
        return cls(
            text,
            min(piece.left for piece in pieces),
            min(piece.top for piece in pieces),
            max(piece.right for piece in pieces),
            max(piece.bottom for piece in pieces),
            max(piece.height for piece in pieces),
        )


def beside(before: Piece, after: Piece) -> bool:
    """Whether a piece stands to the right of another on one line."""
    near = abs(before.middle - after.middle) <= SAME_ROW * min(before.height, after.height)
    return near and after.left >= before.right - 0.5 * before.height


def between(before: str, after: str) -> str:
    """What stands between two pieces of one line: a blank between words that are written with blanks."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    return "" if CJK.match(before[-1]) or CJK.match(after[0]) or before[-1] == "-" else " "
