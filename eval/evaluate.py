"""All figures of one run: the tool on documents it was not fitted on, beside the baselines."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eval import baselines
from eval.judge import Judged, judge
from eval.metrics import (
    KINDS,
    average_precision,
    best_f1,
    coverage_error,
    expected_calibration_error,
    f1,
    interval,
    items,
    kappa,
    level_pairs,
    ranking,
    scope_auc,
)  # fmt: skip
from eval.prepare import Prepared
from eval.sets import Labelled, digest
from matcher.language.lexicon import load_lexicon
from matcher.language.segment import default_segmenter
from matcher.scoring.idf import load_idf
from matcher.scoring.phrasebook import load_phrasebook
from matcher.scoring.scorer import Scorer

Figures = dict[str, Any]


def evaluate(
    scorer: Scorer, prepared: Sequence[Prepared], sets: Mapping[str, Sequence[Labelled]]
) -> tuple[Figures, list[Judged]]:
    """Figures by set, and the reports behind them."""
    data = {name: digest(list(documents)) for name, documents in sets.items()}
    judged = judge(scorer, prepared, data)
    scores = _baseline_scores(scorer, prepared)
    figures: Figures = {}
    for name in sets:
        mine = [one for one in judged if one.document.set == name]
        figures[name] = {
            "data": data[name],
            "documents": len(mine),
            "items": {kind: _item_figures(mine, kind) for kind in KINDS},
            "baselines": _baseline_figures(scorer, prepared, scores, name),
            **_document_figures(mine),
        }
    return figures, judged


def _item_figures(judged: Sequence[Judged], kind: str) -> Figures:
    label, probability, decided = items(judged, kind)
    return {
        "average_precision": average_precision(label, probability),
        "best_f1": best_f1(label, probability),
        "f1": f1(label, decided),
        "f1_interval": interval(judged, lambda some: _f1(some, kind)),
        "kappa": kappa(label, decided),
        "calibration_error": expected_calibration_error(label, probability),
        "yes_to_everything_f1": f1(label, np.ones(len(label), bool)),
    }


def _f1(judged: Sequence[Judged], kind: str) -> float:
    label, _, decided = items(judged, kind)
    return f1(label, decided)


def _document_figures(judged: Sequence[Judged]) -> Figures:
    pairs = level_pairs(judged)
    return {
        "coverage_error": coverage_error(judged),
        "coverage_error_interval": interval(judged, coverage_error),
        "level": {
            "documents": len(pairs),
            "accuracy": _accuracy(pairs),
            "accuracy_interval": interval(judged, lambda some: _accuracy(level_pairs(some))),
            "confusion": {
                f"{label} as {estimate or 'insufficient'}": pairs.count((label, estimate))
                for label, estimate in sorted(set(pairs), key=str)
            },
            "always_3": _accuracy([(label, 3) for label, _ in pairs]),
            "t23_covered_is_4": _accuracy(_by_top_task(judged)),
        },
        "scope_auc": {
            "scope_probability": scope_auc(judged, lambda one: one.report.scope.probability),
            "total_coverage": scope_auc(judged, lambda one: one.report.coverage),
            "labelled_coverage": scope_auc(judged, lambda one: sum(one.document.coverage.values())),
        },
        "ranking_ndcg": ranking(judged),
    }


def _accuracy(pairs: Sequence[tuple[int, int | None]]) -> float:
    return float(np.mean([label == estimate for label, estimate in pairs])) if pairs else float("nan")


def _by_top_task(judged: Sequence[Judged]) -> list[tuple[int, int | None]]:
    return [
        (one.document.level, 4 if next(t for t in one.report.tasks if t.level == 4).coverage > 0 else 3)
        for one in judged
        if one.document.scope and one.document.level is not None
    ]


def _baseline_scores(scorer: Scorer, prepared: Sequence[Prepared]) -> dict[str, baselines.Scores]:
    segmenter, idf = default_segmenter(), load_idf(load_lexicon())
    standard = scorer.standard
    return {
        "jieba + TF-IDF, whole document": baselines.raw_tfidf(prepared, standard),
        "BM25, best window": baselines.bm25(prepared, standard, segmenter),
        "t2s, sentences, background idf": baselines.wording(prepared, standard, segmenter, idf),
        "the same with the phrasebook": baselines.phrasebook(
            prepared, standard, load_phrasebook(), segmenter, idf
        ),
    }


def _baseline_figures(
    scorer: Scorer, prepared: Sequence[Prepared], scores: Mapping[str, baselines.Scores], name: str
) -> Figures:
    figures: Figures = {}
    for title, matrix in scores.items():
        figures[title] = {}
        for kind in KINDS:
            pairs = [
                (label > 0, matrix[row, column])
                for row, one in enumerate(prepared)
                if one.document.set == name
                for column, item in enumerate(scorer.standard.items)
                if item.kind == kind and (label := one.document.labels[item.code]) is not None
            ]
            granted, score = (np.array(values) for values in zip(*pairs, strict=True))
            figures[title][kind] = {
                "average_precision": average_precision(granted, score),
                "best_f1": best_f1(granted, score),
            }
    return figures
