"""What a batch is made of: places that hold a document each, and what became of them."""

from typing import Protocol

import msgspec

from matcher.reading.limits import Limits
from matcher.reading.names import clean_name
from matcher.scoring.report import Report

TRANSIENT = frozenset({"timeout", "memory", "crash", "unreachable"})
"""Codes of errors that may be gone the next time: such a source is tried again by the next run."""


class Source(Protocol):
    """A place with content to score. It can be pickled, and is small: a file's content is loaded when needed.

    ``key`` names the place, the same in every run; ``name`` is how a recruiter knows it; ``stamp`` changes
    when the content does, and is known without reading it.
    """

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def stamp(self) -> str: ...

    def load(self, limits: Limits) -> bytes:
        """The content.

        Raises:
            ReadingError: it is too large by ``limits``, empty, or cannot be reached.
        """
        ...


class Entry(msgspec.Struct, frozen=True):
    """What became of one document: its report and text, or the code and reason of why there is none.

    ``part`` is its name inside its source, empty for the source itself: the files in a ZIP are parts.
    ``same`` is equal for documents that say the same, whatever their format (`matcher.batch.same`).
    """

    part: str
    report: Report | None = None
    text: str = ""
    same: str = ""
    error: str | None = None
    reason: str | None = None


def entry_name(source: str, entry: Entry) -> str:
    """How a recruiter knows the document of an entry; ``source`` is the name of its source."""
    return clean_name(f"{source}/{entry.part}") if entry.part else source
