"""Candidates in the order in which to talk to them: by fit to a posting, or by coverage of the standard."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from statistics import median
from typing import Protocol, Self

from matcher.batch.entry import Entry
from matcher.batch.judgement import Judgement
from matcher.scoring.fit import Fit, fit, fit_order
from matcher.scoring.report import Report
from matcher.standard import Standard


@dataclass(frozen=True, slots=True)
class Posting:
    """The posting that candidates are ranked for: its name, text and report."""

    name: str
    text: str
    report: Report


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in the ranking. ``number`` is that of the entry, ``rank`` counts from 1 over all that were
    scored.

    ``duplicate_of`` is the name of the document that says the same and stands for both: a duplicate has
    its rank and comes right after it. ``judgements`` are a recruiter's, beside the report.
    """

    number: int
    rank: int
    name: str
    report: Report
    text: str
    fit: Fit | None
    duplicate_of: str | None
    judgements: tuple[Judgement, ...] = ()


Judgements = Mapping[int, tuple[Judgement, ...]]
"""What recruiters judge of documents, by the numbers of their entries; those without any are left out."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document without a report: the code and the reason."""

    name: str
    error: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ranking: the number and name of its entry; ``rank``, and ``original``, the number of the
    entry that says the same and stands for both, are None for a document without a report."""

    number: int
    name: str
    entry: Entry
    rank: int | None = None
    original: int | None = None


class Entries(Protocol):
    """Finished documents by number, with their names."""

    def __iter__(self) -> Iterator[int]: ...

    def named(self, number: int) -> tuple[str, Entry]:
        """The name and entry of that number."""
        ...


class Ranking:
    """Documents best first: a context manager that iterates :class:`Ranked`.

    Order: by fit to ``posting`` (`matcher.scoring.fit.fit_order`), without a posting by coverage of the
    standard and then by its expected coverage; ties by name. Of those, ``min_level`` keeps the ones whose
    evidence is equal to that level or a higher one, and ``top`` the first so many; a rank is always that
    among all. ``judgements`` gives what recruiters judge now, which may change while the ranking stays.
    Memory does not grow with the number of entries.
    """

    def __init__(
        self,
        standard: Standard,
        entries: Entries,
        posting: Posting | None = None,
        *,
        top: int | None = None,
        min_level: int | None = None,
        judgements: Callable[[], Judgements] = dict,
    ) -> None:
        self.standard = standard
        self.posting = posting
        self.judgements = judgements
        self._entries = entries
        # Without a name it lies in memory, and on disk when it grows. One thread at a time may use it.
        self._base = sqlite3.connect("", check_same_thread=False)
        try:
            self._rank(top, min_level or 0)
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @property
    def scored(self) -> int:
        """How many documents have a report, duplicates included, shown or not."""
        return self._count("SELECT COUNT(*) FROM document WHERE error IS NULL")

    @property
    def failed(self) -> int:
        """How many have none."""
        return self._count("SELECT COUNT(*) FROM document WHERE error IS NOT NULL")

    @property
    def candidates(self) -> int:
        """How many ranks there are, shown or not: duplicates count once."""
        return self._count("SELECT COUNT(*) FROM original")

    def __len__(self) -> int:
        """How many documents are shown."""
        return self._count("SELECT COUNT(*) FROM ranked")

    def levels(self) -> dict[int | None, int]:
        """How many candidates are at each level, highest first; at None those with too little evidence."""
        counts = self._base.execute("SELECT level, COUNT(*) FROM original GROUP BY level ORDER BY level DESC")
        return {level or None: count for level, count in counts}

    def median_coverage(self) -> float | None:
        """The coverage that half of the candidates reach."""
        coverages = self._base.execute("SELECT coverage FROM original")
        return median(coverage for (coverage,) in coverages) if self.candidates else None

    def errors(self, names: int) -> dict[str, tuple[int, list[str]]]:
        """How many documents failed with each code, most first, and the first ``names`` of them."""
        counts = self._base.execute(
            "SELECT error, COUNT(*) FROM document WHERE error IS NOT NULL GROUP BY error ORDER BY 2 DESC, 1"
        )
        first = "SELECT name FROM document WHERE error = ? ORDER BY name LIMIT ?"
        return {
            code: (count, [name for (name,) in self._base.execute(first, (code, names))])
            for code, count in counts.fetchall()
        }

    def __iter__(self) -> Iterator[Ranked]:
        judgements = self.judgements()
        for rank, number, original in self._base.execute(
            "SELECT rank, number, original FROM ranked ORDER BY place"
        ):
            name, entry = self._entries.named(number)
            if entry.report is not None:
                duplicate_of = None if original == number else self._entries.named(original)[0]
                yield Ranked(
                    number,
                    rank,
                    name,
                    entry.report,
                    entry.text,
                    self._fit(entry.report),
                    duplicate_of,
                    judgements.get(number, ()),
                )

    def failures(self) -> Iterator[Failure]:
        """The documents without a report, by name."""
        for (number,) in self._base.execute(
            "SELECT number FROM document WHERE error IS NOT NULL ORDER BY name"
        ):
            name, entry = self._entries.named(number)
            yield Failure(name, entry.error or "", entry.reason or "")

    @property
    def lines(self) -> int:
        """How many lines there are: the documents that are shown, and then those without a report."""
        return len(self) + self.failed

    def page(self, first: int, most: int) -> Iterator[Line]:
        """The lines from that place on, counted from 0, without the work for those before it.

        Raises:
            KeyError: what is ranked was erased meanwhile.
        """
        for number, rank, original in self._base.execute(_PAGE, (most, first)).fetchall():
            yield Line(number, *self._entries.named(number), rank, original)

    def _rank(self, top: int | None, level: int) -> None:
        base = self._base
        base.execute(_DOCUMENT)
        for number in self._entries:
            name, entry = self._entries.named(number)
            row = _row(number, name, entry, self.posting)
            base.execute("INSERT INTO document VALUES (?,?,?,?,?,?,?,?,?)", row)
        base.execute("CREATE INDEX document_same ON document (same)")
        base.execute(_ORIGINAL)
        base.execute(_RANKED, {"top": top, "level": level})

    def _fit(self, report: Report) -> Fit | None:
        return fit(self.posting.report, report) if self.posting else None

    def _count(self, query: str) -> int:
        return int(self._base.execute(query).fetchone()[0])


_DOCUMENT = """
CREATE TABLE document (number INTEGER PRIMARY KEY, name, length, error, same, level, coverage, first, second)
"""

# The shortest name stands for all that say the same, then the first: «王小明 (1).txt» is the copy.
_ORIGINAL = """
CREATE TABLE original AS
SELECT number, same, level, coverage, ROW_NUMBER() OVER (ORDER BY first, second, coverage DESC, name) AS rank
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY same ORDER BY length, name, number) AS copy
      FROM document WHERE error IS NULL)
WHERE copy = 1
"""

_RANKED = """
CREATE TABLE ranked AS
WITH kept AS (SELECT * FROM original WHERE level >= :level ORDER BY rank LIMIT COALESCE(:top, -1))
SELECT kept.rank, document.number, kept.number AS original,
       ROW_NUMBER() OVER (ORDER BY kept.rank, document.number <> kept.number, document.name,
                                   document.number) AS place
FROM kept JOIN document ON document.same = kept.same AND document.error IS NULL
"""

_PAGE = """
SELECT number, rank, original FROM (
    SELECT number, rank, original, place, '' AS name FROM ranked
    UNION ALL
    SELECT number, NULL, NULL, NULL, name FROM document WHERE error IS NOT NULL
) ORDER BY place IS NULL, place, name, number LIMIT ? OFFSET ?
"""


def _row(number: int, name: str, entry: Entry, posting: Posting | None) -> tuple[object, ...]:
    report = entry.report
    if report is None:
        return (number, name, None, entry.error, None, None, None, None, None)
    same, level = entry.same or f"#{number}", report.level.estimate or 0
    length = len(PurePath(name).stem)
    return (number, name, length, None, same, level, report.coverage, *_order(report, posting))


def _order(report: Report, posting: Posting | None) -> tuple[float, float]:
    """Sorts best first; before coverage, which decides where both are equal."""
    if posting:
        return fit_order(fit(posting.report, report), report)[:2]
    indicators = [item.probability for item in report.items if item.kind == "indicator"]
    return (-report.coverage, -sum(indicators) / max(1, len(indicators)))
