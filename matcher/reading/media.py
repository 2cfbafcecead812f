"""What a file is, by its content; names lie."""

import io
import json
import re

from olefile import MAGIC, OleFileIO

from matcher.reading.archive import is_archive
from matcher.reading.charset import decode, is_text
from matcher.reading.errors import ReadingError
from matcher.reading.mail import is_mail

DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EML = "message/rfc822"
HTML = "text/html"
JSON = "application/json"
MSG = "application/vnd.ms-outlook"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
RTF = "text/rtf"
TEXT = "text/plain"
ZIP = "application/zip"

_IMAGES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
IMAGES = frozenset({media for _, media in _IMAGES} | {"image/bmp", "image/webp"})
READABLE = "PDF、DOCX、DOC、ODT、RTF、HTML、TXT、JPG、PNG、TIFF、EML、MSG、ZIP 與 JSON Resume"
_OLE_DOCUMENTS = {
    "WordDocument": DOC,
    "__properties_version1.0": MSG,
}
_UNREADABLE = (
    (b"Rar!\x1a\x07", "RAR 壓縮檔，請解開或改用 ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip 壓縮檔，請解開或改用 ZIP"),
    (b"\x1f\x8b", "GZIP 壓縮檔，請解開或改用 ZIP"),
    (b"\x7fELF", "程式檔"),
    (b"MZ\x90\x00", "程式檔"),
    (b"%!PS", "PostScript 檔，請另存為 PDF"),
)
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|div|table|meta|article|main|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096  # bytes in which a file must show what it is


def media_type(data: bytes) -> str:
    """The media type of a file by its content.

    Raises:
        ReadingError: ``empty`` for no bytes; ``encrypted`` for an Office file with a password;
            ``unsupported`` for kinds of file known to hold no text that could be read.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadingError("empty", "檔案是空的（0 位元組或只有空白）。")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if b"%PDF-" in data[:1024]:
        return PDF
    # Not olefile.isOleFile(): it takes short bytes for the name of a file and opens that.
    if data.startswith(MAGIC):
        return _ole(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return RTF
    for magic, media in _IMAGES:
        if data.startswith(magic):
            return media
    if data[:2] == b"BM" and data[6:10] == bytes(4):  # two letters alone may be a word
        return "image/bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise _unsupported("HEIC 相片（iPhone 的預設格式），請在手機上另存為 JPG")
    for magic, what in _UNREADABLE:
        if data.startswith(magic):
            raise _unsupported(what)
    return EML if is_mail(data) else _text(data)


def _zip(data: bytes) -> str:
    if is_archive(data):
        return ZIP
    head = data[:_HEAD]
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head:
        return ODT
    if b"mimetypeapplication/" in head:
        raise _unsupported("OpenDocument 的試算表、簡報或其他檔，不是文字文件")
    # The names of entries are not compressed; they stand in the directory at the end too.
    for folder, what in ((b"xl/", "Excel 試算表"), (b"ppt/", "PowerPoint 簡報")):
        if folder + (b"workbook" if folder == b"xl/" else b"presentation") in data and b"word/" not in data:
            raise _unsupported(f"{what}，請另存為 PDF 或 DOCX")
    return DOCX


def _ole(data: bytes) -> str:
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            for stream, media in _OLE_DOCUMENTS.items():
                if file.exists(stream):
                    return media
            if file.exists("EncryptedPackage"):
                raise ReadingError("encrypted", "這個 Office 檔有密碼保護，請移除密碼後再試。")
    except (OSError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise ReadingError("malformed", "舊版 Office 檔的結構已損壞，請重新存檔後再試。") from error
    raise _unsupported("舊版 Office 檔，但不是 Word 文件或 Outlook 郵件")


def _text(data: bytes) -> str:
    if not is_text(data[:_HEAD]):
        raise _unsupported("無法辨認的二進位檔")
    head = decode(data[:_HEAD])
    if _MARKUP.match(head):
        return HTML
    if head.lstrip().startswith(("{", "[")) and _is_json(data):
        return JSON
    return TEXT


def _is_json(data: bytes) -> bool:
    """Whether the whole file is a JSON object or list; «[姓名] …» is not."""
    try:
        return isinstance(json.loads(decode(data)), dict | list)
    except (ValueError, RecursionError):
        return False


def _unsupported(what: str) -> ReadingError:
    space = " " if what[0].isascii() else ""  # between Chinese and Latin letters
    return ReadingError("unsupported", f"這是{space}{what}。可讀的格式：{READABLE}。")
