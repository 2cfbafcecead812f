"""Hostile files of every kind, made of bytes, each with the code that its row must have (or «read»)."""

import struct
import zlib
from collections.abc import Iterable

from tests import make_zip
from tests.make_msg import message, msg, ole
from tests.make_zip import zipped

Hostile = dict[str, tuple[bytes, str]]
MARK = "這行字只在這個檔案裡"
"""Words in a file that some of them try to read: this one. No row may ever show them."""

_PRIVATE = __file__

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{_LAUGHS}]>'


def hostile_files() -> Hostile:
    """All of them by name."""
    groups = (_archives(), _documents(), _pages(), _pdfs(), _pictures(), _mails(), _others())
    return {name: file for group in groups for name, file in group.items()}


def _archives() -> Hostile:
    return {
        "壓縮炸彈.zip": (zipped(("a", bytes(30_000_000))), "unsafe_archive"),
        "壓縮炸彈二層.zip": (zipped(("a.zip", zipped(("a", bytes(30_000_000))))), "unsafe_archive"),
        "重疊炸彈.zip": (make_zip.overlapping(1000, 1_000_000), "unsafe_archive"),
        "十層.zip": (make_zip.nested(10, "a.txt", b"x"), "unsafe_archive"),
        "項目太多.zip": (zipped(*((f"{n}", b"") for n in range(1500))), "unsafe_archive"),
        "走出去.zip": (zipped(("../../../../var/outside.txt", b"x")), "unsafe_archive"),
        "絕對路徑.zip": (zipped(("/var/outside.txt", b"x")), "unsafe_archive"),
        "反斜線.zip": (zipped(("..\\..\\outside.txt", b"x")), "unsafe_archive"),
        "連結.zip": (make_zip.with_link("履歷.txt", "/etc/passwd"), "unsafe_archive"),
        "加密.zip": (make_zip.encrypted("履歷.txt", b"x" * 50), "encrypted"),
        "空的.zip": (zipped(), "empty"),
        "截斷.zip": (zipped(("a.txt", b"x" * 5000))[:-40], "malformed"),
        "說謊.zip": (make_zip.lying("a.txt", b"x" * 5000, declared=7), "malformed"),
        "假的.zip": (b"PK\x03\x04" + bytes(range(256)) * 9, "malformed"),
        "別種.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "unsupported"),
        "別種.rar": (b"Rar!\x1a\x07\x01\x00" + bytes(99), "unsupported"),
    }


def docx(body: str, prologue: str = "", **parts: str) -> bytes:
    """A DOCX with this XML as its body."""
    return packed_docx(docx_document(body, prologue), **parts)


def docx_document(body: str, prologue: str = "") -> bytes:
    """A DOCX's word/document.xml."""
    root = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return f"<?xml version='1.0' encoding='UTF-8'?>{prologue}{root}".encode()


def packed_docx(document: bytes, **parts: str) -> bytes:
    """A DOCX with this word/document.xml."""
    files = {name: content.encode() for name, content in parts.items()}
    return zipped(("[Content_Types].xml", _TYPES.encode()), ("word/document.xml", document), *files.items())


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _documents() -> Hostile:
    external = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{_PRIVATE}">]>'
    remote = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">'
    odt = f'<?xml version="1.0"?>{_BILLION_LAUGHS}<x>&a9;</x>'
    return {
        "膨脹.docx": (docx(paragraph(" " * 60_000_000)), "unsafe_archive"),
        # 100 kB that unpack to 1 GB.
        "一GB.docx": (
            make_zip.overlapping(10, 100_000_000, ("[Content_Types].xml", _TYPES.encode())),
            "unsafe_archive",
        ),
        "十億笑聲.docx": (docx(paragraph("&a9;"), _BILLION_LAUGHS), "malformed"),
        "外部實體.docx": (docx(paragraph("&e;"), external), "malformed"),
        "遠端定義.docx": (docx(paragraph("x"), remote), "malformed"),
        "深巢.docx": (docx("<w:p>" * 50_000 + "</w:p>" * 50_000), "malformed"),
        "深表.docx": (docx("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000), "malformed"),
        "沒關好.docx": (docx("<w:p><w:r>"), "malformed"),
        "沒正文.docx": (zipped(("[Content_Types].xml", _TYPES.encode())), "malformed"),
        "截斷.docx": (docx(paragraph("履歷" * 5000))[:-60], "malformed"),
        "太長.docx": (docx("".join(paragraph("履歷經歷" * 100 + str(n)) for n in range(3000))), "too_large"),
        "十億笑聲.odt": (
            zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", odt.encode()),
                   packing=0),
            "malformed",
        ),
        "加密.docx": (ole({"EncryptedPackage": b"x" * 99, "EncryptionInfo": b"y" * 99}), "encrypted"),
        "試算表.doc": (ole({"Workbook": b"x" * 99}), "unsupported"),
        "截斷.doc": (ole({"WordDocument": b"x" * 9000})[:1700], "malformed"),
        "自繞.doc": (_looping_ole(), "malformed"),
    }  # fmt: skip


def _looping_ole() -> bytes:
    """An OLE file whose directory is a chain of sectors that leads back to itself."""
    data = bytearray(ole({"WordDocument": b"x" * 9000}))
    struct.pack_into("<I", data, 512 + 4, 1)  # the table's second link points to itself
    return bytes(data)


def _pages() -> Hostile:
    # What would show the secret is left out of the text; the rest of the page is read.
    frames = f'<iframe src="file://{_PRIVATE}"></iframe><img src="file://{_PRIVATE}"><p>履歷</p>'
    external = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "file://{_PRIVATE}">]><html><p>履歷&e;</p></html>'
    pages = {
        "深巢.html": ("<div>" * 100_000 + "履歷", "empty"),
        "不關.html": ("<p>" + "<b>履" * 20_000, "read"),
        "框架.html": ("<html>" + frames, "read"),
        "外部實體.html": (external, "read"),
        "長屬性.html": (f'<html><p title="{"x" * 3_000_000}">履歷</p>', "read"),
        "腳本.html": ("<html><script>while(true){}</script><p>履歷</p>", "read"),
        "空頁.html": ("<html><head><title></title></head><body></body></html>", "empty"),
    }
    return {name: (text.encode(), code) for name, (text, code) in pages.items()}


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of objects numbered from 1, the first the catalogue; with a correct table of them."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def page(content: bytes, *others: bytes, resources: bytes = b"", **rest: bytes) -> bytes:
    """A PDF of one page; ``others`` are objects from 5 on."""
    fonts = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % rest.get("catalogue", b""),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s%s>>%s>>"
        % (fonts, resources, rest.get("entries", b"")),
        stream(content, rest.get("filters", b"")),
        *others,
    )


SHOWN = b"BT /F1 12 Tf 72 700 Td (Customer service planner, five years of experience) Tj ET"


def _pdfs() -> Hostile:
    many = pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * 10_000 + b"]/Count 10000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    good = page(SHOWN)
    bomb = zlib.compress(zlib.compress(b"\n" * 100_000_000, 1), 9)
    launch = b"/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</O<</S/JavaScript/JS(while(1){})>>>>"
    drawn, written = SHOWN + b" /X Do", SHOWN + b" BT /F2 9 Tf (x) Tj ET"
    form = b"/XObject<</X 5 0 R>>"
    looping = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % form
    font = b"/Font<</F2<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 5 0 R>>>>"
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 6 0 R>>"
    to_unicode = b"/Font<</F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>>>"
    wide = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n" + (
        b"1 beginbfrange <00000000> <ffffffff> <4e00> endbfrange endcmap"
    )
    image = (
        b"<</Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    return {
        "截斷.pdf": (good[:200], "malformed"),
        "尾巴斷了.pdf": (good[:-20], "read"),
        "只有開頭.pdf": (b"%PDF-1.7\n%%EOF", "malformed"),
        "亂碼.pdf": (b"%PDF-1.7\n" + bytes(n * 7 % 256 for n in range(9000)), "malformed"),
        "一萬頁.pdf": (many, "too_large"),
        "謊報頁數.pdf": (many.replace(b"/Count 10000", b"/Count 2   "), "empty"),
        "頁樹自繞.pdf": (good.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "empty"),
        "表自繞.pdf": (page(SHOWN).replace(b"/Root", b"/Prev 9/Root"), "read"),
        "深陣列.pdf": (page(SHOWN, b"[" * 100_000 + b"]" * 100_000), "read"),
        "深字典.pdf": (page(SHOWN, entries=b"/A" + b"<</A" * 50_000 + b" 1" + b">>" * 50_000), "read"),
        "雙層炸彈.pdf": (page(bomb, filters=b"/Filter[/FlateDecode/FlateDecode]"), "empty"),
        "表單自繞.pdf": (page(drawn, stream(b"/X Do", looping), resources=form), "read"),
        "壞字型.pdf": (page(written, descriptor, stream(b"\0\1" + b"\xff" * 9000), resources=font), "read"),
        "巨大對照.pdf": (page(written, stream(wide), resources=to_unicode), "read"),
        "巨圖.pdf": (page(drawn, image + b"/Length 3>>\nstream\nabc\nendstream", resources=form), "read"),
        "巨頁.pdf": (page(SHOWN).replace(b"[0 0 595 842]", b"[0 0 9999999999 9999999999]"), "read"),
        "會動作.pdf": (page(SHOWN, catalogue=launch), "read"),
        "外部檔.pdf": (page(drawn, stream(b"", b"/F(%s)" % _PRIVATE.encode()), resources=form), "read"),
        "加密.pdf": (_encrypted_pdf(), "encrypted"),
    }  # fmt: skip


def _encrypted_pdf() -> bytes:
    keys = b"/Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>" % (b"ab" * 32, b"cd" * 32)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R>>",
        trailer=b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt<<%s>>"
        % keys,
    )


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of one bit for each pixel; ``pixels`` are its packed lines."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def tiff(directories: Iterable[int]) -> bytes:
    """A TIFF of one black pixel; each directory names the place of the next."""
    out = b"II*\0\x08\0\0\0"
    for following in directories:
        entries = ((256, 1), (257, 1), (258, 1), (259, 1), (262, 1), (273, 4), (278, 1), (279, 1))
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", tag, 3, 1, value) for tag, value in entries)
        out += struct.pack("<I", following)
    return out


def _pictures() -> Hostile:
    return {
        "像素炸彈.png": (png(20_000, 20_000, zlib.compress(bytes(2501 * 20_000), 1)), "too_large"),
        "截斷.png": (png(600, 600, zlib.compress(bytes(76 * 600)))[:60], "malformed"),
        "假的.png": (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "malformed"),
        "假的.jpg": (b"\xff\xd8\xff\xe0" + b"x" * 500, "malformed"),
        "自繞.tif": (tiff([8]), "empty"),
        "截斷.tif": (tiff([0])[:20], "malformed"),
    }


def _mails() -> Hostile:
    head = b"From: a@example.com\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n"
    deep = head
    for level in range(3000):
        deep += b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
    mixed = head + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    bomb = zipped(("a", bytes(30_000_000)))
    file = b"--x\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=a.zip\r\n\r\n"
    outside = b"--x\r\nContent-Disposition: attachment; filename=../../../var/outside.txt"
    inner = message(attachments=(("深", message(attachments=(("檔", b"x"),), inside=True)),), inside=True)
    good = msg(subject="應徵", body="x" * 5000)
    return {
        "深巢.eml": (deep + b"x", "malformed"),
        "部分太多.eml": (mixed + b"--x\r\n\r\ny\r\n" * 1500 + b"--x--", "unsafe_archive"),
        "附炸彈.eml": (mixed + file + bomb + b"\r\n--x--", "unsafe_archive"),
        "空的.eml": (head + b"\r\n", "empty"),
        "走出去.eml": (mixed + outside + b"\r\n\r\nresume\r\n--x--", "read"),
        "截斷.msg": (good[:1800], "malformed"),
        "太深.msg": (msg(attachments=(("外", inner),)), "unsafe_archive"),
    }


def _others() -> Hostile:
    return {
        "零.txt": (b"", "empty"),
        "空白.txt": (b" \r\n\t" * 999, "empty"),
        "全是零.txt": (bytes(5000), "empty"),
        "太大.txt": (b"x" * (50 * 1024 * 1024 + 1), "too_large"),
        "太長.txt": ("履歷經歷，".encode() * 300_000, "too_large"),
        "程式.docx": (b"MZ" + bytes(range(256)) * 20, "unsupported"),
        "二進位.pdf": (bytes(n * 31 % 256 for n in range(9000)), "unsupported"),
        "其實是文字.pdf": ("客戶服務企劃".encode(), "read"),
        "其實是網頁.doc": ("<html><p>客戶服務企劃</p></html>".encode(), "read"),
        "其實是PDF.txt": (page(SHOWN), "read"),
        "深巢.rtf": (b"{\\rtf1 " + b"{" * 200_000 + b"x", "malformed"),
        "大數.rtf": (b"{\\rtf1 \\u99999999 \\fs-99999 \\li" + b"9" * 9999 + b" ok}", "read"),
        "吞掉.rtf": (b"{\\rtf1 \\bin999999999 ok}", "empty"),
        "深巢.json": (b"[" * 200_000 + b"]" * 200_000, "read"),
        "壞欄位.json": (b'{"basics": {"name": 5}, "work": "x"}', "malformed"),
        "大數.json": (b'{"basics": {"name": ' + b"9" * 100_000 + b"}}", "read"),
        "十億笑聲.svg": (
            f'<?xml version="1.0"?>{_BILLION_LAUGHS}<svg><text>&a9;</text></svg>'.encode(),
            "read",
        ),
        "零寬.txt": (("\u200b" * 300_000).encode(), "empty"),
        "一行.txt": (b"(" * 900_000, "read"),
        "疊字.txt": (("Z" + "\u0301" * 500_000).encode(), "read"),
    }
