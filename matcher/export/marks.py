"""A text cut where evidence begins and ends, so that each piece knows all items that it is evidence of."""

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
class Segment:
    """A piece of the text, covered by the same spans from its first to its last character.

    ``codes`` are those of all spans that cover it, ``labels`` those with a hue that begin here, ``hues``
    theirs, the shortest span's first: inside a long span a short one is the more telling.
    """

    text: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    hues: tuple[int, ...]


def segments(text: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """The pieces in order; together they are the text. Spans may overlap and nest, and end past the text."""
    spans = [span for span in spans if span.start < min(span.end, len(text))]
    ends = {min(span.end, len(text)) for span in spans}
    cuts = sorted({0, len(text)} | {span.start for span in spans} | ends)
    return tuple(_segment(text, start, end, spans) for start, end in pairwise(cuts) if start < end)


def _segment(text: str, start: int, end: int, spans: Sequence[Span]) -> Segment:
    covering = [span for span in spans if span.start <= start < span.end]
    telling = sorted(covering, key=lambda span: span.end - span.start)
    return Segment(
        text=text[start:end],
        codes=tuple(dict.fromkeys(span.code for span in covering)),
        labels=tuple(
            dict.fromkeys(span.code for span in covering if span.hue is not None and span.start == start)
        ),
        hues=tuple(dict.fromkeys(span.hue for span in telling if span.hue is not None)),
    )
