"""Everything that requests share in one service process, from its start to its end."""

import os
from contextlib import ExitStack
from typing import Self

from anyio import CapacityLimiter
from fastapi import Request

from api.batches.results import Rankings
from api.batches.scoring import BatchScoring
from api.batches.workers import Workers
from api.bucket import Buckets
from api.catalogue import Catalogue
from api.keyring import Keyring
from api.metrics import Metrics
from api.store import Store
from api.web.kept import Kept
from api.work import Work
from matcher.reading.workplace import workplace
from matcher.settings import Settings

_SLOW = 4  # threads; more would only be slower


class Service:
    """The store, the standards, the keys, the batches and the processes. A context manager.

    Raises:
        MatcherError: the store cannot be opened, or no process can be started.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.settings = settings
        self.metrics = metrics
        self.watching = 0
        """How many clients are told how far batches are."""

    def __enter__(self) -> Self:
        settings = self.settings
        with ExitStack() as stack:
            self.store = stack.enter_context(Store(settings.database_url))
            self.catalogue = Catalogue(self.store)
            self.keyring = Keyring(self.store)
            self.buckets = Buckets(settings.serve.requests_per_minute)
            self.slow = CapacityLimiter(_SLOW)
            """For threads that take seconds, so that those of every request find room."""
            self.folder = stack.enter_context(workplace())
            """For what must not be left behind, even by a process that is killed."""
            first, share = self.catalogue.default.packed, _share(settings)
            self.work = stack.enter_context(Work(settings, share, first, self.metrics))
            self.rankings = Rankings(self.store)
            stack.callback(self.rankings.close)
            self.kept = Kept(self.store)
            scoring = BatchScoring(settings, share, self.catalogue, self.metrics)
            self.workers = stack.enter_context(Workers(self.store, share, scoring, self._tidy))
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def forget(self, batch: str) -> None:
        """Keep nothing in memory of a batch that is erased."""
        self.rankings.forget(batch)
        self.kept.forget(batch)

    def _tidy(self) -> None:
        self.rankings.tidy()
        self.kept.tidy()


def _share(settings: Settings) -> int:
    """Processes that read, and that score, for each service process."""
    return max(1, (settings.workers or os.cpu_count() or 1) // settings.serve.workers)


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service
