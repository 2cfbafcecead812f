"""The files in a ZIP as sources, however many there are and wherever it lies."""

import threading
import weakref
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matcher.inputs.labels import Label, numbered, shown
from matcher.inputs.locations import Location, reading_errors
from matcher.inputs.selection import Selection
from matcher.reading.archive import BROKEN, DOCUMENT_PARTS, check_entry, check_name, content_of, entry_name
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.opening import check_size

_OPEN = 4  # ZIPs that a process keeps open


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP: the ``number``-th of its entries. ``archive_stamp`` is that of the ZIP."""

    key: str
    name: str
    stamp: str
    archive: Location
    archive_stamp: str
    number: int

    def load(self, limits: Limits) -> bytes:
        """The content.

        Raises:
            ReadingError: what is wrong with the entry or its size; ``malformed`` where the ZIP is damaged,
                ``unreachable`` where it is gone or another one by now.
        """
        opened = _open(self.archive, self.archive_stamp)
        infos = opened.zip.infolist()
        if self.number >= len(infos) or _stamp(infos[self.number]) != self.stamp:
            raise ReadingError("unreachable", "壓縮檔在評分途中被換過，請再執行一次。")
        info = infos[self.number]
        check_name(info)
        check_size(info.file_size, limits)
        check_entry(info, limits)
        with opened.lock:
            return content_of(opened.zip, info)


@dataclass(frozen=True, slots=True)
class Archive:
    """An input that is a ZIP, or what lies ``inside`` a folder of it, whose name ends with «/».

    No more is held than its directory, which ``zipfile`` holds whole.
    """

    location: Location
    stamp: str
    label: Label
    inside: str = ""

    def is_document(self) -> bool:
        """Whether it is a document that is a ZIP inside, and not a plain one.

        Raises:
            ReadingError: ``malformed`` or ``unreachable``.
        """
        return not DOCUMENT_PARTS.isdisjoint(_open(self.location, self.stamp).zip.namelist())

    def sources(self, selection: Selection) -> Iterator[Member]:
        """The files in their order; ones of the same name are told apart by numbers.

        Raises:
            ReadingError: ``malformed`` or ``unreachable``.
        """
        same: Counter[str] = Counter()
        taken: set[str] = set()
        for number, info in enumerate(_open(self.location, self.stamp).zip.infolist()):
            path = entry_name(info).replace("\\", "/")
            if path.endswith("/") or not f"{path}/".startswith(self.inside):
                continue
            unique = path
            while unique in taken:
                same[path] += 1
                unique = numbered(path, same[path] + 1)
            taken.add(unique)
            parts = tuple(part for part in unique.removeprefix(self.inside).split("/") if part)
            if selection.takes(parts):
                key, name = f"{self.location.key}::{unique}", shown(self.label, parts)
                yield Member(key, name, _stamp(info), self.location, self.stamp, number)


class _Opened:
    """An open ZIP; its file is closed when nobody uses it any more, at the end of the process at last."""

    def __init__(self, location: Location) -> None:
        with reading_errors("壓縮檔"):
            file = location.open()
        weakref.finalize(self, file.close)
        self.lock = threading.Lock()  # ZipFile counts its readers without one
        try:
            self.zip = zipfile.ZipFile(_Telling(file))
        except (*BROKEN, NotImplementedError) as error:
            raise ReadingError("malformed", "壓縮結構已損壞，請重新壓縮後再試。") from error


class _Telling:
    """A file that tells when it cannot be read, where `zipfile` would take it for a damaged ZIP."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        with reading_errors("壓縮檔"):
            data: bytes = self._file.read(size)
        return data


@lru_cache(maxsize=_OPEN)
def _open(location: Location, stamp: str) -> _Opened:  # noqa: ARG001 - a ZIP that changed is another one
    return _Opened(location)


def _stamp(info: zipfile.ZipInfo) -> str:
    return f"{info.file_size} {info.CRC:08x}"
