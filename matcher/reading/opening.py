"""Opens one file: loads it, takes containers apart, and hands everything else to a reader."""

import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from matcher.reading.archive import Member, is_archive, unpack
from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.mail import is_mail, read_mail
from matcher.reading.outcome import ArchiveParts, Job, MailParts, Outcome, ReadingFailure
from matcher.reading.outlook import is_outlook, read_outlook

Reader = Callable[[bytes, str, Limits], Document]
"""Turns bytes, a name and limits into a document, or raises ReadingError."""

_MIB = 1024 * 1024


def open_file(job: Job, folder: Path, limits: Limits, reader: Reader) -> Outcome:
    """Read a file, or take a container apart into files in ``folder``.

    Raises:
        ReadingError: what the reader raises, and what a file that is too large, empty or unsafe is.
    """
    data = _load(job.source, limits)
    if is_archive(data):
        jobs = _write(unpack(data, job.name, limits, job.depth + 1), folder)
        return ArchiveParts(job.name, jobs, str(folder))
    outlook = is_outlook(data)
    if outlook or is_mail(data):
        if job.depth >= limits.depth:
            raise ReadingError("unsafe_archive", f"壓縮檔和郵件最多包 {limits.depth} 層，這個檔超過了。")
        mail = (read_outlook if outlook else read_mail)(data, job.name, limits, job.depth + 1)
        jobs = _write(mail.attachments, folder)
        return MailParts(job.name, mail.subject, _body(mail.bodies, limits, reader), jobs, str(folder))
    return read(data, job.name, limits, reader)


def read(data: bytes, name: str, limits: Limits, reader: Reader) -> Document:
    """What the reader makes of the bytes, if that is within the limits."""
    document = reader(data, name, limits)
    size = len(document.text) + sum(len(hidden.text) for hidden in document.hidden)
    if size > limits.text_characters:
        raise ReadingError("too_large", f"一份文件最多 {limits.text_characters:,} 字，這份有 {size:,} 字。")
    return replace(document, name=name)


def _load(source: str | bytes, limits: Limits) -> bytes:
    if isinstance(source, str):
        source = _load_path(Path(source), limits)
    check_size(len(source), limits)
    return source


def _load_path(path: Path, limits: Limits) -> bytes:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise ReadingError("unsupported", "這不是一般檔案（資料夾、管線或裝置），無法讀取。")
        check_size(state.st_size, limits)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ReadingError("unsupported", f"打不開這個檔案（{reason}）。") from error


def check_size(size: int, limits: Limits) -> None:
    """Raise a ReadingError unless a file of ``size`` bytes may be read."""
    if size > limits.file_bytes:
        raise ReadingError(
            "too_large", f"檔案最大 {limits.file_bytes / _MIB:g} MB，收到 {size / _MIB:.1f} MB。"
        )
    if size == 0:
        raise ReadingError("empty", "這個檔案是空的（0 位元組）。")


def _write(members: Iterable[Member | ReadingFailure], folder: Path) -> tuple[Job | ReadingFailure, ...]:
    """Lay the files down under numbers: no name out of a container ever becomes a path."""
    folder.mkdir()
    jobs: list[Job | ReadingFailure] = []
    for number, member in enumerate(members):
        if isinstance(member, ReadingFailure):
            jobs.append(member)
            continue
        path = folder / f"{number:06}"
        path.write_bytes(member.data)
        jobs.append(Job(str(path), member.name, member.depth))
    return tuple(jobs)


def _body(bodies: Iterable[Member], limits: Limits, reader: Reader) -> Document | None:
    """The mail's own words, or none where it has none that can be read."""
    for body in bodies:
        with suppress(ReadingError):
            return read(body.data, body.name, limits, reader)
    return None
