"""ODT → text in reading order: page header, body with tables and frames, page footer."""

import re
from dataclasses import replace

from lxml import etree

from matcher.reading.archive import Archive
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.odt_looks import Look, Styles, points
from matcher.reading.sink import Sink
from matcher.reading.xml import attribute, child, local, parse_xml

_PASSED_OVER = frozenset(
    (
        *("annotation", "annotation-end", "tracked-changes", "sequence-decls", "variable-decls"),
        *("user-field-decls", "forms", "ruby-text", "desc", "title", "note-citation"),
    )
)
_INLINE = frozenset(("p", "h", "span", "a"))
_BLANKS = re.compile(r"[ \t\r\n]+")
_PAGE = 842.0  # points: A4's longer side


def read_odt(data: bytes, limits: Limits) -> Draft:
    """What an ODT shows, and what it hides.

    Raises:
        ReadingError: ``encrypted``; ``malformed`` for a package without a body.
    """
    archive = Archive(data, limits)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise ReadingError("encrypted", "這個 ODT 有密碼保護，請移除密碼後再試。")
    content, named = (
        parse_xml(archive.read(n)) if n in archive.names else None for n in ("content.xml", "styles.xml")
    )
    body = child(content, "body", "text")
    if body is None:
        raise ReadingError("malformed", "這個 ODT 沒有正文，請用文書軟體重新存檔後再試。")
    sink, styles = Sink(limits), Styles(named, content)
    look = styles.apply(Look(), "paragraph", "Standard")
    for part in (*_pages(named, "header"), body, *_pages(named, "footer")):
        _walk(part, look, styles, sink)
        sink.end_line()
    return Draft((sink.text(),), hidden=sink.hidden())


def _pages(styles: etree._Element | None, name: str) -> list[etree._Element]:
    masters = child(styles, "master-styles")
    return [
        part for master in (masters if masters is not None else ()) for part in master if local(part) == name
    ]


def _walk(element: etree._Element, look: Look, styles: Styles, sink: Sink) -> None:
    _add(element.text, element, look, sink)
    for inner in element:
        _element(inner, look, styles, sink)
        _add(inner.tail, element, look, sink)


def _element(element: etree._Element, look: Look, styles: Styles, sink: Sink) -> None:
    name = local(element)
    if name in _PASSED_OVER:
        return
    style = attribute(element, "style-name")
    if name == "s":
        sink.add(" " * min(_count(element), 200), look.why)
    elif name in ("tab", "line-break"):
        sink.add("\t" if name == "tab" else "\n", look.why)
    elif name in ("p", "h"):
        sink.end_line()
        _walk(element, styles.apply(look, "paragraph", style), styles, sink)
        sink.end_line()
    elif name == "span":
        _walk(element, styles.apply(look, "text", style), styles, sink)
    elif name == "table-row":
        _row(element, look, styles, sink)
    elif name == "frame" or name == "custom-shape":
        sink.end_line()
        _walk(element, _framed(element, styles.apply(look, "graphic", style)), styles, sink)
        sink.end_line()
    elif name in ("section", "hidden-text", "hidden-paragraph", "note"):
        hidden = attribute(element, "display") == "none" or name.startswith("hidden")
        _walk(element, replace(look, hidden="vanish") if hidden else look, styles, sink)
    else:
        _walk(element, look, styles, sink)


def _row(row: etree._Element, look: Look, styles: Styles, sink: Sink) -> None:
    cells = [cell for cell in row if local(cell) == "table-cell"]
    # Cells of several paragraphs are columns of a layout, and each is read to its end.
    in_line = all(len(cell) <= 1 and all(local(inner) == "p" for inner in cell) for cell in cells)
    sink.end_line()
    for number, cell in enumerate(cells):
        inside = styles.apply(look, "table-cell", attribute(cell, "style-name"))
        if in_line and number:
            sink.end_cell()
        for inner in cell:
            if in_line:
                _walk(inner, styles.apply(inside, "paragraph", attribute(inner, "style-name")), styles, sink)
            else:
                _element(inner, inside, styles, sink)
    sink.end_line()


def _framed(frame: etree._Element, look: Look) -> Look:
    """The look inside a frame: out of sight if it lies off the page."""
    places = [points(attribute(frame, side) or "") for side in ("x", "y")]
    if any(place is not None and not -_PAGE / 4 < place < _PAGE for place in places):
        return replace(look, hidden=look.hidden or "off_page")
    return look


def _add(text: str | None, element: etree._Element, look: Look, sink: Sink) -> None:
    """Text inside ``element``, with its blanks as ODF collapses them; between paragraphs there is none."""
    if text and (text.strip() or local(element) in _INLINE):
        sink.add(_BLANKS.sub(" ", text), look.why)


def _count(element: etree._Element) -> int:
    number = attribute(element, "c") or "1"
    return int(number) if number.isdecimal() else 1
