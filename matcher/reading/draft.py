"""What a format's reader hands over, and how it becomes a `Document`."""

import re
from dataclasses import dataclass

from matcher.reading.document import Document, HiddenText, Kind, Notice
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.script import script_of
from matcher.reading.zero_width import take_out

_LINE_END = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls show nothing, U+FFFC stands for a picture, and broken files hold noncharacters and lone surrogates.
_UNSHOWN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffc\ufffe\uffff\ud800-\udfff]+"
)
_TRAILING = re.compile(r"[ \t\u3000]+(?=\n)")
_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as its format's reader found it.

    A page's text carries the line end before the next page, or none where a sentence runs on.
    """

    pages: tuple[str, ...]
    hidden: tuple[HiddenText, ...] = ()
    warnings: tuple[Notice, ...] = ()
    kind: Kind | None = None


def finish(draft: Draft, name: str, media_type: str, limits: Limits) -> Document:
    """Tidy a draft: one kind of line end, no characters that show nothing, no trailing blanks.

    Raises:
        ReadingError: ``empty`` where nothing is left to see, ``too_large`` over ``limits.text_characters``.
    """
    hidden = list(draft.hidden)
    pages, spans = [], []
    length = 0
    for page in draft.pages:
        tidy, found = take_out(_tidy(page, first=length == 0))
        hidden += found
        pages.append(tidy)
        spans.append((length, length + len(tidy)))
        length += len(tidy)
    text = "".join(pages)
    total = length + sum(len(piece.text) for piece in hidden)
    if total > limits.text_characters:
        raise ReadingError(
            "too_large", f"一個檔最多讀 {limits.text_characters:,} 字，這個檔有 {total:,} 字，請拆開再試。"
        )
    text = text.rstrip()
    if not text:
        raise ReadingError("empty", _nothing_to_see(hidden))
    ends = tuple((min(start, len(text)), min(end, len(text))) for start, end in spans)
    return Document(text, name, media_type, script_of(text), ends, tuple(hidden), draft.warnings, draft.kind)


def _tidy(page: str, *, first: bool) -> str:
    text = _UNSHOWN.sub("", _LINE_END.sub("\n", page)).replace("\xa0", " ")
    text = _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", text))
    return text.lstrip("\n \t\ufeff") if first else text


def _nothing_to_see(hidden: list[HiddenText]) -> str:
    if hidden:
        return f"此檔只有 {len(hidden)} 處看不見的文字，沒有看得見的內容。"
    return "檔案裡沒有文字。"
