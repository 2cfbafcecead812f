"""Parquet: the ranking as typed columns, for data tools."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from matcher.batch.ranking import Failure, Ranked, Ranking
from matcher.export.cells import kind_coverage
from matcher.scoring.report import ItemScore

GROUP = 2000
"""Documents in a row group: few enough to hold in memory with all their evidence."""

_BATCH = 100  # documents that are Python objects at a time; Arrow's own form of them is a tenth as large

_EVIDENCE = pa.struct(
    [("start", pa.int64()), ("end", pa.int64()), ("quote", pa.string()), ("score", pa.float64())]
)
_ITEM = pa.struct(
    [
        ("code", pa.string()),
        ("kind", pa.string()),
        ("status", pa.string()),
        ("probability", pa.float64()),
        ("score", pa.float64()),
        ("evidence", pa.list_(_EVIDENCE)),
    ]
)
_JUDGEMENT = pa.struct(
    [
        ("item", pa.string()),
        ("verdict", pa.string()),
        ("note", pa.string()),
        ("made", pa.timestamp("us", tz="UTC")),
        ("start", pa.int64()),
        ("end", pa.int64()),
    ]
)


def write_parquet(ranking: Ranking, path: Path) -> None:
    """A row for each document, best first; ``status`` is «scored», «duplicate» or, at the end, «failed».

    A task's coverage has the task's code as its column; the columns of the fit are null without a posting.
    ``judgements`` is there even where nobody judged: files of several batches have one schema.
    """
    schema = _schema(ranking)
    rows = _rows(ranking)
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while batches := list(islice(_batches(rows, schema), GROUP // _BATCH)):
            writer.write_table(pa.Table.from_batches(batches), row_group_size=GROUP)


def _schema(ranking: Ranking) -> pa.Schema:
    about = {"standard": ranking.standard.code, "posting": ranking.posting.name if ranking.posting else ""}
    return pa.schema(
        [
            ("rank", pa.int64()),
            ("file", pa.string()),
            ("status", pa.string()),
            ("duplicate_of", pa.string()),
            ("error", pa.string()),
            ("reason", pa.string()),
            *((name, pa.float64()) for name in ("fit", "fit_indicators", "fit_knowledge", "fit_skills")),
            ("fit_expected", pa.float64()),
            *((name, pa.int64()) for name in ("met", "partly", "missing")),
            ("level", pa.int64()),
            ("level_probability", pa.float64()),
            ("scope", pa.float64()),
            ("coverage", pa.float64()),
            *((task.code, pa.float64()) for task in ranking.standard.tasks),
            ("knowledge", pa.float64()),
            ("skills", pa.float64()),
            ("education", pa.string()),
            ("experience", pa.string()),
            ("notes", pa.list_(pa.string())),
            ("items", pa.list_(_ITEM)),
            ("judgements", pa.list_(_JUDGEMENT)),
        ],
        metadata=about,
    )


def _batches(rows: Iterator[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while batch := list(islice(rows, _BATCH)):
        yield pa.RecordBatch.from_pylist(batch, schema)


def _rows(ranking: Ranking) -> Iterator[dict[str, Any]]:
    """Columns that are left out are null."""
    for one in ranking:
        yield _scored(one)
    for failure in ranking.failures():
        yield _failed(failure)


def _failed(failure: Failure) -> dict[str, Any]:
    return {"file": failure.name, "status": "failed", "error": failure.error, "reason": failure.reason}


def _scored(one: Ranked) -> dict[str, Any]:
    report = one.report
    return {
        "rank": one.rank,
        "file": one.name,
        "status": "scored" if one.duplicate_of is None else "duplicate",
        "duplicate_of": one.duplicate_of,
        **_fit(one),
        "level": report.level.estimate,
        "level_probability": report.level.probability,
        "scope": report.scope.probability,
        "coverage": report.coverage,
        **{task.code: task.coverage for task in report.tasks},
        "knowledge": kind_coverage(report, "knowledge"),
        "skills": kind_coverage(report, "skill"),
        **{key: condition.status for key, condition in report.conditions.items()},
        "notes": [note.message for note in report.notes],
        "items": list(map(_item, report.items)),
        "judgements": list(map(asdict, one.judgements)),
    }


def _fit(one: Ranked) -> dict[str, Any]:
    if one.fit is None:
        return {}
    return {
        "fit": one.fit.score,
        "fit_indicators": one.fit.indicators,
        "fit_knowledge": one.fit.knowledge,
        "fit_skills": one.fit.skills,
        "fit_expected": one.fit.expected,
        **{outcome: one.fit.count(outcome) for outcome in ("met", "partly", "missing")},
    }


def _item(item: ItemScore) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "status": item.status,
        "probability": item.probability,
        "score": item.score,
        "evidence": [
            {"start": one.start, "end": one.end, "quote": one.quote, "score": one.score}
            for one in item.evidence
        ],
    }
