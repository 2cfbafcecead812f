"""The results of a batch, as rankings and exports want them."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock

from sqlalchemy import Select, select

from api.batches.batch import Batch, Erased
from api.batches.judgements import judgements_in
from api.batches.shelf import still_there
from api.store import Store
from api.store.tables import EntryRow, FileRow
from matcher.batch.entry import Entry, entry_name
from matcher.batch.packing import unpacked
from matcher.batch.ranking import Posting, Ranking
from matcher.privacy import mask_name
from matcher.standard import Standard

_AHEAD = 200  # entries fetched at a time while all are gone through
_KEPT = 16  # rankings kept ready


class StoredEntries:
    """The entries of a batch by their numbers in the store: `matcher.batch.ranking.Entries`."""

    def __init__(self, store: Store, batch: Batch) -> None:
        self._store = store
        self._batch = batch.id
        self._masking = batch.order.masking
        self._ahead: dict[int, tuple[str, bytes]] = {}

    def __iter__(self) -> Iterator[int]:
        last = 0
        while True:
            query = self._query().where(EntryRow.id > last).order_by(EntryRow.id).limit(_AHEAD)
            with self._store.reading() as session:
                self._ahead = {row.id: (row.name, row.content) for row in session.execute(query)}
            if not self._ahead:
                return
            yield from list(self._ahead)
            last = max(self._ahead)

    def named(self, number: int) -> tuple[str, Entry]:
        """The name and entry of that number.

        Raises:
            Erased: it was erased meanwhile.
        """
        known = self._ahead.get(number)
        if known is None:
            with self._store.reading() as session:
                row = session.execute(self._query().where(EntryRow.id == number)).one_or_none()
            if row is None:
                raise Erased(number)
            known = row.name, row.content
        entry = unpacked(known[1])
        shown = entry_name(known[0], entry)
        return (mask_name(shown) if self._masking else shown), entry

    def _query(self) -> Select[int, str, bytes]:
        columns = select(EntryRow.id, FileRow.name, EntryRow.content)
        return columns.join(FileRow).where(FileRow.batch == self._batch)


class _Kept:
    """A ranking that is kept ready; it is made when it is first used."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.ranking: Ranking | None = None
        self.dropped = False

    def drop(self) -> None:
        """Close it now, or as soon as nobody uses it any more."""
        self.dropped = True
        if self.lock.acquire(blocking=False):
            try:
                self.close()
            finally:
                self.lock.release()

    def close(self) -> None:
        if self.ranking is not None:
            self.ranking.__exit__()
            self.ranking = None


class Rankings:
    """Rankings of batches, kept ready while they are looked at page by page. Any thread may call it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()

    @contextmanager
    def ranking(
        self, batch: Batch, standard: Standard, top: int | None = None, min_level: int | None = None
    ) -> Iterator[Ranking]:
        """The ranking of what is done of a batch, for this thread alone while the block lasts."""
        which = (batch.id, batch.done, top, min_level)
        with self._lock:
            kept = self._kept.setdefault(which, _Kept())
            self._kept.move_to_end(which)
            surplus = self._taken(list(self._kept)[:-_KEPT])
        for one in surplus:
            one.drop()
        with kept.lock:
            try:
                if kept.ranking is None:
                    kept.ranking = self._made(batch, standard, top, min_level)
                yield kept.ranking
            finally:
                if kept.dropped:
                    kept.close()

    def forget(self, batch: str) -> None:
        """Keep nothing of a batch that is erased."""
        self._forget({batch})

    def tidy(self) -> None:
        """Keep nothing of batches that another process erased, or that expired.

        Raises:
            StoreError: the store cannot be reached.
        """
        with self._lock:
            kept = {str(which[0]) for which in self._kept}
        self._forget(kept - still_there(self._store, kept))

    def close(self) -> None:
        """Keep nothing."""
        self._forget({str(which[0]) for which in self._kept})

    def _forget(self, batches: set[str]) -> None:
        with self._lock:
            gone = self._taken([which for which in self._kept if which[0] in batches])
        for one in gone:
            one.drop()

    def _taken(self, which: list[tuple[object, ...]]) -> list[_Kept]:
        return [self._kept.pop(one) for one in which]

    def _made(self, batch: Batch, standard: Standard, top: int | None, min_level: int | None) -> Ranking:
        posting = None
        if batch.order.posting is not None:
            name, entry = batch.order.posting
            if entry.report is not None:
                posting = Posting(name, entry.text, entry.report)
        entries = StoredEntries(self._store, batch)
        judgements = partial(judgements_in, self._store, batch.id, masking=batch.order.masking)
        return Ranking(standard, entries, posting, top=top, min_level=min_level, judgements=judgements)
