"""What lies where an input points, and all files below a folder."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from matcher.inputs.files import File, Unreadable
from matcher.inputs.labels import Label, shown
from matcher.inputs.locations import Location, input_errors, reading_errors
from matcher.inputs.selection import Selection
from matcher.reading.errors import ReadingError

_CONTENT_MARKS = (
    "ETag", "etag", "md5Hash", "content_md5", "crc32c", "CRC", "checksum",
    "mtime", "LastModified", "last_modified", "updated", "modified", "date_time", "created",
)  # fmt: skip
"""What listings say of a file that changes with its content, the surest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at a location: ``kind`` is ``file``, ``directory``, ``link`` (to a folder) or ``other``."""

    location: Location
    kind: str
    size: int | None
    stamp: str

    def file(self, name: str) -> File:
        return File(self.location, name, self.stamp, self.size)


def look(location: Location, listed: dict[str, Any] | None = None) -> Found:
    """What lies there; ``listed`` is what a listing says of it. Errors are the file system's."""
    if not location.is_local:
        info = listed or location.fs.info(location.path)
        size = info.get("size")
        mark = next((f" {info[key]}" for key in _CONTENT_MARKS if info.get(key)), "")
        return Found(location, info["type"], size, f"{size}{mark}")
    state = os.lstat(location.path)
    kind = _kind(state)
    if stat.S_ISLNK(state.st_mode):
        try:
            state = os.stat(location.path)  # noqa: PTH116 - as lstat above, without a Path for each of millions
        except FileNotFoundError:
            return Found(location, "other", 0, "")
        kind = "link" if stat.S_ISDIR(state.st_mode) else _kind(state)
    return Found(location, kind, state.st_size, f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}")


def _kind(state: os.stat_result) -> str:
    if stat.S_ISDIR(state.st_mode):
        return "directory"
    return "file" if stat.S_ISREG(state.st_mode) else "other"


@dataclass(frozen=True, slots=True)
class SingleFile:
    """An input that is a file."""

    found: Found
    label: Label

    def sources(self, selection: Selection) -> Iterator[File]:
        location = self.found.location
        if selection.takes(location.path.rsplit("/", 1)[-1:], location, is_input=True):
            yield self.found.file(shown(self.label))


@dataclass(frozen=True, slots=True)
class Folder:
    """An input that is a folder. One listing at a time is in memory, and the folders still to be listed."""

    location: Location
    label: Label

    def sources(self, selection: Selection) -> Iterator[File | Unreadable]:
        """The files in order of their names, those in folders after those beside them.

        Raises:
            MatcherError: the folder itself cannot be listed; one below it is a source that cannot be read.
        """
        folders: list[tuple[Location, tuple[str, ...]]] = []
        if selection.enters(self.location, "", is_input=True):
            folders.append((self.location, ()))
        while folders:
            location, parts = folders.pop()
            try:
                with reading_errors("資料夾") if parts else input_errors(location.key):
                    listing = _listing(location)
            except ReadingError as error:
                yield self._unreadable(location, parts, error)
                continue
            inner = []
            for name, path, listed in listing:
                if not name:
                    selection.skip("沒有名稱的資料夾")
                    continue
                child, below = location.at(path), (*parts, name)
                try:
                    with reading_errors():
                        found = look(child, listed)
                except ReadingError as error:
                    yield self._unreadable(child, below, error)
                    continue
                if found.kind == "directory":
                    if selection.enters(child, name):
                        inner.append((child, below))
                elif found.kind != "file":
                    selection.skip("資料夾的捷徑" if found.kind == "link" else "不是一般檔案")
                elif selection.takes(below, child):
                    yield found.file(shown(self.label, below))
            folders += reversed(inner)

    def _unreadable(self, location: Location, parts: tuple[str, ...], error: ReadingError) -> Unreadable:
        return Unreadable(location.key, shown(self.label, parts), "", error.code, str(error))


def _listing(folder: Location) -> list[tuple[str, str, dict[str, Any] | None]]:
    """Name, path and what else is known of everything in a folder, by name."""
    if folder.is_local:  # what can be asked of each in its turn need not be held for all
        return sorted(
            (path.rpartition("/")[2], path, None) for path in folder.fs.ls(folder.path, detail=False)
        )
    listing = []
    for info in folder.fs.ls(folder.path, detail=True):
        path = info["name"].rstrip("/")
        if path != folder.path.rstrip("/"):
            listing.append((path.rpartition("/")[2], path, info))
        elif info["type"] == "directory" and path != info["name"]:
            listing.append(("", path, info))  # «a//b» in a bucket: there is no way to list what is in it
    return sorted(listing, key=lambda entry: entry[:2])
