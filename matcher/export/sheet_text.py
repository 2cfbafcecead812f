"""Text in the cells of an Excel sheet: what a cell can hold, and how much room it takes."""

import re
from functools import cache
from math import ceil
from unicodedata import east_asian_width

MOST_CHARACTERS = 32_767
"""Excel's limit for a cell, counted in UTF-16 code units."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML


def cell_text(text: str) -> str:
    """Text as an Excel cell can hold it: what XML forbids is replaced, what is too long is cut."""
    if not text.isprintable():  # what is, as most cells are, has nothing to replace
        text = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.startswith("<r>"):
        text = f" {text}"  # XlsxWriter writes what looks like its rich text as it is
    if 2 * len(text) <= MOST_CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def lines_of(text: str, width: float) -> int:
    """How many lines the text takes up in a column; of a very long one, enough for the highest row."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    lines = text[:5000].split("\n")
    return sum(max(1, ceil(sum(map(_width, line)) / (width - 1))) for line in lines)


@cache
def _width(character: str) -> float:
    return 1.9 if east_asian_width(character) in "WFA" else 1
