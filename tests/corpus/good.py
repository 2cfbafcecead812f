"""Good files of every kind that need no program to make, from one text."""

import io
import json
from html import escape

from tests.make_hostile import docx, paragraph
from tests.make_msg import msg
from tests.make_zip import zipped

_MAIL = (
    "From: a@example.com\r\nSubject: =?utf-8?B?5oeJ5b61?=\r\nMessage-ID: <1@example.com>\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>您好</p>\r\n--x\r\nContent-Disposition: attachment; filename*=utf-8''%E5%B1%A5.txt\r\n\r\n"
)
_RTF = r"{\rtf1\ansi\ansicpg950\deff0{\fonttbl{\f0\fcharset136 PMingLiU;}}\f0\fs24 "
_LINKED = '<script type="application/ld+json">%s</script>'
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def good_files(text: str) -> dict[str, bytes]:
    """File name → content, each of another kind, each readable and saying ``text``."""
    resume = {"basics": {"name": "王小明", "summary": text}, "work": [{"name": "某公司", "position": "專員"}]}
    posting = {"@context": "https://schema.org", "@type": "JobPosting", "title": "專員", "description": text}
    return {
        "文字.txt": text.encode(),
        "大五碼.txt": text.encode("cp950"),
        "寬字.txt": text.encode("utf-16"),
        "網頁.html": f"<html><style>p{{color:red}}</style><body><p>{escape(text)}</p></body></html>".encode(),
        "職缺.html": f"<html>{_LINKED % json.dumps(posting)}</html>".encode(),
        "文件.docx": docx(docx_body(text)),
        "文件.odt": odt(odt_content(text)),
        "文件.pdf": pdf(text),
        "文件.rtf": rtf(text),
        "履歷.json": json.dumps(resume, ensure_ascii=False).encode(),
        "信.eml": f"{_MAIL}{text}\r\n--x--\r\n".encode(),
        "信.msg": msg(subject="應徵", body=text, attachments=(("履歷.txt", text.encode()),)),
        "批次.zip": zipped(("甲.docx", docx(docx_body(text)))),
    }


def docx_body(text: str) -> str:
    """The body's XML."""
    return "".join(paragraph(escape(line)) for line in text.splitlines())


def odt_content(text: str) -> str:
    """An ODT's content.xml."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.splitlines())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OPEN}:office:1.0" '
        f'xmlns:text="{_OPEN}:text:1.0"><office:body><office:text>{lines}</office:text></office:body>'
        "</office:document-content>"
    )


def odt(content: str | bytes) -> bytes:
    """An ODT with this content.xml."""
    packed = content.encode() if isinstance(content, str) else content
    return zipped(
        ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", packed), packing=0
    )


def rtf(text: str) -> bytes:
    """An RTF with each character as its number."""
    body = "".join("\\par\n" if c == "\n" else f"\\u{_signed(c)}?" for c in text)
    return f"{_RTF}{body}}}".encode("ascii")


def _signed(character: str) -> int:
    return (ord(character) + 0x8000) % 0x10000 - 0x8000


def pdf(text: str) -> bytes:
    """A PDF whose pages are not packed, with the font named and not embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    canvas.setFont("MSung-Light", 11)
    for number, line in enumerate(text.splitlines()):
        canvas.drawString(50, 780 - 20 * number, line)
    canvas.save()
    return buffer.getvalue()
