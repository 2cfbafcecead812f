"""The table of a ranking as titles and plain cells, for every format that is read as a table."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from matcher.batch.entry import ERROR_WORDS
from matcher.batch.judgement import Judgement, Verdict
from matcher.batch.ranking import Failure, Ranked, Ranking
from matcher.scoring.fit import Fit, Outcome
from matcher.scoring.report import CONDITION_WORDS, ItemKind, Report, Status, covered

Cell = str | int | float | None
"""A text, a count, a share from 0 to 1 (every ``float`` is one), or nothing."""

STATUS_WORDS: dict[Status, str] = {"stated": "明確", "partial": "部分", "absent": "未見"}
"""How the status of an item is called in a cell."""

VERDICT_WORDS: dict[Verdict, str] = {
    "stated": "明確", "partial": "部分", "absent": "未見", "confirmed": "成立", "rejected": "不成立",
}  # fmt: skip
"""How a recruiter's judgement is called in a cell."""

OUTCOME_WORDS: dict[Outcome, str] = {"met": "符合", "partly": "部分", "missing": "未見"}
"""How the outcome of a demand is called in a cell."""

JUDGED = "人工判斷"
"""How what recruiters judge is called: as a sheet, and as the column that says it in a few words."""

# A spreadsheet runs what begins with a sign; some drop the blanks before it. Where «;» separates lists, as in
# much of Europe, Excel takes the quotes of a cell for text and splits it at «;» and at line ends.
_FORMULA = re.compile(r"(^|[;\t\r\n])([\s\x00-\x20]*[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the cell of a candidate, and whether it is a share of which more is better."""

    title: str
    cell: Callable[[Ranked], Cell]
    scaled: bool = False


def ranking_columns(ranking: Ranking) -> tuple[Column, ...]:
    """The columns of the ranking; those of the fit are there if it is for a posting."""
    return (
        Column("名次", lambda one: one.rank),
        Column("檔案", lambda one: one.name),
        Column("狀態", _state),
        *(_FIT if ranking.posting else ()),
        Column("相當級別", _level),
        Column("級別機率", lambda one: one.report.level.probability),
        Column("職業相關機率", lambda one: one.report.scope.probability),
        *coverage_columns(ranking),
        Column("知識涵蓋", lambda one: kind_coverage(one.report, "knowledge"), scaled=True),
        Column("技能涵蓋", lambda one: kind_coverage(one.report, "skill"), scaled=True),
        Column("學歷條件", _condition("education")),
        Column("經歷條件", _condition("experience")),
        Column("說明", _notes),
        *((Column(JUDGED, _judgements),) if ranking.judgements() else ()),
    )


def coverage_columns(ranking: Ranking) -> tuple[Column, ...]:
    """The coverage of all indicators, and of each task."""
    tasks = (
        Column(f"{task.code} {task.name}", _task(number), scaled=True)
        for number, task in enumerate(ranking.standard.tasks)
    )
    return (Column("行為指標涵蓋", lambda one: one.report.coverage, scaled=True), *tasks)


def kind_coverage(report: Report, kind: ItemKind) -> float | None:
    """The share of the items of a kind that are covered, None where the standard has none."""
    items = [item for item in report.items if item.kind == kind]
    return covered(items) if items else None


def failed_cells(failure: Failure, titles: list[str]) -> list[Cell]:
    """The cells of a document without a report, under the titles of the ranking."""
    known = {
        "檔案": failure.name,
        "狀態": f"失敗：{ERROR_WORDS.get(failure.error, failure.error)}",
        "說明": failure.reason,
    }
    return [known.get(title) for title in titles]


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it imports a CSV."""
    return _FORMULA.sub(r"\1'\2", text)


def as_text(cell: Cell) -> str:
    """The cell for a CSV file: a share as a percentage, text made safe, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.0%}"
    return safe(cell) if isinstance(cell, str) else str(cell)


def _fit(value: Callable[[Fit], Cell]) -> Callable[[Ranked], Cell]:
    return lambda one: value(one.fit) if one.fit else None


_FIT = (
    Column("適配", _fit(lambda fit: fit.score), scaled=True),
    Column("符合", _fit(lambda fit: fit.count("met"))),
    Column("部分", _fit(lambda fit: fit.count("partly"))),
    Column("未見", _fit(lambda fit: fit.count("missing"))),
    Column("行為指標適配", _fit(lambda fit: fit.indicators), scaled=True),
    Column("知識適配", _fit(lambda fit: fit.knowledge), scaled=True),
    Column("技能適配", _fit(lambda fit: fit.skills), scaled=True),
    Column("期望適配", _fit(lambda fit: fit.expected), scaled=True),
)


def _state(one: Ranked) -> str:
    return "完成" if one.duplicate_of is None else f"重複：與 {one.duplicate_of} 相同"


def _level(one: Ranked) -> Cell:
    return one.report.level.estimate if one.report.level.sufficient else "證據不足"


def _task(number: int) -> Callable[[Ranked], Cell]:
    return lambda one: one.report.tasks[number].coverage


def _condition(key: str) -> Callable[[Ranked], Cell]:
    return lambda one: CONDITION_WORDS[one.report.conditions[key].status]


def _notes(one: Ranked) -> str:
    of_fit = one.fit.notes if one.fit else ()
    return "；".join((*of_fit, *(note.message for note in one.report.notes)))


def _judgements(one: Ranked) -> str:
    return "；".join(map(_in_words, one.judgements))


def _in_words(said: Judgement) -> str:
    """«P1.2.4 部分（電話問過）», of a sentence «P1.2.4 的一句 不成立»."""
    about = f"{said.item} 的一句" if said.of_sentence else said.item
    verdict = f" {VERDICT_WORDS[said.verdict]}" if said.verdict else ""
    return about + verdict + (f"（{said.note}）" if said.note else "")
