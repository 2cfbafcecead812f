"""The history of versions at the head of the document."""

from collections.abc import Sequence

from matcher.icap.errors import StandardFormatError
from matcher.icap.forms import STANDARD_CODE, STANDARD_CODE_WANTED
from matcher.icap.rows import Row, label, unfold
from matcher.standard import Version

_FIELDS = {
    "版本": "version",
    "職能基準代碼": "code",
    "職能基準名稱": "name",
    "狀態": "status",
    "更新說明": "note",
    "發展更新日期": "date",
}


def parse_versions(rows: Sequence[Row]) -> tuple[Version, ...]:
    """The history table, its header row first; no rows, no history.

    StandardFormatError for a missing column, a cell outside the columns, a code malformed or listed twice.
    """
    if not rows:
        return ()
    header, *body = rows
    columns = {key: index for index, cell in enumerate(header.cells) if (key := _FIELDS.get(label(cell)))}
    missing = [name for name, key in _FIELDS.items() if key not in columns]
    if missing:
        raise StandardFormatError(f"版本表頭缺少欄位：{'、'.join(missing)}。", header.line)
    versions: dict[str, Version] = {}
    for row in body:
        version = _parse_version(row, columns)
        if version.code in versions:
            raise StandardFormatError(f"版本代碼 {version.code} 重複。", row.line)
        versions[version.code] = version
    return tuple(versions.values())


def _parse_version(row: Row, columns: dict[str, int]) -> Version:
    values = {
        key: unfold(row.cells[index]) if index < len(row.cells) else "" for key, index in columns.items()
    }
    if len(row.filled) > sum(map(bool, values.values())):
        raise StandardFormatError(f"版本列應有 {len(columns)} 欄，讀到「{row}」。", row.line)
    if not STANDARD_CODE.fullmatch(values["code"]):
        raise StandardFormatError(
            f"版本列的代碼應{STANDARD_CODE_WANTED}，讀到「{values['code'][:40]}」。", row.line
        )
    return Version(**values)
