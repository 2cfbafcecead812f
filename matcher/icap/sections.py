"""Rows → the parts of the document."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.icap.errors import StandardFormatError
from matcher.icap.rows import Row, label

_TITLE_END = "職能基準"


@dataclass
class Sections:
    """The rows of each part. `table` keeps its header rows, which name the columns on every page."""

    title: str = ""
    versions: list[Row] = field(default_factory=list)
    profile: list[Row] = field(default_factory=list)
    table: list[Row] = field(default_factory=list)
    attitudes: list[Row] = field(default_factory=list)
    remarks: list[Row] = field(default_factory=list)


def split_sections(rows: Sequence[Row]) -> Sections:
    """Share the rows out among the parts; StandardFormatError where the document is not such a one."""
    if not rows:
        raise StandardFormatError("文件是空的，沒有任何文字。")
    sections = Sections()
    part: list[Row] | None = None
    for row in rows:
        part, content = _part_begun_by(row, sections) or (part, row)
        if content.filled == (sections.title,):  # some documents repeat it on every page
            continue
        if part is None:
            sections.title = _title(row, sections.title)
        elif content.filled:
            part.append(content)
    for name, found in (("職能基準代碼", sections.profile), ("主要職責、工作任務表格", sections.table)):
        if not found:
            raise StandardFormatError(f"這不是 iCAP 職能基準文件：找不到「{name}」。")
    return sections


def _part_begun_by(row: Row, sections: Sections) -> tuple[list[Row], Row] | None:
    """The part that begins at this row and what the row brings to it; None for any other row."""
    labels = [label(cell) for cell in row.filled]
    if "主要職責" in labels and "工作任務" in labels:
        return sections.table, row
    if labels[0] == "版本" and "職能基準代碼" in labels:
        return sections.versions, row
    if labels[0] == "職能基準代碼":
        return sections.profile, row
    if labels[0].startswith("職能內涵(A="):
        return sections.attitudes, Row(row.line, row.filled[1:])
    if labels[0] == "說明與補充事項":
        return sections.remarks, Row(row.line, row.filled[1:])
    return None


def _title(row: Row, earlier: str) -> str:
    title = row.filled[0]
    if earlier or len(row.filled) > 1 or not title.endswith(_TITLE_END):
        raise StandardFormatError(
            f"這不是 iCAP 職能基準文件：開頭應是「…{_TITLE_END}」，讀到「{title[:40]}」。", row.line
        )
    return title
