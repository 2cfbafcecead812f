"""The threads of a service process that score the files of batches, and erase what has expired."""

import logging
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from typing import Protocol, Self, TypeVar
from uuid import uuid4

from api.batches.queue import LEASE, Queue, Waiting
from api.batches.shelf import purge
from api.store import Store
from matcher.batch.entry import Entry
from matcher.errors import MatcherError

_T = TypeVar("_T")
_LOOK = 1.0  # seconds between looks for files that other processes were sent
_PURGE = 60.0  # seconds between looks for what has expired
_PATIENCE = 15.0  # seconds for threads to end

_log = logging.getLogger(__name__)


class Finish(Protocol):
    """Scores a file; gives the digest of its content and its entries. Asks what became of a digest before."""

    def __call__(
        self, file: Waiting, known: Callable[[str], tuple[Entry, ...] | None], /
    ) -> tuple[str, tuple[Entry, ...]]: ...

    def close(self) -> None:
        """Give up what is being scored, and score no more."""


class Workers:
    """``count`` threads that score, one that renews leases, and one that purges. A context manager.

    ``tidy`` is called after each purge.
    """

    def __init__(self, store: Store, count: int, finish: Finish, tidy: Callable[[], object]) -> None:
        self._queue = Queue(store, uuid4().hex)
        self._store = store
        self._finish = finish
        self._tidy = tidy
        self._over = Event()
        self._news = Event()
        self._threads = [
            *(Thread(target=self._work, name=f"batch-{number}", daemon=True) for number in range(count)),
            Thread(target=self._every, args=(LEASE.total_seconds() / 3, self._queue.renew), daemon=True),
            Thread(target=self._every, args=(_PURGE, self._purge), daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End without waiting for what is being scored: it is given back to whoever comes next."""
        self._over.set()
        self._news.set()
        self._finish.close()
        for thread in self._threads:
            thread.join(_PATIENCE)
        self._attempt(self._queue.release)

    def alive(self) -> bool:
        """Whether all threads are at work."""
        return all(thread.is_alive() for thread in self._threads)

    def wake(self) -> None:
        """Look for files now: there is a new batch."""
        self._news.set()

    def _work(self) -> None:
        while not self._over.is_set():
            file = self._attempt(self._queue.take)
            if file is None:
                self._news.wait(_LOOK)
                self._news.clear()
            else:
                self._do(file)

    def _do(self, file: Waiting) -> None:
        done = self._attempt(partial(self._finished, file))
        if done is None:
            self._attempt(partial(self._queue.release, file))
            return
        # What is scored is not lost because the store is away for a while.
        while not self._over.is_set():
            if self._attempt(partial(self._queue.finish, file, *done)) is not None:
                return

    def _finished(self, file: Waiting) -> tuple[str, tuple[Entry, ...]] | None:
        try:
            return self._finish(file, partial(self._queue.known, file))
        except MatcherError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a file provokes costs its own row only
            if self._over.is_set():  # processes were ended under it
                return None
            _log.error("file", exc_info=error)
            reason = f"評分時發生意外（{type(error).__name__}）。"
            return "", (Entry("", error="crash", reason=reason),)

    def _purge(self) -> None:
        purge(self._store)
        self._tidy()

    def _every(self, seconds: float, do: Callable[[], object]) -> None:
        while not self._over.wait(seconds):
            self._attempt(do)

    def _attempt(self, do: Callable[[], _T]) -> _T | None:
        """What it gives, or None where the store cannot be reached: it is tried again."""
        try:
            return do()
        except MatcherError as error:
            if not self._over.is_set():
                _log.warning("store", extra={"fields": {"kind": type(error.__cause__ or error).__name__}})
            self._over.wait(_LOOK)
            return None
