"""From signals to probabilities: the stored logistic regressions are scikit-learn's."""

import json
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.calibrate import fit
from eval.prepare import Prepared, prepare, uncalibrated_scorer
from eval.sets import SETS, load_set
from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.scoring.calibration import KindCalibration, Logistic, load_calibration, parse_calibration
from matcher.scoring.level import LEVEL_SIGNALS
from matcher.scoring.phrasebook import meaning
from matcher.scoring.scorer import Scorer
from matcher.scoring.signals import ITEM_SIGNALS, SCOPE_SIGNALS
from matcher.standard import Standard

LOGISTIC = Logistic(("近", "遠"), np.array([2.0, -1.0]), 0.5)
STORED: dict[str, Any] = json.loads(data_path("calibration.json").read_text(encoding="utf-8"))


def test_probability_of_rows() -> None:
    expected = [1 / (1 + np.exp(-0.5)), 1 / (1 + np.exp(-(0.5 + 2 * 0.4 - 0.3)))]
    assert LOGISTIC.probability(np.array([[0.0, 0.0], [0.4, 0.3]])).tolist() == pytest.approx(expected)


def test_offsets_are_added_to_the_log_odds() -> None:
    row = np.array([[0.0, 0.0]])
    assert LOGISTIC.probability(row, -0.5).tolist() == pytest.approx([0.5])


def test_a_logistic_is_stored_and_read_back() -> None:
    again = Logistic.from_dict(json.loads(json.dumps(LOGISTIC.to_dict())))
    assert again.signals == LOGISTIC.signals
    assert again.coefficients.tolist() == LOGISTIC.coefficients.tolist()
    assert again.intercept == LOGISTIC.intercept


def test_an_item_that_no_reader_has_labelled_has_no_offset() -> None:
    calibration = KindCalibration(LOGISTIC, LOGISTIC, 0.5, 0.5, {"点收能力": (0.25, 0.5)})
    assert calibration.offset(["点收能力", "未见过"], 0.5).tolist() == [0.5, 0.0]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        json.dumps({**STORED, "kinds": {"indicator": {}}}),
        json.dumps({**STORED, "level": 3}),
        json.dumps({**STORED, "scope": {"intercept": "高", "coefficients": {}}}),
        json.dumps({**STORED, "scope": {"intercept": 0}}),
    ],
)
def test_another_form_is_a_clear_error(content: str) -> None:
    with pytest.raises(MatcherError, match=r"校準檔無法讀取.*python -m eval calibrate"):
        parse_calibration(content)


def test_the_version_is_that_of_the_content() -> None:
    other = json.dumps({**STORED, "documents": 0})
    assert parse_calibration(json.dumps(STORED)).version != parse_calibration(other).version


def test_the_shipped_calibration_fits_the_signals_of_today() -> None:
    calibration = load_calibration()
    assert calibration.scope.signals == SCOPE_SIGNALS
    assert calibration.level.signals == LEVEL_SIGNALS
    assert calibration.kinds.keys() == {"indicator", "knowledge", "skill"}
    for kind in calibration.kinds.values():
        assert kind.present.signals == kind.whole.signals == ITEM_SIGNALS
        assert 0 < kind.threshold < 1
        assert 0 < kind.whole_threshold < 1


def test_the_shipped_calibration_names_its_data_and_knows_every_item(bas2421: Standard) -> None:
    assert STORED["fitted_on"]
    assert STORED["documents"] > 0
    for kind, calibration in load_calibration().kinds.items():
        assert calibration.offsets.keys() == {meaning(i.text) for i in bas2421.items if i.kind == kind}


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return uncalibrated_scorer()


@pytest.fixture(scope="module")
def prepared(scorer: Scorer) -> list[Prepared]:
    return prepare(scorer, load_set(SETS / "made", scorer.standard)[:24])


@pytest.fixture(scope="module")
def content(scorer: Scorer, prepared: list[Prepared]) -> str:
    return fit(scorer, prepared, {"made": "24 of them"})


def test_what_is_stored_gives_scikit_learns_probabilities(content: str, prepared: list[Prepared]) -> None:
    known = [one for one in prepared if one.document.scope is not None]
    rows = np.array([signals.scope for one in known for signals in one.fitting])
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=5000))
    pipeline.fit(rows, [one.document.scope for one in known for _ in one.fitting])
    expected = pipeline.predict_proba(rows)[:, 1]
    assert np.ptp(expected) > 0.3
    assert np.allclose(parse_calibration(content).scope.probability(rows), expected, atol=1e-4)


def test_fitting_again_gives_the_same_bytes(content: str, scorer: Scorer, prepared: list[Prepared]) -> None:
    assert fit(scorer, prepared, {"made": "24 of them"}) == content


def test_what_was_fitted_names_its_data(content: str) -> None:
    stored = json.loads(content)
    assert (stored["fitted_on"], stored["documents"]) == ({"made": "24 of them"}, 24)
