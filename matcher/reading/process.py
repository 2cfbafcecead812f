"""One process that does calls one at a time, and is replaced when a call ends it."""

import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from matcher.errors import MatcherError

_T = TypeVar("_T")
_GRACE = 10.0  # seconds beyond a call's own clock after which its process is taken for stuck
_START = 60.0  # seconds for a process to start on a busy machine
_TRIES = 3
_LONGEST_TEMP = 70  # bytes; the address of a socket in it may have a little more than a hundred
_GLANCE = 1.0  # seconds between looks at whether the process still lives
_GLANCES = 5  # looks at a dead one after which pebble will not tell its exit code any more


class Ended(Exception):  # noqa: N818 - an event, which is always caught
    """The process ended during a call, with this exit code; None where nobody knows it."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class Process:
    """A pebble pool of one worker, which lives as long as its process.

    Each process has a pool of its own, so that no two share a pipe or a lock: whatever a call does to its
    process, the results of the others come through. ``prepare`` is called in it first.
    """

    def __init__(self, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._prepare, self._arguments = prepare, arguments
        self._pool: ProcessPool | None = None
        self._id = 0
        self._over = False
        self.calls = 0
        """How many calls were given to the process that there is now."""

    def start(self) -> None:
        """Start the process, and wait until it is prepared.

        Raises:
            MatcherError: none can be started here.
        """
        pool = self._pool = ProcessPool(
            1, initializer=self._prepare, initargs=self._arguments, context=_context()
        )
        self.calls = 0
        try:
            self._id = self._wait(pool, os.getpid, (), _START)
        except (BrokenProcessPool, ProcessExpired, TimeoutError) as error:
            self.close()
            raise MatcherError(f"無法啟動工作程序。{_advice()}") from error

    def call(self, function: Callable[..., _T], arguments: tuple[Any, ...], longest: float) -> _T:
        """What the function of an importable module gives, called in the process; starts it if needed.

        Raises:
            Ended: the process ended; the next call starts another.
            TimeoutError: it took longer than ``longest`` seconds and was ended.
            MatcherError: no process can be started.
        """
        for _ in range(_TRIES):
            if self._pool is None and not self._over:
                self.start()
            if self._over:
                break  # looked at after the start, in which it cannot be interrupted
            try:
                return self._wait(self._pool, function, arguments, longest)
            except ProcessExpired as error:
                self.close()
                raise Ended(error.exitcode) from None
            except (Ended, TimeoutError):
                self.close()
                raise
            except BrokenProcessPool:
                self.close()  # it ended before pebble knew what it was doing: once more
        raise Ended(None)

    def interrupt(self) -> None:
        """End the process in the middle of its call, from another thread; it does no more."""
        self._over = True
        if self._id:
            with suppress(OSError):
                os.kill(self._id, getattr(signal, "SIGKILL", signal.SIGTERM))

    def close(self) -> None:
        """End the process and every program of its group, if it leads one."""
        pool, self._pool = self._pool, None  # at one stroke: two threads may end it
        if pool is None:
            return
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        if self._id and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._id, signal.SIGKILL)
        self._id = 0

    def _wait(
        self,
        pool: ProcessPool | None,
        function: Callable[..., _T],
        arguments: tuple[Any, ...],
        longest: float,
    ) -> _T:
        if pool is None:
            raise BrokenProcessPool("no process")
        self.calls += 1
        try:
            future = pool.schedule(function, args=arguments, timeout=longest)
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
                if self._over:
                    raise Ended(None) from None  # pebble forgets what a pool that is stopped was doing
                gone += bool(self._id) and not _lives(self._id)
                if gone == _GLANCES:
                    # It left with code 0 in the middle of a call, which pebble takes for the end of its work.
                    raise Ended(0) from None


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


def _advice() -> str:
    """What most likely keeps a process from starting."""
    temp = tempfile.gettempdir()
    if len(os.fsencode(temp)) > _LONGEST_TEMP:
        return (
            f"暫存資料夾的路徑太長，請把 TMPDIR 設成 {_LONGEST_TEMP} 個位元組以內的路徑；現在是「{temp}」。"
        )
    return '若是自己寫的程式，主程式要放在 if __name__ == "__main__": 之下。'


def _context() -> BaseContext:
    """Processes are forked from a server that has loaded the readers and nothing else: it has none of the
    parent's threads, and a new process is there in milliseconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pebble.pool.process", "matcher.reading.worker", "matcher.reading.read"])
    return context
