"""How text in an ODT looks: by its styles, and what lies under it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from matcher.reading.document import Why
from matcher.reading.xml import attribute, local

_FAINT = 15  # of 255
_TINY = 2.0  # points
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for the text below an element. ``ground`` is None over shapes and pictures."""

    hidden: Why | None = None
    colour: str = "#000000"
    ground: str | None = "#ffffff"
    size: float = 12.0

    @property
    def why(self) -> Why | None:
        if self.hidden:
            return self.hidden
        if self.size < _TINY:
            return "tiny"
        return "white" if self.ground and _alike(self.colour, self.ground) else None


class Styles:
    """The styles of a document, automatic and named, by family and name."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        for root in roots:
            for element in root.iter() if root is not None else ():
                if local(element) in ("style", "default-style"):
                    family = attribute(element, "family") or ""
                    self._styles[family, attribute(element, "name") or ""] = element

    def apply(self, look: Look, family: str, name: str | None) -> Look:
        """``look`` once the style of that name, and what it is based on, is laid on."""
        for style in reversed(list(self._chain(family, name))):
            for properties in style:
                look = _lay(look, properties)
        return look

    def _chain(self, family: str, name: str | None) -> Iterator[etree._Element]:
        seen = set()
        while name and name not in seen and (family, name) in self._styles:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = attribute(style, "parent-style-name")


def _lay(look: Look, properties: etree._Element) -> Look:
    get = {str(key).rpartition("}")[2]: str(value) for key, value in properties.items()}
    if get.get("display") == "none":
        look = replace(look, hidden="vanish")
    elif get.get("display") == "true" and look.hidden == "vanish":
        look = replace(look, hidden=None)
    if _is_colour(get.get("background-color", "")):
        look = replace(look, ground=get["background-color"])
    if get.get("fill") in ("gradient", "bitmap", "hatch") or (
        local(properties) == "background-image" and get
    ):
        look = replace(look, ground=None)
    elif get.get("fill") == "solid" and _is_colour(get.get("fill-color", "")):
        look = replace(look, ground=get["fill-color"])
    if _is_colour(get.get("color", "")):
        look = replace(look, colour=get["color"])
    elif get.get("use-window-font-color") == "true":
        dark = look.ground is not None and sum(_channels(look.ground)) < 150
        look = replace(look, colour="#ffffff" if dark else "#000000")
    size = get.get("font-size", "")
    if size.endswith("%"):
        return replace(look, size=look.size * (_float(size[:-1]) or 100.0) / 100)
    return replace(look, size=points(size) or look.size)


def points(length: str) -> float | None:
    """A length such as «2.5cm» in points, or None."""
    number = _float(length[:-2])
    return None if number is None or length[-2:] not in _POINTS else number * _POINTS[length[-2:]]


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])


def _alike(one: str, other: str) -> bool:
    return all(abs(a - b) <= _FAINT for a, b in zip(_channels(one), _channels(other), strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
