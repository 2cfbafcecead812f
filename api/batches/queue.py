"""Files waiting to be scored, shared by any number of service processes: each is scored once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from api.store import Store
from api.store.tables import BatchRow, EntryRow, FileRow
from matcher.batch.entry import Entry
from matcher.batch.packing import packed, unpacked
from matcher.reading.limits import Limits
from matcher.reading.opening import check_size

LEASE = timedelta(seconds=30)
"""How long a process may keep a file without a sign of life."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file to be scored, and how. It is a `matcher.inputs.source.Source`."""

    id: int
    batch: str
    name: str
    content: bytes
    standard: str
    masking: bool
    text: bool = False
    """Whether the content is a text in UTF-8 that is scored as it is, and not a file to be read."""

    @property
    def key(self) -> str:
        """The file's number in the store."""
        return str(self.id)

    @property
    def stamp(self) -> str:
        """Nothing: a file in the store never changes."""
        return ""

    def load(self, limits: Limits) -> bytes:
        """The content.

        Raises:
            ReadingError: it is too large by ``limits``, or empty.
        """
        check_size(len(self.content), limits)
        return self.content


class Queue:
    """The waiting files, as one process sees them; ``worker`` is its own name among all."""

    def __init__(self, store: Store, worker: str) -> None:
        self._store = store
        self._worker = worker

    def take(self) -> Waiting | None:
        """A file that nobody works on, for this process alone; None where there is none.

        Files come by their places, so that a small batch need not wait for the end of a large one.
        """
        now = datetime.now(UTC)
        free = or_(FileRow.lease.is_(None), FileRow.lease < now)
        query = (
            select(FileRow, BatchRow.standard, BatchRow.masking)
            .join(BatchRow)
            .where(FileRow.done.is_(False), free, BatchRow.expires > now)
            .order_by(FileRow.place, FileRow.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=FileRow)  # SQLite has one writer at a time instead
        )
        with self._store.writing() as session:
            row = session.execute(query).one_or_none()
            if row is None:
                return None
            file, standard, masking = row
            file.worker, file.lease = self._worker, now + LEASE
            content = file.content or b""
            return Waiting(file.id, file.batch, file.name, content, standard, masking, file.text)

    def renew(self) -> None:
        """Keep what this process works on."""
        mine = (FileRow.worker == self._worker, FileRow.done.is_(False))
        with self._store.writing() as session:
            session.execute(update(FileRow).where(*mine).values(lease=datetime.now(UTC) + LEASE))

    def release(self, file: Waiting | None = None) -> None:
        """Give back a file, or all that this process works on, so that nobody waits for the lease to end."""
        mine = [FileRow.worker == self._worker, FileRow.done.is_(False)]
        if file is not None:
            mine.append(FileRow.id == file.id)
        with self._store.writing() as session:
            session.execute(update(FileRow).where(*mine).values(worker=None, lease=None))

    def known(self, file: Waiting, digest: str) -> tuple[Entry, ...] | None:
        """What became of the same content in the same batch, or None."""
        same = select(FileRow.id).where(FileRow.batch == file.batch, FileRow.digest == digest, FileRow.done)
        with self._store.reading() as session:
            contents = session.scalars(
                select(EntryRow.content)
                .where(EntryRow.file == same.limit(1).scalar_subquery())
                .order_by(EntryRow.id)
            ).all()
        return tuple(map(unpacked, contents)) or None

    def finish(self, file: Waiting, digest: str, entries: Sequence[Entry]) -> bool:
        """Keep what became of a file, and its content no longer.

        Returns False, and keeps nothing, where the file was erased or another process has it by now.
        """
        mine = (FileRow.id == file.id, FileRow.worker == self._worker, FileRow.done.is_(False))
        rows = [
            EntryRow(file=file.id, failed=entry.error is not None, content=packed(entry)) for entry in entries
        ]
        with self._store.writing() as session:
            done = update(FileRow).where(*mine)
            done = done.values(done=True, content=None, digest=digest, worker=None, lease=None)
            if session.scalar(done.returning(FileRow.id)) is None:
                return False
            session.execute(delete(EntryRow).where(EntryRow.file == file.id))
            session.add_all(rows)
        return True


def waiting(store: Store) -> int:
    """How many files of all batches are not scored yet."""
    query = select(func.count()).select_from(FileRow).where(FileRow.done.is_(False))
    with store.reading() as session:
        return session.scalar(query) or 0
