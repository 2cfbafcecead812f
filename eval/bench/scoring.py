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

from eval.bench.times import times_table
from eval.fonts import cjk_font
from eval.prepare import uncalibrated_scorer
from matcher.data import data_path
from matcher.language.analysis import analyse
from matcher.language.level_signs import level_signs
from matcher.language.normalise import normalise
from matcher.language.parts import parts as parts_of
from matcher.language.polarity import polarities
from matcher.language.segment import default_segmenter
from matcher.language.sentences import split_sentences
from matcher.language.stuffing import stuffing
from matcher.matcher import Matcher
from matcher.privacy import mask, masked
from matcher.reading.read import read_document
from matcher.scoring.calibration import load_calibration
from matcher.scoring.conditions import check_conditions
from matcher.scoring.windows import windows
from tests.corpus.good import docx_body
from tests.make_hostile import docx

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
    score = timed(lambda: matcher.score(text))
    readings = _readings(text)
    rows = [("score, report with evidence included", score), *_parts(matcher, text), *readings]
    console.print(times_table("one résumé of 2,000 characters, one processor core, medians", rows, score))
    for name, milliseconds in readings:
        console.print(f"score ÷ {name}: {score / milliseconds:.2f}")
    console.print(times_table("growth with length", _growth(matcher)))
    console.print(times_table("from nothing, a new process each (wall time)", _starts()))


def _parts(matcher: Matcher, text: str) -> list[tuple[str, float]]:
    """What a score consists of, and what is done with it."""
    scorer = uncalibrated_scorer().with_calibration(load_calibration())
    fast, reference = default_segmenter("rjieba"), default_segmenter("jieba")
    normalised, sentences = normalise(text), list(split_sentences(text))
    analysis, report = analyse(text, fast, posting=False), matcher.score(text)
    originals = {"職能基準": "\n".join(item.text for item in matcher.standard.items)}
    found = windows(analysis)
    conditions = partial(
        check_conditions, analysis, matcher.standard.conditions, lambda _: True, posting=False
    )
    parts: dict[str, Callable[[], object]] = {
        "  sentences and terms, cut by rjieba": lambda: analyse(text, fast, posting=False),
        "    the same cut by jieba": lambda: analyse(text, reference, posting=False),
        "    normalising": lambda: normalise(text),
        "    sentences and clauses": lambda: list(split_sentences(text)),
        "    parts": lambda: list(parts_of(normalised, sentences, posting=False)),
        "    polarity": lambda: [polarities(normalised, s.clauses, posting=False) for s in sentences],
        "    terms": lambda: fast.terms(normalised),
        "  signals": lambda: scorer.signals(analysis),
        "    similarities by words": lambda: scorer.index.group_similarities(found),
        "  report, signals included": lambda: scorer.report(analysis, "resume", matcher.versions),
        "    signs of level": lambda: level_signs(analysis),
        "    conditions": conditions,
        "  stuffing": lambda: stuffing(text, originals),
        "masking the report and the text": lambda: masked(report, text, mask(text)),
        "the report as plain types": report.to_dict,
    }
    return [(name, timed(do)) for name, do in parts.items()]


def _readings(text: str) -> list[tuple[str, float]]:
    """What reading the same résumé costs; a PDF where a font for it is installed."""
    files = {"DOCX": docx(docx_body(text)), "PDF": text_pdf(text)}
    return [
        (f"reading it from {kind}", timed(partial(read_document, content, f"resume.{kind.lower()}")))
        for kind, content in files.items()
        if content is not None
    ]


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
