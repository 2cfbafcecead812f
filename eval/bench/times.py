"""Times as a table."""

from collections.abc import Sequence

from rich.table import Table


def times_table(title: str, rows: Sequence[tuple[str, float]], unit: float | None = None) -> Table:
    """Names with their milliseconds, and the ratio to ``unit``, without one to the first."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    table.add_column("ms", justify="right")
    table.add_column("ratio", justify="right")
    first = unit or rows[0][1]
    for name, milliseconds in rows:
        table.add_row(name, f"{milliseconds:.2f}", f"{milliseconds / first:.2f}")
    return table
