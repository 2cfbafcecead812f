"""The report for the terminal: level, tasks with bars, covered items with their evidence quoted."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matcher.cli.wrapping import ChineseText
from matcher.scoring.report import CONDITION_WORDS, Condition, Evidence, ItemScore, Report

_BAR = 20
_LONGEST_QUOTE = 60
_KINDS = {"resume": "履歷", "posting": "職缺"}
_STATUS = {"stated": ("● 明確", "green"), "partial": ("◐ 部分", "yellow"), "absent": ("○ 未見", "dim")}
_SECTIONS = (("indicator", "行為指標"), ("knowledge", "知識"), ("skill", "技能"))
_CONDITIONS = {"education": "學歷", "experience": "經歷"}
_STYLES = {"met": "green", "not_met": "yellow", "not_stated": "dim"}


def report_view(report: Report, name: str) -> RenderableType:
    """The whole report, top to bottom as a recruiter reads it."""
    return Group(*_parts(report, name))


def _parts(report: Report, name: str) -> Iterator[RenderableType]:
    yield Panel(_heading(report), title=escape(f"{name}（{_KINDS[report.kind]}）"), title_align="left")
    yield _tasks(report)
    for kind, title in _SECTIONS:
        items = [item for item in report.items if item.kind == kind]
        yield from _items(items, title)
    yield Text("\n建議條件（僅供參考，不計分）", style="bold")
    for key, condition in report.conditions.items():
        yield Padding(_condition(_CONDITIONS[key], condition), (0, 0, 0, 2))
    if report.notes:
        yield Text("\n注意", style="bold")
        for note in report.notes:
            yield Padding(ChineseText(f"• {note.message}"), (0, 0, 0, 2))
    versions = "　".join(f"{key} {value}" for key, value in report.versions.items())
    yield Text(f"\n{versions}", style="dim")


def _heading(report: Report) -> RenderableType:
    level = report.level
    lines = [Text(f"{report.code} {report.name}", style="bold")]
    if level.estimate is None or level.probability is None:
        lines.append(Text("級別：證據不足，無法判斷", style="yellow"))
    else:
        lines.append(
            Text(f"證據相當於第 {level.estimate} 級（機率 {level.probability:.0%}）", style="bold green")
        )
    lines.append(
        Text(f"行為指標涵蓋 {report.coverage:.0%}　與此職業相關的機率 {report.scope.probability:.0%}")
    )
    lines.extend(ChineseText(f"• {reason}", style="dim") for reason in level.reasons)
    return Group(*lines)


def _tasks(report: Report) -> Table:
    table = Table(box=None, padding=(0, 1), show_edge=False)
    for title in ("任務", "", "級別", "行為指標涵蓋", "", "知識", "技能"):
        table.add_column(
            title, justify="right" if title in ("級別", "知識", "技能", "") and title else "left"
        )
    for task in report.tasks:
        filled = round(task.coverage * _BAR)
        bar = Text("█" * filled, style="green") + Text("░" * (_BAR - filled), style="dim")
        table.add_row(
            task.code, escape(task.name), str(task.level), bar,
            f"{task.coverage:.0%}", f"{task.knowledge:.0%}", f"{task.skills:.0%}",
        )  # fmt: skip
    return table


def _items(items: list[ItemScore], title: str) -> Iterator[RenderableType]:
    covered = [item for item in items if item.status != "absent"]
    yield Text(f"\n{title}　{len(covered)}／{len(items)} 項", style="bold")
    for item in covered:
        label, style = _STATUS[item.status]
        line = ChineseText.assemble((f"{label} ", style), (f"{item.code} ", "bold"), item.text)
        line.append(f"（機率 {item.probability:.0%}）", style="dim")
        yield Padding(line, (0, 0, 0, 2))
        for evidence in item.evidence:
            yield Padding(evidence_line(evidence), (0, 0, 0, 6))
    absent = " ".join(item.code for item in items if item.status == "absent")
    if absent:
        yield Padding(Text(f"○ 未見：{absent}", style="dim"), (0, 0, 0, 2))


def evidence_line(evidence: Evidence) -> Text:
    """The quoted span, its score and the terms that made it, in one line."""
    quote = " ".join(evidence.quote.split())
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE] + "…"
    terms = "＋".join(term.term for term in evidence.terms[:5])
    return ChineseText.assemble(f"「{quote}」", (f" {evidence.score:.2f} ← {terms}", "cyan"))


def _condition(title: str, condition: Condition) -> Text:
    label, style = CONDITION_WORDS[condition.status], _STYLES[condition.status]
    found = f"，文件載明 {condition.found}" if condition.found else ""
    return ChineseText.assemble(f"{title}：建議 {condition.required}{found}　", (label, style))
