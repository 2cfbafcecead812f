"""What follows the table: the attitudes, and the conditions and notes under 說明與補充事項."""

import re
from collections.abc import Iterator, Sequence

from matcher.icap.conditions import parse_conditions
from matcher.icap.entries import Column, check_sequence, check_texts
from matcher.icap.notes import parse_note
from matcher.icap.rows import Row, join, label
from matcher.standard import Attitude, Conditions, Note

_BULLET = re.compile(r"[-–•●▪◆◎※⚫‧·]+\s*")
_COLON = re.compile("[：:]")
_CONDITIONS = re.compile("建議擔任.*條件")
_NOTES = "其他補充說明"


class _Remarks:
    """Remarks line by line; a line without bullet goes on with the bulleted remark before it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._open = False

    def add(self, line: str) -> None:
        text, bullets = _BULLET.subn("", line, count=1) if _BULLET.match(line) else (line, 0)
        if self._open and not bullets:
            self.texts[-1] = join(self.texts[-1], text)
        elif text:
            self.texts.append(text)
            self._open = bool(bullets)


def parse_attitudes(rows: Sequence[Row]) -> tuple[Attitude, ...]:
    """The attitudes («A01名稱：說明»), one or more in a row; StandardFormatError if damaged."""
    column = Column("態度")
    for number, line in _lines(rows):
        column.add(_without_bullet(line), number)
    check_sequence(column.entries, "A", width=2)
    check_texts(column.entries)
    halves = ((entry.code, *_halves(entry.text)) for entry in column.entries)
    return tuple(Attitude(code, name, description) for code, name, description in halves)


def parse_remarks(rows: Sequence[Row]) -> tuple[Conditions, tuple[Note, ...]]:
    """The suggested conditions and the notes; remarks under neither heading are notes."""
    conditions, notes = _Remarks(), _Remarks()
    current = notes
    for _, line in _lines(rows):
        heading, rest = _halves(_without_bullet(line))
        if _CONDITIONS.fullmatch(label(heading)):
            current, content = conditions, rest
        elif label(heading) == _NOTES:
            current, content = notes, rest
        else:
            content = line
        current.add(content)
    return parse_conditions(conditions.texts), tuple(map(parse_note, notes.texts))


def _lines(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    return ((row.line, line.strip()) for row in rows for cell in row.filled for line in cell.split("\n"))


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _halves(text: str) -> tuple[str, str]:
    """What stands before and after the first colon."""
    before, *after = _COLON.split(text, maxsplit=1)
    return before.strip(), "".join(after).strip()
