"""Lines of a text, with those that a page broke in mid-sentence joined again."""

import re
from itertools import pairwise

from matcher.language.headings import is_heading
from matcher.language.markers import BRACKETED, BULLET

Line = tuple[int, int]
"""Where a line begins and ends, in code points."""

_LINE_END = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_ENDS_LINE = re.compile(r"[。！？!?；;：:…】」）)]\s*$")
_CONTINUES = re.compile(r"\s*(?:[，、。；：）」,;:)]|\.(?![a-zA-Z]))")
_LABEL = re.compile(r"\s*[^\W\d_][^\s，。、；：:]{0,9}[ \u3000]?[：:](?![0-9])")
_LATIN_WORD = re.compile(r"\s*([\x21-\u024f]+)")

_LONGEST_HEADING = 40
_COLUMNS = (8.0, 60.0)  # full-width characters between which a page's column lies
_NARROW_COLUMN = 16.0
_LATIN_COLUMN = 25.0
_RAGGED = 2.0  # full-width characters by which a broken line may fall short of the column


def paragraphs(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank; those that a page broke are one."""
    ends = [match.span() for match in _LINE_END.finditer(text)]
    borders = [0, *(border for end in ends for border in end), len(text)]
    lines = [line for line in zip(borders[::2], borders[1::2], strict=True) if text[slice(*line)].strip()]
    broken = _broken(text, lines)
    joined = lines[:1]
    for before, line in enumerate(lines[1:]):
        if before in broken or _CONTINUES.match(text, *line):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def _broken(text: str, lines: list[Line]) -> set[int]:
    """Positions of the lines that a page broke at its column, so that they go on in the next.

    Broken lines are as long as one another, give or take a word, and end in mid-sentence: a quarter of all
    lines at the least, and twice as many as end in mid-sentence short of the column. Short lines may also
    be a plain list of like entries: a narrow column takes more of them.
    """
    widths = [_width(text[slice(*line)]) for line in lines]
    column = sorted(widths)[int(0.95 * (len(lines) - 1))] if lines else 0.0
    if not _COLUMNS[0] <= column <= _COLUMNS[1]:
        return set()
    least = max(3 if column >= _NARROW_COLUMN else 8, len(lines) / 4)
    full = {
        at
        for at, (width, following) in enumerate(zip(widths, lines[1:], strict=False))
        if width >= column - _room(text, following, column)
    }
    if len(full) < least:
        return set()
    running = {at for at, (line, following) in enumerate(pairwise(lines)) if _runs_on(text, line, following)}
    broken = full & running
    return broken if len(broken) >= max(least, 2 * len(running - full)) else set()


def _runs_on(text: str, line: Line, following: Line) -> bool:
    """Whether a line may go on in the next: it ends no sentence, and the next begins no entry."""
    return not (
        _ENDS_LINE.search(text[slice(*line)])
        or text[line[1] : following[0]].count("\n") > 1
        or any(pattern.match(text, *following) for pattern in (BULLET, BRACKETED, _LABEL))
        or (following[1] - following[0] <= _LONGEST_HEADING and is_heading(text[slice(*following)]))
    )


def _room(text: str, following: Line, column: float) -> float:
    """How far a line may fall short of the column because what follows did not fit into it."""
    word = _LATIN_WORD.match(text, *following) if column >= _LATIN_COLUMN else None
    return max(_RAGGED, _width(word[1]) + 0.5) if word else _RAGGED


def _width(line: str) -> float:
    """In full-width characters: ASCII is half as wide."""
    bare = line.strip()
    return len(bare) - len(bare.encode("ascii", "ignore")) / 2
