"""The standard's code, names, classes, description and base level."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.icap.errors import StandardFormatError
from matcher.icap.forms import LEVEL, LEVEL_WANTED, STANDARD_CODE, STANDARD_CODE_WANTED
from matcher.icap.rows import Row, join, label, unfold
from matcher.standard import Classification

_TEXT = re.compile(".+", re.DOTALL)
_DESCRIPTION = "工作描述"
_CLASSES = ("職類別", "職業別", "行業別")
_SINGLE = ("職能基準代碼", "職類", "職業", _DESCRIPTION, "基準級別")
_LABELS = {*_SINGLE, *_CLASSES, *(f"{name}代碼" for name in _CLASSES)}
# These only stand over other labels.
_GROUPS = {"職能基準名稱", "職能基準名稱(擇一填寫)", "所屬類別"}

_Classes = tuple[Classification, ...]


@dataclass(frozen=True)
class Profile:
    """The labelled fields; the names are those of `Standard`."""

    code: str
    job_family: str
    occupation: str
    job_classes: _Classes
    occupation_classes: _Classes
    industry_classes: _Classes
    description: str
    base_level: int


@dataclass(frozen=True)
class _Value:
    text: str
    line: int


def parse_profile(rows: Sequence[Row]) -> Profile:
    """The profile; StandardFormatError for unknown content, a field given twice, missing or malformed."""
    values: dict[str, _Value] = {}
    classes: dict[str, list[Classification]] = {name: [] for name in _CLASSES}
    for row in rows:
        if _goes_on(row, values):
            before = values[_DESCRIPTION]
            values[_DESCRIPTION] = _Value(join(before.text, row.filled[0]), before.line)
            continue
        found = _labelled(row)
        for name in _CLASSES:
            place = Classification(found.pop(name, ""), found.pop(f"{name}代碼", ""))
            if place.name or place.code:
                classes[name].append(place)
        for name, text in found.items():
            if name in values:
                raise StandardFormatError(f"「{name}」重複：第 {values[name].line} 行已有。", row.line)
            values[name] = _Value(text, row.line)
    return _checked(values, classes)


def _goes_on(row: Row, values: dict[str, _Value]) -> bool:
    """Whether the row is more of the description, the one field long enough to run over a page break."""
    after_description = next(reversed(values), None) == _DESCRIPTION
    return after_description and len(row.filled) == 1 and label(row.filled[0]) not in _LABELS


def _labelled(row: Row) -> dict[str, str]:
    """The row's values by label, an empty text for a label without value."""
    values: dict[str, str] = {}
    name = None
    for cell in row.filled:
        known = label(cell)
        if known in _LABELS:
            name = known
            values[name] = ""
        elif known in _GROUPS:
            name = None
        elif name and not values[name]:
            values[name] = unfold(cell)
        else:
            raise StandardFormatError(f"基準資料裡有不認得的內容：「{cell[:40]}」。", row.line)
    return values


def _checked(values: dict[str, _Value], classes: dict[str, list[Classification]]) -> Profile:
    blank = _Value("", 0)
    family, occupation = values.get("職類", blank).text, values.get("職業", blank).text
    code = _matching(values, "職能基準代碼", STANDARD_CODE, STANDARD_CODE_WANTED)
    if not (family or occupation):
        raise StandardFormatError("職類與職業都是空白，應填寫其中一個。", values["職能基準代碼"].line)
    job_classes, occupation_classes, industry_classes = (tuple(classes[name]) for name in _CLASSES)
    return Profile(
        code=code,
        job_family=family,
        occupation=occupation,
        job_classes=job_classes,
        occupation_classes=occupation_classes,
        industry_classes=industry_classes,
        description=_matching(values, _DESCRIPTION, _TEXT, "有文字"),
        base_level=int(_matching(values, "基準級別", LEVEL, LEVEL_WANTED)),
    )


def _matching(values: dict[str, _Value], name: str, pattern: re.Pattern[str], form: str) -> str:
    value = values.get(name)
    if value is None:
        raise StandardFormatError(f"缺少「{name}」。")
    if not pattern.fullmatch(value.text):
        raise StandardFormatError(f"「{name}」應{form}，讀到「{value.text[:40]}」。", value.line)
    return value.text
