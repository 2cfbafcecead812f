"""The report: what of a standard a text covers, at what level, and by which sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

Kind = Literal["resume", "posting"]
ItemKind = Literal["indicator", "knowledge", "skill"]
Status = Literal["stated", "partial", "absent"]
ConditionStatus = Literal["met", "not_met", "not_stated"]

SCHEMA = "report/1"

CONDITION_WORDS: dict[ConditionStatus, str] = {"met": "符合", "not_met": "不符", "not_stated": "未載明"}
"""How the status of a condition is called wherever a recruiter reads it."""

CREDIT: dict[Status, float] = {"stated": 1.0, "partial": 0.5, "absent": 0.0}
"""What an item of each status counts in a coverage."""


@dataclass(frozen=True, slots=True)
class TermShare:
    """A term of the evidence, as the text writes it, and its part of the evidence's score."""

    term: str
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the original text (code points, end exclusive), its score 0 to 1, and the terms that made it.

    The shares sum to the score. ``phrase`` is the phrasing of the item that the span is nearest to.
    """

    start: int
    end: int
    quote: str
    score: float
    phrase: str
    terms: tuple[TermShare, ...]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item: whether the text states it, with what probability, and by which evidence, best first.

    ``probability`` is that of the item being at least partial; ``score`` the best evidence's.
    """

    code: str
    kind: ItemKind
    text: str
    status: Status
    probability: float
    score: float
    evidence: tuple[Evidence, ...]


def covered(items: Sequence[ItemScore]) -> float:
    """The share of items that are covered, a partial one counting half; 0 where there are none."""
    return sum(CREDIT[item.status] for item in items) / len(items) if items else 0.0


@dataclass(frozen=True, slots=True)
class TaskCoverage:
    """A task: the share of its indicators that are covered (a partial one counts half), and, beside it,
    of its knowledge and skills; ``weighted`` is the indicators' mean probability."""

    code: str
    name: str
    level: int
    coverage: float
    weighted: float
    knowledge: float
    skills: float
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelEstimate:
    """The level that the evidence is equal to, its probability and reasons.

    ``estimate`` and ``probability`` are None where ``sufficient`` is False: the text says too little.
    """

    estimate: int | None
    probability: float | None
    sufficient: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeEstimate:
    """The probability that the text is about the standard's occupation at all."""

    probability: float


@dataclass(frozen=True, slots=True)
class ConditionEvidence:
    """A span of the original text that speaks of education or experience."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Condition:
    """An entry condition that the standard suggests, and what the text has: shown, never scored."""

    required: str
    status: ConditionStatus
    found: str | None
    evidence: tuple[ConditionEvidence, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of the report should know."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer for one text. ``items`` has every item of the standard, in the standard's order."""

    code: str
    name: str
    kind: Kind
    level: LevelEstimate
    scope: ScopeEstimate
    tasks: tuple[TaskCoverage, ...]
    items: tuple[ItemScore, ...]
    conditions: dict[str, Condition]
    notes: tuple[Note, ...]
    versions: dict[str, str]

    @property
    def coverage(self) -> float:
        """The share of all indicators that are covered; a partial one counts half."""
        return round(covered([item for item in self.items if item.kind == "indicator"]), 4)

    def to_dict(self) -> dict[str, Any]:
        """Plain types, ready for JSON."""
        fields = plain(self)
        return {
            "schema": SCHEMA,
            "standard": {"code": fields.pop("code"), "name": fields.pop("name")},
            "kind": fields.pop("kind"),
            "coverage": self.coverage,
            **fields,
        }


def plain(result: Any) -> Any:
    """The result as what JSON has: dicts, lists, strings, numbers, truth values and None."""
    # Not by encoding and decoding: a text may hold what UTF-8 cannot.
    return _listed(msgspec.to_builtins(result))


def _listed(value: Any) -> Any:
    """The value with lists for tuples, all the way down."""
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, (list, tuple)) else value
