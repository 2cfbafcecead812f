"""Texts as they would look to a phrasebook that had not been worked on with them in view."""

import random
from collections.abc import Sequence
from hashlib import sha256

from matcher.scoring.phrasebook import Phrase, Phrasebook

WORKED_ON = frozenset({"fresh", "made", "real", "written"})
"""Sets whose errors were in view of those who wrote the phrasebook: its phrases fit them too well."""

COPIES = 4
"""How often each text is seen, each time by another part of the phrasebook."""

LEFT_OUT = 0.4
"""The part of an item's phrases that is left out. Of 0.3, 0.4 and 0.5 the one whose probabilities come
nearest to the truth on documents that nobody who wrote phrases has seen."""


def thinned(book: Phrasebook) -> list[Phrasebook]:
    """``COPIES`` of a phrasebook, each with another random part left out."""
    return [
        Phrasebook(
            {key: tuple(_kept(key, phrases, seed)) for key, phrases in book.entries.items()}, book.version
        )
        for seed in range(COPIES)
    ]


def _kept(key: str, phrases: Sequence[Phrase], seed: int) -> list[Phrase]:
    # Seeded by the entry, so that a phrase added to one leaves the others as they are.
    chance = random.Random(sha256(f"{seed} {key}".encode()).digest())  # noqa: S311 - no secret
    return [phrase for phrase in phrases if phrase.role == "not" or chance.random() >= LEFT_OUT]
