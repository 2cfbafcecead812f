"""CSV files that Excel opens with Chinese intact and nothing in them run."""

import csv
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO

from matcher.batch.ranking import Ranking
from matcher.export.cells import Cell, as_text, failed_cells, ranking_columns


def write_csv(ranking: Ranking, path: Path) -> None:
    """A row for each document, best first; those without a report come last, with the reason."""
    with _opened(path) as stream:
        csv_to(ranking, stream)


def csv_to(ranking: Ranking, stream: TextIO) -> None:
    """What ``write_csv`` writes, without the mark for Excel."""
    columns = ranking_columns(ranking)
    titles = [column.title for column in columns]
    rows = ([column.cell(one) for column in columns] for one in ranking)
    failures = (failed_cells(failure, titles) for failure in ranking.failures())
    _rows(chain([titles], rows, failures), stream)


def write_errors(ranking: Ranking, path: Path) -> None:
    """A row for each document without a report: its name, the code and the reason."""
    failures = ([failure.name, failure.error, failure.reason] for failure in ranking.failures())
    with _opened(path) as stream:
        _rows(chain([["檔案", "代碼", "原因"]], failures), stream)


def _opened(path: Path) -> TextIO:
    # The byte order mark tells Excel that the file is UTF-8.
    return path.open("w", encoding="utf-8-sig", newline="")


def _rows(rows: Iterable[Sequence[Cell]], stream: TextIO) -> None:
    # All is quoted, because LibreOffice splits what is not at «;» and tabs, too.
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(map(as_text, row) for row in rows)
