"""How far a batch is: a bar on a terminal, a plain line now and then elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from matcher.batch.work import Finished

_EVERY = 10.0  # seconds between plain lines


class Show(Protocol):
    """Takes in what became of one source more; None for one that was done before."""

    def __call__(self, finished: "Finished | None") -> None: ...


class Tally:
    """What a run did so far: sources done now, before, and documents that failed now."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.before, self.failed = total, 0, 0, 0
        self.name = ""
        self._start = monotonic()

    def take(self, finished: "Finished | None") -> None:
        """Count one source more."""
        if finished is None:
            self.before += 1
            return
        self.done += 1
        self.name = finished.source.name
        self.failed += sum(entry.error is not None for entry in finished.entries)

    @property
    def rate(self) -> float:
        """Sources a second, of those that were done now."""
        return self.done / max(monotonic() - self._start, 1e-6)

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at this rate; None before anything is done."""
        return (self.total - self.before - self.done) / self.rate if self.done else None


@contextmanager
def progress(tally: Tally) -> Iterator[Show]:
    """Shows ``tally`` on standard error while it grows."""
    if not sys.stderr.isatty():
        yield _Lines(tally)
        return
    bar = Progress(
        TextColumn("評分中"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} 份/秒　剩"),
        TimeRemainingColumn(),
        TextColumn("失敗 {task.fields[failed]}　{task.fields[name]}"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=tally.total, rate=0.0, failed=0, name="")

    def show(finished: "Finished | None") -> None:
        tally.take(finished)
        done = tally.before + tally.done
        bar.update(task, completed=done, rate=tally.rate, failed=tally.failed, name=escape(tally.name[-40:]))

    with bar:
        yield show


class _Lines:
    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._said = monotonic()

    def __call__(self, finished: "Finished | None") -> None:
        tally = self._tally
        tally.take(finished)
        if monotonic() - self._said < _EVERY:
            return
        self._said = monotonic()
        left = "" if tally.remaining is None else f"，剩約 {_clock(tally.remaining)}"
        done = tally.before + tally.done
        rate, failed = tally.rate, tally.failed
        print(f"評分中 {done}/{tally.total}（{rate:.1f} 份/秒{left}，失敗 {failed}）", file=sys.stderr)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
