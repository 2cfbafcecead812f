"""The gate: closed below a floor or on other data; lowering a floor needs a reason, which is kept."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from eval.gate import SLACK, GateError, check_gate, floors_of, save_baseline


def figures(**changes: Any) -> dict[str, Any]:
    """Figures of one set, with changes."""
    item = {"f1": 0.70, "average_precision": 0.75}
    one = {
        "data": "abc",
        "documents": 40,
        "items": {"indicator": dict(item), "knowledge": dict(item), "skill": dict(item)},
        "level": {"accuracy": 0.9},
        "scope_auc": {"scope_probability": 0.97},
        "coverage_error": 0.10,
    }
    return {"made": {**one, **changes}}


def lower(**changes: float) -> dict[str, Any]:
    """Figures with another F1 of the indicators, level accuracy or error of coverage."""
    changed = deepcopy(figures())
    if "f1" in changes:
        changed["made"]["items"]["indicator"]["f1"] = changes["f1"]
    if "level" in changes:
        changed["made"]["level"]["accuracy"] = changes["level"]
    if "error" in changes:
        changed["made"]["coverage_error"] = changes["error"]
    return changed


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    """A baseline with the floors of the unchanged figures."""
    path = tmp_path / "baseline.json"
    save_baseline(figures(), "", path)
    return path


def test_open_on_the_figures_that_it_was_set_on(baseline: Path) -> None:
    assert check_gate(figures(), baseline) == ["made: 9 floors hold"]


@pytest.mark.parametrize("better", [{"f1": 0.99}, {"level": 1.0}, {"error": 0.01}])
def test_open_where_a_figure_is_better(baseline: Path, better: dict[str, float]) -> None:
    check_gate(lower(**better), baseline)


def test_open_within_the_slack(baseline: Path) -> None:
    check_gate(lower(f1=0.70 - SLACK / 2), baseline)


@pytest.mark.parametrize(
    ("worse", "message"),
    [
        ({"f1": 0.68}, r"made indicator F1: 0\.6800 is below the floor 0\.6950"),
        ({"level": 0.8}, r"made level accuracy: 0\.8000 is below the floor 0\.8950"),
        ({"error": 0.2}, r"made coverage error \(negative\): -0\.2000 is below the floor -0\.1050"),
        ({"f1": float("nan")}, "made indicator F1: no longer measured"),
        ({"level": float("nan")}, "made level accuracy: no longer measured"),
    ],
)
def test_closed_below_a_floor(baseline: Path, worse: dict[str, float], message: str) -> None:
    with pytest.raises(GateError, match=message):
        check_gate(lower(**worse), baseline)


def test_all_failures_are_named_together(baseline: Path) -> None:
    with pytest.raises(GateError) as error:
        check_gate(lower(f1=0.1, level=0.1, error=0.9), baseline)
    assert len(str(error.value).splitlines()) == 4


@pytest.mark.parametrize("change", [{"data": "def"}, {"documents": 41}])
def test_closed_on_other_data(baseline: Path, change: dict[str, Any]) -> None:
    with pytest.raises(GateError, match=r"made: the data changed .*--update"):
        check_gate(figures(**change), baseline)


def test_closed_where_a_set_is_gone_or_new(baseline: Path) -> None:
    with pytest.raises(GateError, match="made: the set is gone"):
        check_gate({}, baseline)
    with pytest.raises(GateError, match="other: the baseline does not know this set"):
        check_gate({**figures(), "other": figures()["made"]}, baseline)


def test_closed_without_a_baseline(tmp_path: Path) -> None:
    with pytest.raises(GateError, match=r"baseline\.json is missing; write it with --update"):
        check_gate(figures(), tmp_path / "baseline.json")


def test_raising_a_floor_needs_no_reason(baseline: Path) -> None:
    save_baseline(lower(f1=0.8), "", baseline)
    assert json.loads(baseline.read_text(encoding="utf-8"))["lowered"] == []
    with pytest.raises(GateError, match="indicator F1"):
        check_gate(figures(), baseline)


@pytest.mark.parametrize("reason", ["", "  "])
@pytest.mark.parametrize(
    "worse",
    [lower(f1=0.6), lower(f1=float("nan")), figures(data="def", level={"accuracy": 0.5}), {}],
    ids=["lower", "not measured", "other data", "set gone"],
)
def test_lowering_a_floor_needs_a_reason(baseline: Path, worse: dict[str, Any], reason: str) -> None:
    before = baseline.read_bytes()
    with pytest.raises(GateError, match="--allow-regression"):
        save_baseline(worse, reason, baseline)
    assert baseline.read_bytes() == before


def test_lowering_with_a_reason_is_recorded_for_good(baseline: Path) -> None:
    save_baseline(lower(f1=0.6), "harder documents", baseline)
    check_gate(lower(f1=0.6), baseline)
    save_baseline(lower(f1=0.65), "", baseline)
    save_baseline(lower(f1=0.65, level=0.8), "labels mended", baseline)
    assert json.loads(baseline.read_text(encoding="utf-8"))["lowered"] == [
        {"reason": "harder documents", "floors": ["made indicator F1: 0.695 → 0.595"]},
        {"reason": "labels mended", "floors": ["made level accuracy: 0.895 → 0.795"]},
    ]


def test_better_figures_on_other_data_need_no_reason(baseline: Path) -> None:
    save_baseline(figures(data="def", documents=50), "", baseline)
    check_gate(figures(data="def", documents=50), baseline)


def test_floors_lie_below_the_figures() -> None:
    floors = floors_of(figures())["made"]["floors"]
    assert floors["indicator F1"] == pytest.approx(0.70 - SLACK)
    assert floors["coverage error (negative)"] == pytest.approx(-0.10 - SLACK)
    assert len(floors) == 9
