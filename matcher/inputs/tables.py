"""The rows of a table as sources."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b

from matcher.errors import MatcherError
from matcher.inputs.files import Unreadable
from matcher.inputs.labels import Label, shown
from matcher.inputs.locations import Location, input_errors
from matcher.inputs.records import Record, TableFile
from matcher.inputs.selection import Selection
from matcher.reading.limits import Limits
from matcher.reading.names import clean_name
from matcher.reading.opening import check_size

_LISTED = 30  # columns in an error


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with its text as UTF-8."""

    key: str
    name: str
    stamp: str
    content: bytes

    def load(self, limits: Limits) -> bytes:
        """The text.

        Raises:
            ReadingError: it is too large or empty.
        """
        check_size(len(self.content), limits)
        return self.content


@dataclass(frozen=True, slots=True)
class Table:
    """An input that is a table: ``text`` is the column to score, ``names`` the one to name rows by."""

    location: Location
    label: Label
    prefix: Label
    """What comes before the names in that column."""
    file: TableFile
    text: str
    names: str | None

    def sources(self, selection: Selection) -> Iterator[Row | Unreadable]:  # noqa: ARG002 - rows are no files
        """The rows in their order, blank ones left out. One that is broken is a source that cannot be read.

        Raises:
            MatcherError: the table cannot be read on.
        """
        with input_errors(self.location.key):
            for record in self.file.records(self.text, self.names):
                yield self._source(record)

    def _source(self, record: Record) -> Row | Unreadable:
        key, content, problem = f"{self.location.key}::row {record.number}", b"", record.problem
        try:
            content = _content(record.text)
        except TypeError:
            content = repr(record.text).encode()
            problem = f"「{self.text}」欄裡的不是文字。"
        stamp = blake2b(content, digest_size=16).hexdigest()
        if problem:
            return Unreadable(key, self._name(record), stamp, "malformed", problem)
        return Row(key, self._name(record), stamp, content)

    def _name(self, record: Record) -> str:
        with suppress(TypeError):
            if given := _content(record.name).decode(errors="replace").strip():
                return shown(self.prefix, (given,))
        return f"{shown(self.label)} 第 {record.number} 列"


def check_columns(given: str, file: TableFile, text: str | None, name: str | None) -> str:
    """The column to score, which the table is sure to have, and the one to name rows by if there is one.

    Raises:
        MatcherError: it has none of these, ``text`` is not given, or the table cannot be read.
    """
    with input_errors(given):
        columns = file.columns(text)
    if not any(columns):
        raise MatcherError(f"「{given}」是空的表格，裡面沒有任何欄位。")
    listed = "、".join(map(clean_name, filter(None, columns[:_LISTED]))) + (
        "…" if len(columns) > _LISTED else ""
    )
    if text is None:
        raise MatcherError(
            f"「{given}」是表格，請用 --text-column 指定哪一欄是要評分的文字；它的欄位有：{listed}。"
        )
    for column in (text, name):
        if column is not None and column not in columns:
            raise MatcherError(f"「{given}」沒有「{column}」欄；它的欄位有：{listed}。")
    return text


def _content(value: object) -> bytes:
    """A cell as UTF-8. Bytes are left as they are."""
    if isinstance(value, bytes):
        return value
    if value is None or value != value:  # NaN is how a missing cell of numbers is kept
        return b""
    if isinstance(value, list | tuple | dict):
        raise TypeError
    return str(value).encode("utf-8", "replace")
