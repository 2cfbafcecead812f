"""DOCX → text in reading order: headers, body with tables and text boxes, footers, notes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from lxml import etree

from matcher.reading.archive import Archive
from matcher.reading.document import Why
from matcher.reading.docx_looks import Ground, Looks
from matcher.reading.docx_shapes import Shapes, fills
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.sink import Sink
from matcher.reading.xml import attribute, child, local, parse_xml

# What was deleted, what reads ruby, and what the eye is not shown: instructions of fields, the marks of Word.
_PASSED_OVER = frozenset(
    (
        *("del", "moveFrom", "instrText", "delText", "rt", "AlternateContent", "drawing", "pict", "object"),
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"),
    )
)
_RULES = frozenset(("separator", "continuationSeparator"))  # the lines above footnotes
_WINGDINGS = {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●", 0xD8: "➢"}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, limits: Limits) -> Draft:
    """What a DOCX shows, and what it hides.

    Raises:
        ReadingError: ``malformed`` for a package without a body, and what `Archive` and `parse_xml` raise.
    """
    package = _Package(Archive(data, limits))
    body = package.part(package.main)
    styles = next(package.parts(("styles",)), None)
    if body is None:
        raise ReadingError("malformed", "這個 DOCX 沒有正文，請用 Word 重新存檔後再試。")
    sink, looks = Sink(limits), Looks(styles)
    around = package.parts(("footnotes", "endnotes")), package.parts(("footer",))
    for part in chain(package.parts(("header",)), (body,), *around):
        _Walker(part, looks, sink).walk()
    return Draft((sink.text(),), hidden=sink.hidden())


class _Package:
    """The parts of a DOCX and how they refer to one another."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        mains = self._targets("_rels/.rels", ("officeDocument",), "")
        self.main = next(iter(mains), "word/document.xml")
        self._folder, _, name = self.main.rpartition("/")
        self._relations = f"{self._folder}/_rels/{name}.rels".lstrip("/")

    def part(self, name: str) -> etree._Element | None:
        """A part by its name, parsed, or None."""
        return parse_xml(self._archive.read(name)) if name in self._archive.names else None

    def parts(self, kinds: tuple[str, ...]) -> Iterator[etree._Element]:
        """The parts that the body refers to as one of ``kinds``; each text once, in however many sections."""
        seen = set()
        for name in self._targets(self._relations, kinds, self._folder):
            root = self.part(name)
            if root is not None and (text := "".join(map(str, root.itertext()))) not in seen:
                seen.add(text)
                yield root

    def _targets(self, relations: str, kinds: tuple[str, ...], folder: str) -> tuple[str, ...]:
        root = self.part(relations)
        found = []
        for relation in root if root is not None else ():
            target = attribute(relation, "Target") or ""
            if (attribute(relation, "Type") or "").rpartition("/")[2] in kinds:
                found.append(
                    target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                )
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for the text below an element: its paragraph, its ground, and what hides it from outside."""

    ground: Ground
    paragraph: etree._Element | None = None
    hidden: Why | None = None


class _Walker:
    def __init__(self, root: etree._Element, looks: Looks, sink: Sink) -> None:
        self._root, self._looks, self._sink = root, looks, sink
        self._shapes = Shapes(root)

    def walk(self) -> None:
        ground = Ground(None) if self._shapes.filled else Ground()
        self._children(self._root, _Place(ground))
        self._sink.end_line()

    def _children(self, element: etree._Element, place: _Place) -> None:
        for inner in element:
            self._element(inner, place)

    def _element(self, element: etree._Element, place: _Place) -> None:
        name = local(element)
        if name == "p":
            self._paragraph(element, place)
        elif name == "tbl":
            self._table(element, place)
        elif name == "r":
            self._run(element, place)
        elif name == "t" and "math" in element.tag:
            self._sink.add(element.text or "", place.hidden)
        elif name in ("footnote", "endnote") and attribute(element, "type") in _RULES:
            return
        elif name not in _PASSED_OVER:
            self._children(element, place)

    def _paragraph(self, paragraph: etree._Element, place: _Place) -> None:
        properties = child(paragraph, "pPr")
        place = replace(place, paragraph=properties)
        if place.hidden is None and self._shapes.outside(properties):
            place = replace(place, hidden="off_page")
        self._sink.end_line()
        self._children(paragraph, place)
        self._sink.end_line()
        for drawing in _drawings(paragraph):
            self._drawing(drawing, place)

    def _run(self, run: etree._Element, place: _Place) -> None:
        why = place.hidden or self._looks.why(child(run, "rPr"), place.paragraph, place.ground)
        for piece in run:
            name = local(piece)
            if name == "t":
                self._sink.add(piece.text or "", why)
            elif name in _CHARACTERS:
                self._sink.add(_CHARACTERS[name], why)
            elif name == "sym":
                self._sink.add(_symbol(piece), why)
            elif name not in _PASSED_OVER:
                self._children(piece, place)

    def _table(self, table: etree._Element, place: _Place) -> None:
        properties = child(table, "tblPr")
        if self._looks.shades(attribute(child(properties, "tblStyle"), "val")):
            place = replace(place, ground=Ground(None))
        place = replace(place, ground=place.ground.under(properties))
        for row in _below(table, "tr"):
            cells = list(_below(row, "tc"))
            # Cells of several paragraphs are columns of a layout, and each is read to its end.
            in_line = all(sum(1 for _ in _below(cell, "p")) <= 1 for cell in cells)
            self._sink.end_line()
            for number, cell in enumerate(cells):
                inside = replace(place, ground=place.ground.under(child(cell, "tcPr")))
                if in_line and number:
                    self._sink.end_cell()
                self._cell(cell, inside, in_line=in_line)
            self._sink.end_line()

    def _cell(self, cell: etree._Element, place: _Place, *, in_line: bool) -> None:
        paragraph = next(_below(cell, "p"), None)
        if not in_line or paragraph is None or any(local(inner) == "tbl" for inner in cell):
            self._children(cell, place)
            return
        self._children(paragraph, replace(place, paragraph=child(paragraph, "pPr")))
        for drawing in _drawings(paragraph):
            self._drawing(drawing, place)

    def _drawing(self, drawing: etree._Element, place: _Place) -> None:
        anchor = child(drawing, "anchor")
        if place.hidden is None and anchor is not None and (hidden := self._shapes.hides(anchor)):
            place = replace(place, hidden=hidden)
        if fills(drawing) or place.ground.colour is None:
            place = replace(place, ground=Ground(None))
        for content in _boxes(drawing):
            self._children(content, place)


def _drawings(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The drawings of a paragraph itself. Word writes each twice, for new readers and for old."""
    for inner in paragraph:
        name = local(inner)
        if name == "AlternateContent":
            choices = [
                option for option in inner if any(local(part) == "txbxContent" for part in option.iter())
            ]
            yield from _drawings(choices[0]) if choices else ()
        elif name in ("drawing", "pict"):
            yield inner
        elif name not in ("txbxContent", "pPr", "rPr", "del"):
            yield from _drawings(inner)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing; boxes inside their paragraphs are found there."""
    for inner in element:
        if local(inner) == "txbxContent":
            yield inner
        else:
            yield from _boxes(inner)


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, those inside content controls and tracked insertions included."""
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _below(inner, name)


def _symbol(symbol: etree._Element) -> str:
    """A character of a symbol font: ticks and bullets are known, the rest are ornaments."""
    try:
        code = int(attribute(symbol, "char") or "", 16)
    except ValueError:
        return ""
    return _WINGDINGS.get(code & 0xFF, "") if "wing" in (attribute(symbol, "font") or "").lower() else ""
