"""What is known of a batch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from matcher.batch.entry import Entry

State = Literal["waiting", "working", "done"]

Content = bytes | str | Entry
"""A file of a batch: its content, a text to be scored as it is, or what has become of it already."""


class Erased(KeyError):  # noqa: N818 - no error: somebody wanted it so
    """What was looked for was erased meanwhile."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a batch is to be scored, and whose it is: ``key`` is empty on a service without keys.

    ``posting`` is a posting's name and entry. ``idempotency`` is the client's own name for the request,
    and ``request`` a digest of what it asks for. ``skipped`` files were passed over: programs had left them
    for themselves.
    """

    key: str
    standard: str
    masking: bool
    posting: tuple[str, Entry] | None = None
    idempotency: str | None = None
    request: str | None = None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch, and how far it is: of ``files``, ``done`` are scored; ``failed`` documents have no report.

    ``remaining`` are the seconds that the rest will take at the present rate, None where that is not known.
    """

    id: str
    order: Order
    created: datetime
    expires: datetime
    files: int
    done: int
    failed: int
    remaining: float | None

    @property
    def state(self) -> State:
        """``waiting`` before the first file is done, ``done`` after the last."""
        return "done" if self.done == self.files else "working" if self.done else "waiting"


@dataclass(frozen=True, slots=True)
class FileState:
    """A file of a batch: its name as it may be shown, and how far it is."""

    place: int
    name: str
    state: State
    error: str | None
    reason: str | None
