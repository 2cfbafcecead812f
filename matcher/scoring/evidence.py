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


def best_windows(best: Floats, windows: Windows) -> list[int]:
    """Positions of up to ``MOST_EVIDENCE`` windows that do not overlap, best first, shorter before longer."""
    order = sorted(
        np.argsort(-best, kind="stable")[:_CANDIDATES].tolist(),
        key=lambda at: (
            -round(float(best[at]), _DECIMALS),
            windows.end[at] - windows.start[at],
            windows.start[at],
        ),
    )
    chosen: list[int] = []
    for at in order:
        if (best[at] < LEAST_SIMILARITY and chosen) or best[at] <= 0 or len(chosen) == MOST_EVIDENCE:
            break
        if all(windows.start[at] >= windows.end[c] or windows.end[at] <= windows.start[c] for c in chosen):
            chosen.append(at)
    return chosen


def explain(
    analysis: Analysis,
    index: PhraseIndex,
    windows: Windows,
    window: int,
    similarities: Floats,
    phrases: range,
) -> Evidence:
    """The evidence that a window gives: the nearest of ``phrases`` and each shared term's part of the score.

    ``similarities`` is the window's row of the similarity matrix. Terms at one place of the text count as
    one, and are written as the text writes them.
    """
    nearest = phrases.start + int(similarities[phrases.start : phrases.stop].argmax())
    shares = index.shares(windows, window, nearest)
    by_place: dict[tuple[int, int], float] = {}
    for term in windows.terms(window):
        if term.text in shares:
            place = (term.start, term.end)
            by_place[place] = by_place.get(place, 0.0) + shares.pop(term.text)
    terms = [
        TermShare(_LINE_END.sub("", analysis.text[start:end]), round(share, _DECIMALS))
        for (start, end), share in sorted(by_place.items(), key=lambda one: (-one[1], one[0]))
    ]
    score = round(sum(term.share for term in terms), _DECIMALS)
    start, end = int(windows.start[window]), int(windows.end[window])
    return Evidence(start, end, analysis.text[start:end], score, index.phrases[nearest].text, tuple(terms))
