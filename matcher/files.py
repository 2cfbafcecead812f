"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path to write to; it becomes ``path`` at one stroke when the block ends well.

    Nobody ever reads half a file, a failure leaves what was there, and what has become of ``path`` outlives
    a power cut. Raises the ``OSError`` of writing.
    """
    with all_written_whole([path]) as (temporary,):
        yield temporary


@contextmanager
def all_written_whole(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The same for several files: not one of ``paths`` is touched before all are complete and on disk."""
    temporaries = tuple(path.with_name(f".{path.name}.{os.getpid()}") for path in paths)
    for path in paths:
        _check_replaceable(path)
    try:
        yield temporaries
        for temporary in temporaries:
            with temporary.open("r+b") as file:
                os.fsync(file.fileno())
        for temporary, path in zip(temporaries, paths, strict=True):
            temporary.replace(path)
        for folder in {path.parent for path in paths}:
            _flush_folder(folder)
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)


def _check_replaceable(path: Path) -> None:
    """Raise now what would else end the renaming halfway: a folder there, or a file that Excel holds open."""
    with suppress(FileNotFoundError), path.open("r+b"):
        pass


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
