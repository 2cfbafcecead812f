"""Writes the figures of ``eval/results.json`` into ``docs/evaluation.md``, between its markers."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.metrics import KINDS

DOCUMENT = Path(__file__).parent.parent / "docs" / "evaluation.md"
BEGIN, END = "<!-- figures: python -m eval -->", "<!-- end of figures -->"

UNSEEN = "kept"
"""The set that nobody who worked on the phrasebook has seen: the figures to expect."""

_NAMES = {
    "kept": "**kept** (made-up, seen by nobody)",
    "fresh": "fresh (made-up, worked on)",
    "made": "made (made-up, worked on)",
    "written": "written (made-up, worked on)",
    "real": "real postings (worked on)",
}

Figures = Mapping[str, Any]


def write_figures(figures: Figures, path: Path = DOCUMENT) -> None:
    """Replace what stands between the markers of ``path`` by tables of ``figures``."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [*_items(figures), *_baselines(figures[UNSEEN]), *_documents(figures)]
    path.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


def _items(figures: Figures) -> Iterator[str]:
    yield "\n## Items: F1, average precision, and the 95 % interval of F1\n"
    yield from _head(KINDS)
    for name, figure in figures.items():
        cells = []
        for kind in KINDS:
            item = figure["items"][kind]
            low, high = item["f1_interval"]
            cells.append(f"{item['f1']:.2f} (AP {item['average_precision']:.2f}), {low:.2f}–{high:.2f}")
        yield _row(_NAMES.get(name, name), cells)


def _baselines(figure: Figures) -> Iterator[str]:
    yield f"\nBeside it, on `{UNSEEN}`, in the same run; baselines at the threshold that is best for these"
    yield "very documents, the tool at its own:\n"
    yield from _head(KINDS)
    items = figure["items"]
    yield _row("yes to everything", [f"{items[kind]['yes_to_everything_f1']:.2f}" for kind in KINDS])
    for title, scores in figure["baselines"].items():
        yield _row(
            title, [f"{scores[k]['best_f1']:.2f} (AP {scores[k]['average_precision']:.2f})" for k in KINDS]
        )
    cells = [(items[k]["f1"], items[k]["average_precision"], items[k]["kappa"]) for k in KINDS]
    yield _row("**the tool**", [f"**{score:.2f}** (AP {ap:.2f}), kappa {k:.2f}" for score, ap, k in cells])


def _documents(figures: Figures) -> Iterator[str]:
    yield "\n## Documents\n"
    yield from _head(tuple(figures))
    every = list(figures.values())
    levels, scopes = [f["level"] for f in every], [f["scope_auc"] for f in every]
    accuracy = [f"{level['accuracy']:.2f} of {level['documents']}" for level in levels]
    yield _row("level of documents in scope, accuracy", accuracy)
    yield _row("always 3", [f"{level['always_3']:.2f}" for level in levels])
    yield _row("T2.3 covered → 4", [f"{level['t23_covered_is_4']:.2f}" for level in levels])
    yield _row("coverage of a task, mean absolute error", [f"{f['coverage_error']:.3f}" for f in every])
    yield _row(
        "in against out of scope, AUC: scope probability", [f"{s['scope_probability']:.2f}" for s in scopes]
    )
    yield _row("by total coverage", [f"{scope['total_coverage']:.2f}" for scope in scopes])
    yield _row("by the readers' own coverage", [f"{scope['labelled_coverage']:.2f}" for scope in scopes])
    ranked = [f["ranking_ndcg"] for f in every]
    yield _row("ranking of résumés for postings, nDCG", [f"{r:.2f}" if r == r else "–" for r in ranked])
    errors = [" / ".join(f"{f['items'][k]['calibration_error']:.2f}" for k in KINDS) for f in every]
    yield _row("calibration error: indicators / knowledge / skills", errors)


def _head(columns: Sequence[str]) -> Iterator[str]:
    yield _row("", columns)
    yield _row("---", ["---"] * len(columns))


def _row(title: str, cells: Sequence[str]) -> str:
    return f"| {title} | {' | '.join(cells)} |"
