"""The figures, on cases small enough to work out by hand."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from eval import judge as judge_module
from eval import metrics as metrics_module
from eval.evaluate import evaluate
from eval.judge import FOLDS, Judged, fold, judge
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
)
from eval.prepare import Prepared, prepare, uncalibrated_scorer
from eval.sets import SETS, Labelled, load_set
from matcher.scoring.report import (
    ItemScore,
    Kind,
    LevelEstimate,
    Report,
    ScopeEstimate,
    Status,
    TaskCoverage,
)

CODES = ("P1.1.1", "P1.1.2", "K01")


def judged(
    labels: tuple[int | None, ...] = (0, 0, 0),
    statuses: tuple[Status, ...] = ("absent", "absent", "absent"),
    probabilities: tuple[float, ...] = (0.1, 0.1, 0.1),
    *,
    identifier: str = "r1",
    kind: Kind = "resume",
    scope: bool | None = True,
    level: int | None = 3,
    estimate: int | None = 3,
    coverage: tuple[float, float] = (0.0, 0.0),
) -> Judged:
    """A document with labels, and a report of it: two indicators and one piece of knowledge."""
    document = Labelled(
        identifier,
        "test",
        kind,
        "",
        scope,
        level,
        dict(zip(CODES, labels, strict=True)),
        {"T1.1": coverage[0]},
    )
    scores = tuple(
        ItemScore(code, "knowledge" if code == "K01" else "indicator", "", status, probability, 0.0, ())
        for code, status, probability in zip(CODES, statuses, probabilities, strict=True)
    )
    report = Report(
        "X",
        "",
        kind,
        LevelEstimate(estimate, None, estimate is not None, ()),
        ScopeEstimate(0.5),
        (TaskCoverage("T1.1", "", 3, coverage[1], 0.0, 0.0, 0.0, CODES[:2]),),
        scores,
        {},
        (),
        {},
    )
    return Judged(document, report)


def flags(*values: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array(values, bool)


def test_items_leave_out_what_is_doubtful_and_other_kinds() -> None:
    one = judged((2, None, 1), ("stated", "stated", "absent"), (0.9, 0.8, 0.3))
    two = judged((0, 1, 0), ("partial", "absent", "absent"), (0.7, 0.2, 0.1))
    label, probability, decided = items([one, two], "indicator")
    assert label.tolist() == [True, False, True]
    assert probability.tolist() == [0.9, 0.7, 0.2]
    assert decided.tolist() == [True, True, False]
    assert items([one, two], "knowledge")[0].tolist() == [True, False]


@pytest.mark.parametrize(
    ("label", "decided", "expected"),
    [
        (flags(1, 1, 0, 0), flags(1, 1, 0, 0), 1.0),
        (flags(1, 1, 0, 0), flags(0, 0, 1, 1), 0.0),
        (flags(1, 1, 0, 0), flags(1, 0, 1, 0), 0.5),
        (flags(1, 0, 0, 0), flags(1, 1, 1, 1), 0.4),
        (flags(0, 0), flags(0, 0), 0.0),
    ],
)
def test_f1(
    label: np.ndarray[tuple[int], np.dtype[np.bool_]],
    decided: np.ndarray[tuple[int], np.dtype[np.bool_]],
    expected: float,
) -> None:
    assert f1(label, decided) == pytest.approx(expected)


def test_best_f1_is_that_of_the_best_threshold() -> None:
    # Threshold 0.7: 2 found of 2 labelled and 3 decided: 2·2/5.
    assert best_f1(flags(1, 0, 1, 0), np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx(0.8)


def test_a_threshold_cannot_part_equal_scores() -> None:
    assert best_f1(flags(1, 0, 0, 0), np.array([0.5, 0.5, 0.5, 0.5])) == pytest.approx(2 / 5)


def test_average_precision() -> None:
    # Precision 1/1 at the first hit, 2/3 at the second.
    assert average_precision(flags(1, 0, 1, 0), np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx(
        (1 + 2 / 3) / 2
    )


def test_kappa() -> None:
    # Agreement 3/4, by chance 1/2·1/4 + 1/2·3/4 = 1/2.
    assert kappa(flags(1, 1, 0, 0), flags(1, 0, 0, 0)) == pytest.approx(0.5)


def test_expected_calibration_error() -> None:
    # Bin 0.2–0.3: probability 0.25, frequency 0.5; bin 0.9–1.0: probability 0.95, frequency 1.
    error = expected_calibration_error(flags(1, 0, 1, 1), np.array([0.25, 0.25, 0.9, 1.0]))
    assert error == pytest.approx(0.5 * 0.25 + 0.5 * 0.05)


def test_a_perfect_calibration_has_no_error() -> None:
    assert expected_calibration_error(flags(1, 0), np.array([1.0, 0.0])) == 0


def test_coverage_error_is_the_mean_over_documents_and_tasks() -> None:
    assert coverage_error([judged(coverage=(0.5, 0.25)), judged(coverage=(0.0, 0.75))]) == pytest.approx(0.5)


def test_levels_are_compared_in_scope_only() -> None:
    documents = [
        judged(level=3, estimate=4),
        judged(level=4, estimate=None),
        judged(level=None, estimate=3),
        judged(level=None, scope=False),
        judged(level=3, scope=None),
    ]
    assert level_pairs(documents) == [(3, 4), (4, None)]


def test_scope_auc() -> None:
    documents = [
        judged(scope=True, coverage=(0, 0.9)),
        judged(scope=True, coverage=(0, 0.2)),
        judged(scope=False, coverage=(0, 0.5)),
        judged(scope=False, coverage=(0, 0.1)),
        judged(scope=None, coverage=(0, 1.0)),
    ]
    # Of four pairs of a document in scope and one out of it, three stand in the right order.
    assert scope_auc(documents, lambda one: one.report.tasks[0].coverage) == pytest.approx(0.75)


def test_ranking_of_resumes_for_a_posting() -> None:
    posting = judged((2, 2, 0), ("stated", "stated", "absent"), kind="posting", identifier="p")
    full = judged((2, 2, 0), ("stated", "absent", "absent"), identifier="full")
    half = judged((2, 0, 0), ("stated", "stated", "absent"), identifier="half")
    none = judged((0, 0, 2), ("absent", "absent", "stated"), identifier="none")
    # Gains 1, ½ and 0; the tool puts ½ before 1.
    ideal = 1 + 0.5 / math.log2(3)
    assert ranking([posting, full, half, none]) == pytest.approx((0.5 + 1 / math.log2(3)) / ideal)
    right = replace(full, report=half.report), replace(half, report=full.report)
    assert ranking([posting, *right, none]) == pytest.approx(1.0)


def test_resumes_of_equal_score_share_the_mean_of_their_orders() -> None:
    posting = judged((2, 2, 0), ("stated", "stated", "absent"), kind="posting", identifier="p")
    full = judged((2, 2, 0), ("stated", "absent", "absent"), identifier="full")
    half = judged((2, 0, 0), ("stated", "absent", "absent"), identifier="half")
    second = 1 / math.log2(3)
    tied = (1.5 * (1 + second) / 2) / (1 + 0.5 * second)
    assert ranking([posting, full, half]) == ranking([posting, half, full]) == pytest.approx(tied)


def test_a_posting_that_asks_for_nothing_ranks_nothing() -> None:
    empty = judged(kind="posting", identifier="p")
    resumes = [judged((2, 0, 0), identifier=name) for name in "ab"]
    assert math.isnan(ranking([empty, *resumes]))
    assert math.isnan(ranking(resumes))
    assert math.isnan(ranking([empty, resumes[0]]))


def test_an_interval_holds_the_figure_and_is_the_same_on_every_run() -> None:
    documents = [judged(coverage=(0.0, share / 20)) for share in range(20)]
    low, high = interval(documents, coverage_error)
    assert low < coverage_error(documents) < high
    assert interval(documents, coverage_error) == (low, high)
    assert interval(documents[:1] * 5, coverage_error) == (0.0, 0.0)


def test_the_fold_of_a_document_depends_on_its_id_alone() -> None:
    folds = [fold(f"document {number}") for number in range(300)]
    assert folds == [fold(f"document {number}") for number in range(300)]
    assert set(folds) == set(range(FOLDS))


@dataclass(frozen=True)
class Run:
    """A run on some documents in two folds, and another after the labels of one fold were turned round."""

    figures: dict[str, Any]
    before: list[Judged]
    after: list[Judged]
    turned: set[str]


@pytest.fixture(scope="module")
def run() -> Run:
    scorer = uncalibrated_scorer()
    documents = prepare(scorer, load_set(SETS / "made", scorer.standard)[:24])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge_module, "FOLDS", 2)
        patch.setattr(metrics_module, "BOOTSTRAPS", 50)
        figures, before = evaluate(scorer, documents, {"made": [one.document for one in documents]})
        turned = {one.document.id for one in documents if fold(one.document.id) == 0}
        changed = [_turned(one) if one.document.id in turned else one for one in documents]
        return Run(figures["made"], before, judge(scorer, changed, {}), turned)


def _turned(one: Prepared) -> Prepared:
    labels: dict[str, int | None] = {
        code: 0 if label else 1 + at % 2 for at, (code, label) in enumerate(one.document.labels.items())
    }
    return replace(one, document=replace(one.document, labels=labels))


def test_the_figures_of_a_run(run: Run) -> None:
    assert run.figures["documents"] == len(run.before) == 24
    for kind in KINDS:
        item = run.figures["items"][kind]
        low, high = item["f1_interval"]
        assert 0 <= low <= item["f1"] <= high <= 1
        assert item["f1"] <= item["best_f1"] + 1e-9
        baselines = run.figures["baselines"]
        assert len(baselines) == 4
        assert all(0 < scores[kind]["average_precision"] <= 1 for scores in baselines.values())


def test_no_document_is_judged_by_its_own_labels(run: Run) -> None:
    before = {one.document.id: one.report.items for one in run.before}
    after = {one.document.id: one.report.items for one in run.after}
    assert before.keys() == after.keys() > run.turned > set()
    same = {key for key in before if after[key] == before[key]}
    assert same == run.turned
