"""Figures for the eye: tables in the terminal, plots as PNG."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.metrics import precision_recall_curve

from eval.judge import Judged
from eval.metrics import KINDS, average_precision, f1, items

mpl.use("Agg")

from matplotlib import pyplot


def show(figures: Mapping[str, Any], console: Console | None = None) -> None:
    """Print the figures of every set, and the baselines of the same run beside them."""
    console = console or Console(width=130, highlight=False)
    for name, figure in figures.items():
        console.print(_items_table(name, figure))
        level, auc = figure["level"], figure["scope_auc"]
        low, high = figure["coverage_error_interval"]
        console.print(
            f"coverage of a task: mean absolute error {figure['coverage_error']:.3f} ({low:.3f}–{high:.3f})"
        )
        low, high = level["accuracy_interval"]
        console.print(
            f"level of {level['documents']} documents in scope: "
            f"accuracy {level['accuracy']:.3f} ({low:.2f}–{high:.2f}); always 3: {level['always_3']:.3f}; "
            f"T2.3 covered → 4: {level['t23_covered_is_4']:.3f}; {level['confusion']}"
        )
        console.print(
            f"in against out of scope, AUC: scope probability {auc['scope_probability']:.3f}, total coverage "
            f"{auc['total_coverage']:.3f} (by the labels themselves {auc['labelled_coverage']:.3f})"
        )
        console.print(f"ranking of résumés for postings: nDCG {figure['ranking_ndcg']:.3f}\n")


def _items_table(name: str, figure: Mapping[str, Any]) -> Table:
    table = Table(
        "",
        *KINDS,
        title=f"{name}: {figure['documents']} documents, data {figure['data']}",
        title_justify="left",
    )
    for title, scores in figure["baselines"].items():
        table.add_row(
            title,
            *(f"AP {scores[k]['average_precision']:.3f}  best F1 {scores[k]['best_f1']:.3f}" for k in KINDS),
        )
    every = figure["items"]
    table.add_row("yes to everything", *(f"F1 {every[k]['yes_to_everything_f1']:.3f}" for k in KINDS))
    table.add_section()
    table.add_row(
        "the tool",
        *(f"AP {every[k]['average_precision']:.3f}  best F1 {every[k]['best_f1']:.3f}" for k in KINDS),
    )
    table.add_row(
        "  at its operating point",
        *(
            f"F1 {every[k]['f1']:.3f} ({every[k]['f1_interval'][0]:.2f}–{every[k]['f1_interval'][1]:.2f})"
            for k in KINDS
        ),
    )
    table.add_row("  kappa", *(f"{every[k]['kappa']:.3f}" for k in KINDS))
    table.add_row("  calibration error", *(f"{every[k]['calibration_error']:.3f}" for k in KINDS))
    return table


def write_plots(judged: Sequence[Judged], folder: Path) -> None:
    """Precision against recall, reliability, and F1 by item, as PNG files in ``folder``."""
    folder.mkdir(exist_ok=True)
    for name in sorted({one.document.set for one in judged}):
        mine = [one for one in judged if one.document.set == name]
        figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(16, 5))
        for kind in KINDS:
            label, probability, _ = items(mine, kind)
            precision, recall, _ = precision_recall_curve(label, probability)
            left.plot(recall, precision, label=f"{kind} (AP {average_precision(label, probability):.2f})")
            edges = np.minimum((probability * 10).astype(int), 9)
            used = [b for b in range(10) if (edges == b).any()]
            middle.plot(
                [probability[edges == b].mean() for b in used],
                [label[edges == b].mean() for b in used],
                "o-",
                label=kind,
            )
        left.set(xlabel="recall", ylabel="precision", title=f"{name}: precision against recall")
        middle.plot([0, 1], [0, 1], ":", color="grey")
        middle.set(xlabel="probability", ylabel="share of items that readers grant", title="reliability")
        left.legend()
        middle.legend()
        _by_item(mine, right)
        figure.tight_layout()
        figure.savefig(folder / f"{name}.png", dpi=100)
        pyplot.close(figure)


def _by_item(judged: Sequence[Judged], axes: Any) -> None:
    codes = [item.code for item in judged[0].report.items]
    scores = []
    for at, code in enumerate(codes):
        known = [(one.document.labels[code], one.report.items[at].status != "absent") for one in judged]
        pairs = [(bool(label), decided) for label, decided in known if label is not None]
        scores.append(
            f1(np.array([label for label, _ in pairs]), np.array([decided for _, decided in pairs]))
        )
    axes.bar(range(len(codes)), scores)
    axes.set_xticks(range(len(codes)), codes, rotation=90, fontsize=7)
    axes.set(ylabel="F1 at the operating point", ylim=(0, 1), title="by item")
