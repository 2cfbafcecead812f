"""A text cut where evidence and wordings begin and end, so that each piece knows all that cover it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence of an item: code points of the text, end exclusive.

    ``hue`` is the number of the colour that the item is shown in, None for an item without one.
    """

    start: int
    end: int
    code: str
    hue: int | None


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that the text should not have: its number, and its code points, end exclusive."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, covered by the same spans from its first to its last character.

    ``codes`` are those of all spans that cover it, ``labels`` those with a hue that begin here, ``hues``
    theirs, the shortest span's first: inside a long span a short one is the more telling. ``wordings`` are
    the numbers of all wordings that cover it, ``begun`` of those that begin here.
    """

    text: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    hues: tuple[int, ...]
    wordings: tuple[int, ...] = ()
    begun: tuple[int, ...] = ()


def segments(text: str, spans: Sequence[Span], wordings: Sequence[Wording] = ()) -> tuple[Segment, ...]:
    """The pieces in order; together they are the text. Spans may overlap and nest, and end past the text."""
    spans = [span for span in spans if span.start < min(span.end, len(text))]
    wordings = [one for one in wordings if one.start < min(one.end, len(text))]
    places = [(one.start, one.end) for one in spans] + [(one.start, one.end) for one in wordings]
    ends = {min(end, len(text)) for _, end in places}
    cuts = sorted({0, len(text)} | {start for start, _ in places} | ends)
    return tuple(_segment(text, start, end, spans, wordings) for start, end in pairwise(cuts) if start < end)


def _segment(text: str, start: int, end: int, spans: Sequence[Span], wordings: Sequence[Wording]) -> Segment:
    covering = [span for span in spans if span.start <= start < span.end]
    telling = sorted(covering, key=lambda span: span.end - span.start)
    return Segment(
        text=text[start:end],
        codes=tuple(dict.fromkeys(span.code for span in covering)),
        labels=tuple(
            dict.fromkeys(span.code for span in covering if span.hue is not None and span.start == start)
        ),
        hues=tuple(dict.fromkeys(span.hue for span in telling if span.hue is not None)),
        wordings=tuple(one.number for one in wordings if one.start <= start < one.end),
        begun=tuple(one.number for one in wordings if one.start == start),
    )
