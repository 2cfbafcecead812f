"""Reads files in processes of their own, so that a hostile one harms nothing but its own row."""

import multiprocessing
import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Self

from matcher.errors import MatcherError
from matcher.reading.confine import Freedom
from matcher.reading.document import Document, Notice
from matcher.reading.limits import Limits
from matcher.reading.mail import join
from matcher.reading.names import clean_name
from matcher.reading.opening import Reader
from matcher.reading.outcome import ArchiveParts, Job, MailParts, Outcome, ReadingFailure, Result, Row
from matcher.reading.slot import Slot
from matcher.reading.workplace import workplace

Source = str | os.PathLike[str] | tuple[bytes, str]
"""A file: its path, or its content and name."""

_AHEAD = 4  # files in work or waiting for their turn, for each worker


class Guard:
    """A pool of confined reader processes. Use it as a context manager; any thread may call it.

    Every file has its limits of time, memory and size; a worker that breaks one is replaced. ``workers``
    is how many there are, 0 is one for each processor. ``reader`` reads what is not a container, by default
    :func:`matcher.reading.read.read_document`; another must be a function of an importable module.

    A program that makes a guard needs the ``if __name__ == "__main__":`` that multiprocessing asks for.

    Raises:
        MatcherError: ``workers`` is below 0, or none can be started, as in processes that are daemons.
    """

    def __init__(self, limits: Limits | None = None, workers: int = 0, reader: Reader | None = None) -> None:
        if workers < 0:
            raise MatcherError(f"讀檔程序數要是 0（每個核心一個）或更多，收到 {workers}。")
        self.limits = limits or Limits()
        self.workers = workers or os.cpu_count() or 1
        self.taken: frozenset[Freedom] = frozenset()
        """Which freedoms the kernel takes from the workers; a hook in Python stands in for the others."""
        self._reader = reader
        self._slots: LifoQueue[Slot] = LifoQueue()  # the worker that is warm comes first
        self._numbers = count()

    def __enter__(self) -> Self:
        if multiprocessing.current_process().daemon:
            raise MatcherError("這個程序是 daemon，不能再啟動讀檔程序；請關閉它的 daemon 設定。")
        with ExitStack() as stack:
            self._root = stack.enter_context(workplace())
            self._all = [
                Slot(self._root / f"worker{n}", self.limits, self._reader) for n in range(self.workers)
            ]
            self.taken = self._all[-1].start()
            self._place = stack.pop_all()
        for slot in self._all:
            self._slots.put(slot)
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="matcher-guard")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What is read was given up, by Ctrl-C or by leaving off in the middle. The queue is left as it is: a
        # thread may wait for a slot, and has to get one to come to its end.
        for slot in self._all:
            slot.interrupt()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for slot in self._all:
            slot.close()
        self._place.close()

    def read(self, source: str | os.PathLike[str] | bytes, name: str | None = None) -> Result:
        """Read one file, given by path or by content and ``name``. Of a ZIP, the one file that it holds."""
        outcome = self._do(_job((source, name or "") if isinstance(source, bytes) else source, name))
        if isinstance(outcome, ArchiveParts) and len(outcome.jobs) > 1:
            shutil.rmtree(outcome.folder, ignore_errors=True)
            name = outcome.name
            message = f"這個壓縮檔裡有 {len(outcome.jobs)} 個檔案，請用整批讀取，或解開後一個一個讀。"
            return ReadingFailure(name, "unsupported", message)
        (result,) = self._results_of(outcome)
        return result

    def read_many(self, sources: Iterable[Source]) -> Iterator[Row]:
        """Read files, one row for each, in the order of the inputs; the files in a ZIP are rows of one input.

        Lazy: at most a few files for each worker are taken from ``sources`` ahead of the row asked for.
        """
        for index, outcome in enumerate(self._in_order(_job(source) for source in sources)):
            for result in self._results_of(outcome):
                yield Row(index, result)

    def _results_of(self, outcome: Outcome) -> Iterator[Result]:
        if isinstance(outcome, ArchiveParts):
            yield from self._results(outcome)
        elif isinstance(outcome, MailParts):
            yield _joined(outcome, self._results(outcome))
        else:
            yield outcome

    def _results(self, parts: ArchiveParts | MailParts) -> Iterator[Result]:
        try:
            for outcome in self._in_order(iter(parts.jobs)):
                yield from self._results_of(outcome)
        finally:
            shutil.rmtree(parts.folder, ignore_errors=True)

    def _in_order(self, jobs: Iterator[Job | ReadingFailure]) -> Iterator[Outcome]:
        waiting: deque[Future[Outcome]] = deque()
        try:
            while True:
                room = self.workers * _AHEAD - len(waiting)
                waiting.extend(self._threads.submit(self._do, job) for job in islice(jobs, room))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _do(self, job: Job | ReadingFailure) -> Outcome:
        if isinstance(job, ReadingFailure):
            return job  # known when its container was opened
        slot = self._slots.get()
        try:
            outcome = slot.run(job)
            return self._hold(outcome) if isinstance(outcome, ArchiveParts | MailParts) else outcome
        finally:
            self._slots.put(slot)

    def _hold(self, parts: ArchiveParts | MailParts) -> ArchiveParts | MailParts:
        """Take the parts of a container out of the worker's reach."""
        folder = self._root / f"parts{next(self._numbers)}"
        Path(parts.folder).rename(folder)
        jobs = tuple(
            replace(job, source=str(folder / Path(str(job.source)).name)) if isinstance(job, Job) else job
            for job in parts.jobs
        )
        return replace(parts, jobs=jobs, folder=str(folder))


def _job(source: Source, name: str | None = None) -> Job:
    if isinstance(source, tuple):
        content, name = source
        return Job(content, clean_name(name))
    path = Path(source)
    # Absolute, because a worker stands in a folder of its own.
    return Job(str(path.absolute()), clean_name(name or path.name))


def _joined(mail: MailParts, results: Iterable[Result]) -> Result:
    """The mail as one document; where it has attachments and none could be read, the first's failure."""
    read: list[Document] = []
    failures: list[ReadingFailure] = []
    for result in results:
        if isinstance(result, Document):
            read.append(result)
        else:
            failures.append(result)
    if failures and not read:
        first = failures[0]
        return ReadingFailure(mail.name, first.code, _told(first, mail))
    documents = [*([mail.body] if mail.body else []), *read]
    if not documents:
        return ReadingFailure(mail.name, "empty", "這封郵件沒有內文，也沒有附件。")
    lost = [Notice("attachment_not_read", _told(failure, mail)) for failure in failures]
    return join(mail.name, mail.subject, documents, lost)


def _told(failure: ReadingFailure, mail: MailParts) -> str:
    return f"附件「{failure.name.removeprefix(f'{mail.name}/')}」讀不出來：{failure.message}"
