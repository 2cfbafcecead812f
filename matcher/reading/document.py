"""What reading gives: the text that the eye sees, and what it does not see."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["resume", "posting"]
Script = Literal["traditional", "simplified", "latin", "unknown"]
Why = Literal[
    "white",  # the colour of its background
    "tiny",  # under 2 pt
    "off_page",
    "behind_image",  # covered by a picture or a filled shape
    "invisible_mode",  # PDF render mode 3 and clipped text
    "vanish",  # hidden text of word processors
    "display_none",  # CSS that shows nothing
    "zero_width",
]


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that the file holds and does not show, and by what means it is hidden."""

    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of a report should know; ``message`` is in Traditional Chinese."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read.

    ``text`` is what the eye sees; ``hidden`` is not part of it. ``pages`` are the pages' places in
    ``text`` in code points, end exclusive; formats without pages have one. ``kind`` is known for JSON
    Resume and schema.org JobPosting only.
    """

    text: str
    name: str
    media_type: str
    script: Script
    pages: tuple[tuple[int, int], ...]
    hidden: tuple[HiddenText, ...] = ()
    warnings: tuple[Notice, ...] = ()
    kind: Kind | None = None
