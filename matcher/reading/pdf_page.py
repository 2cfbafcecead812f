"""One page of a PDF → pieces of text at their places, what is seen apart from what is not."""

import ctypes
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from matcher.reading.document import HiddenText, Why
from matcher.reading.glyphs import fold
from matcher.reading.layout import CJK, SPACED, Piece
from matcher.reading.pdf_glyphs import Glyph, Owner, glyphs_of
from matcher.reading.pdf_pixels import Drawn

_BREAK = 0.6  # heights of a line: a wider gap starts a new piece
_TINY = 2.0  # points


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's pieces in the order of the file, and its hidden text.

    ``pictured`` tells whether pictures or outlines may show text that is not there as text.
    """

    pieces: tuple[Piece, ...]
    hidden: tuple[HiddenText, ...]
    pictured: bool


def read_page(page: pdfium.PdfPage) -> PageText:
    """The text of a page."""
    text_page = page.get_textpage()
    runs = list(_runs(glyphs_of(page, text_page), of_one_object=True))
    judge = _Judge(page, {id(run[0].owner): run[0].owner for run in runs}.values())
    pieces, hidden = [], []
    for why, group in itertools.groupby(runs, key=judge.why):
        glyphs = itertools.chain.from_iterable(group)
        found = [piece for run in _runs(glyphs, of_one_object=False) if (piece := _piece(run)).text]
        if why is None:
            pieces += found
        elif found:
            hidden.append(HiddenText(" ".join(piece.text for piece in found), why))
    return PageText(tuple(pieces), tuple(hidden), judge.pictured)


class _Judge:
    """Tells by what means the text of a page is hidden."""

    def __init__(self, page: pdfium.PdfPage, owners: Collection[Owner]) -> None:
        self._width, self._height = page.get_size()
        others = [o for o in page.get_objects(max_depth=1) if o.type != raw.FPDF_PAGEOBJ_TEXT]
        self._cover = [_bounds(other) for other in others]
        self.pictured = bool(others)
        drawn = Drawn(page) if owners else None
        visible = [owner for owner in owners if not owner.invisible]
        light = [owner for owner in visible if owner.light]
        # White text behind black text is told by what is lost without the white alone.
        self._seen = drawn.without(owner.handle for owner in visible) if drawn else None
        self._light_seen = drawn.without(owner.handle for owner in light) if drawn and light else None

    def why(self, run: Sequence[Glyph]) -> Why | None:
        """By what means a run of one text object is hidden, or None if it is seen."""
        owner = run[0].owner
        outside = sum(
            g.right <= 0 or g.left >= self._width or g.bottom <= 0 or g.top >= self._height for g in run
        )
        if 2 * outside > len(run):
            return "off_page"
        if owner.invisible:
            return "invisible_mode"
        if owner.size < _TINY:
            return "tiny"
        seen = self._light_seen if owner.light else self._seen
        boxes = [(g.left, g.top, g.right, g.bottom) for g in run if not g.character.isspace()]
        if seen is None or not boxes or seen(boxes):
            return None
        return "behind_image" if self._covered(owner) else "white"

    def _covered(self, owner: Owner) -> bool:
        """Whether a picture or a shape lies where the text lies."""
        left, bottom, right, top = _bounds(owner.handle)
        across, up = (left + right) / 2, (bottom + top) / 2
        return any(box[0] <= across <= box[2] and box[1] <= up <= box[3] for box in self._cover)


def _bounds(thing: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _piece(run: Sequence[Glyph]) -> Piece:
    return Piece(
        _text(run).strip(),
        min(glyph.left for glyph in run),
        min(glyph.top for glyph in run),
        max(glyph.right for glyph in run),
        max(glyph.bottom for glyph in run),
    )


def _text(run: Sequence[Glyph]) -> str:
    text = run[0].character
    for before, after in itertools.pairwise(run):
        text += f" {after.character}" if after.blank and not _one_word(before, after) else after.character
    return fold(text)


def _one_word(before: Glyph, after: Glyph) -> bool:
    """Whether a gap between two characters is mere letterspacing: Chinese is written without blanks."""
    chinese = CJK.match(before.character) and CJK.match(after.character)
    return bool(chinese) and after.left - before.right < SPACED * (after.bottom - after.top)


def _runs(glyphs: Iterable[Glyph], *, of_one_object: bool) -> Iterator[list[Glyph]]:
    """Neighbouring glyphs on one line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not (_follows(run[-1], glyph) and (run[-1].owner is glyph.owner or not of_one_object)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(before: Glyph, after: Glyph) -> bool:
    if before.owner.turned:
        return before.owner is after.owner
    height = max(before.bottom - before.top, after.bottom - after.top)
    return (
        abs(before.bottom + before.top - after.bottom - after.top) < height
        and -0.5 * height < after.left - before.right < _BREAK * height
    )
