"""One temporary file for all files of a form: a thousand at a time would be more than a process may open."""

import io
import os
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Any, Self

_MEMORY = 1024 * 1024  # bytes of a form's files that are held in memory


class Spool:
    """Holds files one after the other: in memory if they are small, else on disk, under no name. A context
    manager."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=_MEMORY)
        self._lock = Lock()
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def on_disk(self) -> bool:
        """Whether reading and writing may wait for a disk."""
        return self._size > _MEMORY

    def append(self, data: bytes) -> int:
        """Put data at the end. Returns where they begin."""
        with self._lock:
            place, self._size = self._size, self._size + len(data)
            self._file.seek(place)
            self._file.write(data)
        return place

    def read(self, place: int, size: int) -> bytes:
        """The data at a place."""
        with self._lock:
            self._file.seek(place)
            return self._file.read(size)


class Part(io.RawIOBase):
    """A file in a spool. It is written whole before the next one is begun."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._start = self._size = self._place = 0

    @property
    def _rolled(self) -> bool:
        # By this Starlette knows whether it must write in a thread.
        return self._spool.on_disk

    def write(self, data: Any) -> int:
        """Add to the file."""
        place = self._spool.append(bytes(data))
        self._start = self._start if self._size else place
        self._size += len(data)
        self._place = self._size
        return len(data)

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes, all of them without a size."""
        left = max(0, self._size - self._place)
        size = left if size is None or size < 0 else min(size, left)
        data = self._spool.read(self._start + self._place, size)
        self._place += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        self._place = max(0, offset + (0, self._place, self._size)[whence])
        return self._place

    def tell(self) -> int:
        """The place."""
        return self._place

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def writable(self) -> bool:
        """Until it is read."""
        return True
