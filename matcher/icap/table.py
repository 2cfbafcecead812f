"""The table of duties, tasks, outputs, indicators, levels, knowledge and skills."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.icap.entries import Column, Entry, agree, check_sequence, check_texts
from matcher.icap.errors import StandardFormatError
from matcher.icap.forms import LEVEL, LEVEL_WANTED
from matcher.icap.rows import Row, label
from matcher.standard import Duty, Indicator, Knowledge, Output, Skill, Task

_HEADINGS = ("主要職責", "工作任務", "工作產出", "行為指標", "職能級別", "知識", "技能")
_IN_TASK = ("工作產出", "行為指標", "知識", "技能")


@dataclass
class _TaskDraft:
    """A task as far as it has been read."""

    entry: Entry
    level: int | None = None
    columns: dict[str, Column] = field(default_factory=lambda: {name: Column(name) for name in _IN_TASK})

    def add(self, cells: dict[str, str], line: int) -> None:
        for name, column in self.columns.items():
            column.add(cells[name], line)
        if cells["職能級別"]:
            self._set_level(cells["職能級別"], line)

    def _set_level(self, cell: str, line: int) -> None:
        code = self.entry.code
        if not LEVEL.fullmatch(cell):
            raise StandardFormatError(f"{code} 的職能級別應{LEVEL_WANTED}，讀到「{cell[:40]}」。", line)
        if self.level not in (None, int(cell)):
            raise StandardFormatError(f"{code} 有兩個職能級別：{self.level} 與 {cell}。", line)
        self.level = int(cell)


@dataclass(frozen=True)
class Table:
    """What the table says."""

    duties: tuple[Duty, ...]
    knowledge: tuple[Knowledge, ...]
    skills: tuple[Skill, ...]


def parse_table(rows: Sequence[Row]) -> Table:
    """The duties and items in the table's rows, which hold each page's header row too.

    StandardFormatError if the table is damaged.
    """
    duties, tasks = Column("主要職責"), Column("工作任務")
    drafts: list[_TaskDraft] = []
    for line, cells in _named_cells(rows):
        new_duties = duties.add(cells["主要職責"], line)
        new_tasks = tasks.add(cells["工作任務"], line)
        if len(new_tasks) > 1 or len(new_duties) > len(new_tasks):
            raise StandardFormatError(
                "一列應只有一個工作任務，新的主要職責應與它的第一個工作任務同列。", line
            )
        drafts += map(_TaskDraft, new_tasks)
        if not drafts:
            raise StandardFormatError("第一個工作任務（T1.1）之前不應有內容。", line)
        drafts[-1].add(cells, line)
    # A name may run on over a page break, so drafts get theirs only now.
    for draft, entry in zip(drafts, tasks.entries, strict=True):
        draft.entry = entry
    return Table(
        _build_duties(duties.entries, drafts),
        tuple(Knowledge(entry.code, entry.text) for entry in _collect(drafts, "知識", "K")),
        tuple(Skill(entry.code, entry.text) for entry in _collect(drafts, "技能", "S")),
    )


def _named_cells(rows: Sequence[Row]) -> Iterable[tuple[int, dict[str, str]]]:
    """Line and cells by column of every row that is not a header; the last header names the columns."""
    columns: dict[str, int] = {}
    for row in rows:
        found = {heading: index for index, cell in enumerate(row.cells) if (heading := _heading(cell))}
        if {"主要職責", "工作任務"} <= found.keys():
            columns = _complete(found, row.line)
            continue
        named = {name: row.cells[index] if index < len(row.cells) else "" for name, index in columns.items()}
        if len(row.cells) == 1 or len(row.filled) > sum(map(bool, named.values())):
            raise StandardFormatError(f"表格的列應有 {len(columns)} 欄，讀到「{row}」。", row.line)
        yield row.line, named


def _heading(cell: str) -> str | None:
    """The column that this header cell names; «職能內涵 (K=knowledge 知識)» is 知識."""
    name = label(cell)
    if name.startswith("職能內涵("):
        name = {"K": "知識", "S": "技能"}.get(name.removeprefix("職能內涵(")[:1], name)
    return name if name in _HEADINGS else None


def _complete(columns: dict[str, int], line: int) -> dict[str, int]:
    missing = [name for name in _HEADINGS if name not in columns]
    if missing:
        raise StandardFormatError(f"表頭缺少欄位：{'、'.join(missing)}。", line)
    return columns


def _build_duties(entries: Sequence[Entry], drafts: Sequence[_TaskDraft]) -> tuple[Duty, ...]:
    check_sequence(entries, "T")
    check_texts(entries)
    by_duty: dict[str, list[_TaskDraft]] = {entry.code: [] for entry in entries}
    for draft in drafts:
        duty = draft.entry.code.split(".")[0]
        if duty not in by_duty:
            raise StandardFormatError(f"工作任務 {draft.entry.code} 沒有主要職責 {duty}。", draft.entry.line)
        by_duty[duty].append(draft)
    for entry in entries:
        if not by_duty[entry.code]:
            raise StandardFormatError(f"主要職責 {entry.code} 沒有工作任務。", entry.line)
        check_sequence([draft.entry for draft in by_duty[entry.code]], f"{entry.code}.")
    return tuple(Duty(e.code, e.text, tuple(map(_build_task, by_duty[e.code]))) for e in entries)


def _build_task(draft: _TaskDraft) -> Task:
    task, columns = draft.entry, draft.columns
    outputs, indicators = columns["工作產出"].entries, columns["行為指標"].entries
    if draft.level is None:
        raise StandardFormatError(f"工作任務 {task.code} 沒有職能級別。", task.line)
    if not indicators:
        raise StandardFormatError(f"工作任務 {task.code} 沒有行為指標。", task.line)
    number = task.code.removeprefix("T")
    check_sequence(outputs, f"O{number}.")
    check_sequence(indicators, f"P{number}.")
    check_texts([task, *outputs, *indicators])
    return Task(
        task.code,
        task.text,
        draft.level,
        tuple(Output(entry.code, entry.text) for entry in outputs),
        tuple(Indicator(entry.code, entry.text) for entry in indicators),
        tuple(entry.code for entry in columns["知識"].entries),
        tuple(entry.code for entry in columns["技能"].entries),
    )


def _collect(drafts: Sequence[_TaskDraft], column: str, letter: str) -> list[Entry]:
    """The different entries of a column over all tasks, by code."""
    mentions: dict[str, list[Entry]] = {}
    for draft in drafts:
        for entry in draft.columns[column].entries:
            mentions.setdefault(entry.code, []).append(entry)
    by_code = [mentions[code] for code in sorted(mentions)]
    check_sequence([same[0] for same in by_code], letter, width=2)
    return [agree(same) for same in by_code]
