"""Candidates of a batch one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.batches.judgements import judgements_of
from api.store import Store
from api.web.contacts import Contact, contacts
from api.web.view import View, ViewedEntries
from matcher.export.overview import Overview, Row
from matcher.export.page import Page, single_page
from matcher.export.questions import question
from matcher.scoring.fit import fit

_MOST_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate by themselves: ``page`` is what is shown of them, ``contacts`` how to reach them, empty as
    long as personal data is covered."""

    number: int
    page: Page
    contacts: Sequence[Contact] = ()

    @property
    def questions(self) -> list[str]:
        """What to ask in an interview: of what the posting asks for and the résumé does not show, clearest
        asked first; without a posting, of what it does not show of the standard."""
        if self.page.fit:
            missing = [one.text for one in self.page.demands("missing") if one.kind == "indicator"]
        else:
            missing = [item.text for item in self.page.report.items if self.page.asks(item)]
        return [question(text) for text in missing[:_MOST_QUESTIONS]]


def candidates(store: Store, view: View, numbers: Sequence[int]) -> list[Candidate]:
    """The candidates of these numbers, without their ranks.

    Raises:
        KeyError: one is not in this batch, or has no report.
    """
    entries, posting = ViewedEntries(store, view, whole=True), view.posting
    found = []
    for number in numbers:
        name, entry = entries.named(number)
        if entry.report is None:
            raise KeyError(number)
        made = replace(single_page(name, entry.report, entry.text), judgements=judgements_of(store, number))
        if posting:
            made = replace(made, fit=fit(posting.report, entry.report))
        shown = view.revealed and not view.batch.order.masking
        found.append(Candidate(number, made, contacts(entry.text) if shown else ()))
    return found


def neighbours(overview: Overview, number: int) -> tuple[Row | None, Row | None, Row | None]:
    """The row of a candidate, and those of the candidates before and after."""
    rows = [row for group in overview.groups for row in group]
    for place, row in enumerate(rows):
        if row.number == number:
            first = rows[place - 1] if place else None
            return row, first, rows[place + 1] if place + 1 < len(rows) else None
    return None, None, None


def original(overview: Overview, number: int) -> Row | None:
    """The row of the candidate with the same text, who is the one to judge; None for anybody else."""
    duplicates = ((group[0], row) for group in overview.groups for row in group[1:])
    return next((first for first, row in duplicates if row.number == number), None)
