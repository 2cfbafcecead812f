"""A folder's rows for the terminal, best coverage first."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from matcher.batch.rows import Row
from matcher.standard import Standard


def batch_view(rows: Sequence[Row], standard: Standard) -> Table:
    """A table of level and coverage, in all and by task; files that failed come last, with the reason."""
    table = Table(title=f"{standard.code} {standard.name}", title_justify="left")
    table.add_column("檔案", overflow="fold")
    for title in ("級別", "相關", "涵蓋", *(task.code for task in standard.tasks)):
        table.add_column(title, justify="right")
    table.add_column("說明", overflow="fold")
    for row in sorted(rows, key=_order):
        table.add_row(*_cells(row, len(standard.tasks)))
    return table


def _order(row: Row) -> tuple[bool, float, str]:
    return (row.report is None, -row.report.coverage if row.report else 0.0, row.file)


def _cells(row: Row, tasks: int) -> list[str]:
    report = row.report
    if report is None:
        return [escape(row.file), "失敗", *[""] * (tasks + 2), escape(row.reason or "")]
    level = report.level
    return [
        escape(row.file),
        f"{level.estimate}（{level.probability:.0%}）" if level.sufficient else "不足",
        f"{report.scope.probability:.0%}",
        f"{report.coverage:.0%}",
        *(f"{task.coverage:.0%}" for task in report.tasks),
        escape("；".join(note.message for note in report.notes)),
    ]
