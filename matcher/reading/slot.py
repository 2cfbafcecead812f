"""One worker process with its folder: it does one job at a time, and is replaced when a job kills it."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from matcher.errors import MatcherError
from matcher.reading import worker
from matcher.reading.confine import Freedom
from matcher.reading.limits import Limits
from matcher.reading.opening import Reader
from matcher.reading.outcome import Job, Outcome, ReadingFailure

_T = TypeVar("_T")
_GRACE = 10.0  # seconds beyond a file's own clock after which the worker is taken for stuck
_START = 60.0  # seconds for a worker to start on a busy machine
_TRIES = 3
_GLANCE = 1.0  # seconds between looks at whether the worker still lives
_GLANCES = 5  # looks at a dead one after which pebble will not tell its exit code any more
_ALARM = -int(getattr(signal, "SIGALRM", 14))
_MIB = 1024 * 1024


class _Left(Exception):  # noqa: N818 - an event of the worker's, caught below
    """The worker ended with code 0 in the middle of a job, which pebble takes for the end of its work."""


class Slot:
    """A pebble pool of one worker, which lives as long as its process.

    Each worker has a pool of its own, so that no two share a pipe or a lock: whatever a file does to its
    process, the results of the others come through.
    """

    def __init__(self, folder: Path, limits: Limits, reader: Reader | None) -> None:
        self._folder = folder
        self._limits = limits
        self._reader = reader
        self._pool: ProcessPool | None = None
        self._process = 0
        self._jobs = 0
        self._over = False

    def start(self) -> frozenset[Freedom]:
        """Start the worker. Returns which freedoms the kernel took from it.

        Raises:
            MatcherError: no worker can be started here.
        """
        self._folder.mkdir(exist_ok=True)
        place = (str(self._folder),)
        pool = self._pool = ProcessPool(1, initializer=worker.start, initargs=place, context=_context())
        self._jobs = 0
        try:
            self._process, taken = self._call(pool, worker.introduce, (), _START)
        except (BrokenProcessPool, ProcessExpired, TimeoutError) as error:
            self.close()
            raise MatcherError(
                '無法啟動讀檔程序。若是自己寫的程式，主程式要放在 if __name__ == "__main__": 之下。'
            ) from error
        return taken

    def run(self, job: Job) -> Outcome:
        """Do one job; whatever becomes of the worker, there is an outcome."""
        limits = self._limits
        longest = max(limits.seconds, limits.ocr_seconds if limits.ocr else 0) + _GRACE
        task = (job, str(self._folder), limits, self._reader)
        for _ in range(_TRIES):
            if self._jobs >= limits.tasks_per_worker:
                self.close()
            if self._pool is None:
                self.start()
            if self._over:
                break
            try:
                return self._call(self._pool, worker.read, task, longest)
            except ProcessExpired as error:
                self.close()
                return self._failure(job, error.exitcode)
            except _Left:
                self.close()
                return self._failure(job, 0)
            except TimeoutError:
                self.close()
                return self._failure(job, _ALARM)
            except BrokenProcessPool:
                self.close()  # the worker ended before pebble knew what it was doing: once more
        return self._failure(job, None)

    def interrupt(self) -> None:
        """End the worker in the middle of its job, from another thread; the slot does no more."""
        self._over = True
        if self._process:
            with suppress(OSError):
                os.kill(self._process, getattr(signal, "SIGKILL", signal.SIGTERM))

    def close(self) -> None:
        """End the worker and every program that it started."""
        if self._pool is None:
            return
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._pool = None
        if self._process and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process, signal.SIGKILL)
        self._process = 0

    def _call(
        self, pool: ProcessPool | None, function: Callable[..., _T], task: tuple[Any, ...], longest: float
    ) -> _T:
        if pool is None:
            raise BrokenProcessPool("no worker")
        self._jobs += 1
        try:
            future = pool.schedule(function, args=task, timeout=longest)
        except RuntimeError as error:
            raise BrokenProcessPool(str(error)) from error
        stuck = time.monotonic() + longest + _GRACE
        gone = 0
        while True:
            try:
                return future.result(timeout=_GLANCE)
            except TimeoutError:
                if future.done() or time.monotonic() > stuck:
                    raise
                gone += bool(self._process) and not _lives(self._process)
                if gone == _GLANCES:
                    raise _Left from None

    def _failure(self, job: Job, exitcode: int | None) -> ReadingFailure:
        limits = self._limits
        if exitcode == _ALARM:
            return ReadingFailure(
                job.name,
                "timeout",
                f"讀取超過時限（{limits.seconds:g} 秒，辨識圖片 {limits.ocr_seconds:g} 秒），已停止。",
            )
        if exitcode == worker.OUT_OF_MEMORY:
            most = limits.memory_bytes / _MIB
            return ReadingFailure(job.name, "memory", f"讀取所需的記憶體超過 {most:g} MB，已停止。")
        code = "不明" if exitcode is None else exitcode
        return ReadingFailure(
            job.name, "crash", f"讀檔程序意外結束（代碼 {code}），檔案可能已損壞或含惡意內容。"
        )


def _lives(process: int) -> bool:
    if os.name == "nt":
        return True  # there, the call below would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _context() -> BaseContext:
    """Workers are forked from a server that has loaded the readers and nothing else: it has none of the
    parent's threads, and a new worker is there in milliseconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pebble.pool.process", "matcher.reading.worker", "matcher.reading.read"])
    return context
