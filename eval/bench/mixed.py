"""A folder of mixed files, twice through one engine and once through the other: the same rows, none lost."""

import tempfile
import time
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count, islice
from pathlib import Path

from psutil import Process
from rich.console import Console
from rich.table import Table

from eval.bench.scoring import LENGTH, resume
from matcher.batch.cluster import DaskEngine
from matcher.batch.engine import Engine, run
from matcher.batch.journal import Journal
from matcher.batch.local import LocalEngine
from matcher.batch.packing import encoded
from matcher.batch.work import Finished, Scoring
from matcher.inputs.inputs import Inputs
from matcher.matcher import DEFAULT_STANDARD
from matcher.reading.limits import Limits
from matcher.settings import Settings
from matcher.standard import load_standard
from tests.corpus.good import good_files

FILES, BROKEN = 2_000, 40
"""Files, and which of them is cut off in its middle: every so-many-th."""

MARKS = (100, 1_000, 2_000)
"""After how many files the memory of the process is looked at."""


def main(console: Console) -> None:
    """Measure and print."""
    scoring = Scoring(load_standard(DEFAULT_STANDARD), Settings(read=Limits(ocr=False)))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        files = place / "files"
        files.mkdir()
        for number, (name, content) in enumerate(islice(_files(), FILES)):
            (files / f"{number:04} {name}").write_bytes(content)
        table = Table(title=f"{FILES:,} mixed files, 2 workers; memory of this process", title_justify="left")
        for column in ("engine", "rows", "reports", "errors", "seconds", "digest"):
            table.add_column(column, justify="left" if column in ("engine", "digest") else "right")
        for mark in MARKS:
            table.add_column(f"MiB at {mark:,}", justify="right")
        for name, engine in (
            ("local", LocalEngine(scoring, 2)),
            ("local", LocalEngine(scoring, 2)),
            ("dask", DaskEngine(scoring, None, 2, str(place / "parts"))),
        ):
            table.add_row(name, *_run(engine, files, place / f"{table.row_count}.sqlite3"))
        console.print(table)


def _files() -> Iterator[tuple[str, bytes]]:
    """Résumés of many persons, each in every format."""
    made = count(1)
    text = resume(LENGTH).encode("cp950", "ignore").decode("cp950")  # one of the formats is Big5
    for person in count(1):
        for name, content in good_files(f"應徵者 {person} 號\n{text}").items():
            yield name, content if next(made) % BROKEN else content[: len(content) // 2]


def _run(engine: Engine, files: Path, place: Path) -> tuple[str, ...]:
    """What came of it, and what this process itself held meanwhile, its workers not counted."""
    rows: dict[str, bytes] = {}
    reports, held, start = 0, [], time.perf_counter()

    def take(finished: Finished | None) -> None:
        nonlocal reports
        if finished is None:
            return
        rows[finished.source.key] = blake2b(
            b"\n".join(map(encoded, finished.entries)), digest_size=16
        ).digest()
        reports += all(entry.report for entry in finished.entries)
        if len(rows) in MARKS:
            held.append(f"{Process().memory_info().rss / 2**20:.0f}")

    with Journal(place, "bench") as journal:
        run(Inputs([str(files)]), engine, journal, take)
    seconds = time.perf_counter() - start
    digest = blake2b(b"".join(row for _, row in sorted(rows.items())), digest_size=4).hexdigest()
    return str(len(rows)), str(reports), str(len(rows) - reports), f"{seconds:.0f}", digest, *held
