"""Outlook messages (MSG): an OLE file whose streams are named by property and type."""

import io
import re
import struct
from collections.abc import Iterator
from itertools import islice

import olefile

from matcher.reading.archive import Member
from matcher.reading.charset import decode
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.mail import Mail, body
from matcher.reading.names import clean_name

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}")
# Property ids of [MS-OXPROPS]; a stream's name is id and type: 001F is UTF-16, 001E the message's code page,
# 0102 bytes, 000D a message inside the message.
_SUBJECT, _BODY, _HTML = "0037", "1000", "1013"
_DATA, _LONG_NAME, _SHORT_NAME, _CONTENT_ID = "3701", "3707", "3704", "3712"
_CODE_PAGES = (0x3FDE, 0x3FFD)  # of the body as sent, of the message's strings
_BINARY, _EMBEDDED = "0102", "000D"

Folder = tuple[str, ...]


def is_outlook(data: bytes) -> bool:
    """Whether the bytes are an OLE file that holds a message, and not a DOC or XLS."""
    if not data.startswith(_MAGIC):
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return bool(ole.exists(_PROPERTIES))
    except (OSError, ValueError, IndexError, struct.error):
        return False


def read_outlook(data: bytes, name: str, limits: Limits, depth: int = 1) -> Mail:
    """Take apart a MSG file. A message inside it gives its own text and attachments in its place.
    ``depth`` is how many containers its attachments lie in.

    Raises:
        ReadingError: ``malformed``, or ``unsafe_archive`` for too many or too deeply nested messages.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            attachments = tuple(_attachments(ole, (), name, limits, depth))
            mail = Mail(_string(ole, (), _SUBJECT), tuple(_bodies(ole, ())), attachments)
            damaged = bool(ole.parsing_issues)
    except (OSError, ValueError, IndexError, KeyError, struct.error) as error:
        raise ReadingError("malformed", "這封 Outlook 郵件已損壞，無法解開。") from error
    if damaged and not (mail.bodies or mail.attachments):
        raise ReadingError("malformed", "這封 Outlook 郵件已損壞，內文和附件都不見了。")
    return mail


def _attachments(
    ole: olefile.OleFileIO, message: Folder, name: str, limits: Limits, depth: int
) -> Iterator[Member]:
    if depth > limits.depth:
        raise ReadingError("unsafe_archive", f"郵件最多包 {limits.depth} 層，這封超過了。")
    folders = sorted(
        {
            tuple(path[: len(message) + 1])
            for path in ole.listdir()
            if tuple(path[: len(message)]) == message and _ATTACHMENT.fullmatch(path[len(message)])
        }
    )
    if len(folders) > limits.entries:
        raise ReadingError("unsafe_archive", f"一封郵件最多可含 {limits.entries} 個附件，這封超過了。")
    shown = b"".join(member.data for member in _bodies(ole, message))
    for number, folder in enumerate(folders, start=1):
        title = _string(ole, folder, _LONG_NAME) or _string(ole, folder, _SHORT_NAME) or f"附件{number}"
        inner = (*folder, f"__substg1.0_{_DATA}{_EMBEDDED}")
        shown_as = _string(ole, folder, _CONTENT_ID)
        if ole.exists("/".join((*inner, _PROPERTIES))):
            for text in islice(_bodies(ole, inner), 1):
                yield Member(f"{name}/{clean_name(title)}/{text.name}", text.data, depth + 1)
            yield from _attachments(ole, inner, f"{name}/{clean_name(title)}", limits, depth + 1)
        elif not shown_as or f"cid:{shown_as}".encode() not in shown:  # else a picture inside the text
            yield Member(f"{name}/{clean_name(title)}", _stream(ole, folder, _DATA + _BINARY), depth)


def _bodies(ole: olefile.OleFileIO, message: Folder) -> Iterator[Member]:
    page = _stream(ole, message, _HTML + _BINARY)
    html = decode(page, _code_page(ole, message)) if page else _string(ole, message, _HTML)
    for name, text in (("內文.html", html), ("內文.txt", _string(ole, message, _BODY))):
        if text.strip():
            yield body(name, text)


def _string(ole: olefile.OleFileIO, folder: Folder, identity: str) -> str:
    wide = _stream(ole, folder, f"{identity}001F")
    if wide:
        return wide.decode("utf-16-le", errors="replace").rstrip("\0")
    narrow = _stream(ole, folder, f"{identity}001E")
    return decode(narrow, _code_page(ole, ())).rstrip("\0") if narrow else ""


def _stream(ole: olefile.OleFileIO, folder: Folder, tag: str) -> bytes:
    path = "/".join((*folder, f"__substg1.0_{tag}"))
    return bytes(ole.openstream(path).read()) if ole.exists(path) else b""


def _code_page(ole: olefile.OleFileIO, message: Folder) -> str:
    """The code page that the message names, as Python calls it; nothing where it names none."""
    properties = ole.openstream("/".join((*message, _PROPERTIES))).read()
    # Entries of 16 bytes (type, id, flags, value) follow a header of 32 bytes, of 24 inside a message.
    found = {
        identity: value
        for kind, identity, value in (
            struct.unpack_from("<HH4xI", properties, at)
            for at in range(24 if message else 32, len(properties) - 15, 16)
        )
        if kind == 3
    }
    page = next((found[identity] for identity in _CODE_PAGES if identity in found), 0)
    return {0: "", 65001: "utf-8", 936: "gb18030", 54936: "gb18030"}.get(page, f"cp{page}")
