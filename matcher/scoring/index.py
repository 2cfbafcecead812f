"""The item side of the comparison: every phrasing of every item as one sparse matrix, built once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.language.normalise import normalise
from matcher.scoring.idf import Idf
from matcher.scoring.phrasebook import Phrase, Role
from matcher.scoring.windows import Windows

Floats = npt.NDArray[np.float32]
Words = Callable[[str], Sequence[str]]
"""What a normalised text is compared by: ``Segmenter.words``, or ``pairs`` of characters."""

LENGTH_WEIGHT = 0.05
"""How much of the window's own length enters the normalisation: 0 would be the share of the phrase
found, 1 the cosine, which buries a short phrase in a long sentence. Chosen on the development sets."""

_CHUNK = 1024  # windows compared at a time: a bound on memory for very long texts


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases of one meaning that count alike: columns ``start`` to ``end`` of the similarity matrix."""

    meaning: int
    role: Role
    facet: str
    start: int
    end: int


class PhraseIndex:
    """Phrases of several meanings, compared with windows by TF-IDF.

    The similarity of window ``w`` and phrase ``p`` is the idf mass of the terms they share,
    divided by ``√m(p) · ((1 - λ)·√m(p) + λ·√m(w))``, where ``m`` is the idf mass of all of a text's terms
    and ``λ`` is ``LENGTH_WEIGHT``: a cosine between ``√(tf·idf)`` vectors whose length normalisation leans
    to the phrase (after Singhal's pivoted normalisation, SIGIR 1996). It is a sum over the shared terms.
    """

    def __init__(self, meanings: Sequence[Sequence[Phrase]], words: Words, idf: Idf) -> None:
        self._idf = idf
        self.phrases: list[Phrase] = []
        self.groups: list[Group] = []
        for number, phrases in enumerate(meanings):
            # Look-alikes last, so that a meaning's own phrases stand together.
            kinds = sorted({(p.role, p.facet) for p in phrases}, key=lambda kind: (kind[0] == "not", kind))
            for role, facet in kinds:
                members = [p for p in phrases if (p.role, p.facet) == (role, facet)]
                start = len(self.phrases)
                self.phrases.extend(members)
                self.groups.append(Group(number, role, facet, start, len(self.phrases)))
        self.terms = [list(dict.fromkeys(words(normalise(phrase.text)))) for phrase in self.phrases]
        vocabulary = dict.fromkeys(term for terms in self.terms for term in terms)
        self._column = {term: (at, idf.weight(term)) for at, term in enumerate(vocabulary)}
        self._weights = np.array([weight for _, weight in self._column.values()], np.float32)
        columns = [[self._column[term][0] for term in terms] for terms in self.terms]
        matrix = self._binary(
            np.cumsum([0, *map(len, columns)]), np.fromiter(chain.from_iterable(columns), np.int64)
        )
        self._phrase_norm = np.sqrt(matrix @ self._weights)
        self._phrase_norm[self._phrase_norm == 0] = np.inf  # a phrase of function words alone hits nothing
        self._by_term = (matrix @ sparse.diags_array(self._weights)).T.tocsr()
        self._group_of = np.repeat(
            np.arange(len(self.groups)), [group.end - group.start for group in self.groups]
        )

    def similarities(self, windows: Windows) -> Floats:
        """The similarity of each window (row) and each phrase (column), 0 to 1."""
        rows, columns, values = self._similar(windows)
        dense = np.zeros((len(windows), len(self.phrases)), np.float32)
        dense[rows, columns] = values
        return dense

    def group_similarities(self, windows: Windows) -> Floats:
        """The best similarity of each window (row) within each group of phrases (column)."""
        best = np.zeros((len(windows), len(self.groups)), np.float32)
        flat = best.reshape(-1)
        for at in range(0, len(windows), _CHUNK):
            rows, columns, values = self._similar(windows.take(slice(at, at + _CHUNK)))
            # One flat index: numpy takes its quick path only there.
            np.maximum.at(flat, (rows + at) * len(self.groups) + self._group_of[columns], values)
        return best

    def spans(self) -> list[range]:
        """For each meaning the columns of its own phrases; look-alikes come last and are not among them."""
        meanings = 1 + max(group.meaning for group in self.groups)
        own = [[g for g in self.groups if g.meaning == m and g.role != "not"] for m in range(meanings)]
        return [range(groups[0].start, groups[-1].end) for groups in own]

    def shares(self, windows: Windows, window: int, phrase: int) -> dict[str, float]:
        """Each shared term's part of ``similarities(windows)[window, phrase]``; the parts sum to it."""
        terms = [term.text for term in windows.terms(window)]
        norm = sum(map(self._idf.weight, terms)) ** 0.5
        own = float(self._phrase_norm[phrase])
        whole = own * ((1 - LENGTH_WEIGHT) * own + LENGTH_WEIGHT * norm)
        inside = set(terms)
        return {term: self._column[term][1] / whole for term in self.terms[phrase] if term in inside}

    def _similar(self, windows: Windows) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
        """Rows, columns and values of the similarities that are not 0."""
        lowest = int(windows.first.min(initial=len(windows.clauses)))
        highest = int(windows.last.max(initial=0))
        first, last = windows.first - lowest, windows.last - lowest
        offsets, columns, mass = self._clauses(windows.words[lowest:highest])
        sizes = offsets[last] - offsets[first]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        # Positions offsets[first] … offsets[last] of every window, one after the other.
        positions = np.arange(ends[-1]) + np.repeat(offsets[first] - ends[:-1], sizes)
        found = self._binary(ends, columns[positions])
        shared = (found @ self._by_term).tocoo()
        rows, phrases = shared.coords
        norm = np.sqrt(mass[last] - mass[first]).astype(np.float32)
        own = self._phrase_norm[phrases]
        return rows, phrases, shared.data / (own * ((1 - LENGTH_WEIGHT) * own + LENGTH_WEIGHT * norm[rows]))

    def _clauses(
        self, clauses: Sequence[Sequence[str]]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Where each clause's known terms begin, their columns, and the idf mass before each clause."""
        offsets, columns, masses = [0], [], [0.0]
        known, weight = self._column.get, self._idf.weight
        for words in clauses:
            entries = [known(word) for word in words]
            columns += [entry[0] for entry in entries if entry is not None]
            mass = sum(
                [
                    weight(word) if entry is None else entry[1]
                    for word, entry in zip(words, entries, strict=True)
                ]
            )
            offsets.append(len(columns))
            masses.append(masses[-1] + mass)
        # Sums over a long text: in single precision their differences would depend on the place.
        return np.array(offsets), np.array(columns, np.int64), np.array(masses)

    def _binary(self, ends: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> sparse.csr_array:
        """A matrix of ones: row ``n`` has the columns ``columns[ends[n] : ends[n + 1]]``, each once."""
        ones = np.ones(len(columns), np.float32)
        matrix = sparse.csr_array((ones, columns, ends), shape=(len(ends) - 1, len(self._column)))
        matrix.sum_duplicates()
        matrix.data.fill(1)
        return matrix
