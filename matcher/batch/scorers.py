"""Scoring in processes of its own, because one processor core scores fewer files than two can read."""

import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from queue import LifoQueue
from typing import Self

import msgspec

from matcher.batch.entry import Entry
from matcher.batch.packing import decoded, encoded
from matcher.batch.same import sameness
from matcher.errors import MatcherError
from matcher.matcher import Matcher
from matcher.privacy import mask, masked
from matcher.reading.document import Document
from matcher.reading.process import Ended, Process
from matcher.scoring.report import Kind
from matcher.serving import Serving
from matcher.settings import Settings
from matcher.standard import Standard

_MATCHERS = 8  # standards that a process keeps ready
_SECONDS = 300.0  # for one document; the longest text allowed takes a tenth of it
_TRIES = 2

_settings: Settings


@dataclass(frozen=True, slots=True)
class Task:
    """How to score a document: by which standard, packed by ``pack``, as what kind, and whether to mask.

    Without ``kind``, it is of the kind that it says itself to be, else a résumé.
    """

    standard: bytes
    kind: Kind | None
    masking: bool


class Scorers:
    """A pool of scoring processes; any thread may call it. Use it as a context manager.

    ``first`` is the standard that a process is ready for from its start, packed.
    """

    def __init__(self, settings: Settings, workers: int, first: bytes) -> None:
        # The processes get no address of a database, which may hold a password.
        own = settings.model_copy(update={"database_url": "", "serve": Serving()})
        self._all = [Process(_start, (own, first)) for _ in range(workers)]

    def __enter__(self) -> Self:
        self._idle: LifoQueue[Process] = LifoQueue()
        for process in self._all:
            self._idle.put(process)
        self._all[-1].start()  # the first that is asked; the others when they are needed
        return self

    def __exit__(self, *_: object) -> None:
        # The queue is left as it is: a thread may wait for a process, and has to get one to come to its end.
        for process in self._all:
            process.interrupt()
            process.close()

    def start_all(self) -> None:
        """Start every process now, for whoever must not wait later. Nothing may be scored meanwhile.

        Raises:
            MatcherError: one cannot be started.
        """
        with ThreadPoolExecutor(len(self._all)) as threads:
            list(threads.map(Process.start, self._all[:-1]))

    def score(self, document: Document, task: Task) -> Entry:
        """The entry of a document; what goes wrong is an entry, too."""
        process = self._idle.get()
        try:
            for _ in range(_TRIES):
                try:
                    return decoded(process.call(_score, (document, task), _SECONDS))
                except Ended:
                    continue  # nothing in a text ends a scorer, so it was ended from outside: once more
            return Entry("", error="unavailable", reason="評分的程序兩次意外結束，可能是記憶體不足。")
        except TimeoutError:
            return Entry("", error="slow", reason=f"評分超過 {_SECONDS:.0f} 秒，已停止。")
        except MatcherError as error:
            return Entry("", error="unavailable", reason=str(error))
        finally:
            self._idle.put(process)


def pack(standard: Standard) -> bytes:
    """A standard as scoring processes take it; the same bytes for equal standards."""
    return msgspec.msgpack.encode(standard)


@lru_cache(_MATCHERS)
def _matcher(standard: bytes) -> Matcher:
    return Matcher(msgspec.msgpack.decode(standard, type=Standard), _settings)


def _start(settings: Settings, first: bytes) -> None:
    global _settings  # noqa: PLW0603 - a process is set up once and for all
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _settings = settings
    _matcher(first)


def _score(document: Document, task: Task) -> bytes:
    try:
        report = _matcher(task.standard).score(document, task.kind)
    except MatcherError as error:
        return encoded(Entry("", error="too_large", reason=str(error)))
    except Exception as error:  # noqa: BLE001 - whatever a document provokes costs its own row only
        return encoded(Entry("", error="unscored", reason=f"評分時發生意外（{type(error).__name__}）。"))
    same, text = sameness(document.text), document.text
    if task.masking:
        text = mask(text)
        report = masked(report, document, text)
    return encoded(Entry("", report, text, same))
