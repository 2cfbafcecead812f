"""Sentences and clauses of real-life résumés and postings: bullets, numbers, wrapped lines, none at all."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from matcher.language.lines import paragraphs
from matcher.language.markers import BRACKETED, BULLET, CIRCLED, HAN

LONGEST_SENTENCE = 160
"""Code points; text without punctuation is cut here, so that one «sentence» cannot hold everything."""

_LONGEST_CLAUSE = 40  # code points; a longer one is divided before its connecting words
_LEAST_CLAUSE = 8  # of what is divided off

# The patterns below begin with a look at one character, for speed: few characters can be an end.
# A «?» or «.» inside an address or a number ends nothing; nor does the indentation of a wrapped line.
_SENTENCE_END = re.compile(
    rf"""(?=[。｡！？；;!?.•●◆■★※‧▪◎✓✔✅➤▶◇□☑\s])(?:
        [。｡！？；]+|;+|[!?]+(?![a-zA-Z0-9=&])|(?<=[a-z]{{3}})\.(?=\s+[A-Z])|(?<=[{HAN}])\.(?=\s)
      | (?<=[{HAN})）])\s*[•●◆■★※‧▪◎✓✔✅➤▶◇□☑]+\s*
      | (?<![\n\r\t])\t++(?![\n\r])|(?<!\s)(?:[ ]{{3,}}|\u3000{{2,}})(?!\s)
    )""",
    re.VERBOSE,
)
_NUMBER = re.compile(f"[0-9{CIRCLED}]")
_ENTRY_INSIDE = re.compile(
    rf"""(?=[，,、(（0-9{CIRCLED}\s])(?:
        (?:[，,、]\s*|(?<=[\s。；;])|(?<=[{HAN})）])\s+)[(（]?[0-9]{{1,2}}[.．)）、]\s*(?=[^0-9a-z\s])
      | (?<=[^\s：:])\s*[{CIRCLED}]\s*
      | (?<=[^\s：:])\s*[(（][1-9][0-9]?[)）]\s*(?=[{HAN}])(?![人名席位年月日天週周個个家次小])
      | (?<=[{HAN})）])[0-9]{{1,2}}[.．](?=[{HAN}])
    )""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(
    rf"""(?=[,:，：（）()｜|→／＼・\s])(?:
        (?<![0-9])[,:]+|[,:]+(?![0-9])|[，：（）()｜|→／＼・]+|\s/\s|(?<![\d\s])\s[-–—]+\s(?!\d)
      | (?<!\s)[ \u3000]{{2,}}(?!\s)|(?<=[{HAN}])[ \u3000]+(?=[{HAN}])
    )""",
    re.VERBOSE,
)
_CONNECTIVE = re.compile(
    "(?=另外|后来|後來|然后|然後|同时|同時|因此|所以|不过|不過|而且|(?<![合一])[并並]|且|(?<!不)但|(?<!我)也|"
    "(?<![我退归歸偿償])[还還]|(?<!自)我)"
)
_SEPARATOR = re.compile(r"[、，,/#\s]")


class Span(NamedTuple):
    """A place in the text in code points, end exclusive."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence or list entry: its place and its clauses, and how it stands in its line.

    ``bulleted``: its line begins with a bullet or number; ``heading``: it is a heading in brackets.
    Sentences of one ``line`` stood in one line, or in one paragraph that a page broke into lines.
    """

    start: int
    end: int
    clauses: tuple[Span, ...]
    bulleted: bool
    heading: bool
    line: int


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` in order; spans never overlap and never begin or end with white space."""
    for line, (start, end) in enumerate(paragraphs(text)):
        bullet = BULLET.match(text, start, end)
        begin = bullet.end() if bullet else start
        heading = BRACKETED.match(text, begin, end)
        if heading:
            yield from _sentence(text, (begin, heading.end()), bulleted=False, heading=True, line=line)
            begin = heading.end()
        for piece in _pieces(text, begin, end):
            yield from _sentence(text, piece, bulleted=bullet is not None, heading=False, line=line)


def _sentence(
    text: str, piece: tuple[int, int], *, bulleted: bool, heading: bool, line: int
) -> Iterator[Sentence]:
    start, end = _trimmed(text, *piece)
    if start < end:
        yield Sentence(start, end, tuple(_clauses(text, start, end)), bulleted, heading, line)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for sentence in _split(_SENTENCE_END, text, start, end):
        numbered = _NUMBER.search(text, *sentence)
        for entry_start, entry_end in _split(_ENTRY_INSIDE, text, *sentence) if numbered else (sentence,):
            position = entry_start
            while entry_end - position > LONGEST_SENTENCE:
                cut = _cut(text, position)
                yield position, cut
                position = cut
            yield position, entry_end


def _cut(text: str, start: int) -> int:
    """Where to end an overlong sentence: at its last separator or connecting word, else anywhere."""
    end = start + LONGEST_SENTENCE
    for pattern in (_SEPARATOR, _CONNECTIVE):
        places = [match.end() for match in pattern.finditer(text, start + LONGEST_SENTENCE // 2, end)]
        if places:
            return places[-1]
    return end


def _clauses(text: str, start: int, end: int) -> list[Span]:
    pieces = _split(_CLAUSE_END, text, start, end)
    if end - start > _LONGEST_CLAUSE:
        pieces = [
            part
            for piece in pieces
            for part in (_shortened(text, *piece) if piece[1] - piece[0] > _LONGEST_CLAUSE else (piece,))
        ]
    return _spans(text, pieces)


def spans_between(separator: re.Pattern[str], text: str, within: Span) -> list[Span]:
    """The stretches that a separator divides, without white space around them, without empty ones."""
    return _spans(text, _split(separator, text, within.start, within.end))


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An overlong clause in parts, so that one «not» does not deny all of a text without punctuation."""
    for match in _CONNECTIVE.finditer(text, start, end):
        if match.start() - start >= _LEAST_CLAUSE:
            yield start, match.start()
            start = match.start()
    yield start, end


def _split(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    borders = [start]
    for match in pattern.finditer(text, start, end):
        borders += match.span()
    borders.append(end)
    return list(zip(borders[::2], borders[1::2], strict=True))


def _spans(text: str, pieces: Iterable[tuple[int, int]]) -> list[Span]:
    trimmed = [_trimmed(text, start, end) for start, end in pieces]
    return [span for span in trimmed if span.start < span.end]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
