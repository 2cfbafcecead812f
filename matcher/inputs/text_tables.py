"""CSV (with commas, tabs or semicolons) and JSON Lines as tables, in any charset, told by their beginning."""

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count, islice

from matcher.inputs.locations import Location
from matcher.inputs.records import Record
from matcher.reading.charset import guess

_BEGINNING = 1024 * 1024  # bytes
_LONGEST = 16 * 1024 * 1024  # characters of a field or line; a quote that is never closed ends here
_FIRST_LINES = 100  # of JSON Lines, by which the columns are told
_END = "\0 end \0"  # read after the last line; in a cell, it shows that a quote was never closed
_DELIMITERS = (",", "\t", ";")
_ASCII = bytes(range(1, 128))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Csv:
    """Rows are numbered as a spreadsheet shows them: the header is the first."""

    location: Location

    def columns(self, wanted: str | None) -> list[str]:
        return self._header(wanted)[0]

    def records(self, text: str, name: str | None) -> Iterator[Record]:
        columns, delimiter, encoding = self._header(text)
        place, name_place = columns.index(text), (columns.index(name) if name else None)
        with self.location.open(encoding=encoding, errors="replace", newline="") as stream:
            rows = csv.reader(chain(stream, [_END]), delimiter=delimiter)
            next(rows)
            for number in count(2):
                try:
                    row = next(rows, [_END])
                except csv.Error:
                    yield Record(number, problem=f"一格超過 {_LONGEST:,} 字，可能是引號沒有成對。")
                    continue
                if row == [_END]:
                    return
                if _END in "".join(row[-1:]):
                    problem = "從這一列起引號沒有成對，後面的列全都混在一起，分不開。"
                    yield Record(number, "\n".join(row), problem=problem)
                    return
                if any(map(str.strip, row)):
                    yield _record(number, row, len(columns), place, name_place)

    def _header(self, wanted: str | None) -> tuple[list[str], str, str]:
        """The columns, the delimiter by which they are most likely told apart, and the charset."""
        csv.field_size_limit(_LONGEST)  # for the whole process; a long résumé is over what it is by default
        beginning = self.location.beginning(_BEGINNING)
        encoding = _charset(beginning)
        lines = beginning.decode(encoding, errors="replace")
        headers = []
        for delimiter in _DELIMITERS:
            row = next(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter), [])
            headers.append(([cell.strip() for cell in row], delimiter, encoding))
        return max(headers, key=lambda header: (wanted in header[0], len(header[0])))


def _record(number: int, row: list[str], columns: int, text: int, name: int | None) -> Record:
    if len(row) <= text or any(map(str.strip, row[columns:])):
        problem = f"這一列有 {len(row)} 欄，標題有 {columns} 欄；有逗號或換行的內容要用引號括起來。"
        return Record(number, "\n".join(row), problem=problem)
    return Record(number, row[text], row[name] if name is not None and name < len(row) else None)


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Rows are numbered as lines are."""

    location: Location

    def columns(self, wanted: str | None) -> list[str]:  # noqa: ARG002 - as of any table
        names: dict[str, None] = {}
        for _, value in islice(self._values(), _FIRST_LINES):
            names |= dict.fromkeys(value if isinstance(value, dict) else ())
        return list(names)

    def records(self, text: str, name: str | None) -> Iterator[Record]:
        for number, value in self._values():
            if isinstance(value, dict):
                yield Record(number, value.get(text), value.get(name) if name else None)
            else:
                yield Record(number, value, problem="這一行不是 JSON 物件，或沒有寫完整。")

    def _values(self) -> Iterator[tuple[int, object]]:
        """The lines by number: objects as such, and anything else as it is written."""
        encoding = _charset(self.location.beginning(_BEGINNING))
        with self.location.open(encoding=encoding, errors="replace", newline="\n") as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                rest = line
                while rest and not rest.endswith("\n"):
                    rest = stream.readline(_LONGEST)
                if line.strip():
                    yield number, _object(line)


def _object(line: str) -> object:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return value if isinstance(value, dict) else line


def _charset(beginning: bytes) -> str:
    for mark, charset in _MARKS:
        if beginning.startswith(mark):
            return charset
    if beginning.count(0) <= len(beginning) // 50:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(beginning)
        except UnicodeDecodeError:
            beginning = beginning.lstrip(_ASCII)  # of which a guess would see no more
        else:
            return "utf-8"
    return guess(beginning) or "utf-8"
