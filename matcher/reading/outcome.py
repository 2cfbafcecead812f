"""What goes to a worker and what comes back from it."""

from dataclasses import dataclass

from matcher.reading.document import Document
from matcher.reading.errors import Code


@dataclass(frozen=True, slots=True)
class ReadingFailure:
    """A file that gave no text: ``code`` is one of a fixed list, ``message`` a sentence in Chinese."""

    name: str
    code: Code
    message: str


Result = Document | ReadingFailure


@dataclass(frozen=True, slots=True)
class Row:
    """The result of one file. ``index`` is the place of the input it came from, counted from 0: the
    files in a ZIP are rows of one input."""

    index: int
    result: Result


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read: its path or content, its shown name, and how many containers it lies in."""

    source: str | bytes
    name: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveParts:
    """A ZIP, unpacked: its files lie in ``folder``, as ``jobs`` say, and are rows of their own."""

    name: str
    jobs: tuple[Job | ReadingFailure, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class MailParts:
    """A mail, taken apart: what its attachments hold is to be joined to its subject and body."""

    name: str
    subject: str
    body: Document | None
    jobs: tuple[Job | ReadingFailure, ...]
    folder: str


Outcome = Document | ReadingFailure | ArchiveParts | MailParts
