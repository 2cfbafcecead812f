"""How far a résumé covers what a posting asks for, item by item."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from matcher.errors import MatcherError
from matcher.scoring.report import CREDIT, Evidence, ItemKind, Report, Status, plain

Outcome = Literal["met", "partly", "missing"]

SCHEMA = "fit/1"

FEW_DEMANDS = 5
"""With fewer demands a fit rests on little, and says so."""

_SHARE = attrgetter("share")
_EXPECTED = attrgetter("expected")


@dataclass(frozen=True, slots=True)
class Demand:
    """An item that the posting asks for, and what the résumé shows of it, each with its evidence.

    ``weight`` is how clearly the posting asks: the item's probability there, halved where only a part of
    it is asked for. ``share`` is how much of what is asked for is shown, 0 to 1.
    """

    code: str
    kind: ItemKind
    text: str
    weight: float
    asked: Status
    shown: Status
    outcome: Outcome
    share: float
    expected: float
    asked_evidence: tuple[Evidence, ...]
    shown_evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit of a résumé to a posting, 0 to 1, with its parts.

    ``score`` is the weighted mean share of the demands, ``indicators``, ``knowledge`` and ``skills`` the
    same for the demands of each kind. Each is None where nothing is asked. ``expected`` is the weighted
    mean probability that the résumé has the item: a finer measure, which decides between equal scores.
    """

    score: float | None
    indicators: float | None
    knowledge: float | None
    skills: float | None
    expected: float
    demands: tuple[Demand, ...]
    notes: tuple[str, ...]

    def count(self, outcome: Outcome) -> int:
        """How many demands have this outcome."""
        return sum(demand.outcome == outcome for demand in self.demands)

    def to_dict(self) -> dict[str, Any]:
        """Plain types, ready for JSON."""
        return {"schema": SCHEMA, **plain(self)}


def fit(posting: Report, resume: Report) -> Fit:
    """Compare two reports by the same standard.

    Raises:
        MatcherError: the reports are by different standards.
    """
    if posting.code != resume.code:
        raise MatcherError(f"職缺和履歷要用同一份職能基準評分：職缺是 {posting.code}，履歷是 {resume.code}。")
    demands = tuple(
        Demand(
            code=asked.code,
            kind=asked.kind,
            text=asked.text,
            weight=round(asked.probability * CREDIT[asked.status], 4),
            asked=asked.status,
            shown=shown.status,
            outcome=_outcome(asked.status, shown.status),
            share=min(1.0, CREDIT[shown.status] / CREDIT[asked.status]),
            expected=shown.probability,
            asked_evidence=asked.evidence,
            shown_evidence=shown.evidence,
        )
        for asked, shown in zip(posting.items, resume.items, strict=True)
        if asked.status != "absent"
    )

    def of(kind: ItemKind) -> float | None:
        return _mean([demand for demand in demands if demand.kind == kind], _SHARE)

    return Fit(
        score=_mean(demands, _SHARE),
        indicators=of("indicator"),
        knowledge=of("knowledge"),
        skills=of("skill"),
        expected=_mean(demands, _EXPECTED) or 0.0,
        demands=demands,
        notes=_notes(len(demands)),
    )


def fit_order(result: Fit, resume: Report) -> tuple[float, float, float]:
    """A key that sorts best first: by score, then expected fit, then coverage of the standard. Without a
    score, when nothing is asked for, by coverage alone."""
    return (-(result.score or 0.0), -result.expected, -resume.coverage)


def _outcome(asked: Status, shown: Status) -> Outcome:
    if shown == "absent":
        return "missing"
    return "met" if CREDIT[shown] >= CREDIT[asked] else "partly"


def _mean(demands: Sequence[Demand], value: Callable[[Demand], float]) -> float | None:
    weight = sum(demand.weight for demand in demands)
    return round(sum(one.weight * value(one) for one in demands) / weight, 4) if weight else None


def _notes(demands: int) -> tuple[str, ...]:
    if demands == 0:
        return ("這份職缺沒有要求職能基準裡的任何項目，無法計算適配；請看職能涵蓋。",)
    if demands < FEW_DEMANDS:
        return (f"這份職缺只要求了 {demands} 項，適配的依據很少。",)
    return ()
