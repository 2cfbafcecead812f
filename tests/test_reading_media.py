"""The kind of a file is told by its content."""

import io
import zipfile

import pytest

from matcher.reading import media
from matcher.reading.errors import ReadingError
from matcher.reading.glyphs import fold
from matcher.reading.media import media_type
from matcher.reading.read import read_document
from matcher.reading.script import script_of


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7", media.PDF),
        (b"junk before\n%PDF-1.4", media.PDF),
        (zipped("[Content_Types].xml", "word/document.xml"), media.DOCX),
        (zipped("mimetype", "content.xml"), media.ODT),
        (zipped("a.txt"), media.ZIP),
        (b"{\\rtf1 x}", media.RTF),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"II*\x00", "image/tiff"),
        (b"<!doctype HTML><p>x", media.HTML),
        (b"\n <!-- x --> <html>", media.HTML),
        ("\ufeff<html>".encode(), media.HTML),
        ("<html>".encode("utf-16"), media.HTML),
        (b'{"basics": {}}', media.JSON),
        (b"Received: x\nFrom: a@b.tw\nSubject: c\n\nd", media.EML),
        ("王小明".encode("cp950"), media.TEXT),
    ],
)
def test_kinds(data: bytes, expected: str) -> None:
    assert media_type(data) == expected


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        (bytes(range(256)) * 8, "二進位"),
    ],
)
def test_what_nobody_reads_is_named(data: bytes, what: str) -> None:
    with pytest.raises(ReadingError, match=what) as caught:
        media_type(data)
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize("data", [zipped("a.txt"), b"Received: x\nFrom: a@b.tw\nSubject: c\n\nd"])
def test_containers_are_for_the_guard(data: bytes) -> None:
    with pytest.raises(ReadingError, match="先拆開") as caught:
        read_document(data, "a")
    assert caught.value.code == "unsupported"


def test_encrypted_odt_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
    with pytest.raises(ReadingError, match="密碼") as caught:
        read_document(buffer.getvalue(), "a.odt")
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("負責客戶服務流程規劃", "traditional"),
        ("负责客户服务流程规划", "simplified"),
        ("中文", "traditional"),
        ("Customer service planning for 台灣 offices in the whole region", "latin"),
        ("2024/01/01", "unknown"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("glyphs", "characters"),
    [
        ("⻑期⾏銷⽬標", "長期行銷目標"),
        ("ﬁnance", "finance"),
        ("豈\uf9d1", "豈六"),
        ("（，：）Ａ", "（，：）Ａ"),
    ],
)
def test_glyph_variants_become_characters(glyphs: str, characters: str) -> None:
    assert fold(glyphs) == characters
