"""Tabbed text → rows of cells: the only step that differs from one file format to the next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from unicodedata import normalize

_LINE_END = re.compile(r"\r\n|\r|\n")
_PAGE_NUMBER = re.compile(r"第\s*[0-9]+\s*頁([\s,，/]*總?共\s*[0-9]+\s*頁)?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Row:
    """One row of the document, in reading order: a table row, or a line of text as a single cell.

    `line` is where it stands in the source, from 1, for messages. A blank cell is an empty string; a cell
    may hold line breaks where its text was wrapped.
    """

    line: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that are not blank."""
        return tuple(cell for cell in self.cells if cell)

    def __str__(self) -> str:
        """The beginning of the row, for messages."""
        return "｜".join(self.filled)[:60]


def read_rows(text: str) -> list[Row]:
    """The rows of a tab-separated document, one a line, blank ones too."""
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    return [Row(number, tuple(line.split("\t"))) for number, line in enumerate(lines, 1)]


def tidy(rows: Iterable[Row]) -> list[Row]:
    """The rows that say something, their cells stripped: no blank rows, no page numbers."""
    stripped = (Row(row.line, tuple(cell.strip() for cell in row.cells)) for row in rows)
    return [row for row in stripped if row.filled and not _is_page_number(row)]


def label(cell: str) -> str:
    """The cell as a label to compare: half-width, without any space or closing colon."""
    return _SPACE.sub("", normalize("NFKC", cell)).removesuffix(":")


def join(first: str, second: str) -> str:
    """The two pieces of a parted text as one, with a space only between Latin letters or digits."""
    latin = first[-1:].isascii() and first[-1:].isalnum() and second[:1].isascii() and second[:1].isalnum()
    return f"{first} {second}" if latin else first + second


def unfold(cell: str) -> str:
    """The cell's text in one line."""
    return reduce(join, map(str.strip, _LINE_END.split(cell)))


def _is_page_number(row: Row) -> bool:
    return len(row.filled) == 1 and _PAGE_NUMBER.fullmatch(row.filled[0]) is not None
