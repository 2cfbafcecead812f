"""The level that the evidence is equal to, with its probability and its reasons in plain words."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from matcher.language.level_signs import LevelSigns
from matcher.scoring.calibration import Logistic
from matcher.scoring.report import LevelEstimate
from matcher.standard import Standard

LEVEL_SIGNALS = ("upper_indicators", "planning", "deciding", "executing", "junior", "budget", "team")
"""``upper_indicators``: mean probability of the indicators of the tasks above the boundary; ``planning``
and ``deciding``: log of the clauses that show it; ``executing`` and ``junior``: share of the clauses;
``budget``: 1 if an amount is held; ``team``: log of the team's size."""

FITTED_BOUNDARY = 3.5
PER_LEVEL = 2.5
"""Log-odds between neighbouring boundaries. Only 3 against 4 is fitted on labels; for a standard with
other levels the boundaries are taken to lie this far apart, an assumption that new labels may replace."""

LEAST_SCOPE = 0.1
"""No level is given to a text that is about the occupation with less than this probability."""

LEAST_ITEMS = 2
SURE_SCOPE = 0.5
LEAST_CLAUSES = 4
"""Nor to one that shows fewer than ``LEAST_ITEMS``, unless it is surely about the occupation and says
something: a clerk's short posting is evidence of its level, a bare job title is none."""


def upper_indicators(standard: Standard, boundary: float) -> list[int]:
    """Positions in ``standard.items`` of the indicators of the tasks above ``boundary``."""
    upper = {i.code for task in standard.tasks if task.level > boundary for i in task.indicators}
    return [position for position, item in enumerate(standard.items) if item.code in upper]


def level_signals(probabilities: Sequence[float], upper: Sequence[int], signs: LevelSigns) -> list[float]:
    """The numbers of ``LEVEL_SIGNALS``; ``probabilities`` has one for each item of being at least partial."""
    clauses = max(signs.clauses, 1)
    return [
        float(np.mean([probabilities[position] for position in upper])) if upper else 0.0,
        math.log1p(signs.counts["planning"]),
        math.log1p(signs.counts["deciding"]),
        signs.counts["executing"] / clauses,
        signs.counts["junior"] / clauses,
        float(signs.budget),
        math.log1p(signs.team),
    ]


def estimate_level(
    standard: Standard,
    model: Logistic,
    probabilities: Sequence[float],
    signs: LevelSigns,
    *,
    scope: float,
    covered: int,
    reasons: Sequence[str],
) -> LevelEstimate:
    """The likeliest of the standard's levels.

    ``scope`` is the probability that the text is about the occupation, ``covered`` the number of items
    that it shows.
    """
    says_enough = covered >= LEAST_ITEMS or (scope >= SURE_SCOPE and signs.clauses >= LEAST_CLAUSES)
    if scope < LEAST_SCOPE or not says_enough:
        why = "內容與此職能基準的工作關聯太少" if scope < LEAST_SCOPE else "找到的職能項目太少"
        return LevelEstimate(None, None, False, (f"{why}，證據不足以判斷級別。",))
    levels = standard.levels
    above = [1.0]
    for lower, higher in pairwise(levels):
        boundary = (lower + higher) / 2
        row = np.array([level_signals(probabilities, upper_indicators(standard, boundary), signs)])
        shift = -PER_LEVEL * (boundary - FITTED_BOUNDARY)
        above.append(min(above[-1], float(model.probability(row, shift)[0])))
    shares = [here - following for here, following in zip(above, [*above[1:], 0.0], strict=True)]
    chosen = int(np.argmax(shares))
    return LevelEstimate(levels[chosen], round(shares[chosen], 4), True, tuple(reasons))


def level_reasons(
    standard: Standard, statuses: dict[str, str], signs: LevelSigns, quote: dict[str, str]
) -> list[str]:
    """Why, in words a recruiter understands: what the top task shows, and the signs with a quotation each."""
    reasons = []
    top = max(standard.levels)
    for task in standard.tasks:
        if task.level == top and len(standard.levels) > 1:
            found = [i.code for i in task.indicators if statuses[i.code] != "absent"]
            named = f"：{'、'.join(found)}" if found else ""
            shown = f"{len(task.indicators)} 項行為指標中見到 {len(found)} 項{named}"
            reasons.append(f"第 {top} 級任務 {task.code} {task.name}：{shown}。")
    for kind, words in _WORDS.items():
        count = signs.counts[kind]
        if count:
            reasons.append(f"{words} {count} 處，例如「{quote[kind]}」。")
    if signs.team:
        reasons.append(f"帶領或管理 {signs.team} 人：「{quote['team']}」。")
    if signs.budget:
        reasons.append(f"負責金額或預算：「{quote['budget']}」。")
    return reasons


_WORDS = {"planning": "規劃、制訂的用語", "deciding": "決定、負責的用語", "executing": "協助、執行的用語"}
