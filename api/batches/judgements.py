"""What recruiters judge: kept beside what the machine found, and erased with the batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import delete, select

from api.store import Store
from api.store.tables import BatchRow, EntryRow, FileRow, JudgementRow
from matcher.batch.packing import unpacked
from matcher.batch.source import Entry
from matcher.scoring.report import Status

LONGEST_NOTE = 1_000
"""Code points of a note."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a recruiter says of an item: the status that they see, None for a note alone, and their note."""

    status: Status | None
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with all judgements of it, by item."""

    number: int
    entry: Entry
    judgements: dict[str, Judgement]


def judge(store: Store, entry: int, item: str, judgement: Judgement) -> None:
    """Keep a judgement of an item in place of an earlier one; one that says nothing takes it back."""
    with store.writing() as session:
        same = (JudgementRow.entry == entry, JudgementRow.item == item)
        session.execute(delete(JudgementRow).where(*same))
        if judgement.status or judgement.note:
            status, note = judgement.status or "", judgement.note[:LONGEST_NOTE]
            row = JudgementRow(entry=entry, item=item, status=status, note=note, made=datetime.now(UTC))
            session.add(row)


def judgements_of(store: Store, entry: int) -> dict[str, Judgement]:
    """The judgements of a document, by item."""
    query = select(JudgementRow).where(JudgementRow.entry == entry).order_by(JudgementRow.item)
    with store.reading() as session:
        return {row.item: _judgement(row) for row in session.scalars(query)}


def all_judged(store: Store, standard: str) -> Iterator[Judged]:
    """Every document by that standard that has a judgement and has not expired, in the order of the store."""
    query = (
        select(EntryRow.id)
        .join(JudgementRow, JudgementRow.entry == EntryRow.id)
        .join(FileRow, EntryRow.file == FileRow.id)
        .join(BatchRow, FileRow.batch == BatchRow.id)
        .where(BatchRow.standard == standard, BatchRow.expires > datetime.now(UTC))
        .distinct()
        .order_by(EntryRow.id)
    )
    with store.reading() as session:
        numbers = session.scalars(query).all()
    for number in numbers:
        with store.reading() as session:
            content = session.scalar(select(EntryRow.content).where(EntryRow.id == number))
        if content is not None:
            yield Judged(number, unpacked(content), judgements_of(store, number))


def _judgement(row: JudgementRow) -> Judgement:
    return Judgement(cast(Status, row.status) if row.status else None, row.note)
