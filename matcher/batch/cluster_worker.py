"""What a worker of a dask cluster does: it keeps one engine, by which it does its partitions."""

import asyncio
import logging
import multiprocessing
import pickle
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, takewhile
from time import monotonic
from typing import cast

from distributed import Worker, WorkerPlugin, get_worker

from matcher.batch.local import LocalEngine
from matcher.batch.parts import Parts
from matcher.batch.work import Scoring
from matcher.errors import MatcherError
from matcher.inputs.source import Source

_FAREWELL = 10.0  # seconds


class Keeper(WorkerPlugin):
    """Keeps the engine of one run on a worker, as many files at a time as the worker has threads.

    With ``quiet``, the worker writes no log.
    """

    def __init__(self, scoring: Scoring, *, quiet: bool) -> None:
        self._scoring = scoring
        self._quiet = quiet
        self._engine: LocalEngine | None = None
        self._error = "還沒有準備好"

    @property
    def engine(self) -> LocalEngine:
        """The engine.

        Raises:
            MatcherError: it could not be started.
        """
        if self._engine is None:
            raise MatcherError(self._error)
        return self._engine

    async def setup(self, worker: Worker) -> None:
        """Start the engine.

        Raises:
            MatcherError: no process can be started here.
        """
        if self._quiet:
            logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._engine = await asyncio.to_thread(_started, self._scoring, worker.state.nthreads)
        except Exception as error:
            self._error = f"叢集的工作程序 {worker.address} 不能評分：{_reason(error)}"
            raise MatcherError(self._error) from error

    async def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - as dask calls it
        """End the engine in the middle of what it does; a client does not wait long for that."""
        engine, self._engine, self._error = self._engine, None, "這一批已經結束"
        if engine:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.to_thread(engine.__exit__), _FAREWELL)


def do(keeper: str, work: bytes) -> None:
    """Do a partition, whose part then holds what was begun in the time for it.

    ``work`` is made by :func:`packed`, ``keeper`` the name of the plugin.
    """
    parts, name, sources, seconds = pickle.loads(work)  # noqa: S301 - from our own client
    engine = cast(Keeper, get_worker().plugins[keeper]).engine
    until = monotonic() + seconds
    together = engine.run(takewhile(lambda _: monotonic() < until, sources))
    parts.write(name, chain.from_iterable(together))


def packed(parts: Parts, name: str, sources: Sequence[Source], seconds: float) -> bytes:
    """A partition, for :func:`do`; as bytes the scheduler has no need to open it."""
    return pickle.dumps((parts, name, sources, seconds))


def _started(scoring: Scoring, threads: int) -> LocalEngine:
    return LocalEngine(scoring, threads).__enter__()


def _reason(error: Exception) -> str:
    if multiprocessing.current_process().daemon:
        return "它是 daemon。啟動 dask worker 時要加環境變數 DASK_DISTRIBUTED__WORKER__DAEMON=False。"
    return str(error) if isinstance(error, MatcherError) else f"{type(error).__name__}：{error}"
