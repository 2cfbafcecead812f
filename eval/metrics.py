"""What the figures are: of items, the coverage of tasks, level, scope, ranking and calibration."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, cohen_kappa_score, ndcg_score, roc_auc_score

from eval.judge import Judged
from matcher.scoring.report import CREDIT

Row = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KINDS = ("indicator", "knowledge", "skill")
BOOTSTRAPS = 500


def items(judged: Sequence[Judged], kind: str) -> tuple[Flags, Row, Flags]:
    """Label (at least partial), probability and the tool's own decision, of every item not doubtful."""
    rows = [
        (label > 0, item.probability, item.status != "absent")
        for one in judged
        for item in one.report.items
        if item.kind == kind and (label := one.document.labels[item.code]) is not None
    ]
    labels, probabilities, decisions = zip(*rows, strict=True)
    return np.array(labels), np.array(probabilities), np.array(decisions)


def f1(label: Flags, decided: Flags) -> float:
    """2·TP / (decided + labelled); 0 where there is neither."""
    both = float((label & decided).sum())
    return 2 * both / max(float(label.sum() + decided.sum()), 1.0)


def best_f1(label: Flags, score: Row) -> float:
    """F1 at the threshold that is best for these very documents: a bound, not a result."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(label[order])
    # A threshold cannot part equal scores.
    last = np.append(np.diff(score[order]) != 0, True)
    return float((2 * hits / (np.arange(1, len(label) + 1) + label.sum()))[last].max())


def average_precision(label: Flags, score: Row) -> float:
    """Area under precision against recall."""
    return float(average_precision_score(label, score))


def kappa(label: Flags, decided: Flags) -> float:
    """Cohen's kappa: agreement beyond chance."""
    return float(cohen_kappa_score(label, decided))


def expected_calibration_error(label: Flags, probability: Row, bins: int = 10) -> float:
    """Mean distance of probability and frequency over equal-width bins, weighted by their size."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(probability[which == b].mean() - label[which == b].mean()) * (which == b).mean()
            for b in range(bins)
            if (which == b).any()
        )
    )


def coverage_error(judged: Sequence[Judged]) -> float:
    """Mean absolute error of a task's coverage, over documents and tasks."""
    return float(
        np.mean(
            [
                abs(task.coverage - one.document.coverage[task.code])
                for one in judged
                for task in one.report.tasks
            ]
        )
    )


def level_pairs(judged: Sequence[Judged]) -> list[tuple[int, int | None]]:
    """Labelled and estimated level of the documents in scope; None where the tool found too little."""
    return [
        (one.document.level, one.report.level.estimate)
        for one in judged
        if one.document.scope and one.document.level is not None
    ]


def scope_auc(judged: Sequence[Judged], score: Callable[[Judged], float]) -> float:
    """How well a score sorts documents in scope before the others (area under ROC)."""
    known = [one for one in judged if one.document.scope is not None]
    return float(roc_auc_score([one.document.scope for one in known], [score(one) for one in known]))


def ranking(judged: Sequence[Judged]) -> float:
    """Mean nDCG of résumés ranked for each posting: the share of what it asks for that they show.

    Ideal order and gain come from the labels on both sides, the ranking from the reports on both sides.
    Résumés of equal score share the mean of the gain over their orders (McSherry and Najork, ECIR 2008).
    """
    postings = [one for one in judged if one.document.kind == "posting"]
    resumes = [one for one in judged if one.document.kind == "resume"]
    if not postings or len(resumes) < 2:
        return float("nan")
    gains = _shares([_labels(one) for one in postings], [_labels(one) for one in resumes])
    scores = _shares([_credits(one) for one in postings], [_credits(one) for one in resumes])
    asked = [at for at, gain in enumerate(gains) if gain.any()]
    values = [ndcg_score([gains[at]], [scores[at]]) for at in asked]
    return float(np.mean(values)) if values else float("nan")


def _labels(one: Judged) -> Row:
    return np.array([(one.document.labels[item.code] or 0) / 2 for item in one.report.items])


def _credits(one: Judged) -> Row:
    return np.array([CREDIT[item.status] for item in one.report.items])


def _shares(asked: Sequence[Row], shown: Sequence[Row]) -> list[Row]:
    have = np.stack(shown)
    return [np.minimum(have, want).sum(axis=1) / max(float(want.sum()), 1e-9) for want in asked]


def interval(judged: Sequence[Judged], metric: Callable[[Sequence[Judged]], float]) -> tuple[float, float]:
    """95 % bootstrap interval of a metric over documents; the same on every run."""
    generator = np.random.default_rng(0)
    values = [
        metric([judged[at] for at in generator.integers(0, len(judged), len(judged))])
        for _ in range(BOOTSTRAPS)
    ]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)
