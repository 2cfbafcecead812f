"""Scoring in processes of its own, because one processor core scores fewer files than two can read."""

import signal
from queue import LifoQueue
from typing import Self

import msgspec

from matcher.batch.same import sameness
from matcher.batch.source import Entry
from matcher.batch.work import Scoring
from matcher.errors import MatcherError
from matcher.matcher import Matcher
from matcher.privacy import mask, masked
from matcher.reading.document import Document
from matcher.reading.process import Ended, Process

_SECONDS = 300.0  # for one document; the longest text allowed takes a tenth of it
_TRIES = 2

_scoring: Scoring
_matcher: Matcher


class Scorers:
    """A pool of scoring processes; any thread may call it. Use it as a context manager."""

    def __init__(self, scoring: Scoring, workers: int) -> None:
        self._all = [Process(_start, (scoring,)) for _ in range(workers)]

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

    def score(self, part: str, document: Document) -> Entry:
        """The entry of a document, masked as asked; what goes wrong is an entry, too."""
        process = self._idle.get()
        try:
            for _ in range(_TRIES):
                try:
                    return decoded(process.call(_score, (part, document), _SECONDS))
                except Ended:
                    continue  # nothing in a text ends a scorer, so it was ended from outside: once more
            return Entry(part, error="crash", reason="評分的程序兩次意外結束，可能是記憶體不足。")
        except TimeoutError:
            return Entry(part, error="timeout", reason=f"評分超過 {_SECONDS:.0f} 秒，已停止。")
        except MatcherError as error:
            return Entry(part, error="crash", reason=str(error))
        finally:
            self._idle.put(process)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Entry)


def encoded(entry: Entry) -> bytes:
    """The entry as bytes, the same for equal entries."""
    return _ENCODER.encode(entry)


def decoded(content: bytes) -> Entry:
    """The entry that ``encoded`` made these bytes of."""
    return _DECODER.decode(content)


def _start(scoring: Scoring) -> None:
    global _scoring, _matcher
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _scoring, _matcher = scoring, Matcher(scoring.standard, scoring.settings)


def _score(part: str, document: Document) -> bytes:
    try:
        report = _matcher.score(document, _scoring.kind)
    except MatcherError as error:
        return encoded(Entry(part, error="unscored", reason=str(error)))
    except Exception as error:  # noqa: BLE001 - whatever a document provokes costs its own row only
        return encoded(Entry(part, error="unscored", reason=f"評分時發生意外（{type(error).__name__}）。"))
    same, text = sameness(document.text), document.text
    if _scoring.masking:
        report, text = masked(report, document), mask(text)
    return encoded(Entry(part, report, text, same))
