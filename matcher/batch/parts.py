"""Finished work on its way from the machine that did it: files of a folder that all machines share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import Self

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from matcher.batch.packing import decoded, encoded
from matcher.batch.work import Finished
from matcher.errors import MatcherError
from matcher.files import written_whole
from matcher.inputs.locations import Location, locate, reason
from matcher.inputs.source import Source

_OURS = re.compile(r"\.?[0-9a-f]{32}-[0-9a-f]{32}\.parquet")
_SCHEMA = pa.schema(
    [
        *(("key", pa.string()), ("stamp", pa.string()), ("name", pa.string()), ("digest", pa.string())),
        *(("seconds", pa.float64()), ("final", pa.bool_()), ("entries", pa.list_(pa.binary()))),
    ]
)


class Row(msgspec.Struct, frozen=True):
    """A source that is done, as it is written: ``final`` if it need not be tried again."""

    key: str
    stamp: str
    name: str
    digest: str
    seconds: float
    final: bool
    entries: list[bytes]

    def finished(self, source: Source) -> Finished:
        """What became of ``source``, whose row this is."""
        return Finished(source, self.digest, tuple(map(decoded, self.entries)), self.seconds)


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of Parquet files, each with the rows of some sources. It can be pickled.

    ``version`` is that of the scoring (`Scoring.version`); ``made`` says that the folder is new.
    """

    folder: Location
    version: str
    made: bool = False

    @classmethod
    def at(cls, place: str, version: str) -> Self:
        """The parts in a folder, which is made where it is missing, or at a URL that fsspec knows a way to.

        Raises:
            MatcherError: nothing can be written there.
        """
        folder = locate(place)
        made = folder.is_local and not Path(folder.path).exists()
        with _telling(folder):
            if made:
                Path(folder.path).mkdir(parents=True)
        parts = cls(folder, version, made)
        trial = parts.name([])
        parts.write(trial, [])
        parts.remove(trial)
        return parts

    def name(self, sources: Sequence[Source]) -> str:
        """The name of the part of these sources as they are now: whoever does them writes the same file."""
        content = msgspec.json.encode([(source.key, source.stamp) for source in sources])
        return f"{self.version}-{blake2b(content, digest_size=16).hexdigest()}.parquet"

    def write(self, name: str, done: Iterable[Finished]) -> None:
        """Write a part, whole or not at all.

        Raises:
            MatcherError: the folder cannot be written.
        """
        rows = [msgspec.structs.asdict(_row(one)) for one in done]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(rows, _SCHEMA), sink, compression="zstd")
        content = sink.getvalue().to_pybytes()
        with _telling(self.folder):
            if self.folder.is_local:
                with written_whole(Path(self.folder.path, name)) as file:
                    file.write_bytes(content)
            else:
                self.folder.fs.pipe_file(self._path(name), content)  # an object is there whole or not at all

    def read(self, name: str) -> list[Row]:
        """The rows of a part.

        Raises:
            MatcherError: it cannot be read.
        """
        with _telling(self.folder):
            content = self.folder.fs.cat_file(self._path(name))
            rows = pq.read_table(pa.BufferReader(content)).to_pylist()
        return [msgspec.convert(row, Row) for row in rows]

    def remove(self, name: str) -> None:
        """Remove a part, if it is there.

        Raises:
            MatcherError: it cannot be removed.
        """
        with _telling(self.folder), suppress(FileNotFoundError):
            self.folder.fs.rm_file(self._path(name))

    def names(self) -> list[str]:
        """Everything that was written here and not removed, whole or not, by other versions too.

        Raises:
            MatcherError: the folder cannot be read.
        """
        paths: list[str] = []
        with _telling(self.folder), suppress(FileNotFoundError):  # a bucket knows no empty folders
            paths = self.folder.fs.ls(self.folder.path, detail=False)
        return sorted(name for path in paths if _OURS.match(name := PurePath(path).name))

    def close(self) -> None:
        """Remove the folder, if it was made here and is empty."""
        if self.made:
            with suppress(OSError):
                Path(self.folder.path).rmdir()

    def _path(self, name: str) -> str:
        return f"{self.folder.path.rstrip('/')}/{name}"


def _row(one: Finished) -> Row:
    source = one.source
    entries = [encoded(entry) for entry in one.entries]
    return Row(source.key, source.stamp, source.name, one.digest, one.seconds, one.final, entries)


@contextmanager
def _telling(folder: Location) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise MatcherError(
            f"中間結果的資料夾「{folder.key}」不能用（{reason(error)}）。"
            "--parts 要是每一台都能讀寫的同一個資料夾或網址，一次只給一個 matcher 用。"
        ) from error
