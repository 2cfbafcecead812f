"""Lines → text, with those joined that only the edge of a column or page broke."""

import itertools
import re
from collections.abc import Iterator, Sequence

from matcher.reading.layout import LABEL, Line, between

_ALIKE = 0.75  # of a line's height: type of one size, as pictures are measured
_PROSE = 15  # heights of a line: what is narrower may be a list
_RAGGED = 2.2  # heights of a line that a broken line may fall short of the edge
_ENDS = re.compile(r"[。！？!?；;：:…】]\s*$")
_FIRST_WORD = re.compile(r"[!-~]*")
_STARTS = re.compile(
    r"""\s*(?:
        [・•‧·●○◎◆◇■□▲△▼★☆※►▶➤→✔✓☑▪◦*【「《〈\uf0b7\uf06c\uf0a7] | [-–—]\s
      | [0-9]{1,2}\s*[.、)）](?![0-9]) | (?:19|20)[0-9]{2}\s*[./~–-]
      | [(（][0-9一二三四五六七八九十]{1,3}[)）] | [一二三四五六七八九十]{1,3}、
    )""",
    re.VERBOSE,
)


def join(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The text of each page; a line that only the edge of its column or page broke runs on."""
    lines = [(number, *edged) for number in range(len(pages)) for edged in _edged(pages, number)]
    texts = [""] * len(pages)
    for (number, line, edge), following in itertools.zip_longest(lines, lines[1:]):
        runs_on = following is not None and _runs_on(line, edge, following[1])
        texts[number] += line.text + (
            between(line.text, following[1].text) if runs_on and following else "\n"
        )
    return texts


def _edged(pages: Sequence[Sequence[Line]], number: int) -> Iterator[tuple[Line, float | None]]:
    """Each line of a page with the right edge at which its column breaks lines, or None for no such edge."""
    around = itertools.chain.from_iterable(pages[max(0, number - 1) : number + 2])
    whole = [line for line in around if "\t" not in line.text]
    for line in pages[number]:
        if line.right - line.left < LABEL * line.height or "\t" in line.text:
            yield line, None
            continue
        rights = sorted(
            other.right
            for other in whole
            if abs(other.left - line.left) < 3 * line.height
            and _ALIKE < other.height / line.height < 1 / _ALIKE
        )
        yield line, _edge(rights, line)


def _edge(rights: Sequence[float], line: Line) -> float | None:
    """The nearest place, from the line's own end on, where so many lines end that it is no chance."""
    wide = line.right - line.left >= _PROSE * line.height
    reach = (_RAGGED if wide else 1.2) * line.height
    for right in rights:
        if right >= line.right:
            ending = sum(right - reach <= other <= right for other in rights)
            # Entries of a list are short, and two of them are often of one length.
            if ending >= (2 if right == rights[-1] else 3) if wide else ending >= max(4, 0.6 * len(rights)):
                return right
    return None


def _runs_on(line: Line, edge: float | None, following: Line) -> bool:
    if edge is None or "\t" in following.text:
        return False
    word = _FIRST_WORD.match(following.text)
    slack = max(_RAGGED, 0.5 * len(word[0]) if word else 0)  # a word that did not fit leaves its own width
    if line.right < edge - slack * line.height:
        return False
    if _ENDS.search(line.text) or _STARTS.match(following.text):
        return False
    if not _ALIKE < following.height / line.height < 1 / _ALIKE:
        return False
    if following.top < line.top:  # at the head of the next column or page
        return True
    return following.top - line.bottom < line.height and abs(following.left - line.left) < 3 * line.height
