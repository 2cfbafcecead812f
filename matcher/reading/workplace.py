"""The folder in which a guard's workers write, which nobody else's and no crash's remains share."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: what a killed guard left stays until the temporary folder is emptied
    fcntl = None  # type: ignore[assignment]

_PREFIX = "matcher-"
_LOCK = "in-use"


@contextmanager
def workplace() -> Iterator[Path]:
    """A new folder, removed at the end. Folders whose guard was killed are removed at the beginning: they
    may hold what was in somebody's files."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    # A lock and not a process' number: other containers may share this folder, with numbers of their own.
    for lock in place.glob(f"{_PREFIX}*/{_LOCK}") if fcntl else ():
        with suppress(OSError):
            held = os.open(lock, os.O_RDWR)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent)
            finally:
                os.close(held)
