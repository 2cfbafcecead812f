"""Mails (EML, MHTML): subject, body and attachments; and the joining of a mail with what it carried."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.policy import compat32

from matcher.reading.archive import Member
from matcher.reading.charset import decode
from matcher.reading.document import Document, Notice
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.names import clean_name

_HEADER = re.compile(rb"([!-9;-~]+):")
_OF_MAIL = frozenset(
    b"from to cc subject date received return-path delivered-to message-id mime-version content-type".split()
)
_SURE = frozenset(b"received return-path message-id mime-version".split())


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart. ``bodies`` are its text as HTML and as plain text, encoded, best first; pictures
    inside the text are left out."""

    subject: str
    bodies: tuple[Member, ...]
    attachments: tuple[Member, ...]


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a mail (RFC 5322), not with text that resembles them."""
    names = set()
    for line in data[:8192].removeprefix(b"\xef\xbb\xbf").splitlines():
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        header = _HEADER.match(line)
        if header is None:
            return False
        names.add(header[1].lower())
    return len(names & _OF_MAIL) >= 2 and bool(names & _SURE)


def read_mail(data: bytes, name: str, limits: Limits, depth: int = 1) -> Mail:
    """Take apart an EML or MHTML file. ``depth`` is how many containers its attachments lie in.

    Raises:
        ReadingError: ``malformed`` where parts lie in one another without end, ``unsafe_archive`` for
            more parts than ``limits.entries``.
    """
    try:
        message = message_from_bytes(data, policy=compat32)
        texts, attachments = _sort(message, limits)
    except RecursionError as error:
        raise ReadingError("malformed", "這封郵件的結構一層包一層，太深了，無法讀取。") from error
    return Mail(
        _words(message.get("Subject")),
        tuple(_bodies(texts)),
        tuple(_attachment(part, name, number, depth) for number, part in enumerate(attachments, start=1)),
    )


def join(name: str, subject: str, documents: Sequence[Document], lost: Sequence[Notice]) -> Document:
    """One document of a mail's subject and the documents it carried, at least one, with ``lost`` among
    the warnings."""
    text, pages = subject, []
    for document in documents:
        text += "\n\n" if text else ""
        pages += [(start + len(text), end + len(text)) for start, end in document.pages]
        text += document.text
    return Document(
        text=text,
        name=name,
        media_type="message/rfc822",
        script=max(documents, key=lambda document: len(document.text)).script,
        pages=tuple(pages),
        hidden=tuple(hidden for document in documents for hidden in document.hidden),
        warnings=(*(notice for document in documents for notice in document.warnings), *lost),
        kind=next((document.kind for document in documents if document.kind), None),
    )


def _sort(message: Message, limits: Limits) -> tuple[list[Message], list[Message]]:
    """The parts to be read as body, and those that are files."""
    texts: list[Message] = []
    files: list[Message] = []
    for number, (part, inside) in enumerate(_leaves(message, "")):
        if number >= limits.entries:
            raise ReadingError("unsafe_archive", f"一封郵件最多可含 {limits.entries} 個部分，這封超過了。")
        attached = part.get_content_disposition() == "attachment"
        picture = part.get_content_maintype() == "image"
        if part.get_content_maintype() == "text" and not attached and not part.get_filename():
            texts.append(part)
        elif not (picture and inside == "related"):
            files.append(part)
    return texts, files


def _leaves(part: Message, inside: str) -> Iterator[tuple[Message, str]]:
    """The parts that hold content, each with the kind of multipart it lies in; attached mails stay whole."""
    _mend(part)
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for child in part.get_payload():
            if isinstance(child, Message):
                yield from _leaves(child, part.get_content_subtype())
    else:
        yield part, inside


def _mend(part: Message) -> None:
    """Decode headers that hold bytes which no mail may hold there, and which the parser would blot out."""
    for name, value in list(part.raw_items()):
        raw = str(value).encode(errors="surrogateescape")
        if not raw.isascii():
            part.replace_header(name, decode(raw))


def _bodies(texts: list[Message]) -> Iterator[Member]:
    """What a mail program shows: the HTML where there is one; the plain parts stand in for it."""
    for kind, name in (("html", "內文.html"), ("plain", "內文.txt")):
        parts = [_text(part) for part in texts if part.get_content_subtype() == kind]
        if parts:
            yield body(name, "\n\n".join(parts))


def body(name: str, text: str) -> Member:
    """A mail's text as a file. Its mark tells the reader that a charset named in the text no longer holds."""
    return Member(name, b"\xef\xbb\xbf" + text.encode(errors="replace"))


def _text(part: Message) -> str:
    return decode(_content(part), part.get_content_charset() or "")


def _content(part: Message) -> bytes:
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _attachment(part: Message, mail: str, number: int, depth: int) -> Member:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        messages = [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []
        whole = messages[0] if messages else part
        title = _words(whole.get("Subject")) or f"附件{number}"
        return Member(f"{mail}/{clean_name(title)}.eml", whole.as_bytes(), depth)
    name = _file_name(part) or f"附件{number}"
    return Member(f"{mail}/{clean_name(name)}", _content(part), depth)


def _file_name(part: Message) -> str:
    try:
        return _words(part.get_filename())
    except ValueError:  # it is said to be in a charset that cannot be
        return ""


def _words(header: str | Header | None) -> str:
    """A header in plain words, whatever encodings it mixes or fails to declare."""
    if header is None:
        return ""
    try:
        pieces = decode_header(header)
    except (HeaderParseError, ValueError):
        pieces = [(str(header), None)]
    words = "".join(
        piece if isinstance(piece, str) else decode(piece, charset or "") for piece, charset in pieces
    )
    return " ".join(words.split())
