"""Where a DOCX lays text boxes and pictures, and what that hides or colours."""

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from matcher.reading.xml import attribute, child, local

_TWIP = 635  # EMU
_A4 = (11906 * _TWIP, 16838 * _TWIP)
_FILLS = frozenset(("solidFill", "gradFill", "blipFill", "pattFill"))


@dataclass(frozen=True, slots=True)
class Box:
    """A shape at a place on the page, in EMU; ``order`` rises from back to front."""

    left: int
    top: int
    right: int
    bottom: int
    origin: tuple[str, str]
    order: int

    def covers(self, other: "Box") -> bool:
        """Whether this shape lies over the other and hides all of it; places of unlike origin say nothing."""
        return (
            self.origin == other.origin
            and self.order > other.order
            and self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


class Shapes:
    """The pictures of a document, its page, and whether filled shapes lie under its text."""

    def __init__(self, root: etree._Element) -> None:
        self._page = _A4
        self._pictures: list[Box] = []
        self.filled = child(root, "background") is not None
        for element in root.iter():
            name = local(element)
            if name == "pgSz":
                self._page = (
                    _number(element, "w") * _TWIP or _A4[0],
                    _number(element, "h") * _TWIP or _A4[1],
                )
            elif name == "anchor":
                box = _box(element)
                if box and any(local(inner) == "pic" for inner in element.iter()):
                    self._pictures.append(box)
                self.filled = self.filled or (attribute(element, "behindDoc") == "1" and fills(element))

    def hides(self, anchor: etree._Element) -> Literal["off_page", "behind_image"] | None:
        """By what means an anchored text box is out of sight, or None."""
        box = _box(anchor)
        if box is None:
            return None
        width, height = self._page
        # Where it starts is counted from the margin at the most, which lies inside the page.
        if box.right <= -width // 4 or box.bottom <= -height // 4 or box.left >= width or box.top >= height:
            return "off_page"
        return "behind_image" if any(picture.covers(box) for picture in self._pictures) else None

    def outside(self, properties: etree._Element | None) -> bool:
        """Whether paragraph properties push the text off the page: by indent or as a frame."""
        indent, frame = child(properties, "ind"), child(properties, "framePr")
        width, height = self._page
        starts = [_number(indent, name) * _TWIP for name in ("left", "start")]
        starts.append(_number(frame, "x") * _TWIP)
        return any(start >= width or start <= -width // 2 for start in starts) or (
            not -height // 2 < _number(frame, "y") * _TWIP < height
        )


def fills(shape: etree._Element) -> bool:
    """Whether a shape paints what lies under its text: with a colour, a gradient or a picture."""
    for element in shape.iter():
        if local(element) == "spPr" and any(local(inner) in _FILLS for inner in element):
            return True
        if local(element) in ("pic", "imagedata") or attribute(element, "fillcolor") not in (
            None,
            "white",
            "#fff",
        ):
            return True
    return False


def _box(anchor: etree._Element) -> Box | None:
    across, down = child(anchor, "positionH"), child(anchor, "positionV")
    left, top = _offset(across), _offset(down)
    extent = child(anchor, "extent")
    if left is None or top is None:
        return None
    origin = (attribute(across, "relativeFrom") or "", attribute(down, "relativeFrom") or "")
    order = _number(anchor, "relativeHeight") - (1 << 40 if attribute(anchor, "behindDoc") == "1" else 0)
    return Box(left, top, left + _number(extent, "cx"), top + _number(extent, "cy"), origin, order)


def _offset(position: etree._Element | None) -> int | None:
    offset = child(position, "posOffset")
    try:
        return int(offset.text or "") if offset is not None else None
    except ValueError:
        return None


def _number(element: etree._Element | None, name: str) -> int:
    try:
        return int(attribute(element, name) or 0)
    except ValueError:
        return 0
