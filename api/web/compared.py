"""Candidates side by side: each item, and what each of them shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.candidates import Candidate
from api.web.view import View
from matcher.scoring.report import ItemScore
from matcher.standard import Item

FEWEST, MOST = 2, 5
"""How many candidates fit side by side."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item, whether the posting asks for it, and what each candidate shows of it."""

    item: Item
    asked: bool
    shown: tuple[ItemScore, ...]

    @property
    def differs(self) -> bool:
        """Whether candidates can be told apart by it."""
        return len({one.status for one in self.shown}) > 1


@dataclass(frozen=True, slots=True)
class Group:
    """The items of a task, or all knowledge or skills; these have no ``code``, and their kind as ``name``."""

    code: str
    name: str
    lines: tuple[Line, ...]


def compared(view: View, candidates: Sequence[Candidate]) -> list[Group]:
    """All items of the standard in its order, for these candidates."""
    scores = [{item.code: item for item in one.page.report.items} for one in candidates]
    posting = view.posting
    asked = {item.code for item in posting.report.items if item.status != "absent"} if posting else set()

    def group(code: str, name: str, items: Sequence[Item]) -> Group:
        lines = (
            Line(item, item.code in asked, tuple(found[item.code] for found in scores)) for item in items
        )
        return Group(code, name, tuple(lines))

    standard = view.standard
    groups = [group(task.code, task.name, task.indicators) for task in standard.tasks]
    groups += [group("", "knowledge", standard.knowledge), group("", "skill", standard.skills)]
    return [one for one in groups if one.lines]
