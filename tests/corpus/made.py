"""Makes the résumé of `content` in every format, with the tools that people's files come from."""

import functools
import io
import json
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from fpdf import FPDF
from fpdf.enums import TableCellFillMode
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.corpus.content import EXPECTED, PARAGRAPHS, TABLE, TITLE

OFFICE = "apt-get install libreoffice-writer-nogui fonts-noto-cjk"
FONT = "apt-get install fonts-wqy-microhei"
_FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


class ToolMissingError(Exception):
    """A tool that makes the file is not on this machine; the message is the command that installs it."""


def font_file() -> str:
    """A TrueType font with Chinese characters.

    Raises:
        ToolMissingError: there is none.
    """
    if not _FONT_FILE.exists():
        raise ToolMissingError(FONT)
    return str(_FONT_FILE)


def docx_file() -> bytes:
    """By python-docx: title, paragraphs and a table."""
    document = docx.Document()
    document.add_heading(TITLE, level=1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    _add_table(document)
    return _saved(document)


def docx_two_columns() -> bytes:
    """By python-docx: the paragraphs in a section of two columns, the table below."""
    document = docx.Document()
    document.add_heading(TITLE, level=1)
    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.xpath("./w:cols")[0]
    columns.set(qn("w:num"), "2")
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.add_section(WD_SECTION.CONTINUOUS)._sectPr.xpath("./w:cols")[0].set(qn("w:num"), "1")
    _add_table(document)
    return _saved(document)


def docx_layout_table() -> bytes:
    """By python-docx: a table of two cells as page layout, as résumé templates have it."""
    document = docx.Document()
    document.add_heading(TITLE, level=1)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, part in zip(cells, (PARAGRAPHS[:4], PARAGRAPHS[4:]), strict=True):
        cell.text = part[0]
        for paragraph in part[1:]:
            cell.add_paragraph(paragraph)
    document.add_paragraph("")
    _add_table(document)
    return _saved(document)


def _add_table(document: Any) -> None:
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    for row, values in zip(table.rows, TABLE, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@functools.lru_cache(maxsize=64)
def by_office(data: bytes, target: str, suffix: str = "docx") -> bytes:
    """What LibreOffice makes of a file: ``target`` is the format's ending.

    Raises:
        ToolMissingError: LibreOffice is not installed.
    """
    office = shutil.which("soffice")
    if office is None:
        raise ToolMissingError(OFFICE)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"in.{suffix}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return next(Path(folder, "out").iterdir()).read_bytes()


def pdf_file() -> bytes:
    """By fpdf2: one column."""
    pdf = _pdf()
    pdf.multi_cell(0, 8, TITLE, new_x="LMARGIN", new_y="NEXT")
    for paragraph in PARAGRAPHS:
        pdf.multi_cell(0, 7, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
    _pdf_table(pdf)
    return bytes(pdf.output())


def pdf_two_columns() -> bytes:
    """By fpdf2: two columns that are drawn line by line across the page, as form printers do."""
    pdf = _pdf()
    pdf.multi_cell(0, 8, TITLE, new_x="LMARGIN", new_y="NEXT")
    columns = [list(_broken(pdf, part)) for part in (PARAGRAPHS[:5], PARAGRAPHS[5:])]
    top = pdf.get_y() + 4
    for number in range(max(map(len, columns))):
        for x, column in zip((10, 110), columns, strict=True):
            if number < len(column):
                pdf.set_xy(x, top + 7 * number)
                pdf.cell(84, 7, column[number])
    pdf.set_xy(10, top + 7 * max(map(len, columns)) + 6)
    _pdf_table(pdf)
    return bytes(pdf.output())


def _broken(pdf: FPDF, paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        lines: Any = pdf.multi_cell(84, 7, paragraph, dry_run=True, output="LINES")
        yield from lines


def _pdf() -> FPDF:
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("han", fname=font_file())
    pdf.set_font("han", size=11)
    return pdf


def _pdf_table(pdf: FPDF) -> None:
    with pdf.table(cell_fill_mode=TableCellFillMode.NONE, first_row_as_headings=False) as table:
        for row in TABLE:
            table.row(row)


def pdf_cid() -> bytes:
    """By reportlab: a font that is named and not embedded, as old Taiwanese printing tools do."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    style = ParagraphStyle("han", fontName="MSung-Light", fontSize=11, leading=16, wordWrap="CJK")
    buffer = io.BytesIO()
    table = Table(TABLE, style=[("FONTNAME", (0, 0), (-1, -1), "MSung-Light")])
    parts = [*(Paragraph(text, style) for text in (TITLE, *PARAGRAPHS)), table]
    SimpleDocTemplate(buffer, pagesize=A4).build(parts)
    return buffer.getvalue()


def picture(resolution: int = 150) -> Image.Image:
    """By Pillow: an A4 page at so many dots per inch."""
    width, height = round(8.27 * resolution), round(11.69 * resolution)
    page = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(page)
    size = round(11 * resolution / 72)
    font = ImageFont.truetype(font_file(), size)
    margin, y = resolution * 0.8, resolution * 0.8
    for text in (TITLE, *PARAGRAPHS):
        for line in _wrapped(text, font, width - 2 * margin):
            draw.text((margin, y), line, font=font, fill="black")
            y += size * 1.6
    for row in TABLE:
        for column, value in enumerate(row):
            draw.text((margin + column * (width - 2 * margin) / 3, y), value, font=font, fill="black")
        y += size * 1.6
    return page


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for character in text:
        if font.getlength(line + character) > width:
            yield line
            line = ""
        line += character
    yield line


def photo() -> Image.Image:
    """A page as a phone takes it: slightly turned, blurred, unevenly lit, grainy."""
    page = (
        picture(200)
        .convert("L")
        .rotate(1.5, expand=True, fillcolor=235)
        .filter(ImageFilter.GaussianBlur(1.1))
    )
    light = Image.linear_gradient("L").resize(page.size).point(lambda value: 205 + value // 5)
    grain = random.Random(4)  # noqa: S311 - a seed, so that the picture is the same each time
    noise = (
        Image.frombytes("L", (256, 256), grain.randbytes(65536))
        .resize(page.size)
        .point(lambda v: 118 + v // 13)
    )
    shaded = Image.composite(page, Image.new("L", page.size, 60), light)
    return Image.blend(shaded, noise, 0.08).convert("RGB")


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """A picture as a file of that kind."""
    buffer = io.BytesIO()
    image.save(buffer, format=kind, **options)
    return buffer.getvalue()


def html_file(charset: str = "utf-8") -> bytes:
    """A web page with a menu, scripts and styles around the text."""
    rows = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in TABLE)
    body = "".join(f"<p>{text}</p>\n" for text in PARAGRAPHS)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>履歷</title>'
        f"<style>p{{margin:0}}</style></head><body><nav><a href='#'>首頁</a></nav>"
        f"<h1>{TITLE}</h1>{body}<table>{rows}</table>"
        "<script>var x = '不是內文';</script></body></html>"
    )
    return page.encode(charset)


def rtf_file() -> bytes:
    """As WordPad in Taiwan writes it: Big5 bytes and a font of charset 136."""
    lines = EXPECTED.split("\n")
    body = "".join(_rtf(line) + "\\par\r\n" for line in lines)
    font = "\\'b7\\'73\\'b2\\'d3\\'a9\\'fa\\'c5\\'e9"
    head = f"{{\\rtf1\\ansi\\ansicpg950\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset136 {font};}}}}\r\n"
    return (head + "\\pard\\f0\\fs24 " + body + "}").encode("ascii")


def _rtf(text: str) -> str:
    pieces = []
    for byte in text.encode("cp950"):
        plain = 0x20 <= byte < 0x7F and chr(byte) not in "\\{}"
        pieces.append("\\tab " if byte == 9 else chr(byte) if plain else f"\\'{byte:02x}")
    return "".join(pieces)


def json_resume() -> bytes:
    """The same person as JSON Resume."""
    resume = {
        "basics": {"name": "王小明", "label": "客戶服務企劃", "summary": PARAGRAPHS[1]},
        "work": [
            {
                "name": "某家電集團客戶服務部",
                "position": "客服企劃資深專員",
                "startDate": "2020-04",
                "endDate": "2024-06",
                "highlights": list(PARAGRAPHS[4:8]),
            }
        ],
        "skills": [{"name": "資料分析", "keywords": ["SQL", "Power BI"]}],
    }
    return json.dumps(resume, ensure_ascii=False).encode()


Maker = Callable[[], bytes]

MAKERS: dict[str, tuple[str, Maker]] = {
    "TXT，UTF-8": ("txt", EXPECTED.encode),
    "TXT，UTF-8 BOM": ("txt", lambda: EXPECTED.encode("utf-8-sig")),
    "TXT，UTF-16": ("txt", lambda: EXPECTED.encode("utf-16")),
    "TXT，UTF-16 無 BOM": ("txt", lambda: EXPECTED.encode("utf-16-le")),
    "TXT，Big5（CP950）": ("txt", lambda: EXPECTED.encode("cp950")),
    "TXT，GB18030": ("txt", lambda: EXPECTED.encode("gb18030")),
    "HTML，UTF-8": ("html", html_file),
    "HTML，Big5": ("html", lambda: html_file("big5")),
    "DOCX（python-docx）": ("docx", docx_file),
    "DOCX，雙欄": ("docx", docx_two_columns),
    "DOCX，版面表格": ("docx", docx_layout_table),
    "DOCX（LibreOffice）": ("docx", lambda: by_office(by_office(docx_file(), "odt"), "docx", "odt")),
    "DOC（LibreOffice）": ("doc", lambda: by_office(docx_file(), "doc")),
    "ODT（LibreOffice）": ("odt", lambda: by_office(docx_file(), "odt")),
    "RTF（LibreOffice）": ("rtf", lambda: by_office(docx_file(), "rtf")),
    "RTF，Big5（WordPad）": ("rtf", rtf_file),
    "PDF（LibreOffice）": ("pdf", lambda: by_office(docx_file(), "pdf")),
    "PDF（LibreOffice），雙欄": ("pdf", lambda: by_office(docx_two_columns(), "pdf")),
    "PDF（LibreOffice），版面表格": ("pdf", lambda: by_office(docx_layout_table(), "pdf")),
    "PDF（fpdf2）": ("pdf", pdf_file),
    "PDF（fpdf2），雙欄逐行交錯": ("pdf", pdf_two_columns),
    "PDF（reportlab），未內嵌字型": ("pdf", pdf_cid),
    "PDF，掃描 200 dpi": ("pdf", lambda: saved(picture(200), "PDF", resolution=200.0)),
    "PNG，150 dpi": ("png", lambda: saved(picture(150), "PNG")),
    "JPG，300 dpi": ("jpg", lambda: saved(picture(300), "JPEG", quality=70)),
    "TIFF，200 dpi": ("tif", lambda: saved(picture(200), "TIFF", compression="tiff_lzw")),
    "JPG，手機照片": ("jpg", lambda: saved(photo(), "JPEG", quality=75)),
    "JPG，轉了 90 度": ("jpg", lambda: saved(photo().rotate(90, expand=True), "JPEG", quality=75)),
}
"""Format → the file's ending and its maker, which raises `ToolMissingError` where a tool is not installed."""
