"""What a text shows of each item, as numbers that the calibration turns into a probability."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.scoring.index import Floats, Group
from matcher.scoring.windows import Windows

LOOKALIKE_FLOOR = 0.3
"""A look-alike phrase cancels a window that it fits at least this well, and better than the item does."""

BEGINNING = 60
"""Code points in which a title stands: a posting's first line, the heading of a résumé."""

SCOPE_SIGNALS = ("best", "six_best", "share_over_70", "beginning", "neighbours", "neighbour_share")
"""How near a text is to the occupation: its windows against the occupation's phrases and look-alikes."""

ITEM_SIGNALS = (
    "stated", "facet", "second_facet", "best", "best_in_sentence", "elsewhere", "best_over_50",
    "best_over_80",
    "stated_by_pairs", "best_by_pairs", "elsewhere_by_pairs", "ten_nearest",
    "indicators", "same_task", "scope", "best_in_scope", "posting", "best_in_posting",
)  # fmt: skip
"""``best`` is the similarity of the best window to any phrase of the item, ``best_in_sentence`` the same
without mere lists of words, ``elsewhere`` that of the best window apart from it; ``indicators`` and
``same_task`` are the means of ``best`` over the text's other indicators, all and of the item's task.
``…_by_pairs`` are found with pairs of characters for terms, all others with words; ``ten_nearest`` is the
mean similarity of the item's ``NEAREST`` phrases that come nearest: one chance likeness counts less."""

NEAREST = 10

BEST = ITEM_SIGNALS.index("best")
SAYS_ALL = [ITEM_SIGNALS.index(name) for name in ("stated", "second_facet")]

Row = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Findings:
    """Per window (row) and meaning (column): the best similarity, 0 where a look-alike fits better.

    ``facets`` has a third axis: the meaning's facets, padded with zeros.
    """

    best: Floats
    stated: Floats
    facets: Floats
    lookalike: Floats


class Columns:
    """Which columns of the group matrix belong to each meaning, by role; padded with an empty column."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._empty = len(groups)
        self._own = self._padded(groups, {"wording", "stated", "partial"})
        self._stated = self._padded(groups, {"stated"})
        self._facets = self._padded(groups, {"partial"})
        self._lookalikes = self._padded(groups, {"not"})

    def _padded(self, groups: Sequence[Group], roles: set[str]) -> npt.NDArray[np.intp]:
        meanings = 1 + max(group.meaning for group in groups)
        columns: list[list[int]] = [[] for _ in range(meanings)]
        for column, group in enumerate(groups):
            if group.role in roles:
                columns[group.meaning].append(column)
        width = max(1, *map(len, columns))
        return np.array([mine + [self._empty] * (width - len(mine)) for mine in columns])

    def findings(self, matrix: Floats) -> Findings:
        """Gather a matrix of windows × groups into windows × meanings."""
        # By group, as the index keeps it: whole rows are gathered.
        padded = np.concatenate([matrix.T, np.zeros((1, len(matrix)), np.float32)])
        best = padded[self._own].max(axis=1)
        lookalike = padded[self._lookalikes].max(axis=1)
        allowed = lookalike < np.maximum(best, LOOKALIKE_FLOOR)
        return Findings(
            best=(best * allowed).T,
            stated=(padded[self._stated].max(axis=1) * allowed).T,
            facets=(padded[self._facets] * allowed[:, None]).transpose(2, 0, 1),
            lookalike=lookalike.T,
        )


def own_signals(findings: Findings, windows: Windows, meanings: int) -> Row:
    """The first eight item signals of the first ``meanings`` meanings (rows): what their phrases find."""
    best = findings.best[:, :meanings]
    facets = np.sort(findings.facets[:, :meanings].max(axis=0), axis=1)[:, ::-1]
    second = facets[:, 1] if facets.shape[1] > 1 else np.zeros(meanings)
    highest = best.max(axis=0)
    columns = [
        findings.stated[:, :meanings].max(axis=0),
        facets[:, 0],
        second,
        highest,
        (best * ~windows.listed[:, None]).max(axis=0),
        _elsewhere(best, windows),
        np.maximum(0.0, highest - 0.5),
        np.maximum(0.0, highest - 0.8),
    ]
    return np.stack(columns, axis=1).astype(float)


def pair_signals(findings: Findings, windows: Windows, meanings: int) -> Row:
    """The next three item signals of the first ``meanings`` meanings (rows): what their pairs find."""
    best = findings.best[:, :meanings]
    columns = [
        findings.stated[:, :meanings].max(axis=0),
        best.max(axis=0),
        _elsewhere(best, windows),
    ]
    return np.stack(columns, axis=1).astype(float)


def _elsewhere(best: Floats, windows: Windows) -> Floats:
    """The similarity of each meaning's best window apart from its best."""
    top = best.argmax(axis=0)
    apart = (windows.start[:, None] >= windows.end[top]) | (windows.end[:, None] <= windows.start[top])
    highest: Floats = (best * apart).max(axis=0)
    return highest


def ten_nearest(highest: Floats, spans: Sequence[range]) -> Row:
    """The last own signal, a column: the mean of the ten highest similarities in each span of phrases."""
    means = [np.sort(highest[span.start : span.stop])[-NEAREST:].mean() for span in spans]
    return np.array(means, float)[:, None]


def scope_signals(findings: Findings, windows: Windows, meaning: int) -> Row:
    """The numbers of ``SCOPE_SIGNALS`` for one text; ``meaning`` is the occupation's column."""
    found = np.sort(findings.stated[:, meaning])[::-1]
    near = np.sort(findings.lookalike[:, meaning])[::-1]
    beginning = windows.end <= windows.start[0] + BEGINNING
    opening = (findings.stated[:, meaning] * beginning).max()
    return np.array(
        [found[0], found[:6].mean(), (found > 0.7).mean(), opening, near[:6].mean(), (near > 0.7).mean()],
        float,
    )
