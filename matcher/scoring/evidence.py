"""The spans that speak for an item, with the terms that made their score."""

import re

import numpy as np

from matcher.language.analysis import Analysis
from matcher.scoring.index import Floats, PhraseIndex
from matcher.scoring.report import Evidence, TermShare
from matcher.scoring.windows import Windows

MOST_EVIDENCE = 3
LEAST_SIMILARITY = 0.6  # of further evidence; the best window stands for its item whatever it has
_CANDIDATES = 12  # windows looked at for the three that do not overlap
_DECIMALS = 4
_LINE_END = re.compile(r"[\r\n]+")

_Candidate = tuple[float, int, int, int]
"""A window's score, position, start and end."""


def best_windows(best: Floats, windows: Windows) -> list[list[int]]:
    """For each column of window × item: positions of up to ``MOST_EVIDENCE`` windows that do not overlap,
    best first, shorter before longer."""
    # No others can be chosen. What is rounded may lie below the least by its last digit.
    least = np.minimum(best.max(axis=0), LEAST_SIMILARITY) - 10**-_DECIMALS
    columns, near = np.nonzero((best >= least).T & (best > 0).T)
    places = zip(near.tolist(), windows.start[near].tolist(), windows.end[near].tolist(), strict=True)
    candidates: list[list[_Candidate]] = [[] for _ in range(best.shape[1])]
    for column, score, place in zip(columns.tolist(), best[near, columns].tolist(), places, strict=True):
        candidates[column].append((score, *place))
    return [_apart(sorted(own, key=_by_score)[:_CANDIDATES]) for own in candidates]


def _by_score(candidate: _Candidate) -> float:
    return -candidate[0]


def _apart(candidates: list[_Candidate]) -> list[int]:
    chosen: list[int] = []
    spans: list[tuple[int, int]] = []
    for score, window, start, end in sorted(
        candidates, key=lambda one: (-round(one[0], _DECIMALS), one[3] - one[2], one[2])
    ):
        if (score < LEAST_SIMILARITY and chosen) or len(chosen) == MOST_EVIDENCE:
            break
        if all(start >= last or end <= first for first, last in spans):
            chosen.append(window)
            spans.append((start, end))
    return chosen


def explain(analysis: Analysis, index: PhraseIndex, windows: Windows, window: int, phrase: int) -> Evidence:
    """The evidence that a window gives by the phrase nearest to it: each shared term's part of the score.

    Terms at one place of the text count as one, and are written as the text writes them.
    """
    terms = list(windows.terms(window))
    shares = index.shares([term.text for term in terms], phrase)
    by_place: dict[tuple[int, int], float] = {}
    for term, begin, end in terms:
        share = shares.pop(term, None)
        if share is not None:
            by_place[begin, end] = by_place.get((begin, end), 0.0) + share
    shown = tuple(
        [
            TermShare(_LINE_END.sub("", analysis.text[begin:end]), round(share, _DECIMALS))
            for (begin, end), share in sorted(by_place.items(), key=lambda one: (-one[1], one[0]))
        ]
    )
    score = round(sum([term.share for term in shown]), _DECIMALS)
    begin, end = int(windows.start[window]), int(windows.end[window])
    return Evidence(begin, end, analysis.text[begin:end], score, index.phrases[phrase].text, shown)
