"""Inverse document frequency from a background of real postings, as scikit-learn computes it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

from matcher.data import data_path
from matcher.language.lexicon import Lexicon


@dataclass(frozen=True)
class Idf:
    """Document frequencies of terms over a background of ``documents`` texts; ``version`` is their digest."""

    documents: int
    frequency: dict[str, int]
    version: str

    def weight(self, term: str) -> float:
        """``ln((1 + n) / (1 + df)) + 1``: scikit-learn's smoothed idf (``TfidfTransformer``).

        A term that the background lacks weighs as if no document had it.
        """
        return self._weights.get(term, self._unseen)

    def weights(self, terms: Iterable[str]) -> list[float]:
        """The weight of each term."""
        known, unseen = self._weights.get, self._unseen
        return [known(term, unseen) for term in terms]

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {
            term: math.log((1 + self.documents) / (1 + count)) + 1 for term, count in self.frequency.items()
        }

    @cached_property
    def _unseen(self) -> float:
        return math.log(1 + self.documents) + 1


def load_idf(lexicon: Lexicon) -> Idf:
    """The shipped background counts; those of a lexicon group's variants are added to its canonical form."""
    content = data_path("idf", "document_frequency.tsv").read_text(encoding="utf-8")
    documents, frequency = _counts(content)
    merged = dict(frequency)
    for variant, canonical in lexicon.canonical.items():
        if variant != canonical and variant in frequency:
            # Documents that use two variants count twice; the error is small and on the careful side.
            merged[canonical] = min(documents, merged.get(canonical, 0) + frequency[variant])
    return Idf(documents, merged, sha256(content.encode()).hexdigest()[:12])


def pair_idf(idf: Idf) -> Idf:
    """Document frequencies of character pairs: for each pair the sum over the words that contain it.

    The background has no text to count pairs in; the sum is the most that the true count can be.
    """
    frequency: dict[str, int] = {}
    for word, count in idf.frequency.items():
        for pair in {word[at : at + 2] for at in range(len(word) - 1)}:
            frequency[pair] = min(idf.documents, frequency.get(pair, 0) + count)
    return Idf(idf.documents, idf.frequency | frequency, idf.version)


@lru_cache(maxsize=1)
def _counts(content: str) -> tuple[int, dict[str, int]]:
    first, *rows = content.splitlines()
    return int(first.split("\t")[1]), {term: int(count) for term, count in (row.split("\t") for row in rows)}
