"""How a DOCX run looks: its own properties, those of its styles, and what lies under it."""

from dataclasses import dataclass, replace

from lxml import etree

from matcher.reading.document import Why
from matcher.reading.xml import attribute, child, local

_TINY = 4  # half-points
_FAINT = 15  # of 255, in any channel: less cannot be told from the background
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What text lies on: a colour «RRGGBB», or None where a picture or a shape may lie under it."""

    colour: str | None = "FFFFFF"

    def under(self, properties: etree._Element | None) -> "Ground":
        """The ground once the shading in paragraph, cell or run properties is laid on."""
        fill = _fill(properties)
        return Ground(fill) if fill else self


@dataclass(frozen=True, slots=True)
class _Properties:
    """What one set of run properties says; None where it says nothing."""

    vanish: bool | None = None
    colour: str | None = None
    size: float | None = None
    fill: str | None = None

    def over(self, base: "_Properties") -> "_Properties":
        return _Properties(
            base.vanish if self.vanish is None else self.vanish,
            self.colour or base.colour,
            base.size if self.size is None else self.size,
            self.fill or base.fill,
        )


class Looks:
    """The styles of a DOCX."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, _Properties] = {}
        self._default_paragraph = ""
        for style in styles if styles is not None else ():
            name = attribute(style, "styleId")
            if local(style) == "style" and name:
                self._elements[name] = style
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                    self._default_paragraph = name
        self._defaults = _read(child(styles, "docDefaults", "rPrDefault", "rPr"))

    def why(self, run: etree._Element | None, paragraph: etree._Element | None, ground: Ground) -> Why | None:
        """By what means text with these run and paragraph properties is hidden, or None if it is seen."""
        of_paragraph = self._style(attribute(child(paragraph, "pStyle"), "val") or self._default_paragraph)
        of_run = self._style(attribute(child(run, "rStyle"), "val") or "")
        direct = _read(run)
        merged = direct.over(of_run).over(of_paragraph).over(self._defaults)
        vanish = direct.vanish
        if vanish is None:
            # A toggle: a character style that hides, inside a paragraph style that hides, shows again.
            vanish = bool(of_run.vanish) != bool(of_paragraph.vanish) or bool(self._defaults.vanish)
        if vanish:
            return "vanish"
        if merged.size is not None and merged.size < _TINY:
            return "tiny"
        colour = merged.colour or _black_or_white(merged.fill or ground.colour)
        under = merged.fill or ground.under(paragraph).colour
        return "white" if under and _alike(colour, under) else None

    def shades(self, table_style: str | None) -> bool:
        """Whether a table style lays colour under some of its cells."""
        style = self._elements.get(table_style or "")
        return style is not None and any(
            _fill(inner.getparent()) for inner in style.iter() if local(inner) == "shd"
        )

    def _style(self, name: str) -> _Properties:
        known = self._resolved.get(name)
        if known is not None:
            return known
        self._resolved[name] = _Properties()  # what a style based on itself inherits
        style = self._elements.get(name)
        if style is None:
            return _Properties()
        base = self._style(attribute(child(style, "basedOn"), "val") or "")
        paragraph = child(style, "pPr")
        own = _read(child(style, "rPr"))
        if own.fill is None:
            own = replace(own, fill=_fill(paragraph))
        self._resolved[name] = own.over(base)
        return self._resolved[name]


def _read(properties: etree._Element | None) -> _Properties:
    if properties is None:
        return _Properties()
    vanish = child(properties, "vanish")
    colour = (attribute(child(properties, "color"), "val") or "").upper()
    highlight = attribute(child(properties, "highlight"), "val")
    try:
        size = float(attribute(child(properties, "sz"), "val") or "")
    except ValueError:
        size = None
    return _Properties(
        None if vanish is None else attribute(vanish, "val") not in _OFF,
        colour if _is_colour(colour) else None,
        size,
        _highlight(highlight) or _fill(properties),
    )


def _fill(properties: etree._Element | None) -> str | None:
    fill = (attribute(child(properties, "shd"), "fill") or "").upper()
    return fill if _is_colour(fill) else None


def _highlight(name: str | None) -> str | None:
    """A marker's colour: white, or one that is not."""
    if name in (None, "none"):
        return None
    return "FFFFFF" if name == "white" else "808080"


def _black_or_white(ground: str | None) -> str:
    """Automatic text colour: Word writes white on dark."""
    return "FFFFFF" if ground and sum(_channels(ground)) < 150 else "000000"


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(character in "0123456789ABCDEF" for character in text)


def _alike(one: str, other: str) -> bool:
    return all(abs(a - b) <= _FAINT for a, b in zip(_channels(one), _channels(other), strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
