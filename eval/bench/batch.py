"""What a batch costs: files a second by format, beside reading alone and beside a plain pipeline."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.bench.scoring import LENGTH, resume
from matcher.batch.engine import run
from matcher.batch.journal import Journal
from matcher.batch.local import LocalEngine
from matcher.batch.work import Scoring
from matcher.inputs.inputs import Inputs
from matcher.matcher import DEFAULT_STANDARD
from matcher.reading.guard import Guard
from matcher.settings import Settings
from matcher.standard import load_standard
from tests.corpus.good import docx_body, pdf
from tests.corpus.made import picture, saved
from tests.make_hostile import docx

MANY, SCANS = 120, 4
"""Files of each format, and of scans, which take a hundred times as long."""

WORKERS = (1, 2)


@dataclass(frozen=True)
class Rate:
    """Files a second of one format with so many workers."""

    kind: str
    workers: int
    reading: float
    batch: float


def main(console: Console) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        folders = {name: folder(Path(place) / name, make) for name, make in _KINDS.items()}
        rates = [rate(name, files, workers) for name, files in folders.items() for workers in WORKERS]
        plain = plain_rate(folders["text"])
        console.print(_table(rates, plain))


def folder(place: Path, make: Callable[[int], tuple[str, bytes]]) -> Path:
    """A folder of files of one format, no two alike."""
    place.mkdir()
    for number in range(SCANS if make is _scan else MANY):
        name, content = make(number)
        (place / f"{number:04} {name}").write_bytes(content)
    return place


def rate(kind: str, files: Path, workers: int) -> Rate:
    """Reading alone, and the whole batch with its journal, once they have started."""
    paths = sorted(files.iterdir())
    with Guard(Settings().read, workers) as guard:
        list(guard.read_many(paths[:workers]))
        reading = _seconds(lambda: list(guard.read_many(paths)))
    with LocalEngine(_scoring(), workers) as engine:
        list(engine.run(Inputs([str(path) for path in paths[:workers]])))
        with Journal(files.with_suffix(f".{workers}"), "bench") as journal:
            whole = _seconds(lambda: run(Inputs([str(files)]), _Open(engine), journal, lambda _: None))
    return Rate(kind, workers, len(paths) / reading, len(paths) / whole)


def plain_rate(files: Path) -> float:
    """Files a second of what a data scientist would write: jieba's words and a TF-IDF for each file."""
    wordings = [item.text for item in load_standard(DEFAULT_STANDARD).items]
    paths = sorted(files.iterdir())

    def score() -> None:
        for path in paths:
            vectors = TfidfVectorizer(
                tokenizer=jieba.lcut, token_pattern=None, lowercase=False
            ).fit_transform([*wordings, path.read_text(encoding="utf-8")])
            (vectors[:-1] @ vectors[-1].T).toarray()

    jieba.initialize()
    return len(paths) / _seconds(score)


class _Open:
    """An engine that is open already, and stays so."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine
        self.run = engine.run

    def __enter__(self) -> "_Open":
        return self

    def __exit__(self, *_: object) -> None: ...


def _table(rates: Sequence[Rate], plain: float) -> Table:
    table = Table(title="files a second; ratio: to reading alone", title_justify="left")
    for column in ("format", "workers", "reading alone", "batch", "ratio", "ratio to plain"):
        table.add_column(column, justify="left" if column == "format" else "right")
    for one in rates:
        row = (f"{one.reading:.1f}", f"{one.batch:.1f}", f"{one.batch / one.reading:.2f}")
        table.add_row(one.kind, str(one.workers), *row, f"{one.batch / plain:.2f}")
    table.add_row("text, plain", "1", "", f"{plain:.1f}", "", "1.00")
    return table


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@cache
def _scoring() -> Scoring:
    return Scoring(load_standard(DEFAULT_STANDARD), Settings())


def _said(number: int) -> str:
    return f"應徵者 {number} 號\n{resume(LENGTH)}"


def _text(number: int) -> tuple[str, bytes]:
    return "resume.txt", _said(number).encode()


def _scan(number: int) -> tuple[str, bytes]:
    page = picture(150)
    page.putpixel((number, 0), 0)  # the very same file would be recognised once
    return "resume.png", saved(page, "PNG")


def _docx(number: int) -> tuple[str, bytes]:
    return "resume.docx", docx(docx_body(_said(number)))


def _pdf(number: int) -> tuple[str, bytes]:
    return "resume.pdf", pdf(_said(number))


_KINDS: dict[str, Callable[[int], tuple[str, bytes]]] = {
    "text": _text,
    "DOCX": _docx,
    "PDF": _pdf,
    "scan, 150 dpi": _scan,
}
