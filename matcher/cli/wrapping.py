"""Lines of Chinese on a terminal."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

# Latin words stay whole; punctuation that opens stays with what follows, that closes with what is before it.
_PIECE = re.compile(
    r"[!-~]+[，。、；：！？」』）】》〉…]*\s*|[「『（【《〈]*[^\s!-~][，。、；：！？」』）】》〉…]*\s*|.\s*",
    re.DOTALL,
)


class ChineseText(Text):
    """Text that breaks between any two Chinese characters, where Rich would break at spaces: it puts a code
    or a bullet on a line of its own and the sentence that belongs to it on the next."""

    def wrap(
        self,
        console: "Console",
        width: int,
        *,
        justify: "JustifyMethod | None" = None,
        overflow: "OverflowMethod | None" = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The lines of so many cells."""
        del console, justify, overflow, no_wrap  # in Rich's signature, and of no use here
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs(tab_size)
            parts = line.divide(_breaks(line.plain, max(width, 2)))
            for part in parts:
                part.rstrip()
            lines.extend(parts)
        return lines


def _breaks(line: str, width: int) -> Iterator[int]:
    """Where the second line begins, and those after it."""
    used = 0
    for at, piece in _pieces(line, width):
        if used + cell_len(piece.rstrip()) > width and used:
            yield at
            used = 0
        used += cell_len(piece)


def _pieces(line: str, width: int) -> Iterator[tuple[int, str]]:
    """What stays together, with where it begins; what is wider than a line falls apart."""
    for found in _PIECE.finditer(line):
        if cell_len(found[0].rstrip()) <= width:
            yield found.start(), found[0]
        else:
            yield from enumerate(found[0], found.start())
