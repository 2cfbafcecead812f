"""Where the inputs of a batch lie: on this machine, or anywhere that fsspec knows a way to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import fsspec
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from matcher.errors import MatcherError
from matcher.reading.errors import ReadingError
from matcher.reading.names import clean_name

_BLOCK = 1024 * 1024  # bytes fetched at a time; what file systems choose themselves is up to fifty times that

_REASONS = (
    (FileNotFoundError, "找不到"),
    (PermissionError, "沒有權限"),
    (TimeoutError, "連線逾時"),
    (ConnectionError, "連線中斷"),
)
_REASONS_BY_NAME = {
    "NoCredentialsError": "沒有登入憑證",
    "PartialCredentialsError": "登入憑證不完整",
    "EndpointConnectionError": "連不上伺服器",
    "ConnectTimeoutError": "連線逾時",
    "ReadTimeoutError": "連線逾時",
}


@dataclass(frozen=True, slots=True)
class Location:
    """A file or folder in a file system of fsspec. It can be pickled.

    ``key`` is its absolute path or full URL, the same in every run, by which locations are equal.
    """

    key: str
    path: str = field(compare=False)
    fs: Any = field(compare=False, repr=False)
    chain: str = field(default="", compare=False, repr=False)
    """What follows the first part of a chained URL, its ``::`` included."""

    @classmethod
    def of(cls, fs: Any, path: str, chain: str = "") -> Self:
        """The location of a path as ``fs`` writes it."""
        if isinstance(fs, LocalFileSystem):
            path = path or "/"
            # A name that is no UTF-8 goes into no database; this keeps apart what is not the same.
            return cls(path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), path, fs)
        return cls(f"{fs.unstrip_protocol(path)}{chain}", path, fs, chain)

    @property
    def is_local(self) -> bool:
        return isinstance(self.fs, LocalFileSystem)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names on its path, as they may be shown; the protocol comes before them if there is one."""
        names = [clean_name(name) for name in self.path.split("/") if name]
        return tuple(names if self.is_local and names else [self.key.partition("://")[0], *names])

    def at(self, path: str) -> Self:
        """Another path in the same file system."""
        return self.of(self.fs, path, self.chain)

    def open(self, **text: str) -> Any:
        """The file, open for reading: bytes, or text with ``encoding``, ``errors`` and ``newline``."""
        return self.fs.open(self.path, "r" if text else "rb", block_size=_BLOCK, **text)

    def beginning(self, size: int) -> bytes:
        """The first ``size`` bytes, or all if there are fewer."""
        data = bytearray()
        with self.open() as stream:
            while piece := stream.read(size - len(data)):  # some streams give what has arrived
                data += piece
        return bytes(data)


def local(path: str) -> Location:
    """A path on this machine, with the links on the way to it followed, but none that is a file itself."""
    place = Path(path)
    real = place.resolve() if place.is_dir() else place.parent.resolve() / place.name
    return Location.of(LocalFileSystem(), real.as_posix())


def locate(given: str) -> Location:
    """The location of an input as the user wrote it: what is no file here and has ``://`` or ``::`` is a URL.

    Raises:
        MatcherError: it is empty, a URL of an unknown kind, or of one whose package is not installed.
    """
    if not given:
        raise MatcherError("輸入的路徑不能是空的。")
    if os.path.lexists(given) or not ("://" in given or "::" in given):
        return local(given)
    for part in given.split("::"):
        protocol, slashes, _ = part.partition("://")
        if slashes and protocol not in fsspec.available_protocols():
            raise MatcherError(f"不認得「{given}」的開頭「{protocol}://」。")
    with input_errors(given):
        # A cache would hold the listing of every folder, and show the next run what was there before.
        fs, path = url_to_fs(given, use_listings_cache=False)
    if isinstance(fs, LocalFileSystem):
        return local(path)
    _, colons, rest = given.partition("::")
    return Location.of(fs, path, colons + rest)


@contextmanager
def input_errors(given: str) -> Iterator[None]:
    """Errors of file systems become a MatcherError that names the input."""
    try:
        yield
    except MatcherError:
        raise
    except FileNotFoundError as error:
        raise MatcherError(f"找不到「{given}」。") from error
    except ImportError as error:
        raise MatcherError(f"讀「{given}」要先安裝套件：{_package(error)}。") from error
    except Exception as error:  # every file system raises errors of its own
        raise MatcherError(f"讀不到「{given}」：{reason(error)}。") from error


@contextmanager
def reading_errors(what: str = "檔案") -> Iterator[None]:
    """Errors of file systems become a ReadingError (``unreachable``)."""
    try:
        yield
    except ReadingError:
        raise
    except Exception as error:  # every file system raises errors of its own
        raise ReadingError("unreachable", f"讀不到這個{what}（{reason(error)}）。") from error


def reason(error: Exception) -> str:
    """Why a file system gave up, in a few words."""
    if words := _REASONS_BY_NAME.get(type(error).__name__):
        return words
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words
    return getattr(error, "strerror", None) or type(error).__name__


def _package(error: ImportError) -> str:
    return 'pip install "icap-matcher[s3]"' if "s3fs" in str(error) else str(error)
