"""What an iCAP competency standard is, and where the known ones are found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar

import msgspec

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.files import written_whole

_T = TypeVar("_T")

SCHEMA = "standard/1"

EDUCATION_LEVELS = ("國中", "高中職", "大專", "大學", "碩士", "博士")
"""The education levels a standard's conditions can name, lowest first; 大專 begins at 專科."""

Level = Annotated[int, msgspec.Meta(ge=1, le=6)]
"""An iCAP competency level, 1 (simplest) to 6."""


@dataclass(frozen=True)
class Item:
    """One thing that a text is scored against."""

    kind: ClassVar[Literal["indicator", "knowledge", "skill"]]
    code: str
    text: str


@dataclass(frozen=True)
class Indicator(Item):
    """What somebody does who does the task well (行為指標, P1.1.1)."""

    kind = "indicator"


@dataclass(frozen=True)
class Knowledge(Item):
    """What one has to know (K01)."""

    kind = "knowledge"


@dataclass(frozen=True)
class Skill(Item):
    """What one has to be able to do (S01)."""

    kind = "skill"


@dataclass(frozen=True)
class Output:
    """What a task brings forth (工作產出, O1.1.1)."""

    code: str
    text: str


@dataclass(frozen=True)
class Task:
    """A task (工作任務, T1.1). `knowledge` and `skills` hold the codes that it refers to."""

    code: str
    name: str
    level: Level
    outputs: tuple[Output, ...]
    indicators: tuple[Indicator, ...]
    knowledge: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Duty:
    """A main duty (主要職責, T1) and its tasks."""

    code: str
    name: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Attitude:
    """An attitude (A01): part of the standard, never scored. `description` may be empty."""

    code: str
    name: str
    description: str


@dataclass(frozen=True)
class Classification:
    """A name and its code in an official classification of jobs, occupations or industries."""

    name: str
    code: str


@dataclass(frozen=True)
class Conditions:
    """Who the standard suggests for the job: shown, never scored.

    `lines` is the published wording. `education` (one of `EDUCATION_LEVELS`) and `years` of experience
    are the least that any line asks for, None where no line says.
    """

    lines: tuple[str, ...]
    education: str | None
    years: int | None


@dataclass(frozen=True)
class Note:
    """A remark, as published in `text`. Where it explains a `term`, `includes` is what it lists for it."""

    text: str
    term: str | None
    includes: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """One row of the history; every field as published, e.g. ``V4`` and ``2025/12/15``."""

    version: str
    code: str
    name: str
    status: str
    note: str
    date: str


@dataclass(frozen=True)
class Standard:
    """A competency standard, with everything that its published document says.

    `job_family` (職類) and `occupation` (職業) are the name of the standard: one of the two is filled.
    `job_classes` (職類別), `occupation_classes` (職業別) and `industry_classes` (行業別) place it in the
    official classifications. `versions` is the history, newest first.
    """

    code: str
    title: str
    job_family: str
    occupation: str
    job_classes: tuple[Classification, ...]
    occupation_classes: tuple[Classification, ...]
    industry_classes: tuple[Classification, ...]
    description: str
    base_level: Level
    duties: tuple[Duty, ...]
    knowledge: tuple[Knowledge, ...]
    skills: tuple[Skill, ...]
    attitudes: tuple[Attitude, ...]
    conditions: Conditions
    notes: tuple[Note, ...]
    versions: tuple[Version, ...]

    @property
    def name(self) -> str:
        """The published name, e.g. ``客戶服務企劃人員``."""
        return self.occupation or self.job_family

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of all duties, in order."""
        return tuple(task for duty in self.duties for task in duty.tasks)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The scored items: all indicators, then all knowledge, then all skills, each by code."""
        indicators = (indicator for task in self.tasks for indicator in task.indicators)
        return (*indicators, *self.knowledge, *self.skills)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The different levels of the tasks, lowest first."""
        return tuple(sorted({task.level for task in self.tasks}))

    @cached_property
    def _tasks_by_code(self) -> dict[str, Task]:
        return {task.code: task for task in self.tasks}

    @cached_property
    def _items_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    def task(self, code: str) -> Task:
        """The task with this code; MatcherError if there is none."""
        return _find(self._tasks_by_code, code, f"{self.code} 的工作任務")

    def item(self, code: str) -> Item:
        """The scored item with this code; MatcherError if there is none."""
        return _find(self._items_by_code, code, f"{self.code} 的指標、知識或技能")

    def to_dict(self) -> dict[str, Any]:
        """The standard as plain types, ready for JSON; `Standard.from_dict` takes it back."""
        fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema": SCHEMA, **fields}

    def to_json(self) -> str:
        """The standard as the JSON text that is kept in ``data/standards``: same standard, same text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Standard":
        """The standard that `to_dict` wrote; MatcherError names the place that does not fit."""
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            found = data.get("schema") if isinstance(data, Mapping) else type(data).__name__
            raise MatcherError(f"職能基準資料的 schema 應為「{SCHEMA}」，讀到「{found}」。")
        try:
            return msgspec.convert(data, cls)
        except msgspec.ValidationError as error:
            raise MatcherError(f"職能基準資料的格式不符：{error}。") from error


def available_standards(directory: Path | None = None) -> tuple[str, ...]:
    """The codes of the standards in the directory (the shipped ones by default), sorted."""
    return tuple(sorted(path.stem for path in (directory or data_path("standards")).glob("*.json")))


def load_standard(code: str, directory: Path | None = None) -> Standard:
    """The standard with this code from the directory (the shipped ones by default).

    MatcherError if there is none, naming those there are, or if its file is damaged.
    """
    directory = directory or data_path("standards")
    known = available_standards(directory)
    if code not in known:
        raise MatcherError(f"沒有職能基準「{code}」；現有：{'、'.join(known) or '（無）'}。")
    path = directory / f"{code}.json"
    try:
        return Standard.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, MatcherError) as error:
        raise MatcherError(f"無法讀取職能基準檔 {path.name}：{error}") from error


def save_standard(standard: Standard, directory: Path, *, overwrite: bool = False) -> Path:
    """Write ``CODE.json`` into the directory, which is made if need be: the whole file or none of it.

    MatcherError if it cannot be written, or if another file is there and `overwrite` is not set.
    """
    path = directory / f"{standard.code}.json"
    content = standard.to_json().encode()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if path.exists() and not overwrite and path.read_bytes() != content:
            raise MatcherError(f"{path} 已存在且內容不同；確定要取代時請加上 --force。")
        with written_whole(path) as temporary:
            temporary.write_bytes(content)
    except OSError as error:
        raise MatcherError(f"無法寫入 {path}：{error.strerror}。") from error
    return path


def _find(by_code: Mapping[str, _T], code: str, what: str) -> _T:
    if code not in by_code:
        raise MatcherError(f"{what}沒有「{code}」；現有：{'、'.join(by_code)}。")
    return by_code[code]
