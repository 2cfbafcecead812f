"""Pieces of text in the order in which they are read: column by column, or row by row in tables."""

import itertools
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

from matcher.reading.layout import LABEL, SAME_ROW, WIDE, Line, Piece, beside

_GUTTER = 1.0  # heights of a line: what separates columns
_JITTER = 0.3  # heights of a line: by so much the lines of one column begin apart, in pictures
_FEWEST_LINES = 3  # on the shorter side of a gutter
_DEEPEST = 8  # cuts inside one another
_FULL = 0.75  # of the column's width: a line that wraps
_SOME = 0.3  # share of full lines that makes a column of prose
_ALIGNED = 0.8  # share of lines on one height with a line to the right, as the rows of a table are


def lines_of(pieces: Sequence[Piece], *, trusted: bool) -> list[Line]:
    """Lines in reading order. A ``trusted`` order, the file's, is kept where it makes sense on the page."""
    ordered = pieces if trusted and _coherent(pieces) else list(_ordered(pieces))
    lines: list[list[Piece]] = []
    for piece in ordered:
        if lines and beside(lines[-1][-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [Line.of(line) for line in lines]


def _coherent(pieces: Sequence[Piece]) -> bool:
    """Whether the order of the file runs down the page, column by column, without leaping about."""
    pairs = list(itertools.pairwise(pieces))
    leaps = sum(after.bottom < before.top for before, after in pairs)
    across = sum(
        beside(before, after) and after.left - before.right > WIDE * before.height for before, after in pairs
    )
    return leaps <= max(2, len(pieces) / 4) and across < 0.3 * len(pieces)


def _ordered(pieces: Sequence[Piece], depth: int = 0) -> Iterator[Piece]:
    """Columns one after another, what spans them between, the rest row by row (a recursive XY cut)."""
    if depth == _DEEPEST or len(pieces) < 2 * _FEWEST_LINES:
        yield from _rows(pieces)
    elif (gutter := _gutter(pieces)) is not None:
        for left, right in _bands(pieces, gutter):
            for part in (left, right) if _are_columns(left, right) else ([*left, *right],):
                yield from _ordered(part, depth + 1)
    elif (cut := _widest_gap(pieces)) is not None:
        yield from _ordered([piece for piece in pieces if piece.middle < cut], depth + 1)
        yield from _ordered([piece for piece in pieces if piece.middle >= cut], depth + 1)
    else:
        yield from _rows(pieces)


def _rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if row and piece.middle - row[0].middle > SAME_ROW * min(piece.height, row[0].height):
            yield from sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(piece)
    yield from sorted(row, key=lambda piece: piece.left)


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The place across the page that parts the most lines into columns."""
    best, most = None, _FEWEST_LINES - 1
    slack = _JITTER * statistics.median(piece.height for piece in pieces)
    lefts = Counter(round(piece.left) for piece in pieces)
    for left, _ in lefts.most_common(40):
        bands = _bands(pieces, left - slack)
        shorter = sum(min(len(one), len(other)) for one, other in bands if _are_columns(one, other))
        if shorter > most:
            best, most = left - slack, shorter
    return best


def _widest_gap(pieces: Sequence[Piece]) -> float | None:
    """The middle of the widest gap between rows, if it is wider than a line is high."""
    cut, widest = None, statistics.median(piece.height for piece in pieces)
    ordered = sorted(pieces, key=lambda piece: piece.top)
    bottom = ordered[0].bottom
    for piece in ordered[1:]:
        if piece.top - bottom > widest:
            cut, widest = (piece.top + bottom) / 2, piece.top - bottom
        bottom = max(bottom, piece.bottom)
    return cut


def _bands(pieces: Sequence[Piece], gutter: float) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """What stands left and right of the gutter, between the pieces that cross it; these by themselves."""
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if piece.left < gutter < piece.right:
            if left or right:
                yield left, right
            yield [piece], []
            left, right = [], []
        else:
            (left if piece.right <= gutter else right).append(piece)
    if left or right:
        yield left, right


def _are_columns(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Columns and not a table: enough lines, a gutter between, and no short labels beside their values."""
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    height = statistics.median(piece.height for piece in (*left, *right))
    edge = max(piece.right for piece in left)
    if min(piece.left for piece in right) - edge < _GUTTER * height:
        return False
    width = edge - min(piece.left for piece in left)
    full = sum(piece.right - piece.left >= _FULL * width for piece in left) / len(left)
    aligned = sum(
        any(abs(one.middle - other.middle) < 0.35 * height for other in right) for one in left
    ) / len(left)
    return aligned < _ALIGNED or (full >= _SOME and width >= LABEL * height)
