"""Pages without a usable text layer are recognised, or the reason why not is given."""

import re

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from matcher.reading import ocr
from matcher.reading.errors import ReadingError
from matcher.reading.garbage import is_garbage
from matcher.reading.limits import Limits
from matcher.reading.read import read_document
from tests.corpus.made import ToolMissingError, font_file, saved

WORDS = ["負責客戶服務流程規劃", "編列年度預算", "追蹤服務指標與滿意度", "訂定客訴處理辦法"]
needs_ocr = pytest.mark.skipif(not ocr.installed(), reason="pip install icap-matcher[ocr]")


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    """A small page of three lines."""
    try:
        font = ImageFont.truetype(font_file(), 36)
    except ToolMissingError as missing:
        pytest.skip(str(missing))
    page = Image.new("RGB", (640, 300), "white")
    draw = ImageDraw.Draw(page)
    for number, words in enumerate(WORDS):
        draw.text((60, 40 + 60 * number), words, font=font, fill="black")
    return page


@needs_ocr
@pytest.mark.parametrize(
    ("kind", "angle"), [("PNG", 0), ("PNG", 90), ("PNG", 180), ("PNG", 270), ("TIFF", 0), ("PDF", 0)]
)
def test_pictures_are_recognised_however_they_lie(picture: Image.Image, kind: str, angle: int) -> None:
    document = read_document(saved(picture.rotate(angle, expand=True), kind), "a")
    assert document.text.split() == WORDS
    assert [notice.code for notice in document.warnings] == ["recognised"]


@needs_ocr
def test_transparent_pictures_lie_on_white_paper(picture: Image.Image) -> None:
    ink = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    ink.putalpha(picture.convert("L").point(lambda value: 255 - value))
    assert read_document(saved(ink, "PNG"), "a").text.split() == WORDS


@needs_ocr
def test_pages_over_the_limit_are_left_out(picture: Image.Image) -> None:
    data = saved(picture, "TIFF", save_all=True, append_images=[picture] * 2)
    document = read_document(data, "a", Limits(ocr_pages=2))
    assert document.text.split() == WORDS * 2
    assert "ocr_left_out" in [notice.code for notice in document.warnings]


@needs_ocr
def test_too_many_pixels_are_named(picture: Image.Image) -> None:
    with pytest.raises(ReadingError, match="最多 1,000 像素，這張是 640 × 300") as caught:
        read_document(saved(picture, "PNG"), "a", Limits(image_pixels=1000))
    assert caught.value.code == "too_large"


@needs_ocr
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(100), b"\xff\xd8\xff" + bytes(100)])
def test_broken_pictures_are_malformed(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read_document(data, "a")
    assert caught.value.code == "malformed"


def test_scan_without_recognition_is_loud(picture: Image.Image) -> None:
    with pytest.raises(ReadingError, match="掃描檔") as caught:
        read_document(saved(picture, "PDF"), "a", Limits(ocr=False))
    assert caught.value.code == "empty"


@pytest.mark.parametrize("kind", ["PDF", "JPEG"])
def test_the_missing_extra_is_named(picture: Image.Image, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(ReadingError, match=r"pip install icap-matcher\[ocr\]") as caught:
        read_document(saved(picture, kind), "a")
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        (WORDS[0], False),
        ("Résumé of a manager, née Müller", False),
        ("\uf06c" + WORDS[0] * 2 + "\uf0b7", False),
        ("(cid:123)(cid:88)(cid:901)(cid:22)", True),
        ("\ue123\ue456\ue789" * 5 + "好", True),
        ("\ufffd" * 10 + WORDS[0], True),
        (WORDS[0].encode("cp950").decode("latin-1"), True),
        ("", False),
    ],
)
def test_garbage_is_told(text: str, garbage: bool) -> None:
    assert is_garbage(text) == garbage


@needs_ocr
def test_a_garbage_layer_is_recognised_instead() -> None:
    try:
        data = garbage_layer()
    except ToolMissingError as missing:
        pytest.skip(str(missing))
    document = read_document(data, "a")
    assert document.text.split() == WORDS
    assert [notice.code for notice in document.warnings] == ["garbage_recognised"]


def garbage_layer() -> bytes:
    """A PDF that shows the words and whose text layer says something else, as broken fonts do."""
    pdf = FPDF()
    pdf.set_compression(False)
    pdf.add_page()
    pdf.add_font("han", fname=font_file())
    pdf.set_font("han", size=16)
    for number, words in enumerate(WORDS):
        pdf.text(20, 30 + 14 * number, words)
    # The table that tells the characters of the glyphs: each becomes a private one.
    return re.sub(rb"(?m)^<00(..)> <[4-9][0-9A-F]{3}>$", rb"<00\1> <E0\1>", bytes(pdf.output()))
