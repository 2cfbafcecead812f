"""A ranking for the terminal."""

from collections.abc import Iterator
from itertools import islice

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from matcher.batch.ranking import Ranked, Ranking

_MOST = 100  # rows on a screen; who wants more wants a file


def batch_view(ranking: Ranking) -> RenderableType:
    """A table of fit, level and coverage by task, best first; then the documents that failed, with why."""
    return Group(*_parts(ranking))


def _parts(ranking: Ranking) -> Iterator[RenderableType]:
    yield _table(ranking)
    if len(ranking) > _MOST:
        yield Text(f"只列前 {_MOST} 份，共 {len(ranking)} 份；加 --out 資料夾 看全部。", style="dim")
    for failure in islice(ranking.failures(), _MOST):
        yield Text.assemble(("失敗 ", "red"), f"{failure.name}：{failure.reason}")
    if ranking.failed > _MOST:
        yield Text(f"失敗的共 {ranking.failed} 份；加 --out 資料夾 看全部。", style="dim")


def _table(ranking: Ranking) -> Table:
    title = f"{ranking.standard.code} {ranking.standard.name}"
    if ranking.posting:
        title = f"{ranking.posting.name} × {title}"
    table = Table(title=Text(title), title_justify="left")
    table.add_column("名次", justify="right")
    table.add_column("檔案", overflow="fold")
    fit = ("適配",) if ranking.posting else ()
    for column in (*fit, "級別", "相關", "涵蓋", *(task.code for task in ranking.standard.tasks)):
        table.add_column(column, justify="right")
    table.add_column("說明", overflow="fold")
    for ranked in islice(ranking, _MOST):
        table.add_row(*_cells(ranked))
    return table


def _cells(ranked: Ranked) -> Iterator[str]:
    report, level = ranked.report, ranked.report.level
    yield str(ranked.rank)
    yield escape(ranked.name)
    if ranked.fit:
        yield "–" if ranked.fit.score is None else f"{ranked.fit.score:.0%}"
    yield f"{level.estimate}（{level.probability:.0%}）" if level.sufficient else "不足"
    yield f"{report.scope.probability:.0%}"
    yield f"{report.coverage:.0%}"
    for task in report.tasks:
        yield f"{task.coverage:.0%}"
    duplicate = [f"與 {ranked.duplicate_of} 相同"] if ranked.duplicate_of else []
    yield escape("；".join([*duplicate, *(note.message for note in report.notes)]))
