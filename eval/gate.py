"""The gate: no figure on the repository's own sets may fall below its floor."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError

BASELINE = Path(__file__).parent / "baseline.json"

SLACK = 0.005
"""Floors are set this far below the figures: processors sum floating-point numbers in different orders."""


class GateError(MatcherError):
    """The gate does not let a change pass; the message names every figure, its floor and its value."""


def floors_of(figures: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The floors that figures give: for each set its data, its size and the least of each figure.

    Errors are kept as negative numbers, so that more is better for every figure.
    """
    return {
        name: {"data": f["data"], "documents": f["documents"], "floors": _flat(f)}
        for name, f in figures.items()
    }


def _flat(figures: Mapping[str, Any]) -> dict[str, float]:
    flat = {f"{kind} F1": item["f1"] for kind, item in figures["items"].items()}
    flat |= {f"{kind} AP": item["average_precision"] for kind, item in figures["items"].items()}
    flat["level accuracy"] = figures["level"]["accuracy"]
    flat["scope AUC"] = figures["scope_auc"]["scope_probability"]
    flat["coverage error (negative)"] = -figures["coverage_error"]
    # A set without labels of a kind has no figure for it, and nothing is below «not a number».
    return {name: round(value - SLACK, 4) for name, value in flat.items() if not math.isnan(value)}


def failures(figures: Mapping[str, Any], baseline: Mapping[str, Any]) -> Iterator[str]:
    """Every way in which the figures fall short of the floors of ``baseline``, which are kept by set."""
    current = floors_of(figures)
    for name in sorted(baseline.keys() - current.keys()):
        yield f"{name}: the set is gone"
    for name, now in current.items():
        then = baseline.get(name)
        if then is None:
            yield f"{name}: the baseline does not know this set; write it with --update"
            continue
        if (then["data"], then["documents"]) != (now["data"], now["documents"]):
            change = f"{then['documents']} documents {then['data']}, now {now['documents']} {now['data']}"
            yield f"{name}: the data changed ({change}); write new floors with --update"
            continue
        for figure, floor in then["floors"].items():
            measured = now["floors"].get(figure)
            if measured is None:
                yield f"{name} {figure}: no longer measured"
            elif measured + SLACK < floor:
                yield f"{name} {figure}: {measured + SLACK:.4f} is below the floor {floor:.4f}"


def check_gate(figures: Mapping[str, Any], path: Path = BASELINE) -> list[str]:
    """Lines that say what holds.

    Raises:
        GateError: a figure fell below its floor, or the data are not those that the floors were set on.
    """
    if not path.is_file():
        raise GateError(f"{path.name} is missing; write it with --update")
    short = list(failures(figures, _load(path)["sets"]))
    if short:
        raise GateError("the gate is closed:\n  " + "\n  ".join(short))
    return [f"{name}: {len(entry['floors'])} floors hold" for name, entry in floors_of(figures).items()]


def save_baseline(figures: Mapping[str, Any], reason: str, path: Path = BASELINE) -> None:
    """Write the figures as floors; lowering one takes a reason, which is kept with what it lowered.

    Raises:
        GateError: a floor would be lowered, or given up, without a reason; on other data too.
    """
    new, old = floors_of(figures), _load(path)
    lowered = list(_lowered(old["sets"], new))
    if lowered and not reason.strip():
        raise GateError(
            'floors would be lowered; give --allow-regression "reason":\n  ' + "\n  ".join(lowered)
        )
    history = [*old["lowered"], {"reason": reason, "floors": lowered}] if lowered else old["lowered"]
    content = json.dumps({"sets": new, "lowered": history}, ensure_ascii=False, indent=1) + "\n"
    path.write_text(content, encoding="utf-8")


def _lowered(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name, entry in old.items():
        now = new.get(name, {"floors": {}})["floors"]
        for figure, floor in entry["floors"].items():
            if now.get(figure, -math.inf) < floor:
                yield f"{name} {figure}: {floor} → {now.get(figure, 'none')}"


def _load(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {"sets": {}, "lowered": []}
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored
