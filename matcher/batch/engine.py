"""What does the work of a batch, and what a run makes of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol, Self

from matcher.batch.journal import Journal
from matcher.batch.work import Finished, Known
from matcher.inputs.source import Source


class Engine(Protocol):
    """Reads and scores sources; a context manager."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def run(self, sources: Iterable[Source], known: Known) -> Iterator[Sequence[Finished]]:
        """Every source exactly once, as it is finished, in no set order; those that are there at the same
        moment together, and none waits for another. What goes wrong is an entry.

        ``known`` tells what became of the same content before: an engine may ask it, from any thread.
        """
        ...


def run(
    sources: Iterable[Source], engine: Engine, journal: Journal, tell: Callable[[Finished | None], object]
) -> None:
    """Do what is not done yet. ``tell`` is called for every source, with what became of it when that is in
    the journal, and with None for one that was done before."""

    def pending() -> Iterator[Source]:
        for source in sources:
            if journal.is_done(source):
                tell(None)
            else:
                yield source

    coming = pending()
    first = next(coming, None)
    if first is None:
        return  # without starting the engine
    with engine:
        for together in engine.run(chain([first], coming), journal.known):
            journal.add(together)
            for finished in together:
                tell(finished)
