"""What a guarded process does: confine itself once, then read one file after another."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from matcher.reading import deadline
from matcher.reading.confine import Freedom, confine
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.opening import Reader, open_file
from matcher.reading.outcome import Job, Outcome, ReadingFailure

try:
    import resource
except ImportError:  # Windows has no such limits; the wall clock and the sizes still hold there
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 77
"""Exit code of a worker that reached its memory limit: what is left of its heap is not to be trusted."""

_GAVE_UP = 70

_taken: frozenset[Freedom] = frozenset()


def start(folder: str) -> None:
    """Make this process a worker that writes in ``folder`` alone. Called once, before any file."""
    global _taken  # noqa: PLW0603 - a process is confined once and for all
    if hasattr(os, "setsid"):
        os.setsid()  # programs started from here form a group that the guard can end as one
    _silence()
    os.chdir(folder)
    tempfile.tempdir = folder
    os.environ.update({"TMPDIR": folder, "HOME": folder})
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _taken = confine(Path(folder))


def taken() -> frozenset[Freedom]:
    """Which freedoms the kernel took from this process."""
    return _taken


def read(job: Job, folder: str, limits: Limits, reader: Reader | None) -> Outcome:
    """Read one file within the limits. Ends the process where time or memory run out."""
    place = Path(folder)
    try:
        _clear(place)
        _limit(limits)
        deadline.arm(limits.seconds)
        return open_file(job, place / "parts", limits, reader or _default_reader())
    except ReadingError as error:
        return ReadingFailure(job.name, error.code, str(error))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except RecursionError:
        return ReadingFailure(job.name, "malformed", "檔案的結構一層包一層，太深了，無法讀取。")
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes costs its own row only
        kind = type(error).__name__
        return ReadingFailure(job.name, "malformed", f"檔案內容不合格式，無法讀取（{kind}）。")
    except BaseException:  # noqa: BLE001 - what is no Exception would be raised again in the guard
        os._exit(_GAVE_UP)
    finally:
        deadline.disarm()
        _limit(None)


def _default_reader() -> Reader:
    from matcher.reading.read import read_document  # here, so that the guard's own process loads no parser

    return read_document


def _silence() -> None:
    """Send what libraries print nowhere: it may quote the file."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _clear(folder: Path) -> None:
    """Remove what the file before left behind."""
    for left in folder.iterdir():
        with suppress(OSError):
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _limit(limits: Limits | None) -> None:
    """Give one file its share of memory and disk beyond what this process holds by now; lift it with None."""
    if resource:
        unlimited = resource.RLIM_INFINITY
        _at_most(resource.RLIMIT_AS, _held() + limits.memory_bytes if limits else unlimited)
        _at_most(resource.RLIMIT_FSIZE, limits.unpacked_bytes if limits else unlimited)


def _at_most(kind: int, amount: int) -> None:
    most = resource.getrlimit(kind)[1]
    if most != resource.RLIM_INFINITY:
        amount = most if amount == resource.RLIM_INFINITY else min(amount, most)
    resource.setrlimit(kind, (amount, most))


def _held() -> int:
    """Address space of this process in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
