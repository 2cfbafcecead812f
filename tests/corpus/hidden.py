"""Files that hide a sentence, and files that only look as if they did."""

import functools
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from fpdf import FPDF
from PIL import Image

from tests.corpus.made import by_office, font_file, saved

SEEN = "負責客戶服務流程規劃與年度預算編列。"
UNSEEN = "精通競品分析與法規遵循並獲總統獎。"

_PHOTO = Image.radial_gradient("L").convert("RGB")


@dataclass(frozen=True, slots=True)
class Case:
    """A file that shows `SEEN`. ``hides`` tells whether ``unseen`` is out of sight; else it is shown too."""

    name: str
    make: Callable[[], bytes]
    hides: bool
    unseen: str = UNSEEN


def cases() -> Iterator[Case]:
    """All cases, by format."""
    yield from _pdf_cases()
    yield from _docx_cases()
    yield from _html_cases()
    yield from _odt_cases()
    yield from _rtf_cases()
    yield from _text_cases()


def _pdf(draw: Callable[[FPDF], None]) -> Callable[[], bytes]:
    """A page with `SEEN` at its top, drawn last, so that what lies at the same place lies under it."""

    def make() -> bytes:
        pdf = FPDF()
        pdf.add_page()
        pdf.add_font("han", fname=font_file())
        pdf.set_font("han", size=11)
        draw(pdf)
        pdf.set_font("han", size=11)
        pdf.set_text_color(0, 0, 0)
        pdf.text(20, 20, SEEN)
        return bytes(pdf.output())

    return make


def _coloured(
    pdf: FPDF, colour: tuple[int, int, int], size: float = 11, x: float = 20, y: float = 60
) -> None:
    pdf.set_text_color(*colour)
    pdf.set_font("han", size=size)
    pdf.text(x, y, UNSEEN)


def _on_panel(pdf: FPDF, panel: tuple[int, int, int], colour: tuple[int, int, int]) -> None:
    pdf.set_fill_color(*panel)
    pdf.rect(10, 50, 120, 30, style="F")
    _coloured(pdf, colour)


def _covered(pdf: FPDF, picture: Image.Image) -> None:
    _coloured(pdf, (0, 0, 0))
    pdf.image(picture, x=10, y=50, w=120, h=20)


def _with_photo(pdf: FPDF, y: float, colour: tuple[int, int, int]) -> None:
    pdf.image(_PHOTO, x=10, y=y, w=120, h=20)
    _coloured(pdf, colour)


def _in_mode(pdf: FPDF, mode: str) -> None:
    with pdf.local_context():  # text of mode 7 clips what is drawn after it
        pdf._out(f"{mode} Tr")
        pdf.text(20, 60, UNSEEN)
    pdf.set_font("han", size=12)


def _see_through(pdf: FPDF, opacity: float) -> None:
    with pdf.local_context(fill_opacity=opacity):
        pdf.text(20, 60, UNSEEN)


def _turned(pdf: FPDF) -> None:
    with pdf.rotation(90, x=20, y=120):
        pdf.text(20, 120, UNSEEN)


def _clipped(pdf: FPDF) -> None:
    with pdf.rect_clip(x=150, y=150, w=10, h=10):
        pdf.text(20, 60, UNSEEN)
    pdf.set_font("han", size=12)  # fpdf2 does not know that the font must be named anew


def _pdf_cases() -> Iterator[Case]:
    white, black = (255, 255, 255), (0, 0, 0)
    hiding: dict[str, Callable[[FPDF], None]] = {
        "white": lambda pdf: _coloured(pdf, white),
        "nearly white": lambda pdf: _coloured(pdf, (250, 251, 252)),
        "one point": lambda pdf: _coloured(pdf, black, size=1),
        "half a point": lambda pdf: _coloured(pdf, black, size=0.5),
        "white and tiny": lambda pdf: _coloured(pdf, white, size=1),
        "left of the page": lambda pdf: _coloured(pdf, black, x=-300),
        "right of the page": lambda pdf: _coloured(pdf, black, x=230),
        "above the page": lambda pdf: _coloured(pdf, black, y=-20),
        "below the page": lambda pdf: _coloured(pdf, black, y=320),
        "behind a white picture": lambda pdf: _covered(pdf, Image.new("RGB", (40, 20), "white")),
        "behind a photo": lambda pdf: _covered(pdf, _PHOTO),
        "render mode 3": lambda pdf: _in_mode(pdf, "3"),
        "render mode 7": lambda pdf: _in_mode(pdf, "7"),
        "navy on navy": lambda pdf: _on_panel(pdf, (20, 40, 90), (20, 40, 90)),
        "black on black": lambda pdf: _on_panel(pdf, black, black),
        "opacity 0": lambda pdf: _see_through(pdf, 0),
        "opacity 2 %": lambda pdf: _see_through(pdf, 0.02),
        "clipped away": _clipped,
        "white right under a black line": lambda pdf: _coloured(pdf, white, y=20),
    }
    showing: dict[str, Callable[[FPDF], None]] = {
        "black": lambda pdf: _coloured(pdf, black),
        "white on navy": lambda pdf: _on_panel(pdf, (20, 40, 90), white),
        "white on orange": lambda pdf: _on_panel(pdf, (240, 140, 20), white),
        "grey": lambda pdf: _coloured(pdf, (150, 150, 150)),
        "light grey": lambda pdf: _coloured(pdf, (215, 215, 215)),
        "black on pale blue": lambda pdf: _on_panel(pdf, (220, 232, 245), black),
        "six points": lambda pdf: _coloured(pdf, black, size=6),
        "four points": lambda pdf: _coloured(pdf, black, size=4),
        "beside a photo": lambda pdf: _with_photo(pdf, 100, black),
        "on a photo": lambda pdf: _with_photo(pdf, 50, (255, 230, 0)),
        "outlined": lambda pdf: _in_mode(pdf, "1"),
        "half opaque": lambda pdf: _see_through(pdf, 0.5),
        "turned by 90°": _turned,
    }
    for name, draw in hiding.items():
        yield Case(f"PDF: {name}", _pdf(draw), hides=True)
    for name, draw in showing.items():
        yield Case(f"PDF: {name}", _pdf(draw), hides=False)


def _docx(change: Callable[[Any, Any], None]) -> Callable[[], bytes]:
    def make() -> bytes:
        document = docx.Document()
        document.add_paragraph(SEEN)
        change(document, document.add_paragraph().add_run(UNSEEN))
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return make


def _font(**values: Any) -> Callable[[Any, Any], None]:
    def change(_document: Any, run: Any) -> None:
        for name, value in values.items():
            if name == "rgb":
                run.font.color.rgb = RGBColor(*value)
            else:
                setattr(run.font, name, value)

    return change


def _styled(kind: Any, **values: Any) -> Callable[[Any, Any], None]:
    """The look comes from a style that is based on the style that has it."""

    def change(document: Any, run: Any) -> None:
        base = document.styles.add_style("基礎", kind)
        _font(**values)(document, base)
        style = document.styles.add_style("衍生", kind)
        style.base_style = base
        (run if kind == WD_STYLE_TYPE.CHARACTER else run._parent).style = style

    return change


def _shaded(fill: str, rgb: tuple[int, int, int], where: str) -> Callable[[Any, Any], None]:
    def change(document: Any, run: Any) -> None:
        shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')
        if where == "cell":
            run.text = ""
            cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
            run = cell.paragraphs[0].add_run(UNSEEN)
            cell._tc.get_or_add_tcPr().append(shading)
        elif where == "paragraph":
            run._parent._p.get_or_add_pPr().append(shading)
        else:
            run._r.get_or_add_rPr().append(shading)
        run.font.color.rgb = RGBColor(*rgb)

    return change


_BOX = """
<w:r {namespaces} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:v="urn:schemas-microsoft-com:vml">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor behindDoc="0" relativeHeight="{order}" simplePos="0" locked="0" layoutInCell="1" allowOverlap="1"
 distT="0" distB="0" distL="0" distR="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="3000000" cy="600000"/><wp:wrapNone/><wp:docPr id="{order}" name="box"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{inside}
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>
"""
_TEXT = """<w:txbxContent><w:p><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"""
_PICTURE = "<pic:pic><pic:spPr><a:xfrm/></pic:spPr></pic:pic>"


def _box(x: int, y: int, look: str = "", fill: str = "", covered: bool = False) -> Callable[[Any, Any], None]:
    """A text box at a place on the page, in EMU, perhaps filled, perhaps with a picture over it."""

    def change(_document: Any, run: Any) -> None:
        text = _TEXT.format(look=look, words=UNSEEN)
        paint = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
        shape = f"<wps:wsp><wps:spPr>{paint}</wps:spPr><wps:txbx>{text}</wps:txbx></wps:wsp>"
        paragraph = run._parent._p
        run._r.getparent().remove(run._r)
        namespaces = nsdecls("w", "wp", "a", "pic")
        paragraph.append(
            parse_xml(_BOX.format(namespaces=namespaces, order=10, x=x, y=y, inside=shape, text=text))
        )
        if covered:
            paragraph.append(
                parse_xml(_BOX.format(namespaces=namespaces, order=20, x=x, y=y, inside=_PICTURE, text=""))
            )

    return change


def _indented(_document: Any, run: Any) -> None:
    run._parent.paragraph_format.left_indent = Pt(1500)


def _deleted(_document: Any, run: Any) -> None:
    """A tracked insertion is shown."""
    insertion = parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"/>')
    run._r.addprevious(insertion)
    insertion.append(run._r)


def _docx_cases() -> Iterator[Case]:
    character, paragraph = WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.PARAGRAPH
    white, black, navy = (255, 255, 255), (0, 0, 0), (16, 32, 80)
    hiding = {
        "vanish": _font(hidden=True),
        "vanish by character style": _styled(character, hidden=True),
        "vanish by paragraph style": _styled(paragraph, hidden=True),
        "white": _font(rgb=white),
        "nearly white": _font(rgb=(252, 252, 252)),
        "white by style": _styled(character, rgb=white),
        "one point": _font(size=Pt(1)),
        "one point by style": _styled(paragraph, size=Pt(1)),
        "navy on navy": _shaded("102050", navy, "paragraph"),
        "white in a white cell": _shaded("FFFFFF", white, "cell"),
        "box off the page": _box(-5_000_000, 1_000_000),
        "box under a picture": _box(1_000_000, 1_000_000, covered=True),
        "white in a box": _box(1_000_000, 1_000_000, look='<w:color w:val="FFFFFF"/>'),
        "vanish in a box": _box(1_000_000, 1_000_000, look="<w:vanish/>"),
        "indented off the page": _indented,
    }
    showing = {
        "plain": _font(),
        "vanish switched off": _font(hidden=False),
        "white on a dark paragraph": _shaded("102050", white, "paragraph"),
        "white in a dark cell": _shaded("1F3864", white, "cell"),
        "white on dark run shading": _shaded("333333", white, "run"),
        "grey": _font(rgb=(160, 160, 160)),
        "seven points": _font(size=Pt(7)),
        "box": _box(1_000_000, 1_000_000),
        "white in a filled box": _box(1_000_000, 1_000_000, look='<w:color w:val="FFFFFF"/>', fill="203864"),
        "tracked insertion": _deleted,
        "black by style": _styled(paragraph, rgb=black),
    }
    for name, change in hiding.items():
        yield Case(f"DOCX: {name}", _docx(change), hides=True)
    for name, change in showing.items():
        yield Case(f"DOCX: {name}", _docx(change), hides=False)


def _html_cases() -> Iterator[Case]:
    hiding = {
        "display none": '<p style="display:none">{}</p>',
        "display none by class": "<style>.x{{display:none}}</style><p class=x>{}</p>",
        "display none on a parent": '<div style="display: none !important"><p>{}</p></div>',
        "visibility": '<p style="visibility:hidden">{}</p>',
        "hidden attribute": "<p hidden>{}</p>",
        "font size 0": '<span style="font-size:0">{}</span>',
        "font size 1px": '<span style="font-size:1px">{}</span>',
        "white": '<p style="color:#fff">{}</p>',
        "white font tag": '<font color="white">{}</font>',
        "navy on navy by class": "<style>.x{{color:#123;background:#123}}</style><p class=x>{}</p>",
        "see-through colour": '<p style="color:rgba(0,0,0,0)">{}</p>',
        "opacity 0": '<p style="opacity:0">{}</p>',
        "off the page": '<p style="position:absolute;left:-9999px">{}</p>',
        "text indent": '<p style="text-indent:-9999px">{}</p>',
        "no height": '<div style="height:0;overflow:hidden">{}</div>',
        "clipped": '<p style="position:absolute;clip:rect(0,0,0,0)">{}</p>',
        "Word's hidden": '<p style="mso-hide:all">{}</p>',
    }
    showing = {
        "plain": "<p>{}</p>",
        "white on navy": '<div style="background:#123"><p style="color:white">{}</p></div>',
        "white on navy by class": "<style>.x{{background:navy}} p p, .x p{{color:#fff}}</style>"
        "<div class=x><p>{}</p></div>",
        "white on a picture": '<div style="background:url(a.png)"><p style="color:#fff">{}</p></div>',
        "hidden in print only": "<style>@media print{{.x{{display:none}}}}</style><p class=x>{}</p>",
        "shown again": '<div style="visibility:hidden"><p style="visibility:visible">{}</p></div>',
        "small": '<p style="font-size:8px">{}</p>',
        "overruled": "<style>.x{{display:none}} p.x{{display:block}}</style><p class=x>{}</p>",
        "rule for another": "<style>.y{{display:none}}</style><p class=x>{}</p>",
        "indented": '<p style="text-indent:-20px">{}</p>',
    }
    for hides, snippets in ((True, hiding), (False, showing)):
        for name, snippet in snippets.items():
            page = f"<!DOCTYPE html><html><body><p>{SEEN}</p>{snippet.format(UNSEEN)}</body></html>"
            yield Case(f"HTML: {name}", page.encode, hides)


def _odt_cases() -> Iterator[Case]:
    """The DOCX cases that LibreOffice carries over."""
    carried = ("vanish", "vanish by character style", "white", "one point", "plain", "grey")
    for case in _docx_cases():
        name = case.name.removeprefix("DOCX: ")
        if name in carried:
            yield Case(f"ODT: {name}", functools.partial(_as_odt, case.make), case.hides)


def _as_odt(make: Callable[[], bytes]) -> bytes:
    return by_office(make(), "odt")


def _rtf_cases() -> Iterator[Case]:
    colours = "\\red255\\green255\\blue255;\\red16\\green32\\blue80;"
    head = f"{{\\rtf1\\ansi\\ansicpg950{{\\fonttbl{{\\f0\\fcharset136 x;}}}}{{\\colortbl;{colours}}}"

    def file(before: str, after: str = "") -> Callable[[], bytes]:
        escaped = [f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in SEEN + UNSEEN]
        seen, unseen = "".join(escaped[: len(SEEN)]), "".join(escaped[len(SEEN) :])
        return f"{head}\\pard {seen}\\par {{{before} {unseen}{after}}}\\par}}".encode

    yield Case("RTF: hidden", file("\\v"), hides=True)
    yield Case("RTF: white", file("\\cf1"), hides=True)
    yield Case("RTF: one point", file("\\fs2"), hides=True)
    yield Case("RTF: plain", file("\\b"), hides=False)
    yield Case("RTF: hidden switched off", file("\\v\\v0"), hides=False)
    yield Case("RTF: white on navy", file("\\cf1\\chcbpat2"), hides=False)


def _text_cases() -> Iterator[Case]:
    tags = "".join(chr(0xE0000 + ord(c)) for c in "smuggled")
    cut = "\u200b".join(UNSEEN)
    yield Case("TXT: zero-width cuts", f"{SEEN}\n{cut}".encode, hides=False)
    yield Case("TXT: tag characters", f"{SEEN}{tags}".encode, hides=True, unseen="smuggled")
    yield Case("TXT: byte order mark inside", f"{SEEN}\n\ufeff{UNSEEN}".encode, hides=False)
    yield Case("TXT: family emoji", f"{SEEN}\n👩\u200d💻{UNSEEN}".encode, hides=False)


def scan_with_layer() -> bytes:
    """What scanners make: a picture of `SEEN`, and the same words unseen over it."""
    from PIL import ImageDraw, ImageFont

    page = Image.new("RGB", (1654, 600), "white")
    draw = ImageDraw.Draw(page)
    draw.text((150, 150), SEEN, font=ImageFont.truetype(font_file(), 40), fill="black")
    pdf = FPDF(format=(210, 76))
    pdf.add_page()
    pdf.add_font("han", fname=font_file())
    pdf.set_font("han", size=14)
    pdf.image(io.BytesIO(saved(page, "PNG")), x=0, y=0, w=210)
    pdf._out("3 Tr")
    pdf.text(19, 24, SEEN)
    return bytes(pdf.output())
