"""Files as sources."""

from dataclasses import dataclass

from matcher.inputs.locations import Location, reading_errors
from matcher.reading.errors import Code, ReadingError
from matcher.reading.limits import Limits
from matcher.reading.opening import check_size


@dataclass(frozen=True, slots=True)
class File:
    """A file. ``size`` is in bytes, None where the listing does not say."""

    location: Location
    name: str
    stamp: str
    size: int | None

    @property
    def key(self) -> str:
        return self.location.key

    def load(self, limits: Limits) -> bytes:
        """The content; at most one byte more than ``limits`` allow is ever read.

        Raises:
            ReadingError: it is too large, empty, or cannot be reached.
        """
        if self.size is not None:
            check_size(self.size, limits)
        most = limits.file_bytes + 1
        with reading_errors():
            if self.size is None:  # a server that does not say may know no ranges either, and send all
                data = self.location.beginning(most)
            else:
                data = self.location.fs.cat_file(self.location.path, start=0, end=most)
        check_size(len(data), limits)
        return data


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place known to have nothing that can be read: ``load`` raises why."""

    key: str
    name: str
    stamp: str
    code: Code
    message: str

    def load(self, limits: Limits) -> bytes:  # noqa: ARG002 - every source is loaded so
        """Raises a ReadingError, always."""
        raise ReadingError(self.code, self.message)
