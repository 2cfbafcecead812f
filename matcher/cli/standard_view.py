"""How a competency standard looks on a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from matcher.standard import Classification, Duty, Standard, Task, Version

_CODE_STYLE = "cyan"
_Row = tuple[str, ...]


def listing(standards: Iterable[tuple[Standard, bool]]) -> RenderableType:
    """The standards as a table, one a row, each with whether it was imported."""
    table = Table()
    table.add_column("代碼", style=_CODE_STYLE, no_wrap=True)
    table.add_column("名稱")
    for heading in ("基準級別", "職責", "任務", "評分項目"):
        table.add_column(heading, justify="right")
    table.add_column("來源")
    for one, imported in standards:
        counts = (one.base_level, len(one.duties), len(one.tasks), len(one.items))
        table.add_row(one.code, Text(one.name), *map(str, counts), "匯入" if imported else "內建")
    return table


def overview(standard: Standard) -> RenderableType:
    """Everything that the standard says, in the order of its document but for the history, which ends it."""
    conditions = (("條件", line) for line in standard.conditions.lines)
    notes = (("說明", note.text) for note in standard.notes)
    return Group(
        _header(standard),
        *map(_duty, standard.duties),
        _section("知識", ((item.code, item.text) for item in standard.knowledge)),
        _section("技能", ((item.code, item.text) for item in standard.skills)),
        _section(
            "態度",
            ((one.code, "：".join(filter(None, (one.name, one.description)))) for one in standard.attitudes),
        ),
        _section("說明與補充事項", (*conditions, *notes)),
        _section("版本", (_history(version) for version in standard.versions)),
    )


def _history(version: Version) -> tuple[str, ...]:
    return (version.version, version.date, version.code, version.name, version.status, version.note)


def _header(standard: Standard) -> RenderableType:
    rows = [
        ("職類", standard.job_family),
        ("職業", standard.occupation),
        ("職類別", _classes(standard.job_classes)),
        ("職業別", _classes(standard.occupation_classes)),
        ("行業別", _classes(standard.industry_classes)),
        ("工作描述", standard.description),
        ("基準級別", str(standard.base_level)),
    ]
    title = Text(f"{standard.code} {standard.name}", style="bold")
    return Panel(_grid((name, text) for name, text in rows if text), title=title, title_align="left")


def _classes(classes: Sequence[Classification]) -> str:
    return "；".join(f"{place.name}（{place.code}）" for place in classes)


def _duty(duty: Duty) -> RenderableType:
    tree = Tree(Text.assemble((duty.code, _CODE_STYLE), " ", (duty.name, "bold")))
    for task in duty.tasks:
        tree.add(_task(task))
    return Group("", tree)


def _task(task: Task) -> Tree:
    level = (f"第 {task.level} 級", "bold green")
    tree = Tree(Text.assemble((task.code, _CODE_STYLE), " ", (task.name, "bold"), "　", level))
    tree.add(_grid((indicator.code, indicator.text) for indicator in task.indicators))
    codes = {"知識": " ".join(task.knowledge), "技能": " ".join(task.skills)}
    outputs = "；".join(f"{output.code} {output.text}" for output in task.outputs)
    tree.add(_grid((name, text) for name, text in {"產出": outputs, **codes}.items() if text))
    return tree


def _section(title: str, rows: Iterable[_Row]) -> RenderableType:
    """A titled grid, or nothing if there are no rows."""
    grid = _grid(rows)
    return Group("", Text(title, style="bold"), grid) if grid.row_count else Group()


def _grid(rows: Iterable[_Row]) -> Table:
    """Rows that begin with a code or label; the last cell is wrapped between any two characters."""
    filled = list(rows)
    grid = Table.grid(padding=(0, 1))
    for row in filled[:1]:
        grid.add_column(style=_CODE_STYLE, no_wrap=True)
        for _ in row[1:-1]:
            grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
    for row in filled:
        # `Text`, so that square brackets in a standard are not taken for markup.
        grid.add_row(*map(Text, row))
    return grid
