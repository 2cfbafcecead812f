"""Which files are tables, by their names."""

from collections.abc import Callable
from pathlib import PurePosixPath

from matcher.inputs.locations import Location
from matcher.inputs.parquet_table import Parquet
from matcher.inputs.records import TableFile
from matcher.inputs.text_tables import Csv, JsonLines

_KINDS: dict[str, Callable[[Location], TableFile]] = {
    ".csv": Csv, ".tsv": Csv, ".jsonl": JsonLines, ".ndjson": JsonLines, ".parquet": Parquet, ".pq": Parquet,
}  # fmt: skip
TABLE_SUFFIXES = tuple(_KINDS)


def table_file(location: Location) -> TableFile | None:
    """The table at a location, told by its name, or None if it is none."""
    kind = _KINDS.get(PurePosixPath(location.path).suffix.lower())
    return kind(location) if kind else None
