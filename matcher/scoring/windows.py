"""Windows: the stretches of a text that may be evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from matcher.language.analysis import Analysis, Clause
from matcher.language.characters import pairs
from matcher.language.segment import Term


@dataclass(frozen=True)
class Windows:
    """Runs of neighbouring clauses.

    Window ``n`` holds ``clauses[first[n] : last[n]]`` and stands at ``start[n]`` to ``end[n]`` (code
    points, end exclusive) of the text; ``listed[n]`` says whether it merely lists words. ``words`` are
    what each clause is compared by.
    """

    clauses: tuple[Clause, ...]
    words: tuple[tuple[str, ...], ...]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    listed: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.first)

    def terms(self, window: int) -> Iterator[Term]:
        """The terms of a window in order of their place."""
        run = self.clauses[self.first[window] : self.last[window]]
        return chain.from_iterable(clause.terms for clause in run)

    def take(self, some: list[int] | slice) -> "Windows":
        """These windows alone, in this order."""
        return Windows(
            self.clauses,
            self.words,
            self.first[some],
            self.last[some],
            self.start[some],
            self.end[some],
            self.listed[some],
        )


def windows(analysis: Analysis) -> Windows:
    """Clauses, neighbouring clauses, whole sentences and neighbouring sentences that count as evidence.

    Of a mere list every entry is a window of its own: words of two entries make no meaning together.
    What the text denies, wishes for, says of others or says again, and parts that say nothing of the work,
    are left out; sentences on both sides of such a gap are no neighbours. There is always one window, if
    an empty one, so that every text can be judged.
    """
    clauses: list[Clause] = []
    runs: list[tuple[int, int, bool]] = []
    previous: int | None = None
    for sentence in analysis.sentences:
        affirmed = [clause for clause in sentence.clauses if clause.polarity == "affirmed"]
        if not sentence.counts or not affirmed:
            previous = None
            continue
        first, last, listed = len(clauses), len(clauses) + len(affirmed), sentence.listed
        clauses.extend(affirmed)
        runs.extend((at, at + 1, listed) for at in range(first, last))
        if listed:
            previous = None
            continue
        runs.extend((at, at + 2, listed) for at in range(first, last - 1))
        if last - first > 2:
            runs.append((first, last, listed))
        if previous is not None:
            runs.append((previous, last, listed))
        previous = first
    if not runs:
        clauses, runs = [Clause(0, 0, (), "affirmed")], [(0, 1, False)]
    begins = np.array([clause.start for clause in clauses])
    ends = np.array([clause.end for clause in clauses])
    first_of, last_of, listed_of = (np.array(column) for column in zip(*runs, strict=True))
    return Windows(
        tuple(clauses), _words(clauses), first_of, last_of, begins[first_of], ends[last_of - 1], listed_of
    )


def one_each(clauses: Sequence[Clause]) -> Windows:
    """Every clause a window of its own."""
    at = np.arange(len(clauses))
    starts = np.array([clause.start for clause in clauses], int)
    ends = np.array([clause.end for clause in clauses], int)
    return Windows(tuple(clauses), _words(clauses), at, at + 1, starts, ends, np.zeros(len(clauses), bool))


def in_pairs(found: Windows, normalised: str) -> Windows:
    """The same windows with pairs of characters for words."""
    words = tuple(tuple(pairs(normalised[clause.start : clause.end])) for clause in found.clauses)
    return replace(found, words=words)


def _words(clauses: Sequence[Clause]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple([term.text for term in clause.terms]) for clause in clauses)
