"""What the tests of a batch need beside the batch: sources, and entries made without reading."""

from dataclasses import dataclass
from pathlib import Path

from matcher.batch.entry import Entry
from matcher.batch.work import Finished
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits


@dataclass(frozen=True)
class Place:
    """A source with its content at hand."""

    key: str
    content: bytes = b""
    stamp: str = "1"
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.key)

    def load(self, limits: Limits) -> bytes:
        if len(self.content) > limits.file_bytes:
            raise ReadingError("too_large", "檔案太大。")
        return self.content


def finished(place: Place, *entries: Entry, digest: str = "") -> Finished:
    """The place, done, with these entries."""
    return Finished(place, digest, entries or (Entry("", text=place.key),), 0.5)


def written(out: Path) -> int:
    """Bytes of the journal and its log, by which its growth can be seen from outside."""
    return sum(path.stat().st_size for path in out.glob("journal.sqlite*"))
