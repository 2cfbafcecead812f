"""What scoring one résumé costs, and what starting costs."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from fpdf import FPDF
from rich.console import Console
from rich.table import Table

from eval.fonts import cjk_font
from matcher.data import data_path
from matcher.language.analysis import analyse
from matcher.language.segment import default_segmenter
from matcher.matcher import Matcher
from matcher.reading.read import read_document

LENGTH = 2_000
"""Code points of the résumé that is timed."""


def timed(work: Callable[[], object], rounds: int = 15) -> float:
    """Median processor time of one call in milliseconds, after a call that warms up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def resume(length: int) -> str:
    """A text of ``length`` code points made of the sample résumés."""
    samples = [
        path.read_text(encoding="utf-8") for path in sorted(data_path("samples", "resumes").glob("*.txt"))
    ]
    text = "\n".join(samples)
    return (text * (length // len(text) + 1))[:length]


def text_pdf(text: str) -> bytes | None:
    """A PDF with a text layer, or None where no CJK font is installed."""
    font = cjk_font()
    if font is None:
        return None
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("cjk", fname=font)
    pdf.set_font("cjk", size=10)
    pdf.multi_cell(0, 6, text)
    return bytes(pdf.output())


def main(console: Console) -> None:
    """Measure and print."""
    matcher, text = Matcher.load(), resume(LENGTH)
    fast, reference = default_segmenter("rjieba"), default_segmenter("jieba")
    score = timed(lambda: matcher.score(text))
    rows = [
        ("score one résumé of 2,000 characters, report with evidence included", score),
        ("  of it: sentences and terms, cut by rjieba", timed(lambda: analyse(text, fast, posting=False))),
        ("  the same cut by jieba", timed(lambda: analyse(text, reference, posting=False))),
    ]
    pdf = text_pdf(text)
    if pdf is not None:
        rows.append(("read the same résumé from a text PDF", timed(lambda: read_document(pdf, "resume.pdf"))))
    console.print(_table("one processor core, medians", rows, score))
    console.print(_table("growth with length", _growth(matcher), None))
    console.print(_table("from nothing, a new process each (wall time)", _starts(), None))


def _growth(matcher: Matcher) -> list[tuple[str, float]]:
    lengths = (1_000, 10_000, 100_000, 1_000_000)
    texts = {length: resume(length) for length in lengths}
    return [
        (
            f"{length:>9,} characters, for each 1,000",
            timed(partial(matcher.score, texts[length]), 3) * 1000 / length,
        )
        for length in lengths
    ]


def _starts() -> list[tuple[str, float]]:
    sample = str(data_path("samples", "resumes", "planner.txt"))
    command = [str(Path(sys.executable).with_name("matcher"))]
    return [
        ("matcher --help", _wall([*command, "--help"])),
        ("matcher score planner.txt", _wall([*command, "score", sample])),
    ]


def _wall(command: Sequence[str]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def _table(title: str, rows: Sequence[tuple[str, float]], unit: float | None) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    table.add_column("ms", justify="right")
    table.add_column("ratio", justify="right")
    first = unit or rows[0][1]
    for name, milliseconds in rows:
        table.add_row(name, f"{milliseconds:.2f}", f"{milliseconds / first:.2f}")
    return table
