"""``python -m eval``: measure, look at errors, fit the calibration, hold the gate."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from eval.calibrate import fit
from eval.document import write_figures
from eval.errors import errors as error_lines
from eval.evaluate import evaluate
from eval.gate import check_gate, save_baseline
from eval.judge import judge
from eval.prepare import Prepared, prepare, uncalibrated_scorer
from eval.sets import Labelled, digest, load_sets
from eval.show import show, write_plots
from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.scoring.scorer import Scorer

RESULTS = Path(__file__).parent / "results.json"
PLOTS = Path(__file__).parent / "plots"

app = typer.Typer(add_completion=False, help="Measures the scores on labelled documents.")
SetsOption = Annotated[list[str] | None, typer.Option("--set", help="Only these sets; all by default.")]


@app.callback(invoke_without_command=True)
def measure(context: typer.Context) -> None:
    """Print every figure beside the baselines; write eval/results.json and plots."""
    if context.invoked_subcommand:
        return
    scorer, prepared, sets = _load(None)
    figures, judged = evaluate(scorer, prepared, sets)
    show(figures)
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_plots(judged, PLOTS)
    if "real" in figures:
        write_figures(figures)


@app.command()
def errors(
    codes: Annotated[list[str] | None, typer.Argument(help="Items, by code or its beginning.")] = None,
    most: Annotated[int, typer.Option(help="Most false alarms and misses shown for an item.")] = 5,
    sets: SetsOption = None,
) -> None:
    """Show the worst false alarms and misses of each item with their sentences."""
    scorer, prepared, loaded = _load(sets)
    judged = judge(scorer, prepared, _digests(loaded))
    for line in error_lines(scorer, prepared, judged, codes or [], most):
        typer.echo(line)


@app.command()
def calibrate(sets: SetsOption = None) -> None:
    """Fit the calibration on all labelled sets and write data/calibration.json."""
    scorer, prepared, loaded = _load(sets)
    path = data_path("calibration.json")
    path.write_text(fit(scorer, prepared, _digests(loaded)), encoding="utf-8")
    typer.echo(f"{path.name}: fitted on {len(prepared)} documents of {', '.join(loaded)}")


@app.command()
def gate(
    update: Annotated[
        bool, typer.Option("--update", help="Write the present figures as the new floors.")
    ] = False,
    allow_regression: Annotated[str, typer.Option(help="Why a floor may be lowered.", metavar="REASON")] = "",
) -> None:
    """Fail if a figure on the repository's own sets is below its floor in eval/baseline.json."""
    scorer, prepared, sets = _load(["fresh", "kept", "made", "written"])
    figures, _ = evaluate(scorer, prepared, sets)
    if update:
        save_baseline(figures, allow_regression)
    for line in check_gate(figures):
        typer.echo(line)


def _load(names: list[str] | None) -> tuple[Scorer, list[Prepared], dict[str, list[Labelled]]]:
    scorer = uncalibrated_scorer()
    sets = load_sets(scorer.standard)
    unknown = set(names or ()) - sets.keys()
    if unknown:
        raise MatcherError(f"no set {', '.join(sorted(unknown))}; there are {', '.join(sets)}")
    chosen = {name: documents for name, documents in sets.items() if names is None or name in names}
    documents = [document for some in chosen.values() for document in some]
    return scorer, prepare(scorer, documents), chosen


def _digests(sets: dict[str, list[Labelled]]) -> dict[str, str]:
    return {name: digest(documents) for name, documents in sets.items()}


if __name__ == "__main__":
    try:
        app()
    except MatcherError as error:
        sys.exit(f"error: {error}")
