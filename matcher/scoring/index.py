"""The item side of the comparison: every phrasing of every item as one sparse matrix, built once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.language.normalise import normalise
from matcher.scoring.idf import Idf
from matcher.scoring.phrasebook import Phrase, Role
from matcher.scoring.windows import Windows

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
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
        self._column = {term: at for at, term in enumerate(vocabulary)}
        ends, columns, _ = self._clauses(self.terms)
        matrix = self._binary(ends, columns)
        weights = np.array(idf.weights(vocabulary), np.float32)
        self._phrase_norm = np.sqrt(matrix @ weights)
        self._phrase_norm[self._phrase_norm == 0] = np.inf  # a phrase of function words alone hits nothing
        self._by_term = (matrix @ sparse.diags_array(weights)).T.tocsr()
        self._group_of = np.repeat(
            np.arange(len(self.groups)), [group.end - group.start for group in self.groups]
        )

    def similarities(self, windows: Windows) -> Floats:
        """The similarity of each window (row) and each phrase (column), 0 to 1."""
        dense: Floats = self._similar(windows).toarray()
        return dense

    def group_similarities(self, windows: Windows, nearest: Floats | None = None) -> Floats:
        """The best similarity of each window (row) within each group of phrases (column).

        ``nearest``, where given, is raised to the best similarity of each phrase to any window.
        """
        # A row a group, so that what is asked of one group lies together; and flat, since numpy takes its
        # quick path only there.
        best = np.zeros(len(self.groups) * len(windows), np.float32)
        offset = self._group_of * len(windows)
        for begin in range(0, len(windows), _CHUNK):
            similar = self._similar(windows.take(slice(begin, begin + _CHUNK)))
            rows = np.arange(begin, begin + similar.shape[0])
            places = offset[similar.indices]
            places += np.repeat(rows, np.diff(similar.indptr))
            np.maximum.at(best, places, similar.data)
            if nearest is not None:
                np.maximum.at(nearest, similar.indices, similar.data)
        return best.reshape(len(self.groups), len(windows)).T

    def spans(self) -> list[range]:
        """For each meaning the columns of its own phrases; look-alikes come last and are not among them."""
        meanings = 1 + max(group.meaning for group in self.groups)
        own = [[g for g in self.groups if g.meaning == m and g.role != "not"] for m in range(meanings)]
        return [range(groups[0].start, groups[-1].end) for groups in own]

    def shares(self, windows: Windows, window: int, phrase: int) -> dict[str, float]:
        """Each shared term's part of ``similarities(windows)[window, phrase]``; the parts sum to it."""
        terms = [term.text for term in windows.terms(window)]
        norm = sum(self._idf.weights(terms)) ** 0.5
        own = float(self._phrase_norm[phrase])
        whole = own * ((1 - LENGTH_WEIGHT) * own + LENGTH_WEIGHT * norm)
        inside = set(terms)
        shared = [term for term in self.terms[phrase] if term in inside]
        return {term: weight / whole for term, weight in zip(shared, self._idf.weights(shared), strict=True)}

    def _similar(self, windows: Windows) -> sparse.csr_array:
        """The similarities that are not 0: a row a window, a column a phrase."""
        lowest = int(windows.first.min(initial=len(windows.clauses)))
        highest = int(windows.last.max(initial=0))
        first, last = windows.first - lowest, windows.last - lowest
        offsets, columns, mass = self._clauses(windows.words[lowest:highest])
        sizes = offsets[last] - offsets[first]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        # Positions offsets[first] … offsets[last] of every window, one after the other.
        positions = np.arange(ends[-1]) + np.repeat(offsets[first] - ends[:-1], sizes)
        similar = self._binary(ends, columns[positions]) @ self._by_term
        norm = np.sqrt(mass[last] - mass[first]).astype(np.float32)
        whole = ((1 - LENGTH_WEIGHT) * self._phrase_norm)[similar.indices]
        whole += np.repeat(LENGTH_WEIGHT * norm, np.diff(similar.indptr))
        whole *= self._phrase_norm[similar.indices]
        similar.data /= whole
        return similar

    def _clauses(self, clauses: Sequence[Sequence[str]]) -> tuple[Integers, Integers, Doubles]:
        """Where each clause's known terms begin, their columns, and the idf mass before each clause."""
        words = list(chain.from_iterable(clauses))
        borders = np.cumsum([0, *map(len, clauses)])
        columns = np.fromiter(map(self._column.get, words, repeat(-1)), np.int64, len(words))
        known = columns >= 0
        offsets = np.concatenate([[0], np.cumsum(known)])
        # Sums over a long text: in single precision their differences would depend on the place.
        mass = np.concatenate([[0.0], np.cumsum(self._idf.weights(words))])
        return offsets[borders], columns[known], mass[borders]

    def _binary(self, ends: Integers, columns: Integers) -> sparse.csr_array:
        """A matrix of ones: row ``n`` has the columns ``columns[ends[n] : ends[n + 1]]``, each once."""
        ones = np.ones(len(columns), np.float32)
        matrix = sparse.csr_array((ones, columns, ends), shape=(len(ends) - 1, len(self._column)))
        matrix.sum_duplicates()
        matrix.data.fill(1)
        return matrix
