"""One text against one standard: windows, similarities, probabilities, and the report that says why."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.language.analysis import Analysis
from matcher.language.characters import pairs
from matcher.language.level_signs import level_signs
from matcher.language.segment import Segmenter
from matcher.scoring.calibration import Calibration
from matcher.scoring.conditions import check_conditions
from matcher.scoring.evidence import best_windows, explain
from matcher.scoring.idf import Idf, pair_idf
from matcher.scoring.index import PhraseIndex
from matcher.scoring.level import estimate_level, level_reasons
from matcher.scoring.phrasebook import Phrase, Phrasebook, meaning
from matcher.scoring.report import (
    Evidence,
    ItemScore,
    Kind,
    Note,
    Report,
    ScopeEstimate,
    Status,
    TaskCoverage,
    covered,
)
from matcher.scoring.signals import (
    BEST,
    ITEM_SIGNALS,
    SAYS_ALL,
    Columns,
    Findings,
    own_signals,
    pair_signals,
    scope_signals,
    ten_nearest,
)
from matcher.scoring.windows import Windows, in_pairs, windows
from matcher.standard import Standard

Row = npt.NDArray[np.float64]

LEAST_EVIDENCE = 0.45
"""Nothing counts without a window this near to a phrase, however likely the rest of the text makes it."""

RELEVANT_SIMILARITY = 0.75
"""From here on a sentence about the occupation makes the job that it stands in relevant experience."""


@dataclass(frozen=True)
class Signals:
    """What a text shows, before calibration: one row of own signals an item, and the scope's numbers."""

    windows: Windows
    findings: Findings
    own: Row
    scope: Row


class Scorer:
    """Scores analysed texts against one standard. Holds the item side, built once; never changes."""

    def __init__(
        self,
        standard: Standard,
        phrasebook: Phrasebook,
        segmenter: Segmenter,
        idf: Idf,
        calibration: Calibration,
    ) -> None:
        self.standard = standard
        self.calibration = calibration
        meanings = [phrasebook.phrases(item.text) for item in standard.items]
        meanings.append(_occupation(standard, phrasebook))
        self.index = PhraseIndex(meanings, segmenter.words, idf)
        self._pairs = PhraseIndex(meanings, pairs, pair_idf(idf))
        self._columns = Columns(self.index.groups)
        self._spans = self.index.spans()
        self._meanings = [meaning(item.text) for item in standard.items]
        self._kinds = np.array([item.kind for item in standard.items])
        self._mates = _mates(standard)

    def with_calibration(self, calibration: Calibration) -> "Scorer":
        """The same scorer with another calibration; the item side is shared."""
        other = copy(self)
        other.calibration = calibration
        return other

    def signals(self, analysis: Analysis) -> Signals:
        """Compare a text with every phrase of every item."""
        found = windows(analysis)
        highest = np.zeros(len(self.index.phrases), np.float32)
        findings = self._columns.findings(self.index.group_similarities(found, highest))
        by_pairs = self._columns.findings(
            self._pairs.group_similarities(in_pairs(found, analysis.normalised))
        )
        count = len(self.standard.items)
        own = np.hstack(
            [
                own_signals(findings, found, count),
                pair_signals(by_pairs, found, count),
                ten_nearest(highest, self._spans[:count]),
            ]
        )
        return Signals(found, findings, own, scope_signals(findings, found, count))

    def rows(self, signals: Signals, kind: Kind) -> Row:
        """The numbers of ``ITEM_SIGNALS``, one row an item."""
        best = signals.own[:, BEST]
        scope = self.scope(signals)
        posting = float(kind == "posting")
        same = self._mates @ best
        indicators = best[self._kinds == "indicator"]
        others = np.where(
            self._kinds == "indicator",
            (indicators.sum() - best) / max(len(indicators) - 1, 1),
            indicators.mean(),
        )
        context = np.stack(
            [
                others,
                same,
                np.full_like(best, scope),
                best * scope,
                np.full_like(best, posting),
                best * posting,
            ],
            1,
        )
        return np.concatenate([signals.own, context], axis=1)

    def scope(self, signals: Signals) -> float:
        """The probability that the text is about the occupation."""
        return float(self.calibration.scope.probability(signals.scope[None, :])[0])

    def report(self, analysis: Analysis, kind: Kind, versions: dict[str, str]) -> Report:
        """The report of one text."""
        signals = self.signals(analysis)
        scope = self.scope(signals)
        items = self._items(analysis, signals, kind)
        signs = level_signs(analysis)
        statuses: dict[str, str] = {item.code: item.status for item in items}
        quotes = {
            sign: analysis.text[places[0].start : places[0].end].replace("\n", "")
            for sign, places in signs.places.items()
            if places
        }
        level = estimate_level(
            self.standard,
            self.calibration.level,
            [item.probability for item in items],
            signs,
            scope=scope,
            covered=sum(item.status != "absent" for item in items),
            reasons=level_reasons(self.standard, statuses, signs, quotes),
        )
        relevant = _relevant(analysis, signals, len(items))
        return Report(
            code=self.standard.code,
            name=self.standard.name,
            kind=kind,
            level=level,
            scope=ScopeEstimate(round(scope, 4)),
            tasks=tuple(self._tasks(items)),
            items=items,
            conditions=check_conditions(
                analysis,
                self.standard.conditions,
                lambda sentence: sentence.start in relevant,
                posting=kind == "posting",
            ),
            notes=tuple(_notes(analysis)),
            versions=versions,
        )

    def _items(self, analysis: Analysis, signals: Signals, kind: Kind) -> tuple[ItemScore, ...]:
        present, whole = self.probabilities(self.rows(signals, kind))
        best = signals.findings.best
        statuses = [
            self._status(item.kind, float(present[at]), float(whole[at]), signals.own[at])
            for at, item in enumerate(self.standard.items)
        ]
        evidence = self._evidence(analysis, signals, statuses)
        return tuple(
            ItemScore(
                item.code,
                item.kind,
                item.text,
                statuses[at],
                round(float(present[at]), 4),
                evidence[at][0].score if evidence[at] else round(float(best[:, at].max()), 4),
                evidence[at],
            )
            for at, item in enumerate(self.standard.items)
        )

    def _evidence(
        self, analysis: Analysis, signals: Signals, statuses: Sequence[Status]
    ) -> list[tuple[Evidence, ...]]:
        """The evidence of every item that is not absent, best first."""
        found = signals.windows
        shown = [at for at, status in enumerate(statuses) if status != "absent"]
        evidence: list[tuple[Evidence, ...]] = [()] * len(statuses)
        chosen = best_windows(signals.findings.best[:, shown], found)
        rows = sorted({window for places in chosen for window in places})
        row_of = {window: row for row, window in enumerate(rows)}
        nearest = self.index.nearest(found.take(rows))
        for at, places in zip(shown, chosen, strict=True):
            spans = [
                explain(analysis, self.index, found, place, int(nearest[row_of[place], at]))
                for place in places
            ]
            evidence[at] = tuple(sorted(spans, key=lambda one: (-one.score, one.start)))
        return evidence

    def probabilities(self, rows: Row) -> tuple[Row, Row]:
        """For each item the probability of being at least partial, and of being whole if it is."""
        present, whole = np.empty(len(rows)), np.empty(len(rows))
        scope = float(rows[0, ITEM_SIGNALS.index("scope")])
        for kind, calibration in self.calibration.kinds.items():
            mine = self._kinds == kind
            meanings = [m for m, own in zip(self._meanings, mine, strict=True) if own]
            offsets = calibration.offset(meanings, scope)
            present[mine] = calibration.present.probability(rows[mine], offsets)
            whole[mine] = calibration.whole.probability(rows[mine])
        return present, whole

    def _status(self, kind: str, present: float, whole: float, own: Row) -> Status:
        calibration = self.calibration.kinds[kind]
        if present < calibration.threshold or own[BEST] < LEAST_EVIDENCE:
            return "absent"
        says_all = own[SAYS_ALL].max() >= LEAST_EVIDENCE
        return "stated" if whole >= calibration.whole_threshold and says_all else "partial"

    def _tasks(self, items: Sequence[ItemScore]) -> list[TaskCoverage]:
        by_code = {item.code: item for item in items}

        def share(codes: Sequence[str]) -> float:
            return round(covered([by_code[code] for code in codes]), 4)

        result = []
        for task in self.standard.tasks:
            codes = [indicator.code for indicator in task.indicators]
            weighted = round(sum(by_code[code].probability for code in codes) / len(codes), 4)
            result.append(
                TaskCoverage(
                    task.code, task.name, task.level, share(codes), weighted,
                    share(task.knowledge), share(task.skills), tuple(codes),
                )
            )  # fmt: skip
        return result


def _occupation(standard: Standard, phrasebook: Phrasebook) -> tuple[Phrase, ...]:
    """What says the occupation: the phrasebook's entry or, without one, its name and those of its tasks."""
    known = phrasebook.phrases(standard.name)
    if any(phrase.role == "stated" for phrase in known):
        return known
    names = (standard.name, *(task.name for task in standard.tasks))
    return (*known, *(Phrase(name, "stated") for name in names))


def _mates(standard: Standard) -> Row:
    """Row × column 1/n where the column is another indicator of the row's task: means of task mates."""
    items = standard.items
    task_of = {i.code: task.code for task in standard.tasks for i in task.indicators}
    mates: Row = np.array(
        [
            [
                float(a.code in task_of and a != b and task_of.get(a.code) == task_of.get(b.code))
                for b in items
            ]
            for a in items
        ]
    )
    return np.asarray(mates / np.maximum(mates.sum(axis=1, keepdims=True), 1))


def _relevant(analysis: Analysis, signals: Signals, occupation: int) -> frozenset[int]:
    """Where the sentences begin that speak of the occupation (its column among the meanings)."""
    near = signals.findings.stated[:, occupation] >= RELEVANT_SIMILARITY
    starts = np.array([sentence.start for sentence in analysis.sentences], int)
    ends = np.array([sentence.end for sentence in analysis.sentences], int)
    place = np.searchsorted(starts, signals.windows.start[near], side="right") - 1
    inside = place[signals.windows.end[near] <= ends[place]]
    return frozenset(starts[inside].tolist())


def _notes(analysis: Analysis) -> list[Note]:
    if not any(clause.terms for sentence in analysis.sentences for clause in sentence.clauses):
        return [Note("no_text", "這份文件沒有可以計分的文字。")]
    return []
