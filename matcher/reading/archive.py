"""ZIP archives, and the ZIPs that DOCX and ODT are, opened without trusting anything they say."""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.names import clean_name
from matcher.reading.outcome import ReadingFailure

_MIB = 1024 * 1024
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
"""Names of entries that a DOCX or an ODT has, and no plain ZIP."""
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, struct.error, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError)
"""What `zipfile` raises for a ZIP that is damaged."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of a container: its name, with the container's own before it, its content, and how many
    containers it lay in."""

    name: str
    data: bytes
    depth: int = 1


class Archive:
    """The entries of a ZIP, checked against the limits before any is unpacked.

    ``names`` are the entries' names in order, folders left out; ``unpacked`` is their size in bytes as
    declared, which :meth:`read` never exceeds.

    Raises:
        ReadingError: ``unsafe_archive`` (too many entries, too large, packed too tightly), ``encrypted``
            or ``malformed``.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*BROKEN, NotImplementedError) as error:
            raise ReadingError("malformed", "壓縮結構已損壞，請重新壓縮或重新存檔後再試。") from error
        # Not info.is_dir(): up to Python 3.11 it takes no name that is empty, as one of NULs becomes.
        self.infos = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        self.unpacked = sum(info.file_size for info in self.infos)
        self.entries = len(self._zip.infolist())
        self._check(limits)
        self._by_name = {info.filename: info for info in self.infos}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def read(self, name: str) -> bytes:
        """The content of the entry of that name.

        Raises:
            KeyError: there is no such entry.
            ReadingError: ``malformed``, or ``unsupported`` for a way of packing that is not known.
        """
        return self.content(self._by_name[name])

    def content(self, info: zipfile.ZipInfo) -> bytes:
        """The content of one of ``infos``; more bytes than it declares are an error, not memory."""
        return content_of(self._zip, info)

    def _check(self, limits: Limits) -> None:
        if self.entries > limits.entries:
            raise ReadingError(
                "unsafe_archive", f"壓縮檔最多可含 {limits.entries} 個項目，收到 {self.entries} 個。"
            )
        if self.unpacked > limits.unpacked_bytes:
            raise ReadingError(
                "unsafe_archive",
                f"壓縮檔解開後最多 {limits.unpacked_bytes / _MIB:g} MB，"
                f"這個檔有 {self.unpacked // _MIB} MB。",
            )
        for info in self.infos:
            check_entry(info, limits)


def check_entry(info: zipfile.ZipInfo, limits: Limits) -> None:
    """Raise a ReadingError if the entry is ``encrypted`` or packed too tightly (``unsafe_archive``)."""
    if info.flag_bits & _ENCRYPTED:
        raise ReadingError("encrypted", "壓縮檔有密碼保護，請先解開再上傳。")
    if info.file_size > _MIB and info.file_size > limits.ratio * max(info.compress_size, 1):
        ratio = info.file_size // max(info.compress_size, 1)
        raise ReadingError(
            "unsafe_archive", f"壓縮倍率最多 {limits.ratio} 倍，這個檔有 {ratio} 倍，可能是壓縮炸彈。"
        )


def content_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The content of an entry; more bytes than it declares are an error, not memory.

    Raises:
        ReadingError: ``malformed``, or ``unsupported`` for a way of packing that is not known.
    """
    try:
        return archive.read(info)
    except NotImplementedError as error:
        raise ReadingError(
            "unsupported", f"不認得這個檔的壓縮方法（第 {info.compress_type} 號），請改用一般 ZIP 壓縮。"
        ) from error
    except (*BROKEN, RuntimeError) as error:
        raise ReadingError("malformed", "壓縮內容已損壞，無法解開，請重新壓縮後再試。") from error


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a plain ZIP, and not a document that is a ZIP inside (DOCX, ODT)."""
    if not data.startswith(_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return DOCUMENT_PARTS.isdisjoint(archive.namelist())
    except (*BROKEN, NotImplementedError):
        return b"[Content_Types].xml" not in data[:4096] and b"mimetypeapplication/" not in data[:256]


def unpack(data: bytes, name: str, limits: Limits, depth: int = 1) -> Iterator[Member | ReadingFailure]:
    """The files in a ZIP and in the ZIPs inside it, in order; ``depth`` is how many containers they lie in.

    An entry that is broken or leads out of the archive, and a ZIP inside that cannot be opened, fail
    alone. All ZIPs inside one another share one budget of entries and bytes. Folders and what systems
    leave behind (``__MACOSX``, ``Thumbs.db``, ``~$`` lock files) are passed over.

    Raises:
        ReadingError: what :class:`Archive` raises; ``unsafe_archive`` also for archives nested deeper
            than ``limits.depth``; ``empty`` for one without files.
    """
    return _walk(data, name, _Budget(limits), depth)


class _Budget:
    """What is left of the limits for the archives still to be opened."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits

    def open(self, data: bytes) -> Archive:
        archive = Archive(data, self.left)
        self.left = replace(
            self.left,
            entries=max(1, self.left.entries - archive.entries),
            unpacked_bytes=max(1, self.left.unpacked_bytes - archive.unpacked),
        )
        return archive


def _walk(data: bytes, name: str, budget: _Budget, depth: int) -> Iterator[Member | ReadingFailure]:
    if depth > budget.left.depth:
        raise ReadingError(
            "unsafe_archive", f"壓縮檔最多包 {budget.left.depth} 層，這個檔超過了，請先解開再上傳。"
        )
    archive = budget.open(data)
    infos = [info for info in archive.infos if not _JUNK.search(entry_name(info))]
    if not infos:
        raise ReadingError("empty", "壓縮檔裡沒有可讀的檔案。")
    for info in infos:
        inside = f"{name}/{clean_name(entry_name(info))}"
        try:
            check_name(info)
            content = archive.content(info)
            if is_archive(content):
                yield from _walk(content, inside, budget, depth + 1)
            else:
                yield Member(inside, content, depth)
        except ReadingError as error:
            yield ReadingFailure(inside, error.code, str(error))


def check_name(info: zipfile.ZipInfo) -> None:
    """Raise a ReadingError (``unsafe_archive``) unless the entry is a plain file inside the archive."""
    path = entry_name(info).replace("\\", "/")
    if ".." in PurePosixPath(path).parts or path.startswith("/") or _DRIVE.match(path):
        raise ReadingError("unsafe_archive", "這是指向壓縮檔外的路徑，為安全起見不讀。")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise ReadingError("unsafe_archive", "這是符號連結或特殊檔案，為安全起見不讀。")


def entry_name(info: zipfile.ZipInfo) -> str:
    """The entry's name; Windows in Taiwan writes it in CP950 without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp950", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
