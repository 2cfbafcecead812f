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


@dataclass(frozen=True, slots=True)
class _Known:
    """Windows as the index knows them: window ``n`` holds the terms ``columns[first[n] : last[n]]``, and
    ``norm[n]`` is the root of the idf mass of all its terms, known or not."""

    columns: Integers
    first: Integers
    last: Integers
    norm: Floats


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
        # All at once, a line each: the calls would cost more than the work.
        lines = normalise("\n".join([phrase.text for phrase in self.phrases])).split("\n")
        self.terms = [list(dict.fromkeys(words(line))) for line in lines[: len(self.phrases)]]
        vocabulary = dict.fromkeys(term for terms in self.terms for term in terms)
        self._column = {term: at for at, term in enumerate(vocabulary)}
        ends, columns, _ = self._clauses(self.terms)
        matrix = self._binary(ends, columns)
        weights = np.array(idf.weights(vocabulary), np.float32)
        self._phrase_norm = np.sqrt(matrix @ weights)
        self._phrase_norm[self._phrase_norm == 0] = np.inf  # a phrase of function words alone hits nothing
        self._by_term = (matrix @ sparse.diags_array(weights)).T.tocsr()
        sizes = [group.end - group.start for group in self.groups]
        self._group_of = np.repeat(np.arange(len(self.groups)), sizes)
        self._meanings = len(meanings)
        # Look-alikes have a column apart, behind all meanings.
        owners = [self._meanings if group.role == "not" else group.meaning for group in self.groups]
        self._owner = np.repeat(owners, sizes)

    def similarities(self, windows: Windows) -> Floats:
        """The similarity of each window (row) and each phrase (column), 0 to 1."""
        dense: Floats = self._similar(self._known(windows), slice(None)).toarray()
        return dense

    def group_similarities(self, windows: Windows, highest: Floats | None = None) -> Floats:
        """The best similarity of each window (row) within each group of phrases (column).

        ``highest``, where given, is raised to the best similarity of each phrase to any window.
        """
        # A row a group, so that what is asked of one group lies together; and flat, since numpy takes its
        # quick path only there.
        best = np.zeros(len(self.groups) * len(windows), np.float32)
        offset = self._group_of * len(windows)
        known = self._known(windows)
        for begin in range(0, len(windows), _CHUNK):
            similar = self._similar(known, slice(begin, begin + _CHUNK))
            rows = np.arange(begin, begin + similar.shape[0])
            places = offset[similar.indices]
            places += np.repeat(rows, np.diff(similar.indptr))
            np.maximum.at(best, places, similar.data)
            if highest is not None:
                np.maximum.at(highest, similar.indices, similar.data)
        return best.reshape(len(self.groups), len(windows)).T

    def nearest(self, windows: Windows) -> Integers:
        """Which of each meaning's own phrases (column: a meaning) each window (row) is most similar to, of
        equals the first; ``len(phrases)`` where it is similar to none."""
        similar = self._similar(self._known(windows), slice(None))
        columns = self._meanings + 1
        places = self._owner[similar.indices]
        places += np.repeat(np.arange(len(windows)) * columns, np.diff(similar.indptr))
        best = np.zeros(len(windows) * columns, np.float32)
        np.maximum.at(best, places, similar.data)
        top = similar.data == best[places]
        nearest = np.full(len(best), len(self.phrases))
        np.minimum.at(nearest, places[top], similar.indices[top])
        return nearest.reshape(len(windows), columns)[:, :-1]

    def spans(self) -> list[range]:
        """For each meaning the columns of its own phrases; look-alikes come last and are not among them."""
        own = [[g for g in self.groups if g.meaning == m and g.role != "not"] for m in range(self._meanings)]
        return [range(groups[0].start, groups[-1].end) for groups in own]

    def shares(self, terms: Sequence[str], phrase: int) -> dict[str, float]:
        """Each shared term's part of the similarity of a window of these terms and a phrase.

        The parts sum to it.
        """
        norm = sum(self._idf.weights(terms)) ** 0.5
        own = float(self._phrase_norm[phrase])
        whole = own * ((1 - LENGTH_WEIGHT) * own + LENGTH_WEIGHT * norm)
        weight = self._idf.weight
        return {term: weight(term) / whole for term in self.terms[phrase] if term in terms}

    def _known(self, windows: Windows) -> _Known:
        """What the index knows of the windows' terms."""
        offsets, columns, mass = self._clauses(windows.words)
        first, last = windows.first, windows.last
        return _Known(
            columns, offsets[first], offsets[last], np.sqrt(mass[last] - mass[first]).astype(np.float32)
        )

    def _similar(self, known: _Known, some: slice) -> sparse.csr_array:
        """The similarities of some windows that are not 0: a row a window, a column a phrase."""
        first = known.first[some]
        sizes = known.last[some] - first
        ends = np.concatenate([[0], np.cumsum(sizes)])
        # Positions first … last of every window, one after the other.
        positions = np.arange(ends[-1]) + np.repeat(first - ends[:-1], sizes)
        similar = self._binary(ends, known.columns[positions]) @ self._by_term
        whole = ((1 - LENGTH_WEIGHT) * self._phrase_norm)[similar.indices]
        whole += np.repeat(LENGTH_WEIGHT * known.norm[some], np.diff(similar.indptr))
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
