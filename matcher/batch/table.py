"""Rows as a table of plain cells, for CSV files and the terminal."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from matcher.batch.rows import Row
from matcher.errors import MatcherError
from matcher.files import written_whole
from matcher.scoring.report import CONDITION_WORDS, Report, covered
from matcher.standard import Standard

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def header(standard: Standard) -> list[str]:
    """Column titles."""
    tasks = [f"{task.code} {task.name}" for task in standard.tasks]
    return [
        "檔案", "狀態", "相當級別", "級別機率", "職業相關機率", "行為指標涵蓋", *tasks,
        "知識涵蓋", "技能涵蓋", "學歷條件", "經歷條件", "說明",
    ]  # fmt: skip


def cells(row: Row, standard: Standard) -> list[str]:
    """One cell a column; shares are percentages, an error has its reason in the last."""
    report = row.report
    if report is None:
        blank = [""] * (len(header(standard)) - 3)
        return [safe(row.file), f"失敗：{row.error}", *blank, safe(row.reason or "")]
    level = report.level
    return [
        safe(row.file),
        "完成",
        str(level.estimate) if level.sufficient else "證據不足",
        f"{level.probability:.0%}" if level.probability is not None else "",
        f"{report.scope.probability:.0%}",
        f"{report.coverage:.0%}",
        *(f"{task.coverage:.0%}" for task in report.tasks),
        _share(report, "knowledge"),
        _share(report, "skill"),
        *(CONDITION_WORDS[condition.status] for condition in report.conditions.values()),
        safe("；".join(note.message for note in report.notes)),
    ]


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(rows: Iterable[Sequence[str]], stream: TextIO) -> None:
    """Rows of cells, header included, as CSV."""
    csv.writer(stream, lineterminator="\n").writerows(rows)


def check_out(path: Path) -> None:
    """Raise a ``MatcherError`` unless ``path`` names a form that ``save`` can write."""
    if path.suffix.lower() not in (".csv", ".jsonl"):
        raise MatcherError(f"--out 只能是 .csv 或 .jsonl 檔，收到「{path.name}」。")


def save(rows: Sequence[Row], standard: Standard, path: Path) -> None:
    """Write ``path`` whole: a CSV that Excel opens with Chinese intact, or JSON Lines with full reports.

    Raises:
        MatcherError: the name ends in neither, or the file cannot be written.
    """
    check_out(path)
    as_csv = path.suffix.lower() == ".csv"
    # The byte order mark tells Excel that the file is UTF-8.
    encoding = "utf-8-sig" if as_csv else "utf-8"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as temporary, temporary.open("w", encoding=encoding, newline="") as stream:
            if as_csv:
                write_csv([header(standard), *(cells(row, standard) for row in rows)], stream)
            else:
                stream.writelines(json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise MatcherError(f"無法寫入「{path}」：{error.strerror}。") from error


def _share(report: Report, kind: str) -> str:
    items = [item for item in report.items if item.kind == kind]
    return f"{covered(items):.0%}" if items else ""
