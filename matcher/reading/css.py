"""What CSS makes of a web page's text: whether the eye sees it, and where its lines end."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import cssselect2
import tinycss2
from lxml import etree
from tinycss2.color4 import parse_color

from matcher.reading.document import Why

_Colour = tuple[float, float, float]

_BLOCK_DISPLAYS = {"block", "flex", "grid", "list-item", "table", "table-row", "flow-root"}
_PRINT_ONLY = re.compile(r"^\s*(?:only\s+)?(?:print|speech)\b")
_LENGTH = re.compile(r"(-?[0-9.]+)\s*(px|pt|em|rem|%|cm|mm|in|vw|vh|ch)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0}
_PIXELS |= {"vw": 12.0, "vh": 8.0, "ch": 8.0}
_TINY = 2 * 4 / 3  # 2 pt, in pixels
_FAR = -200.0  # pixels to the left or above: nothing of it is left to see
_FAINT = 0.06  # of 1, in any channel: less cannot be told from the background
_NO_CONTENT = {"0", "1px", "0px", "0%", "0em"}


@dataclass(frozen=True, slots=True)
class Look:
    """How an element's text looks. ``size`` is in CSS pixels; ``background`` is None over a picture."""

    hidden: Why | None = None
    shown: bool = True  # CSS visibility, which a child may switch on again
    colour: _Colour = (0.0, 0.0, 0.0)
    alpha: float = 1.0
    background: _Colour | None = (1.0, 1.0, 1.0)
    size: float = 16.0
    block: bool = False
    preformatted: bool = False

    @property
    def why(self) -> Why | None:
        """By what means text of this look is hidden, or None if it is seen."""
        if self.hidden or not self.shown:
            return self.hidden or "display_none"
        if self.size < _TINY:
            return "tiny"
        if self.alpha < _FAINT or (
            self.background and max(map(_gap, self.colour, self.background)) * self.alpha < _FAINT
        ):
            return "white"
        return None

    def inside(self, style: Mapping[str, str], *, block: bool) -> "Look":
        """The look of an element of this style within this one."""
        display = style.get("display", "")
        look = replace(
            self,
            hidden=self.hidden or _removed(style),
            shown=self.shown if "visibility" not in style else style["visibility"] == "visible",
            size=_size(style.get("font-size", ""), self.size),
            block=display in _BLOCK_DISPLAYS if display and display != "none" else block,
            preformatted=style["white-space"].startswith(("pre", "break-spaces"))
            if "white-space" in style
            else self.preformatted,
        )
        if "background-image" in style or "url(" in style.get("background", ""):
            look = replace(look, background=None)
        for name in ("background", "background-color"):
            rgba = _colour_in(style.get(name, ""))
            if rgba and rgba[3] > 0.5:
                look = replace(look, background=rgba[:3])
        rgba = _colour_in(style.get("color", ""))
        return replace(look, colour=rgba[:3], alpha=rgba[3]) if rgba else look


class Styles:
    """The style sheets inside a page. Sheets that it links to are not part of the file."""

    def __init__(self, root: etree._Element, sheets: Iterable[str]) -> None:
        matcher = cssselect2.Matcher()
        for sheet in sheets:
            _add(matcher, tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
        self._styles: dict[etree._Element, dict[str, str]] = {}
        for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
            pairs = [
                pair for *_, pairs in sorted(matcher.match(wrapper), key=lambda m: m[:2]) for pair in pairs
            ]
            pairs += _declarations(tinycss2.parse_blocks_contents(wrapper.etree_element.get("style", "")))
            if pairs:
                pairs.sort(key=lambda pair: pair[2])  # what is !important comes last and wins
                self._styles[wrapper.etree_element] = {name: value for name, value, _ in pairs}

    def of(self, element: etree._Element) -> dict[str, str]:
        """The declarations that hold for an element, those of its old attributes included."""
        style = self._styles.get(element, {})
        if element.tag == "font" or element.get("bgcolor"):
            old = {"color": element.get("color"), "background-color": element.get("bgcolor")}
            return {**{name: value for name, value in old.items() if value}, **style}
        return style


def _add(matcher: Any, rules: Iterable[Any]) -> None:
    for rule in rules:
        if (
            rule.type == "at-rule"
            and rule.lower_at_keyword in ("media", "supports", "layer")
            and rule.content
        ):
            if not _PRINT_ONLY.match(tinycss2.serialize(rule.prelude)):
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                _add(matcher, inner)
        elif rule.type == "qualified-rule":
            declarations = _declarations(tinycss2.parse_blocks_contents(rule.content))
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, declarations)


def _declarations(nodes: Iterable[Any]) -> list[tuple[str, str, bool]]:
    return [
        (node.lower_name, tinycss2.serialize(node.value).strip().lower(), node.important)
        for node in nodes
        if node.type == "declaration"
    ]


def _removed(style: Mapping[str, str]) -> Why | None:
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return "display_none"
    if _number(style.get("opacity", "1")) < _FAINT or "scale(0" in style.get("transform", ""):
        return "display_none"
    if "hidden" in style.get("overflow", "") + style.get("overflow-y", "") and (
        style.get("height", style.get("max-height")) in _NO_CONTENT or style.get("width") in _NO_CONTENT
    ):
        return "display_none"
    positioned = style.get("position") in ("absolute", "fixed")
    if positioned and re.match(r"rect\((?:[01](?:px)?[, ]*){4}\)", style.get("clip", "")):
        return "display_none"
    far = ("text-indent", "margin-left", *(("left", "top") if positioned else ()))
    if any(_pixels(style.get(name, "0"), 16.0) <= _FAR for name in far):
        return "off_page"
    return None


def _size(value: str, parent: float) -> float:
    if value.endswith("%") or (value.endswith("em") and not value.endswith("rem")):
        return _number(value.rstrip("%em")) * parent / (100 if value.endswith("%") else 1)
    # Words such as «small» and formulas leave the size as it is.
    return _pixels(value, parent) if _LENGTH.fullmatch(value) else parent


def _pixels(value: str, relative: float) -> float:
    length = _LENGTH.match(value)
    if not length:
        return 0.0
    unit = relative / 100 if length[2] == "%" else _PIXELS.get(length[2] or "px", 1.0)
    return _number(length[1]) * unit


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 1.0


def _colour_in(value: str) -> tuple[float, float, float, float] | None:
    """The colour that a value names; in shorthands it stands among other words."""
    if not value:
        return None
    for token in tinycss2.parse_component_value_list(value):
        colour = parse_color(token) if token.type in ("hash", "ident", "function") else None
        if colour is not None and colour != "currentcolor":
            red, green, blue = colour.to("srgb").coordinates
            return red or 0.0, green or 0.0, blue or 0.0, colour.alpha
    return None


def _gap(left: float, right: float) -> float:
    return abs(left - right)
