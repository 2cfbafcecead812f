"""Batches in the store: put there, looked at, and erased."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.batches.batch import Batch, Content, FileState, Order, State
from api.batches.pieces import add_files, erase_files
from api.store import Store
from api.store.tables import BatchRow, EntryRow, FileRow, KeyRow
from matcher.batch.packing import packed, unpacked
from matcher.privacy import mask_name

_NOBODY = "-"  # whose a batch is until all its files are there: no key has this ID
_MAKING = timedelta(hours=1)  # for which it may be so; whoever makes it may be killed


def add_batch(
    store: Store, order: Order, files: Iterable[tuple[str, Content]], keep: timedelta
) -> Batch | None:
    """Keep the files, by name and content, as a batch to be scored, for so long at most.

    Returns None where the key has a batch of the same ``idempotency`` already.
    """
    now = datetime.now(UTC)
    batch = uuid4().hex
    name, posting = order.posting or (None, None)
    row = BatchRow(
        id=batch,
        key=_NOBODY,
        created=now,
        expires=now + _MAKING,
        standard=order.standard,
        masking=order.masking,
        posting_name=name,
        posting=packed(posting) if posting else None,
        request=order.request,
        skipped=order.skipped,
    )
    with store.writing() as session:
        session.add(row)
    try:
        add_files(store, batch, files)
        added = _handed_over(store, batch, order, now + keep)
    except BaseException:
        _erase(store, [batch])
        raise
    if not added:
        _erase(store, [batch])
        return None
    return find_batch(store, batch, order.key)


def _handed_over(store: Store, batch: str, order: Order, expires: datetime) -> bool:
    """Whether the batch is its key's now."""
    mine = {"key": order.key, "idempotency": order.idempotency, "expires": expires}
    try:
        with store.writing() as session:
            session.execute(update(BatchRow).where(BatchRow.id == batch).values(mine))
    except IntegrityError:
        return False  # another request may have made one of that name since anybody looked
    return True


def find_batch(store: Store, batch: str, key: str, *, inherits: bool = False) -> Batch | None:
    """The batch of that ID, if it is the key's and has not expired. A key that ``inherits`` has those, too,
    that no key in use has: made before there was any, or by one that is revoked."""
    return _one(store, _mine(key, inherits).where(BatchRow.id == batch))


def batch_named(store: Store, idempotency: str, key: str) -> Batch | None:
    """The key's batch of that ``idempotency``."""
    return _one(store, _mine(key).where(BatchRow.idempotency == idempotency))


def batches_of(store: Store, key: str, most: int, *, inherits: bool = False) -> list[Batch]:
    """The key's batches, newest first; for ``inherits`` see ``find_batch``."""
    with store.reading() as session:
        rows = session.scalars(
            _mine(key, inherits).order_by(BatchRow.created.desc(), BatchRow.id).limit(most)
        )
        return [_batch(session, row) for row in rows.all()]


def open_batches(store: Store) -> int:
    """How many batches there are that were made without a key."""
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(_mine("").subquery())) or 0


def still_there(store: Store, batches: Collection[str]) -> set[str]:
    """Those of the batches, by their IDs, that were not erased."""
    with store.reading() as session:
        return set(session.scalars(select(BatchRow.id).where(BatchRow.id.in_(batches))))


def files_of(store: Store, batch: str, first: int = 0, most: int = 1_000) -> list[FileState]:
    """Files of a batch in the order in which they were sent, from place ``first``."""
    failing = (
        select(EntryRow.file, func.min(EntryRow.id).label("entry"))
        .where(EntryRow.failed)
        .group_by(EntryRow.file)
        .subquery()
    )
    query = (
        select(FileRow.place, FileRow.name, FileRow.done, FileRow.worker, EntryRow.content, BatchRow.masking)
        .join(BatchRow)
        .outerjoin(failing, failing.c.file == FileRow.id)
        .outerjoin(EntryRow, EntryRow.id == failing.c.entry)
        .where(FileRow.batch == batch, FileRow.place >= first)
        .order_by(FileRow.place)
        .limit(most)
    )
    with store.reading() as session:
        rows = session.execute(query).all()
    found = []
    for place, name, done, worker, content, masking in rows:
        entry = unpacked(content) if content else None
        state: State = "done" if done else "working" if worker else "waiting"
        shown = mask_name(name) if masking else name
        found.append(
            FileState(place, shown, state, entry.error if entry else None, entry.reason if entry else None)
        )
    return found


def erase_batch(store: Store, batch: str, key: str) -> bool:
    """Erase a batch with all that it has, for good. Returns whether there was one of that ID and key.

    From the beginning nobody finds it any more; should this not come to its end, ``purge`` does.
    """
    now = datetime.now(UTC)
    mine = (BatchRow.id == batch, BatchRow.key == key, BatchRow.expires > now)
    with store.writing() as session:
        found = session.scalar(update(BatchRow).where(*mine).values(expires=now).returning(BatchRow.id))
    if found is None:
        return False
    _erase(store, [batch])
    return True


def purge(store: Store) -> int:
    """Erase what has expired. Returns how many batches that were."""
    with store.reading() as session:
        old = session.scalars(select(BatchRow.id).where(BatchRow.expires <= datetime.now(UTC))).all()
    if old:
        _erase(store, old)
    return len(old)


def _erase(store: Store, batches: Iterable[str]) -> None:
    for batch in batches:
        erase_files(store, batch)
    store.forget()


def _mine(key: str, inherits: bool = False) -> Select[BatchRow]:
    own: ColumnElement[bool] = BatchRow.key == key
    if inherits:
        revoked = select(KeyRow.id).where(KeyRow.revoked.is_not(None))
        own = or_(own, BatchRow.key == "", BatchRow.key.in_(revoked))
    return select(BatchRow).where(own, BatchRow.expires > datetime.now(UTC))


def _one(store: Store, query: Select[BatchRow]) -> Batch | None:
    with store.reading() as session:
        row = session.scalars(query).one_or_none()
        return _batch(session, row) if row else None


def _batch(session: Session, row: BatchRow) -> Batch:
    counts = select(func.count(), func.count().filter(FileRow.done)).where(FileRow.batch == row.id)
    files, done = session.execute(counts).one()
    failures = select(func.count()).select_from(EntryRow).join(FileRow)
    failed = session.scalar(failures.where(FileRow.batch == row.id, EntryRow.failed)) or 0
    posting = (row.posting_name or "", unpacked(row.posting)) if row.posting else None
    order = Order(row.key, row.standard, row.masking, posting, row.idempotency, row.request, row.skipped)
    taken = (datetime.now(UTC) - row.created).total_seconds()
    remaining = taken / done * (files - done) if done else None
    return Batch(row.id, order, row.created, row.expires, files, done, failed, remaining)
