"""A sheet of an Excel workbook that is filled row by row, within what Excel can hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from matcher.export.cells import Cell, safe
from matcher.export.sheet_text import cell_text, lines_of

MOST_ROWS = 1_048_576
"""Excel's limit for a sheet, the row of titles included."""

_A4 = 9
_LINE = 14  # points
_HIGHEST_ROW = 409  # Excel's limit, in points
_FONT = "Microsoft JhengHei"

Scale = Literal["bar", "colours"]
"""How the shares of a column are drawn: a bar in each cell, or the cell the darker the more it is."""

_SCALES: dict[Scale, dict[str, object]] = {
    "bar": {
        "type": "data_bar", "bar_solid": True, "bar_color": "#9DC3E6", "data_bar_2010": True,
        "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1,
    },
    "colours": {
        "type": "3_color_scale", "min_color": "#FFFFFF", "mid_color": "#DDEBF7", "max_color": "#5B9BD5",
        "min_type": "num", "mid_type": "num", "max_type": "num",
        "min_value": 0, "mid_value": 0.5, "max_value": 1,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet: its title, its width in half-width characters, and how its shares are drawn."""

    title: str
    width: float = 9
    scale: Scale | None = None


class Formats:
    """The looks of the cells of a workbook."""

    def __init__(self, book: Workbook) -> None:
        def look(**properties: object) -> Format:
            line = {"bottom": 1, "bottom_color": "#D9D9D9"}
            return book.add_format(
                {"font_name": _FONT, "font_size": 10, "valign": "top", **line, **properties}
            )

        self.title = look(
            bold=True, text_wrap=True, align="center", valign="vcenter", bg_color="#1F4E78",
            font_color="#FFFFFF", border=1, border_color="#FFFFFF",
        )  # fmt: skip
        self.text = look(text_wrap=True)
        # Else Excel takes the text for a formula when someone edits the cell.
        self.quoted = look(text_wrap=True, quote_prefix=True)
        self.count = look(num_format="0", align="center")
        self.share = look(num_format="0%_m", align="right")
        self.note = look(bold=True, font_color="#C00000")


class Sheet:
    """A sheet with a row of titles that stays in view. Rows beyond ``most_rows`` are counted, not written."""

    def __init__(
        self, book: Workbook, name: str, headings: Sequence[Heading], formats: Formats, most_rows: int
    ) -> None:
        self._sheet: Worksheet = book.add_worksheet(name)
        self._headings = headings
        self._formats = formats
        self._last = most_rows - 1
        self._row = 0
        self._left_out = 0
        self._fit_height([heading.title for heading in headings])
        for number, heading in enumerate(headings):
            self._sheet.set_column(number, number, heading.width)
            self._sheet.write_string(0, number, heading.title, formats.title)

    def add(self, cells: Sequence[Cell]) -> None:
        """One more row, a cell for each heading."""
        if self._row + 1 == self._last:  # the last row is for what is left out
            self._left_out += 1
            return
        self._row += 1
        self._fit_height(cells)
        for number, cell in enumerate(cells):
            self._write(number, cell)
        # XlsxWriter keeps the height of every row for pictures that may come: a million rows are too many.
        for kept in (self._sheet.row_info, self._sheet.row_sizes):
            kept.pop(self._row - 1, None)

    def add_all(self, rows: Iterable[Sequence[Cell]]) -> None:
        """These rows, one after another."""
        for row in rows:
            self.add(row)

    def finish(self, about: str) -> None:
        """Filter, scales, page set-up, and the note of what is left out. ``about`` heads every page."""
        sheet, last_column = self._sheet, len(self._headings) - 1
        sheet.autofilter(0, 0, max(1, self._row), last_column)
        for number, heading in enumerate(self._headings):
            if heading.scale:
                sheet.conditional_format(1, number, max(1, self._row), number, _SCALES[heading.scale])
        if self._left_out:
            note = (
                f"Excel 一張工作表放不下，還有 {self._left_out:,} 列沒有列出；"
                "results.csv 有每一份文件，results.jsonl 另有全部憑據。"
            )
            sheet.write_string(self._last, 0, note, self._formats.note)
        sheet.freeze_panes(1, 2)  # name or code stay in view, too
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{about[:100].replace('&', '&&')}&R&A")
        sheet.set_footer("&C&P／&N")

    def _fit_height(self, cells: Sequence[Cell]) -> None:
        """Make the row as high as its longest text, which LibreOffice does not do by itself."""
        pairs = zip(cells, self._headings, strict=True)
        lines = max(lines_of(cell, heading.width) for cell, heading in pairs if isinstance(cell, str))
        if lines > 1:
            self._sheet.set_row(self._row, min(_HIGHEST_ROW, lines * _LINE + 3))

    def _write(self, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            self._sheet.write_blank(self._row, column, None, self._formats.text)
        elif isinstance(cell, str):
            text = cell_text(cell)
            look = self._formats.text if safe(text) == text else self._formats.quoted
            self._sheet.write_string(self._row, column, text, look)
        else:
            look = self._formats.share if isinstance(cell, float) else self._formats.count
            self._sheet.write_number(self._row, column, cell, look)
