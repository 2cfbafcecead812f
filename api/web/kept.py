"""What takes long to find out of a batch, kept ready while recruiters look at it."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

from api.batches.shelf import still_there
from api.store import Store
from api.web.standard_view import Found, found_in
from api.web.view import View, overview, ranked
from matcher.export.overview import Overview

_MOST = 16

_Made = TypeVar("_Made")


class Kept:
    """Overviews of batches, and who shows what of the standard. Any thread may call it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int, bool, bool, str], object] = OrderedDict()

    def overview(self, view: View) -> Overview:
        """The overview of what is done of a batch."""
        return self._found(view, "overview", lambda: overview(self._store, view))

    def found(self, view: View) -> Found:
        """How many candidates of a batch show each item of the standard."""

        def make() -> Found:
            with ranked(self._store, view) as ranking:
                return found_in(ranking)

        return self._found(view, "found", make)

    def forget(self, batch: str) -> None:
        """Keep nothing of a batch that is erased."""
        with self._lock:
            for which in [which for which in self._kept if which[0] == batch]:
                del self._kept[which]

    def tidy(self) -> None:
        """Keep nothing of batches that were erased elsewhere, or that expired.

        Raises:
            StoreError: the store cannot be reached.
        """
        with self._lock:
            kept = {which[0] for which in self._kept}
        for batch in kept - still_there(self._store, kept):
            self.forget(batch)

    def _found(self, view: View, what: str, make: Callable[[], _Made]) -> _Made:
        which = (view.batch.id, view.batch.done, view.revealed, view.english, what)
        with self._lock:
            if which in self._kept:
                self._kept.move_to_end(which)
                return cast(_Made, self._kept[which])
        made = make()
        with self._lock:
            self._kept[which] = made
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made
