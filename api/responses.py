"""What clients receive as JSON. Encoding these is as fast as encoding gets; nothing validates them again."""

from dataclasses import fields
from datetime import datetime
from typing import Any, Literal, Self

from msgspec import Struct

from api.batches.batch import Batch, FileState
from api.batches.batch import State as BatchState
from api.problems import Fault
from matcher.batch.judgement import Judgement
from matcher.scoring.fit import Demand, Fit
from matcher.scoring.report import (
    Condition,
    ItemScore,
    Kind,
    LevelEstimate,
    Note,
    Report,
    ScopeEstimate,
    TaskCoverage,
)
from matcher.standard import (
    Attitude,
    Classification,
    Conditions,
    Duty,
    Knowledge,
    Level,
    Skill,
    Standard,
    Version,
)
from matcher.standard import Note as StandardNote


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, not those inside them."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


class StandardName(Struct, frozen=True):
    """Code and name of a standard."""

    code: str
    name: str


class ReportBody(Struct, frozen=True):
    """A report; the same JSON as that of `Report.to_dict`."""

    schema: Literal["report/1"]
    standard: StandardName
    kind: Kind
    coverage: float
    level: LevelEstimate
    scope: ScopeEstimate
    tasks: tuple[TaskCoverage, ...]
    items: tuple[ItemScore, ...]
    conditions: dict[str, Condition]
    notes: tuple[Note, ...]
    versions: dict[str, str]

    @classmethod
    def of(cls, report: Report) -> Self:
        """The report as an answer."""
        values = _fields(report)
        standard = StandardName(values.pop("code"), values.pop("name"))
        return cls(schema="report/1", standard=standard, coverage=report.coverage, **values)


class FitBody(Struct, frozen=True):
    """A fit; the same JSON as that of `Fit.to_dict`."""

    schema: Literal["fit/1"]
    score: float | None
    indicators: float | None
    knowledge: float | None
    skills: float | None
    expected: float
    demands: tuple[Demand, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, fit: Fit) -> Self:
        """The fit as an answer."""
        return cls(schema="fit/1", **_fields(fit))


class PostingBody(Struct, frozen=True):
    """The posting that candidates were matched with."""

    name: str
    report: ReportBody


class DocumentError(Struct, frozen=True):
    """Why a document has no report."""

    code: str
    message: str


class CandidateBody(Struct, frozen=True, omit_defaults=True):
    """A résumé: its place in the ranking and what it is owed to, or why there is none.

    ``index`` is its place in the request, from 0, because masked names may be equal. ``judgements`` are
    those of a recruiter on the page; a résumé without any lacks the field.
    """

    index: int
    name: str
    rank: int | None = None
    duplicate_of: int | None = None
    fit: FitBody | None = None
    report: ReportBody | None = None
    error: DocumentError | None = None
    judgements: tuple[Judgement, ...] = ()


class MatchBody(Struct, frozen=True):
    """A posting, and the résumés best first; those that could not be scored come last."""

    schema: Literal["match/1"]
    posting: PostingBody
    candidates: list[CandidateBody]


class BatchBody(Struct, frozen=True):
    """A batch, and how far it is. ``skipped`` are files that programs had left for themselves."""

    schema: Literal["batch/1"]
    id: str
    state: BatchState
    standard: str
    posting: str | None
    masked: bool
    files: int
    done: int
    failed: int
    skipped: int
    remaining_seconds: float | None
    created: datetime
    expires: datetime

    @classmethod
    def of(cls, batch: Batch) -> Self:
        """The batch as an answer."""
        order = batch.order
        return cls(
            schema="batch/1",
            id=batch.id,
            state=batch.state,
            standard=order.standard,
            posting=order.posting[0] if order.posting else None,
            masked=order.masking,
            files=batch.files,
            done=batch.done,
            failed=batch.failed,
            skipped=order.skipped,
            remaining_seconds=None if batch.remaining is None else round(batch.remaining, 1),
            created=batch.created,
            expires=batch.expires,
        )


class BatchList(Struct, frozen=True):
    """The newest batches of a key."""

    batches: list[BatchBody]


class FileBody(Struct, frozen=True):
    """A file of a batch, and how far it is."""

    index: int
    name: str
    state: BatchState
    error: DocumentError | None

    @classmethod
    def of(cls, file: FileState) -> Self:
        """The file as an answer."""
        error = DocumentError(file.error, file.reason or "") if file.error else None
        return cls(file.place, file.name, file.state, error)


class FilesBody(Struct, frozen=True):
    """A page of the files of a batch; ``next`` is the first of the page after it."""

    files: list[FileBody]
    total: int
    next: int | None


class ResultsBody(Struct, frozen=True):
    """A page of the results of a batch; ``next`` is the first of the page after it."""

    schema: Literal["results/1"]
    complete: bool
    batch: BatchBody
    posting: PostingBody | None
    ranks: int
    total: int
    next: int | None
    candidates: list[CandidateBody]


class StandardBody(Struct, frozen=True):
    """A standard; the same JSON as that of `Standard.to_dict`."""

    schema: Literal["standard/1"]
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
    notes: tuple[StandardNote, ...]
    versions: tuple[Version, ...]

    @classmethod
    def of(cls, standard: Standard) -> Self:
        """The standard as an answer."""
        return cls(schema="standard/1", **_fields(standard))


class StandardEntry(Struct, frozen=True):
    """A standard in the list of all."""

    code: str
    name: str
    levels: tuple[int, ...]
    tasks: int
    items: int
    origin: Literal["shipped", "imported"]


class StandardList(Struct, frozen=True):
    """All standards."""

    standards: list[StandardEntry]


class State(Struct, frozen=True):
    """That the service lives, or is ready."""

    status: Literal["ok"]


class VersionBody(Struct, frozen=True):
    """Which version answers."""

    name: Literal["icap-matcher"]
    version: str
    api: Literal["v1"]


class ProblemBody(Struct, frozen=True, omit_defaults=True):
    """A problem after RFC 9457; what `Problem.body` gives."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[Fault, ...]
    request_id: str
    code: str | None = None
