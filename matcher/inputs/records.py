"""What the kinds of table files have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """A row by its ``number``: its cells in the columns asked for, or the ``problem`` for which it has none.

    With a problem, ``text`` is what the row holds, as far as it is known.
    """

    number: int
    text: object = None
    name: object = None
    problem: str = ""


class TableFile(Protocol):
    """A kind of table file. Its methods raise what reading and decoding raise."""

    def columns(self, wanted: str | None) -> list[str]:
        """The names of its columns; ``wanted`` is one that is thought to be among them."""
        ...

    def records(self, text: str, name: str | None) -> Iterator[Record]:
        """Its rows, with their cells in these columns."""
        ...
