"""Reading and scoring for requests: in processes that threads wait for, so that the event loop never does."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Self, TypeVar

from api.metrics import Metrics
from api.problems import BUSY, Problem, retry_after
from matcher.batch.entry import Entry
from matcher.batch.scorers import Scorers, Task
from matcher.errors import MatcherError
from matcher.reading.document import Document
from matcher.reading.guard import Guard
from matcher.reading.outcome import ReadingFailure
from matcher.settings import Settings

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_AHEAD = 2  # documents on their way for each scoring process, so that none waits for the next
_ALIVE = 5.0  # seconds in which processes answer unless all are busy with large files
_RETRY = 2  # seconds after which a refused client may try again

Load = Callable[[], tuple[bytes, str]]
"""Gives the content and name of a file; may wait for a disk."""


class Work:
    """The processes of one service process: ``workers`` that read and as many that score.

    Use it as a context manager; entering waits until all have started.
    """

    def __init__(self, settings: Settings, workers: int, first: bytes, metrics: Metrics) -> None:
        self._guard = Guard(settings.read, workers)
        self._scorers = Scorers(settings, workers, first)
        self._most = settings.serve.queue
        self._metrics = metrics
        self._first = first
        self._inside = 0
        self.workers = workers

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            # Entered in this order, so that processes end before the threads that wait for them.
            self._reading = stack.enter_context(ThreadPoolExecutor(self.workers, "reading"))
            self._scoring = stack.enter_context(ThreadPoolExecutor(self.workers * _AHEAD, "scoring"))
            stack.enter_context(self._guard)
            stack.enter_context(self._scorers).start_all()
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Room for one request, from before its body is read until its answer is made.

        Raises:
            Problem: all places are taken.
        """
        if self._inside >= self._most:
            raise Problem(
                BUSY, f"已有 {self._inside} 個請求在處理或等候，請稍後再試。", headers=retry_after(_RETRY)
            )
        self._inside += 1
        self._metrics.inside.inc()
        try:
            yield
        finally:
            self._inside -= 1
            self._metrics.inside.dec()

    async def read(self, load: Load) -> Document | ReadingFailure:
        """What is read of a file."""

        def read() -> Document | ReadingFailure:
            content, name = load()
            return self._guard.read(content, name)

        result = await asyncio.get_running_loop().run_in_executor(self._reading, read)
        if not isinstance(result, Document):
            self._metrics.documents.labels(result.code).inc()
        return result

    async def score(self, document: Document, task: Task) -> Entry:
        """The entry of a document."""
        loop = asyncio.get_running_loop()
        entry = await loop.run_in_executor(self._scoring, self._scorers.score, document, task)
        self._metrics.documents.labels(entry.error or "scored").inc()
        return entry

    async def alive(self) -> bool:
        """Whether a file can be read and a text be scored, within a few seconds."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_ALIVE):
                read = await loop.run_in_executor(self._reading, self._guard.read, b"ok", "ok.txt")
                if not isinstance(read, Document):
                    return False
                task = Task(self._first, "resume", masking=True)
                entry = await loop.run_in_executor(self._scoring, self._scorers.score, read, task)
        except (TimeoutError, MatcherError):
            return False
        return entry.report is not None

    async def each(self, do: Callable[[_Given], Awaitable[_Made]], given: Sequence[_Given]) -> list[_Made]:
        """``do`` for each, in order; a few at a time, so that a large request does not hold up small ones."""
        turns = asyncio.Semaphore(self.workers * _AHEAD)

        async def in_turn(one: _Given) -> _Made:
            async with turns:
                return await do(one)

        return await asyncio.gather(*map(in_turn, given))
