"""Cells that hold several coded entries («K01… K02…»), and entries that run over a page break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.icap.errors import StandardFormatError
from matcher.icap.forms import ANY_CODE, CODE, CODE_EXAMPLE
from matcher.icap.rows import join, unfold

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Entry:
    """A code with its text (empty where it is only referred to) and the line it began on.

    `joined` tells that the text was put together from the two sides of a page break.
    """

    code: str
    text: str
    line: int
    joined: bool = False


class Column:
    """The entries of one column, fed cell by cell; text before the first code continues the last entry."""

    def __init__(self, name: str) -> None:
        """`name` is one of 主要職責, 工作任務, 工作產出, 行為指標, 知識, 技能, 態度."""
        self.name = name
        self.entries: list[Entry] = []

    def add(self, cell: str, line: int) -> list[Entry]:
        """Take in a cell and return the entries that begin in it.

        StandardFormatError for text that continues nothing, or a code of another column or seen before.
        """
        rest, *coded = CODE[self.name].split(unfold(cell))
        if rest.strip():
            self._continue(rest.strip(), line)
        pairs = zip(coded[::2], coded[1::2], strict=True)
        begun = [Entry(code, text.strip(" \t\u3000：:"), line) for code, text in pairs]
        for entry in begun:
            earlier = next((known for known in self.entries if known.code == entry.code), None)
            if earlier:
                raise StandardFormatError(
                    f"{self.name}代碼 {entry.code} 重複：第 {earlier.line} 行已有。", line
                )
            self.entries.append(entry)
        return begun

    def _continue(self, rest: str, line: int) -> None:
        if ANY_CODE.match(rest) or not self.entries:
            raise StandardFormatError(
                f"「{self.name}」應以代碼開頭（如 {CODE_EXAMPLE[self.name]}），讀到「{rest[:40]}」。",
                line,
            )
        last = self.entries[-1]
        self.entries[-1] = Entry(last.code, join(last.text, rest), last.line, joined=True)


def check_sequence(entries: Sequence[Entry], prefix: str, width: int = 1) -> None:
    """StandardFormatError unless the codes are `prefix` with 1, 2, 3, … in this order (`width` digits)."""
    for number, entry in enumerate(entries, 1):
        expected = f"{prefix}{number:0{width}}"
        if entry.code != expected:
            raise StandardFormatError(f"代碼應依序編號：這裡應是 {expected}，讀到 {entry.code}。", entry.line)


def check_texts(entries: Sequence[Entry]) -> None:
    """StandardFormatError if an entry has a code only."""
    for entry in entries:
        if not entry.text:
            raise StandardFormatError(f"{entry.code} 只有代碼，沒有文字。", entry.line)


def agree(mentions: Sequence[Entry]) -> Entry:
    """The one entry that all mentions of a code stand for.

    Mentions with no text only refer to it. The wording of a mention that no page break parted is preferred.
    StandardFormatError if no mention has a text, or two texts differ by more than spaces.
    """
    texts = sorted((mention for mention in mentions if mention.text), key=lambda mention: mention.joined)
    if not texts:
        raise StandardFormatError(f"{mentions[0].code} 只有代碼，全文沒有它的文字。", mentions[0].line)
    best = texts[0]
    for other in texts[1:]:
        if _SPACE.sub("", other.text) != _SPACE.sub("", best.text):
            raise StandardFormatError(
                f"{other.code} 有兩種文字：「{other.text}」與「{best.text}」（第 {best.line} 行）。",
                other.line,
            )
    return best
