"""Bytes → `Document`, by what the bytes are."""

from matcher.reading import media
from matcher.reading.document import Document
from matcher.reading.docx import read_docx
from matcher.reading.draft import Draft, finish
from matcher.reading.errors import ReadingError
from matcher.reading.html import page_text, parse_page
from matcher.reading.limits import Limits
from matcher.reading.ocr import read_image
from matcher.reading.odt import read_odt
from matcher.reading.office import read_doc
from matcher.reading.pdf import read_pdf
from matcher.reading.rtf import read_rtf
from matcher.reading.structured import posting_in_page, read_json
from matcher.reading.text import read_text


def read_document(data: bytes, name: str, limits: Limits | None = None) -> Document:
    """Read one file that holds a text itself. The content decides how, never the name.

    This runs in the caller's process: files that strangers sent belong to `matcher.reading.guard`.

    Raises:
        ReadingError: with the code that says why; archives and mails are ``unsupported`` here.
    """
    limits = limits or Limits()
    media_type = media.media_type(data)
    return finish(_draft(data, media_type, limits), name, media_type, limits)


def _draft(data: bytes, media_type: str, limits: Limits) -> Draft:
    match media_type:
        case media.PDF:
            return read_pdf(data, limits)
        case media.DOCX:
            return read_docx(data, limits)
        case media.DOC:
            return read_doc(data, limits)
        case media.ODT:
            return read_odt(data, limits)
        case media.RTF:
            return read_rtf(data, limits)
        case media.HTML:
            page = parse_page(data)
            return posting_in_page(page) or page_text(page, limits)
        case media.JSON:
            return read_json(data)
        case media.TEXT:
            return read_text(data)
        case _ if media_type in media.IMAGES:
            return read_image(data, limits)
    raise ReadingError("unsupported", "壓縮檔和郵件要先拆開，才能讀裡面的檔案。")
