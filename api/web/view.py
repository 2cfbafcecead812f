"""A batch as a visitor looks at it: blind, with personal data and names covered, or revealed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import select

from api.batches.batch import Batch, FileState
from api.batches.judgements import judgements_in
from api.batches.results import StoredEntries
from api.store import Store
from api.store.tables import EntryRow, FileRow
from matcher.batch.entry import Entry
from matcher.batch.ranking import Posting, Ranking
from matcher.export.overview import Overview, Row, survey
from matcher.export.page import Page, posting_page
from matcher.postings import check
from matcher.privacy import mask, mask_name, masked
from matcher.standard import Standard


@dataclass(frozen=True, slots=True)
class View:
    """A batch, and how it is looked at. ``revealed`` shows names of files and personal data as they are.

    A batch that was sent to the API as ``masked`` has neither; nothing reveals what is not kept.
    """

    batch: Batch
    standard: Standard
    revealed: bool = False
    english: bool = False

    @property
    def covers(self) -> bool:
        """Whether there is something to cover."""
        return not self.revealed and not self.batch.order.masking

    @property
    def home(self) -> str:
        """The address of the batch."""
        return f"/batches/{self.batch.id}"

    @property
    def query(self) -> str:
        """What addresses carry so that the next page is looked at in the same way."""
        return "?reveal=1" if self.revealed else ""

    def label(self, place: int, part: int | None = None) -> str:
        """What a candidate is called as long as their name is covered: «應徵者 07» after the place of the
        file in the order in which files were sent, whatever is done of them; «應徵者 07-2» after the
        ``part`` in a file of several documents."""
        word = "Candidate" if self.english else "應徵者"
        number = f"{place + 1:0{len(str(self.batch.files))}}"
        return f"{word} {number}" if part is None else f"{word} {number}-{part}"

    def called(self, file: FileState) -> FileState:
        """A file as the ranking will call it; one that failed by its name, as that tells which to mend."""
        if self.revealed:
            return file
        if file.error is None:
            return replace(file, name=self.label(file.place))
        return replace(file, name=mask_name(file.name), reason=mask(file.reason or ""))

    @property
    def posting(self) -> Posting | None:
        """The posting, with what is to be covered covered."""
        if self.batch.order.posting is None:
            return None
        name, entry = self.batch.order.posting
        if entry.report is None:
            return None
        if self.covers:
            text = mask(entry.text)
            return Posting(mask_name(name), text, masked(entry.report, entry.text, text))
        return Posting(name, entry.text, entry.report)


class ViewedEntries:
    """The entries of a batch under the names of a view: `matcher.batch.ranking.Entries`.

    Covering a text takes longer than everything else, so texts are covered only while ``whole`` is set.
    """

    def __init__(self, store: Store, view: View, *, whole: bool = False) -> None:
        self._stored = StoredEntries(store, view.batch)
        self._view = view
        self.whole = whole
        query = select(EntryRow.id, FileRow.place).join(FileRow).where(FileRow.batch == view.batch.id)
        with store.reading() as session:
            rows = session.execute(query.order_by(EntryRow.id)).all()
        several, parts = Counter(row.place for row in rows), Counter[int]()
        self._labels: dict[int, str] = {}
        for number, place in rows:
            parts[place] += 1
            self._labels[number] = view.label(place, parts[place] if several[place] > 1 else None)

    def __iter__(self) -> Iterator[int]:
        return (number for number in self._stored if number in self._labels)  # others are done since

    def named(self, number: int) -> tuple[str, Entry]:
        """The name and entry of that number.

        Raises:
            KeyError: there is none in this batch.
        """
        name, entry = self._stored.named(number)
        if self._view.revealed:
            return name, entry
        if entry.report is None:  # nobody is judged by it, and only its name tells which file to mend
            return mask_name(name), _covered(entry)
        return self._labels[number], _covered(entry) if self.whole and self._view.covers else entry


def _covered(entry: Entry) -> Entry:
    if entry.report is None:
        return Entry(entry.part, error=entry.error, reason=mask(entry.reason or ""))
    text = mask(entry.text)
    return Entry(entry.part, masked(entry.report, entry.text, text), text, entry.same)


@contextmanager
def ranked(store: Store, view: View, *, whole: bool = False) -> Iterator[Ranking]:
    """The ranking of what is done of a batch."""
    entries = ViewedEntries(store, view)
    judgements = partial(judgements_in, store, view.batch.id, masking=not view.revealed)
    with Ranking(view.standard, entries, view.posting, judgements=judgements) as ranking:
        entries.whole = whole  # from here on: an order needs no texts
        yield ranking


def posting_of(view: View) -> Page | None:
    """The page of the posting, with what it should not say."""
    posting = view.posting
    return posting_page(posting, check(posting.text)) if posting else None


def overview(store: Store, view: View) -> Overview:
    """The overview of what is done of a batch; its rows lead to the pages of candidates."""
    with ranked(store, view) as ranking:
        return _shown(survey(ranking), view)


def _shown(overview: Overview, view: View) -> Overview:
    return replace(overview, groups=[[_row(row, view) for row in group] for group in overview.groups])


def _row(row: Row, view: View) -> Row:
    notes = tuple(map(mask, row.notes)) if view.covers else row.notes
    return replace(row, href=f"{view.home}/candidates/{row.number}{view.query}", notes=notes)
