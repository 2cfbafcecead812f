"""What recruiters judge: kept beside what the machine found, never changed, and erased with the batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from api.store import Store
from api.store.tables import BatchRow, EntryRow, FileRow, JudgementRow
from matcher.batch.entry import Entry
from matcher.batch.judgement import Judgement, Verdict
from matcher.batch.packing import unpacked
from matcher.privacy import mask

LONGEST_NOTE = 1_000
"""Code points of a note."""

_Histories = dict[tuple[str, int | None, int | None], list[Judgement]]
"""All that was ever said of a document, oldest first, by item and span."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with all judgements of it that hold."""

    number: int
    entry: Entry
    judgements: tuple[Judgement, ...]


def judge(
    store: Store,
    entry: int,
    item: str,
    verdict: Verdict | None,
    note: str = "",
    span: tuple[int, int] | None = None,
) -> None:
    """Keep a judgement of an item, or of the sentence at ``span``; it holds from now on.

    Earlier ones stay in the store. One that says nothing takes back what held before.
    """
    start, end = span or (None, None)
    note, made = note[:LONGEST_NOTE], datetime.now(UTC)
    with store.writing() as session:
        before = _history(session, entry).get((item, start, end), [])
        held = (before[-1].verdict, before[-1].note) if before else (None, "")
        if held != (verdict, note):
            said = {"status": verdict or "", "note": note, "made": made}
            session.add(JudgementRow(entry=entry, item=item, start=start, end=end, **said))


def judgements_of(store: Store, entry: int) -> tuple[Judgement, ...]:
    """The judgements of a document that hold, by item, and then by place."""
    with store.reading() as session:
        return _holding(_history(session, entry))


def earlier_of(store: Store, entry: int) -> tuple[Judgement, ...]:
    """The judgements of a document that others came in place of, newest first."""
    with store.reading() as session:
        histories = _history(session, entry)
    gone = [one for history in histories.values() for one in history[:-1] if one.verdict or one.note]
    return tuple(sorted(gone, key=lambda one: one.made, reverse=True))


def judgements_in(store: Store, batch: str, *, masking: bool) -> Mapping[int, tuple[Judgement, ...]]:
    """The judgements of a batch that hold, by the numbers of their entries.

    With ``masking``, personal data in notes is covered.
    """
    entries = select(EntryRow.id).join(FileRow).where(FileRow.batch == batch)
    with store.reading() as session:
        found = _histories(session, JudgementRow.entry.in_(entries))
    held = {entry: _holding(histories) for entry, histories in found.items()}
    return {entry: _masked(own) if masking else own for entry, own in held.items() if own}


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


def _history(session: Session, entry: int) -> _Histories:
    return _histories(session, JudgementRow.entry == entry).get(entry, {})


def _histories(session: Session, which: ColumnElement[bool]) -> dict[int, _Histories]:
    """The histories of documents by the numbers of their entries."""
    found: dict[int, _Histories] = {}
    for row in session.scalars(select(JudgementRow).where(which).order_by(JudgementRow.id)):
        verdict = cast(Verdict, row.status) if row.status else None
        said = Judgement(row.item, verdict, row.note, row.made, row.start, row.end)
        found.setdefault(row.entry, {}).setdefault((row.item, row.start, row.end), []).append(said)
    return found


def _holding(histories: _Histories) -> tuple[Judgement, ...]:
    last = (history[-1] for history in histories.values())
    held = (one for one in last if one.verdict or one.note)
    return tuple(sorted(held, key=lambda one: (one.item, one.of_sentence, one.start or 0)))


def _masked(judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    return tuple(replace(one, note=mask(one.note)) for one in judgements)
