"""A document as it is sent for a batch."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from matcher.inputs.selection import left_behind

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A document: its name, as it may be shown, and a text, or a file that is open for reading."""

    name: str
    content: BinaryIO | str

    @property
    def left_behind(self) -> bool:
        """Whether it is a file that a program left for itself, which nobody meant to send."""
        return not isinstance(self.content, str) and left_behind(self.name) is not None

    @property
    def size(self) -> int:
        """Bytes of the file, or of the text in UTF-8."""
        if isinstance(self.content, str):
            return len(self.content.encode())
        return self.content.seek(0, os.SEEK_END)

    def load(self) -> tuple[bytes, str]:
        """All of the content, and the name."""
        if isinstance(self.content, str):
            return self.content.encode(), self.name
        self.content.seek(0)
        return self.content.read(), self.name

    def pieces(self) -> Iterator[bytes]:
        """The content in pieces, so that a large file is never in memory whole."""
        if isinstance(self.content, str):
            yield self.content.encode()
            return
        self.content.seek(0)
        while piece := self.content.read(_PIECE):
            yield piece
