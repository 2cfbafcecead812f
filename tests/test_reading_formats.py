"""Every format of one résumé gives the same text."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.read import read_document
from tests.corpus.content import EXPECTED, PARAGRAPHS, error_rate
from tests.corpus.made import MAKERS, ToolMissingError, docx_file, html_file, pdf_file, rtf_file

_PICTURES = ("掃描", "PNG", "JPG", "TIFF")


def made(format_name: str) -> bytes:
    try:
        return MAKERS[format_name][1]()
    except ToolMissingError as missing:
        pytest.skip(str(missing))


def read(data: bytes, name: str = "履歷") -> Document:
    return read_document(data, name)


@pytest.mark.parametrize("format_name", [name for name in MAKERS if not any(p in name for p in _PICTURES)])
def test_format_gives_every_character(format_name: str) -> None:
    document = read(made(format_name))
    assert error_rate(document.text) == 0
    assert document.hidden == ()
    assert document.script == "traditional"


@pytest.mark.parametrize(
    "format_name", ["PDF（LibreOffice），雙欄", "PDF（fpdf2），雙欄逐行交錯", "PDF（reportlab），未內嵌字型"]
)
def test_pdf_lines_are_joined_to_paragraphs(format_name: str) -> None:
    text = read(made(format_name)).text
    assert PARAGRAPHS[1] in text.split("\n")
    assert "客服企劃專員\t某家電集團\t4 年" in text


@pytest.mark.parametrize("make", [docx_file, html_file, rtf_file])
def test_table_rows_are_lines(make: object) -> None:
    assert callable(make)
    assert "客服督導\t某電信公司\t2 年" in read(make()).text


def test_layout_cells_are_read_one_after_another() -> None:
    text = read(made("DOCX，版面表格")).text
    assert text.index(PARAGRAPHS[3]) < text.index(PARAGRAPHS[4])
    assert PARAGRAPHS[1] in text.split("\n")


@pytest.mark.parametrize(
    ("make", "media_type"),
    [
        (EXPECTED.encode, "text/plain"),
        (html_file, "text/html"),
        (rtf_file, "text/rtf"),
        (docx_file, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_content_and_not_the_name_decides(make: object, media_type: str) -> None:
    assert callable(make)
    document = read(make(), "履歷.pdf")
    assert document.media_type == media_type
    assert document.name == "履歷.pdf"
    assert error_rate(document.text) == 0


def test_pages_are_spans_of_the_text() -> None:
    document = read(made("PDF（LibreOffice）"))
    assert "".join(document.text[start:end] for start, end in document.pages) == document.text
    assert document.pages[0][0] == 0


def test_too_many_pages_are_named() -> None:
    data = made_pdf()
    with pytest.raises(ReadingError, match="最多 1 頁，這個 PDF 有 2 頁") as caught:
        read_document(data, "a.pdf", Limits(pages=1))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("make", [EXPECTED.encode, html_file, rtf_file, docx_file])
def test_too_much_text_is_named(make: object) -> None:
    assert callable(make)
    with pytest.raises(ReadingError, match="100 字") as caught:
        read_document(make(), "a", Limits(text_characters=100))
    assert caught.value.code == "too_large"


def test_sentence_runs_on_over_a_page_break() -> None:
    text = read(made_pdf()).text
    assert "第一頁最後一行寫到這裡還沒有結束而是接到下一頁才把整個句子說完並且繼續往下寫，寫到頁末" in text


def made_pdf() -> bytes:
    """Two pages with page numbers; the paragraph on the first runs on to the second."""
    from tests.corpus.made import _pdf

    try:
        pdf = _pdf()
    except ToolMissingError as missing:
        pytest.skip(str(missing))
    lines = (
        "在第一頁寫滿三行的段落內容要能夠接起來",
        "第一頁最後一行寫到這裡還沒有結束而是接",
        "到下一頁才把整個句子說完並且繼續往下寫",
    )
    for number, line in enumerate(lines):
        if number == 2:
            pdf.text(100, 285, "1")
            pdf.add_page()
        pdf.text(20, 265 + 7 * number if number < 2 else 20, line)
    pdf.text(20, 27, "，寫到頁末，最後這一行也和上面幾行一樣長")
    pdf.text(100, 285, "2")
    return bytes(pdf.output())


def test_encrypted_pdf_is_named() -> None:
    from tests.corpus.made import _pdf

    try:
        pdf = _pdf()
    except ToolMissingError as missing:
        pytest.skip(str(missing))
    pdf.set_encryption(owner_password="owner", user_password="user")  # noqa: S106 - the test's own
    with pytest.raises(ReadingError, match="密碼") as caught:
        read(bytes(pdf.output()))
    assert caught.value.code == "encrypted"


def test_filled_in_form_fields_are_read() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(50, 700, "Name")
    canvas.acroForm.textfield(name="name", value="Filled in by hand", x=100, y=690, width=200, height=20)
    canvas.save()
    assert "Filled in by hand" in read(buffer.getvalue()).text


@pytest.mark.parametrize("make", [docx_file, pdf_file])
def test_truncated_files_are_malformed(make: object) -> None:
    assert callable(make)
    try:
        data = make()
    except ToolMissingError as missing:
        pytest.skip(str(missing))
    with pytest.raises(ReadingError) as caught:
        read(data[: len(data) // 3])
    assert caught.value.code in ("malformed", "empty")
