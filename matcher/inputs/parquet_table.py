"""Parquet files as tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from matcher.errors import MatcherError
from matcher.inputs.locations import Location
from matcher.inputs.records import Record
from matcher.reading.names import clean_name

_BUFFER = 1024 * 1024  # bytes of a column read at a time, where whole row groups might be gigabytes
_ROWS = 256  # decoded at a time


@dataclass(frozen=True, slots=True)
class Parquet:
    """Rows are numbered from 1."""

    location: Location

    def columns(self, wanted: str | None) -> list[str]:  # noqa: ARG002 - as of any table
        with _parquet(self.location) as table:
            return list(table.schema_arrow.names)

    def records(self, text: str, name: str | None) -> Iterator[Record]:
        columns = [text, name] if name else [text]
        with _parquet(self.location) as table:
            number = 0
            for batch in table.iter_batches(_ROWS, columns=columns, use_threads=False):
                cells = [batch.column(column).to_pylist() for column in columns]
                for row in zip(*cells, strict=True):
                    number += 1
                    yield Record(number, *row)


@contextmanager
def _parquet(location: Location) -> Iterator[Any]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    with location.open() as stream:
        try:
            with ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False) as table:
                yield table
        except (ArrowException, OSError) as error:
            if getattr(error, "errno", None):
                raise
            raise MatcherError(f"「{clean_name(location.key)}」不是完整的 Parquet 檔。") from error
