"""Web pages and saved web pages → the text that a browser would show."""

import re

from lxml import etree
from lxml import html as parser

from matcher.reading.charset import decode
from matcher.reading.css import Look, Styles
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.sink import Sink
from matcher.reading.xml import check_memory

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_NO_TEXT = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "canvas"),
        *("audio", "video", "select", "button", "nav"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_UNREAD = Look()
_CELLS = frozenset(("td", "th"))
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_STRAY = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")


def parse_page(data: bytes) -> etree._Element:
    """The tree of a page in any charset, without comments.

    Raises:
        ReadingError: ``malformed`` for a page without any element.
    """
    declared = _CHARSET.search(data[:4096])
    return parse(decode(data, declared[1].decode() if declared else ""))


def parse(markup: str) -> etree._Element:
    """As `parse_page`, of text."""
    # lxml refuses text that declares an encoding; the text is decoded already.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    try:
        root: etree._Element = parser.document_fromstring(
            markup, parser.HTMLParser(huge_tree=True), ensure_head_body=True
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        raise ReadingError("malformed", "網頁裡沒有任何內容。") from error
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def page_text(root: etree._Element, limits: Limits) -> Draft:
    """What a browser shows of a page, and what its markup hides."""
    sheets = ["".join(map(str, style.itertext())) for style in root.iter("style")]
    sink = Sink(limits)
    _walk(root, Look(), Styles(root, sheets), sink)
    return Draft((_tidy(sink.text()),), hidden=sink.hidden())


def _walk(root: etree._Element, look: Look, styles: Styles, sink: Sink) -> None:
    """Go through the tree in document order; by a stack, as pages may nest deeper than Python calls."""
    waiting: list[tuple[etree._Element, Look, Look | None]] = [(root, look, None)]
    while waiting:
        element, around, inside = waiting.pop()
        if inside is None:
            inside = _open(element, around, styles, sink)
            waiting.append((element, around, inside or _UNREAD))
            if inside is not None:
                waiting += [(child, inside, None) for child in reversed(element)]
            continue
        if inside.block and inside is not _UNREAD:
            sink.end_line()
        if element is not root:
            _add(element.tail, around, sink)


def _open(element: etree._Element, around: Look, styles: Styles, sink: Sink) -> Look | None:
    """Begin an element; the look inside it, or None if nothing in it is text of the page."""
    tag = element.tag
    if tag in _NO_TEXT or not isinstance(tag, str):
        return None
    if tag == "br":
        sink.add("\n")
        return None
    style = styles.of(element)
    if element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None):
        style = {"display": "none", **style}
    if tag in ("pre", "textarea"):
        style = {"white-space": "pre", **style}
    look = around.inside(style, block=tag in _BLOCKS)
    if look.block:
        sink.end_line()
    elif tag in _CELLS:
        sink.end_cell()
    _add(element.text, look, sink)
    return look


def _add(text: str | None, look: Look, sink: Sink) -> None:
    if text:
        sink.add(text if look.preformatted else _BLANKS.sub(" ", _STRAY.sub("", text)), look.why)


def _tidy(text: str) -> str:
    """Blanks as a browser collapses them, across the borders of elements."""
    text = re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ \t]*\n[ \t]*", "\n", text))
    return re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)
