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
    order = np.argsort(-best, kind="stable")[:_CANDIDATES]
    places = zip(order.tolist(), windows.start[order].tolist(), windows.end[order].tolist(), strict=True)
    candidates = sorted(
        [
            (-round(score, _DECIMALS), end - start, start, end, score, at)
            for score, (at, start, end) in zip(best[order].tolist(), places, strict=True)
        ]
    )
    chosen: list[int] = []
    spans: list[tuple[int, int]] = []
    for _, _, start, end, score, at in candidates:
        if (score < LEAST_SIMILARITY and chosen) or score <= 0 or len(chosen) == MOST_EVIDENCE:
            break
        if all(start >= last or end <= first for first, last in spans):
            chosen.append(at)
            spans.append((start, end))
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
    for term, begin, end in windows.terms(window):
        share = shares.pop(term, None)
        if share is not None:
            by_place[begin, end] = by_place.get((begin, end), 0.0) + share
    terms = [
        TermShare(_LINE_END.sub("", analysis.text[begin:end]), round(share, _DECIMALS))
        for (begin, end), share in sorted(by_place.items(), key=lambda one: (-one[1], one[0]))
    ]
    score = round(sum(term.share for term in terms), _DECIMALS)
    begin, end = int(windows.start[window]), int(windows.end[window])
    return Evidence(begin, end, analysis.text[begin:end], score, index.phrases[nearest].text, tuple(terms))
