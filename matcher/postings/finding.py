"""What is found in the wording of a posting."""

from dataclasses import dataclass
from typing import Literal

Weight = Literal["forbidden", "care"]
"""``forbidden`` for what the law forbids in any posting, ``care`` for what it allows for some jobs only."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A wording: code points of the text, end exclusive; both 0 where something is missing.

    ``ground`` is what it is about («年齡»), ``article`` the law, ``why`` and ``better`` are sentences.
    """

    start: int
    end: int
    quote: str
    weight: Weight
    ground: str
    article: str
    why: str
    better: str
