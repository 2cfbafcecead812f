"""The characters of a PDF page: where they stand, and the text objects that they belong to."""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_LIGHT = 0xD0  # of 255, in every channel
_HYPHENS = (0x02, 0xFFFE)  # what PDFium gives for a hyphen at the end of a line
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FINE = 1000  # PDFium tells device coordinates in whole pixels; this many make a point


@dataclass(frozen=True, slots=True)
class Owner:
    """A text object: its handle, size in points, and what its attributes say of its visibility."""

    handle: Any
    size: float
    invisible: bool
    light: bool
    turned: bool  # its lines run up or down the page as shown


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points from the upper left corner of the page as it is shown."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    blank: bool  # PDFium saw a gap before it
    owner: Owner


def glyphs_of(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Iterator[Glyph]:
    """The glyphs of a page in the order of the file."""
    place = _placing(page)
    sideways = page.get_rotation() in (90, 270)
    owners: dict[int | None, Owner] = {}
    box = raw.FS_RECTF()
    blank = False
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            blank = True
            continue
        if code in _HYPHENS:
            code = 0x2D
        if code < 0x20 or not raw.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        handle = raw.FPDFText_GetTextObject(text_page, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value
        owner = owners.get(address)
        if owner is None:
            owner = owners[address] = _owner(handle, box.top - box.bottom, sideways=sideways)
        yield Glyph(chr(code), *place(box), blank, owner)
        blank = False


def _owner(handle: Any, height: float, *, sideways: bool) -> Owner:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    coloured = raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    outlined = mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    light = not coloured or alpha.value < 250 or min(red.value, green.value, blue.value) >= _LIGHT or outlined
    size = ctypes.c_float()
    matrix = raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(handle, size)
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    # A form that holds the text may scale it again; the character's own box tells.
    turned = (abs(matrix.b) > abs(matrix.a)) != sideways
    return Owner(handle, max(abs(size.value * scale), height / 1.5), mode in _INVISIBLE, light, turned)


def _placing(page: pdfium.PdfPage) -> Callable[[Any], tuple[float, float, float, float]]:
    """Turns a box of the page's own space into points from the upper left corner as the page is shown."""
    width, height = page.get_size()

    def device(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = round(width * _FINE), round(height * _FINE)
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE

    x0, y0 = device(0, 0)
    (ax, ay), (bx, by) = device(100, 0), device(0, 100)
    ax, ay, bx, by = (ax - x0) / 100, (ay - y0) / 100, (bx - x0) / 100, (by - y0) / 100

    def place(box: Any) -> tuple[float, float, float, float]:
        xs = [x0 + ax * x + bx * y for x, y in ((box.left, box.bottom), (box.right, box.top))]
        ys = [y0 + ay * x + by * y for x, y in ((box.left, box.bottom), (box.right, box.top))]
        return min(xs), min(ys), max(xs), max(ys)

    return place
