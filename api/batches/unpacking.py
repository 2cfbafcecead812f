"""What is sent → the files of a batch: ZIPs are taken apart, and what is too large is told at once."""

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from api.batches.batch import Content
from api.batches.sent import Sent
from api.problems import TOO_LARGE, Fault, Problem
from api.uploads import too_many
from matcher.batch.entry import Entry
from matcher.errors import MatcherError
from matcher.inputs.inputs import Inputs
from matcher.reading.archive import BROKEN, DOCUMENT_PARTS
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.opening import check_size
from matcher.serving import Serving

_MIB = 1024 * 1024
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_LISTED = 2048  # bytes of a ZIP's directory for each file that a batch may have; names are seldom so long


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of a batch, not in memory yet: its name, and where its content is or what it failed by."""

    name: str
    source: Sent | Path | Entry

    def content(self) -> Content:
        """The content."""
        if isinstance(self.source, Path):
            return self.source.read_bytes()
        if isinstance(self.source, Sent):
            text = self.source.content
            return text if isinstance(text, str) else self.source.load()[0]
        return self.source


def unpacked(
    sent: Sequence[Sent], folder: Path, limits: Limits, serving: Serving
) -> tuple[list[Unpacked], int]:
    """The files in what was sent, in order, each of another name, and how many were passed over in ZIPs.

    Files out of ZIPs are put into ``folder``, which is empty. A ZIP in a ZIP stays a file.

    Raises:
        Problem: there are too many files, or they have too many bytes (413).
    """
    found: list[Unpacked] = []
    size, taken, skipped = 0, set[str](), Counter[str]()
    for name, source in _all(sent, folder, limits, serving, skipped):
        size += source.stat().st_size if isinstance(source, Path) else _size(source)
        if len(found) == serving.batch_files:
            raise too_many("resumes", serving.batch_files)
        if size > serving.batch_unpacked_bytes:
            said = f"解開後一共最多 {serving.batch_unpacked_bytes / _MIB:g} MB"
            raise Problem(TOO_LARGE, f"一批檔案{said}。", [Fault("resumes", said)])
        unique = _unique(name, taken)
        taken.add(unique)
        found.append(Unpacked(unique, source))
    return found, skipped.total()


def _size(source: Sent | Entry) -> int:
    return source.size if isinstance(source, Sent) else 0


def _all(
    sent: Sequence[Sent], folder: Path, limits: Limits, serving: Serving, skipped: Counter[str]
) -> Iterator[tuple[str, Sent | Path | Entry]]:
    for number, one in enumerate(sent):
        if isinstance(one.content, str):
            yield one.name, one
        elif _is_zip(one, serving):
            before = f"{one.name}/" if len(sent) > 1 else ""
            for name, source in _members(one, folder / f"{number}", limits, skipped):
                yield before + name if name else one.name, source
        else:
            yield one.name, sized(one, limits) or one


def sized(one: Sent, limits: Limits) -> Entry | None:
    """What becomes of a file that is too large or empty, None for any other."""
    try:
        check_size(one.size, limits)
    except ReadingError as error:
        return _failure(error)
    return None


def _failure(error: ReadingError) -> Entry:
    return Entry("", error=error.code, reason=str(error))


def _is_zip(one: Sent, serving: Serving) -> bool:
    """Whether a file is a plain ZIP, and not a document that is a ZIP inside, or a damaged one."""
    file = _Directory(one, serving)
    try:
        if file.read(4) not in _MAGIC:
            return False
        with zipfile.ZipFile(file) as archive:
            return DOCUMENT_PARTS.isdisjoint(archive.namelist())
    except (*BROKEN, NotImplementedError):
        return False


class _Directory:
    """A file of which no more than the directory of a ZIP is read: `zipfile` would take any size of it."""

    def __init__(self, one: Sent, serving: Serving) -> None:
        assert not isinstance(one.content, str)  # noqa: S101 - texts are no ZIPs
        self._file = one.content
        self._files = serving.batch_files
        self._most = max(_MIB, serving.batch_files * _LISTED)
        self.seek, self.tell, self.seekable = one.content.seek, one.content.tell, one.content.seekable
        self.seek(0)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._most + 1 if size < 0 else min(size, self._most + 1))
        if len(data) > self._most:
            raise too_many("resumes", self._files)
        return data


def _members(
    one: Sent, folder: Path, limits: Limits, skipped: Counter[str]
) -> Iterator[tuple[str, Path | Entry]]:
    """The files in a ZIP, put into ``folder``; without a name what became of the ZIP as a whole."""
    folder.mkdir()
    archive = folder / "all.zip"
    try:
        with archive.open("wb") as file:
            file.writelines(one.pieces())
        inputs = Inputs([str(archive)])
        for number, source in enumerate(inputs):
            path = folder / f"{number}"
            try:
                path.write_bytes(source.load(limits))
            except ReadingError as error:
                yield source.name, _failure(error)
                continue
            yield source.name, path
        skipped.update(inputs.skipped)
    except MatcherError:
        yield "", Entry("", error="empty", reason="壓縮檔裡沒有可讀的檔案。")
    finally:
        archive.write_bytes(b"")  # it may be kept open, and is then on the disk for as long


def _unique(name: str, taken: set[str]) -> str:
    """The name, with a number where another file has it."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        path = PurePosixPath(name)
        unique = f"{name.removesuffix(path.suffix)}（{number}）{path.suffix}"
    return unique
