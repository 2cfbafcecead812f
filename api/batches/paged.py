"""A ranking that gives one page, without the work for those before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.batch.ranking import Ranking
from matcher.batch.source import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ranking: the number and name of its entry; ``rank``, and ``original``, the number of the
    entry that says the same and stands for both, are None for a document without a report."""

    number: int
    name: str
    entry: Entry
    rank: int | None = None
    original: int | None = None


class PagedRanking(Ranking):
    """A ranking whose lines are the documents that are shown, and then those without a report, by name."""

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self) + self.failed

    def page(self, first: int, most: int) -> Iterator[Line]:
        """The lines from that place on, counted from 0.

        Raises:
            Erased: what is ranked was erased meanwhile.
        """
        for number, rank, original in self._base.execute(_PAGE, (most, first)).fetchall():
            yield Line(number, *self._entries.named(number), rank, original)


_PAGE = """
SELECT number, rank, original FROM (
    SELECT number, rank, original, place, '' AS name FROM ranked
    UNION ALL
    SELECT number, NULL, NULL, NULL, name FROM document WHERE error IS NOT NULL
) ORDER BY place IS NULL, place, name, number LIMIT ? OFFSET ?
"""
