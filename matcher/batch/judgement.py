"""What a recruiter says of what the machine found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from matcher.scoring.report import Evidence, Status

Verdict = Status | Literal["confirmed", "rejected"]
"""Of an item the status that the recruiter sees, of a sentence whether it speaks for the item."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A recruiter's word on an item of a document, or on one sentence that was found for it.

    ``verdict`` is None for a note alone. ``start`` and ``end`` are the sentence's span in the text (code
    points, end exclusive), None where the item itself is judged.
    """

    item: str
    verdict: Verdict | None
    note: str
    made: datetime
    start: int | None = None
    end: int | None = None

    @property
    def of_sentence(self) -> bool:
        """Whether it is on one sentence alone."""
        return self.start is not None

    def is_of(self, item: str, evidence: Evidence | None = None) -> bool:
        """Whether it is on this item itself, or with ``evidence`` on this sentence of it."""
        span = (evidence.start, evidence.end) if evidence else (None, None)
        return self.item == item and (self.start, self.end) == span
