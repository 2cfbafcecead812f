"""What Word writes beside plain paragraphs."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.read import read_document
from tests.corpus.made import docx_file

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_body(body: str, document: str = f"<w:document {_W}><w:body>%s</w:body></w:document>") -> bytes:
    """A DOCX of that body and of nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document % body)
    return buffer.getvalue()


def read(body: str) -> Document:
    return read_document(with_body(body), "a.docx")


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("流程") + run("規劃"), "流程規劃"),
        (f"<w:ins>{run('新增')}</w:ins><w:del><w:r><w:delText>刪除</w:delText></w:r></w:del>", "新增"),
        (f"<w:hyperlink>{run('連結')}</w:hyperlink>", "連結"),
        ("<w:r><w:t>頁</w:t><w:instrText>PAGE</w:instrText><w:tab/><w:t>碼</w:t></w:r>", "頁\t碼"),
        ("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>", "上\n下"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控制項')}</w:sdtContent></w:sdt>", "控制項"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>願意</w:t></w:r>", "☑願意"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>ㄓㄨ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>注</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "注",
        ),
    ],
)
def test_runs(inside: str, text: str) -> None:
    assert read(paragraph(inside)).text == text


def test_text_box_is_read_once() -> None:
    content = f"<w:txbxContent>{paragraph(run('框裡的字'))}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(paragraph(run("前") + box + run("後"))).text == "前後\n框裡的字"


def test_nested_tables() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("內一", "內二"))
    inner = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(run('外'))}{inner}</w:tc></w:tr></w:tbl>"
    assert read(outer).text == "外\n內一\t內二"


def test_strict_namespaces() -> None:
    namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    strict = f'<w:document xmlns:w="{namespace}"><w:body>%s</w:body></w:document>'
    data = with_body(paragraph(run("嚴格") + run("藏", "<w:vanish/>")), strict)
    document = read_document(data, "a.docx")
    assert (document.text, [hidden.text for hidden in document.hidden]) == ("嚴格", ["藏"])


def test_headers_footers_and_notes() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "頁首王小明"
    document.sections[0].footer.paragraphs[0].text = "頁尾電話"
    document.add_paragraph("正文")
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_document(buffer.getvalue(), "a.docx").text == "頁首王小明\n正文\n頁尾電話"


def test_style_toggles() -> None:
    """A character style that hides, inside a paragraph style that hides, shows again: Word's own rule."""
    document = docx.Document()
    for kind, name in ((1, "藏段"), (2, "藏字")):
        style = document.styles.add_style(name, kind)
        style.font.hidden = True
    document.add_paragraph("看得見")
    both = document.add_paragraph(style="藏段")
    both.add_run("又看得見", style="藏字")
    document.add_paragraph("看不見", style="藏段")
    buffer = io.BytesIO()
    document.save(buffer)
    read_back = read_document(buffer.getvalue(), "a.docx")
    assert read_back.text == "看得見\n又看得見"
    assert [hidden.text for hidden in read_back.hidden] == ["看不見"]


def test_neighbouring_hidden_runs_are_one_place() -> None:
    hidden = run("藏一", "<w:vanish/>") + run("藏二", "<w:vanish/>")
    found = read(paragraph(run("見")) + paragraph(hidden) + paragraph(run("見")) + paragraph(hidden))
    assert [piece.text for piece in found.hidden] == ["藏一藏二", "藏一藏二"]


def test_white_on_a_shape_behind_the_text_is_seen() -> None:
    document = docx.Document()
    anchor = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "pic")}><wp:anchor behindDoc="1"><pic:spPr>'
        '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill></pic:spPr></wp:anchor></w:drawing>'
    )
    paragraph_ = document.add_paragraph()
    paragraph_.add_run()._r.append(anchor)
    white = paragraph_.add_run("深色側欄上的白字")
    white.font.color.rgb = docx.shared.RGBColor(255, 255, 255)
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_document(buffer.getvalue(), "a.docx").text == "深色側欄上的白字"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "炸"><!ENTITY b "&a;&a;">]><w:document ' + _W + ">%s</w:document>", "DTD"),
        ("<w:document>%s", "XML 已損壞"),
    ],
)
def test_harmful_xml_is_refused(document: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        read_document(with_body("", document), "a.docx")
    assert caught.value.code == "malformed"


def test_package_without_body_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(ReadingError, match="沒有正文"):
        read_document(buffer.getvalue(), "a.docx")


def test_reading_twice_gives_the_same() -> None:
    data = docx_file()
    assert read_document(data, "a") == read_document(data, "a")
