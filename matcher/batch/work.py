"""What is done with each source of a batch: it is read, scored and masked, whatever it holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import PurePath
from time import monotonic

import msgspec
from msgspec.structs import replace

from matcher.batch.entry import TRANSIENT, Entry
from matcher.inputs.source import Source
from matcher.privacy import mask, mask_name
from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.guard import Guard
from matcher.reading.names import clean_name
from matcher.reading.opening import Reader
from matcher.scoring.report import Kind
from matcher.settings import Settings
from matcher.standard import Standard

Score = Callable[[str, Document], Entry]
"""Gives the entry of a document by its part's name; never raises."""

Known = Callable[[str], tuple[Entry, ...] | None]
"""What became of this content before, by its digest."""


@dataclass(frozen=True)
class Scoring:
    """By what sources are scored. It can be pickled.

    Without ``kind``, each document is of the kind that it says itself to be, else a résumé. With
    ``masking``, entries hold no personal data that `matcher.privacy` finds. ``reader`` is the guard's.
    """

    standard: Standard
    settings: Settings
    kind: Kind | None = None
    masking: bool = True
    reader: Reader | None = None

    def version(self, versions: Mapping[str, str]) -> str:
        """A digest of everything that a result depends on beside its source; ``versions`` are a matcher's."""
        settings = self.settings.model_dump(mode="json", include={"segmenter", "max_characters", "read"})
        depends = (versions, asdict(self.standard), settings, self.kind, self.masking)
        return blake2b(msgspec.json.encode(depends, order="deterministic"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Finished:
    """A source that is done: the digest of its content, its entries, and the seconds that it took."""

    source: Source
    digest: str
    entries: tuple[Entry, ...]
    seconds: float

    @property
    def final(self) -> bool:
        """Whether it need not be tried again."""
        return not any(entry.error in TRANSIENT for entry in self.entries)


def nothing_known(_: str) -> None:
    """The ``Known`` of who remembers nothing."""


def finish(
    source: Source, guard: Guard, score: Score, known: Known = nothing_known, *, masking: bool
) -> Finished:
    """Read and score one source. What goes wrong is an entry. ``score`` masks reports; with ``masking``
    names of parts and reasons are masked as well."""
    start = monotonic()
    digest, entries = _read_and_scored(source, guard, score, known)
    if masking:
        entries = tuple(map(names_masked, entries))
    return Finished(source, digest, entries, monotonic() - start)


def names_masked(entry: Entry) -> Entry:
    """The entry with its part's name and its reason, which may name files, masked."""
    return replace(entry, part=mask_name(entry.part), reason=mask(entry.reason) if entry.reason else None)


def _read_and_scored(
    source: Source, guard: Guard, score: Score, known: Known
) -> tuple[str, tuple[Entry, ...]]:
    try:
        content = source.load(guard.limits)
    except ReadingError as error:
        return "", (Entry("", error=error.code, reason=str(error)),)
    digest = _digest(content, source.name)
    return digest, known(digest) or tuple(_entries(content, source.name, guard, score))


def _entries(content: bytes, name: str, guard: Guard, score: Score) -> Iterator[Entry]:
    file = clean_name(PurePath(name).name)
    for row in guard.read_many([(content, file)]):
        result = row.result
        part = result.name.removeprefix(file).removeprefix("/")
        if isinstance(result, Document):
            yield score(part, result)
        else:
            yield Entry(part, error=result.code, reason=result.message)


def _digest(content: bytes, name: str) -> str:
    """Of the content and of the name's suffix, by which some formats are told."""
    return blake2b(content, digest_size=16, key=PurePath(name).suffix.lower().encode()[:64]).hexdigest()
