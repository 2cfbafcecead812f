"""Fits the calibration on labelled documents: what ``python -m eval calibrate`` writes."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler

from eval.prepare import Prepared
from matcher.scoring.calibration import Calibration, Logistic, parse_calibration
from matcher.scoring.level import LEVEL_SIGNALS, level_signals, upper_indicators
from matcher.scoring.phrasebook import meaning
from matcher.scoring.scorer import Scorer
from matcher.scoring.signals import ITEM_SIGNALS, SCOPE_SIGNALS

Row = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PENALTY = 0.1
"""Inverse strength of the L2 penalty (scikit-learn's C); chosen by cross-validation over documents."""

LEVEL_PENALTY = 0.5

KINDS = ("indicator", "knowledge", "skill")

MIDDLE_SCOPE = 0.4

THRESHOLDS = np.arange(0.15, 0.7, 0.01)


def fit(scorer: Scorer, prepared: Sequence[Prepared], data: dict[str, str]) -> str:
    """Fit scope, items and level on ``prepared``: the JSON of a calibration, with ``data`` (set → digest)."""
    seen = [replace(one, signals=signals) for one in prepared for signals in one.fitting]
    scope = _fit_scope(seen)
    # The items' signals contain the scope, so it comes first.
    scoped = scorer.with_calibration(_only_scope(scope))
    rows = [scoped.rows(one.signals, one.document.kind) for one in seen]
    content: dict[str, Any] = {
        "fitted_on": data,
        "documents": len(prepared),
        "kinds": {kind: _fit_kind(scorer, kind, seen, rows) for kind in KINDS},
        "scope": scope.to_dict(),
        "level": scope.to_dict(),
    }
    # The level's signals contain the items' probabilities, so it comes last.
    judged = scorer.with_calibration(parse_calibration(json.dumps(content)))
    probabilities = [
        judged.probabilities(judged.rows(one.signals, one.document.kind))[0].tolist() for one in prepared
    ]
    content["level"] = _fit_level(scorer, prepared, probabilities).to_dict()
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _only_scope(scope: Logistic) -> Calibration:
    return Calibration({}, scope, scope, "")


def _fit_scope(prepared: Sequence[Prepared]) -> Logistic:
    known = [one for one in prepared if one.document.scope is not None]
    rows = np.array([one.signals.scope for one in known])
    return _logistic(rows, np.array([one.document.scope for one in known]), SCOPE_SIGNALS, penalty=1.0)


def _fit_level(
    scorer: Scorer, prepared: Sequence[Prepared], probabilities: Sequence[Sequence[float]]
) -> Logistic:
    lower, higher = scorer.standard.levels
    upper = upper_indicators(scorer.standard, (lower + higher) / 2)
    known = [
        (level_signals(shown, upper, one.signs), one.document.level == higher)
        for one, shown in zip(prepared, probabilities, strict=True)
        if one.document.level is not None
    ]
    rows, labels = zip(*known, strict=True)
    return _logistic(np.array(rows), np.array(labels), LEVEL_SIGNALS, penalty=LEVEL_PENALTY)


def _fit_kind(scorer: Scorer, kind: str, prepared: Sequence[Prepared], rows: Sequence[Row]) -> dict[str, Any]:
    items = [(at, item) for at, item in enumerate(scorer.standard.items) if item.kind == kind]
    labelled = [
        (row[at], label, column)
        for one, row in zip(prepared, rows, strict=True)
        for column, (at, item) in enumerate(items)
        if (label := one.document.labels[item.code]) is not None
    ]
    x, y, column = (np.array(values) for values in zip(*labelled, strict=True))
    own = _own_columns(x, column, len(items))
    (coefficients, intercept), extra = _regression(x, own, y > 0, PENALTY)
    present = Logistic(ITEM_SIGNALS, coefficients, intercept)
    whole = _logistic(x[y > 0], y[y > 0] == 2, ITEM_SIGNALS, PENALTY)
    probability = present.probability(x, own @ extra)
    threshold = _best_threshold(y > 0, probability)
    counted = (y > 0) & (probability >= threshold)
    whole_threshold = _least_error(y[counted] == 2, whole.probability(x[counted]))
    always, in_scope = np.split(extra, 2)
    return {
        "present": present.to_dict(),
        "whole": whole.to_dict(),
        "threshold": round(threshold, 4),
        "whole_threshold": round(whole_threshold, 4),
        "offsets": {
            meaning(item.text): [round(float(a - MIDDLE_SCOPE * 2 * b), 4), round(float(2 * b), 4)]
            for (_, item), a, b in zip(items, always, in_scope, strict=True)
        },
    }


def _own_columns(x: Row, column: npt.NDArray[np.int_], count: int) -> Row:
    """An indicator column for each item, and another for it in a text about the occupation."""
    own = np.eye(count)[column]
    scope = x[:, ITEM_SIGNALS.index("scope")]
    return np.hstack([own, own * 2 * (scope - MIDDLE_SCOPE)[:, None]])


def _logistic(x: Row, y: Flags, names: Sequence[str], penalty: float) -> Logistic:
    (coefficients, intercept), _ = _regression(x, np.zeros((len(x), 0)), y, penalty)
    return Logistic(tuple(names), coefficients, intercept)


def _regression(x: Row, unscaled: Row, y: Flags, penalty: float) -> tuple[tuple[Row, float], Row]:
    """Coefficients and intercept on ``x`` as it is, and coefficients on the ``unscaled`` columns."""
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=penalty, max_iter=5000)
    model.fit(np.hstack([scaler.transform(x), unscaled]), y)
    scaled = model.coef_[0][: x.shape[1]]
    coefficients = scaled / scaler.scale_
    intercept = float(model.intercept_[0] - (coefficients * scaler.mean_).sum())
    return (coefficients, intercept), model.coef_[0][x.shape[1] :]


def _best_threshold(y: Flags, probability: Row) -> float:
    """The threshold of the best F1."""
    scores = [f1_score(y, probability >= at, zero_division=0.0) for at in THRESHOLDS]
    return float(THRESHOLDS[int(np.argmax(scores))])


def _least_error(y: Flags, probability: Row) -> float:
    scores = [float(np.mean((probability >= at) == y)) for at in THRESHOLDS]
    return float(THRESHOLDS[int(np.argmax(scores))])
