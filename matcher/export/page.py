"""What the page of one document shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.batch.judgement import Judgement
from matcher.batch.ranking import Posting, Ranked
from matcher.export.marks import Segment, Span, Wording, segments
from matcher.postings import Finding
from matcher.scoring.fit import Demand, Fit, Outcome
from matcher.scoring.report import Evidence, ItemKind, ItemScore, Report

MOST_TEXT = 20_000
"""Characters of a text that its page shows; evidence beyond them is quoted, but not seen in its place."""

HUES = 5
"""Tasks are told apart by this many colours; a standard with more tasks begins again with the first."""

CONDITIONS = {"education": "學歷", "experience": "經歷"}
"""How the entry conditions are called, as titles and as the codes of their evidence."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its report. ``fit`` and ``rank`` are None where it stands alone.

    ``segments`` are the text with its evidence marked, ``left_out`` counts the characters that they lack.
    ``findings`` are wordings that a posting should not have; in the segments they are numbered from 1.
    """

    name: str
    report: Report
    segments: tuple[Segment, ...]
    left_out: int
    fit: Fit | None = None
    rank: int | None = None
    duplicate_of: str | None = None
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()

    def judgement(self, item: ItemScore, evidence: Evidence | None = None) -> Judgement | None:
        """What a recruiter says of the item, or of that sentence of it."""
        return next((one for one in self.judgements if one.is_of(item.code, evidence)), None)

    def task_items(self, codes: tuple[str, ...]) -> list[ItemScore]:
        """The items of these codes, in the standard's order."""
        return [item for item in self.report.items if item.code in codes]

    def kind_items(self, kind: ItemKind) -> list[ItemScore]:
        """The items of this kind, in the standard's order."""
        return [item for item in self.report.items if item.kind == kind]

    def asks(self, item: ItemScore) -> bool:
        """Whether an interview could ask for the item: an indicator that a résumé does not show."""
        return self.report.kind == "resume" and item.kind == "indicator" and item.status == "absent"

    def demand(self, code: str) -> Demand | None:
        """What the posting asks of the item with this code."""
        demands = self.fit.demands if self.fit else ()
        return next((demand for demand in demands if demand.code == code), None)

    def demands(self, outcome: Outcome) -> list[Demand]:
        """What the posting asks for with this outcome, clearest asked first."""
        demands = self.fit.demands if self.fit else ()
        found = [demand for demand in demands if demand.outcome == outcome]
        return sorted(found, key=lambda demand: -demand.weight)


def ranked_page(one: Ranked) -> Page:
    """The page of a candidate in a ranking."""
    marked = _marked(one.report, one.text)
    return Page(one.name, one.report, *marked, one.fit, one.rank, one.duplicate_of, one.judgements)


def posting_page(posting: Posting, findings: Sequence[Finding] = ()) -> Page:
    """The page of the posting that candidates are ranked for, with what was found in its wording."""
    marked = _marked(posting.report, posting.text, findings)
    return Page(posting.name, posting.report, *marked, findings=tuple(findings))


def single_page(name: str, report: Report, text: str) -> Page:
    """The page of a document that stands alone."""
    return Page(name, report, *_marked(report, text))


def hues(report: Report) -> dict[str, int]:
    """The number of the colour, from 1, of each task and each of its indicators by code."""
    found = {}
    for place, task in enumerate(report.tasks):
        for code in (task.code, *task.indicators):
            found[code] = place % HUES + 1
    return found


def _marked(report: Report, text: str, findings: Sequence[Finding] = ()) -> tuple[tuple[Segment, ...], int]:
    wordings = [Wording(one.start, one.end, number) for number, one in enumerate(findings, 1)]
    return segments(text[:MOST_TEXT], list(_spans(report)), wordings), max(0, len(text) - MOST_TEXT)


def _spans(report: Report) -> Iterator[Span]:
    colours = hues(report)
    for item in report.items:
        for evidence in item.evidence:
            yield Span(evidence.start, evidence.end, item.code, colours.get(item.code))
    for key, condition in report.conditions.items():
        for place in condition.evidence:
            yield Span(place.start, place.end, CONDITIONS[key], None)
