"""What the report says of a ranking as a whole: its rows, and how many candidates meet each demand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from matcher.batch.ranking import Failure, Ranked, Ranking
from matcher.scoring.fit import Demand, Fit, Outcome, fit
from matcher.scoring.report import ConditionStatus, LevelEstimate
from matcher.standard import Standard

MOST_PAGES = 1_000
"""Candidates that get a page of their own; those after them have a row only."""

MOST_ROWS = 10_000
"""Rows of a table, of candidates or of failures: more of them no browser sorts with ease."""

Shares = tuple[float | None, float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate in the table. ``number`` is that of the entry, ``href`` leads to their page, None where
    there is none.

    ``fit`` is that to the posting, as a whole and of indicators, knowledge and skills; None without one.
    """

    id: str
    number: int
    href: str | None
    rank: int
    name: str
    duplicate_of: str | None
    fit: Shares | None
    coverage: float
    tasks: tuple[float, ...]
    level: LevelEstimate
    conditions: tuple[ConditionStatus, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of the posting, and how many of the listed candidates show it."""

    demand: Demand
    met: int
    partly: int
    missing: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole ranking. ``groups`` hold a candidate and then the duplicates of theirs; ``notes`` are those
    of every fit to the posting.

    ``scored`` and ``failed`` count documents, ``candidates`` those scored that differ; ``listed`` are the
    documents of the ranking and ``listed_candidates`` its candidates, whether or not they have a row.
    """

    standard: Standard
    groups: Sequence[Sequence[Row]]
    asked: Sequence[Asked]
    notes: Sequence[str]
    failures: Sequence[Failure]
    scored: int
    candidates: int
    failed: int
    listed: int
    listed_candidates: int
    versions: dict[str, str]

    @property
    def pages(self) -> int:
        """How many of the listed documents have a page of their own."""
        return sum(row.href is not None for group in self.groups for row in group)

    @property
    def rows(self) -> int:
        """How many of the listed documents have a row."""
        return sum(map(len, self.groups))


def survey(ranking: Ranking) -> Overview:
    """One walk through the ranking. What is kept of it is bounded by ``MOST_ROWS``."""
    rows: list[Row] = []
    outcomes: Counter[tuple[str, Outcome]] = Counter()
    candidates = 0
    versions: dict[str, str] = {}
    for place, one in enumerate(ranking, 1):
        if len(rows) < MOST_ROWS:
            rows.append(_row(place, one))
        if one.duplicate_of is None:
            candidates += 1
            outcomes.update((demand.code, demand.outcome) for demand in (one.fit.demands if one.fit else ()))
        versions = versions or one.report.versions
    wanted = _wanted(ranking)
    return Overview(
        standard=ranking.standard,
        groups=[list(group) for _, group in groupby(rows, key=lambda row: row.rank)],
        asked=list(_asked(wanted, outcomes)),
        notes=wanted.notes if wanted else (),
        failures=list(islice(ranking.failures(), MOST_ROWS)),
        scored=ranking.scored,
        candidates=ranking.candidates,
        failed=ranking.failed,
        listed=len(ranking),
        listed_candidates=candidates,
        versions=versions,
    )


def _row(place: int, one: Ranked) -> Row:
    identity, report = f"c{place}", one.report
    return Row(
        id=identity,
        number=one.number,
        href=f"#{identity}" if place <= MOST_PAGES else None,
        rank=one.rank,
        name=one.name,
        duplicate_of=one.duplicate_of,
        fit=(one.fit.score, one.fit.indicators, one.fit.knowledge, one.fit.skills) if one.fit else None,
        coverage=report.coverage,
        tasks=tuple(task.coverage for task in report.tasks),
        level=report.level,
        conditions=tuple(condition.status for condition in report.conditions.values()),
        notes=tuple(note.message for note in report.notes),
    )


def _wanted(ranking: Ranking) -> Fit | None:
    """What the posting asks for, as its fit to itself says it."""
    return fit(ranking.posting.report, ranking.posting.report) if ranking.posting else None


def _asked(wanted: Fit | None, outcomes: Counter[tuple[str, Outcome]]) -> Iterator[Asked]:
    for demand in sorted(wanted.demands if wanted else (), key=lambda demand: -demand.weight):
        counts = (outcomes[demand.code, outcome] for outcome in ("met", "partly", "missing"))
        yield Asked(demand, *counts)
