"""A posting's demands beside what each résumé shows of them, for the terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.cli.report_view import evidence_line
from matcher.cli.wrapping import ChineseText
from matcher.scoring.fit import Demand, Fit

_OUTCOMES = {"met": ("● 符合", "green"), "partly": ("◐ 部分", "yellow"), "missing": ("○ 未見", "dim")}
_PARTS = (("行為指標", "indicators"), ("知識", "knowledge"), ("技能", "skills"))
_FEW = 2  # candidates whose evidence is shown in full; a table of more is read first, then one by one


def match_view(posting: str, fits: Sequence[tuple[str, Fit]], failures: Sequence[str] = ()) -> RenderableType:
    """``fits`` are the résumés' names and fits, best first; ``failures`` why others have none."""
    failed = [ChineseText.assemble(("失敗 ", "red"), reason) for reason in failures]
    return Group(*_lines(posting, fits), *failed)


def _lines(posting: str, fits: Sequence[tuple[str, Fit]]) -> Iterator[RenderableType]:
    demands = fits[0][1].demands
    yield Text(f"職缺 {posting}：要求 {len(demands)} 項", style="bold")
    for note in fits[0][1].notes:
        yield Padding(ChineseText(f"• {note}"), (0, 0, 0, 2))
    yield _summary(fits)
    if demands:
        yield _demands(fits)
    for name, fit in fits[:_FEW]:
        yield Text(f"\n{name}：憑哪些句子", style="bold")
        for demand in fit.demands:
            yield from _evidence(demand)


def _summary(fits: Sequence[tuple[str, Fit]]) -> Table:
    table = Table(box=None, padding=(0, 1))
    table.add_column("履歷")
    for title in ("適配", *(title for title, _ in _PARTS), "期望", "符合", "部分", "未見"):
        table.add_column(title, justify="right")
    for name, fit in fits:
        parts = [_share(getattr(fit, part)) for _, part in _PARTS]
        counts = [str(fit.count(outcome)) for outcome in ("met", "partly", "missing")]
        table.add_row(escape(name), _share(fit.score), *parts, _share(fit.expected), *counts)
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _demands(fits: Sequence[tuple[str, Fit]]) -> Table:
    table = Table(box=None, padding=(0, 1))
    table.add_column("要求")
    table.add_column("權重", justify="right")
    for name, _ in fits:
        table.add_column(escape(name))
    for row in zip(*(fit.demands for _, fit in fits), strict=True):
        asked = row[0]
        outcomes = [Text(*_OUTCOMES[demand.outcome]) for demand in row]
        table.add_row(ChineseText(f"{asked.code} {asked.text}"), f"{asked.weight:.2f}", *outcomes)
    return table


def _evidence(demand: Demand) -> Iterator[RenderableType]:
    label, style = _OUTCOMES[demand.outcome]
    yield Padding(
        ChineseText.assemble((f"{label} ", style), (f"{demand.code} ", "bold"), demand.text), (0, 0, 0, 2)
    )
    for side, evidence in (("職缺", demand.asked_evidence), ("履歷", demand.shown_evidence)):
        for one in evidence[:1]:
            yield Padding(ChineseText.assemble((f"{side} ", "dim"), evidence_line(one)), (0, 0, 0, 6))
