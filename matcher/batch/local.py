"""The engine of one machine: files are read and scored in processes of its own."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import islice
from typing import Self, TypeVar

from msgspec.structs import replace

from matcher.batch.entry import Entry
from matcher.batch.scorers import Scorers, Task, pack
from matcher.batch.work import Finished, Known, Scoring, finish, nothing_known
from matcher.inputs.source import Source
from matcher.reading.document import Document
from matcher.reading.guard import Guard

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")
_AHEAD = 2  # sources in work for each worker: one is read while another is scored
_CODES = {"too_large": "unscored", "unavailable": "crash", "slow": "timeout"}
"""What a batch calls that which kept a document from being scored, among the codes of reading."""


class LocalEngine:
    """Reads and scores on this machine. Use it as a context manager, any number of times.

    ``workers`` is how many files are read, and how many scored, at the same time; 0 is one for each
    processor core.

    Raises:
        MatcherError: ``workers`` is below 0, or no reader can be started.
    """

    def __init__(self, scoring: Scoring, workers: int = 0) -> None:
        self._guard = Guard(scoring.settings.read, workers, scoring.reader)
        self._task = Task(pack(scoring.standard), scoring.kind, scoring.masking)
        self._scorers = Scorers(scoring.settings, self._guard.workers, self._task.standard)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            # Entered in this order, so that readers and scorers end before the threads that wait for them.
            self._threads = stack.enter_context(ThreadPoolExecutor(self._guard.workers * _AHEAD))
            stack.enter_context(self._guard)
            stack.enter_context(self._scorers)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self, sources: Iterable[Source], known: Known = nothing_known) -> Iterator[list[Finished]]:
        """Every source as it is finished, in no set order: a slow one holds up none that is quick. Those that
        are finished when the next are asked for come together.

        Lazy: only a few sources for each worker are taken ahead. ``known`` is asked by several threads.
        """

        def work(source: Source) -> Finished:
            return finish(source, self._guard, self._score, known, masking=self._task.masking)

        return _as_finished(self._threads, work, sources, self._guard.workers * _AHEAD)

    def _score(self, part: str, document: Document) -> Entry:
        entry = self._scorers.score(document, self._task)
        return replace(entry, part=part, error=_CODES.get(entry.error or "", entry.error))


def _as_finished(
    threads: ThreadPoolExecutor, work: Callable[[_Item], _Value], items: Iterable[_Item], most: int
) -> Iterator[list[_Value]]:
    waiting: set[Future[_Value]] = set()
    coming = iter(items)
    try:
        while True:
            waiting |= {threads.submit(work, item) for item in islice(coming, most - len(waiting))}
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield [future.result() for future in done]
    finally:
        for future in waiting:
            future.cancel()
