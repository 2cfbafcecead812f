"""Results of a batch as JSON, a page at a time."""

from collections.abc import Collection

from sqlalchemy import select
from starlette.responses import Response

from api.answers import json_answer
from api.batches.batch import Batch, Erased
from api.requests import ResultsQuery
from api.responses import (
    BatchBody,
    CandidateBody,
    DocumentError,
    FitBody,
    PostingBody,
    ReportBody,
    ResultsBody,
)
from api.service import Service
from api.store import Store
from api.store.tables import EntryRow, FileRow
from matcher.batch.judgement import Judgement
from matcher.batch.ranking import Line, Posting
from matcher.scoring.fit import fit
from matcher.standard import Standard


def results_page(service: Service, batch: Batch, standard: Standard, query: ResultsQuery) -> Response:
    """The answer with the lines that the query asks for.

    Raises:
        Erased: the batch was erased meanwhile.
        StoreError: the store cannot be reached.
    """
    with service.rankings.ranking(batch, standard, query.top, query.min_level) as ranking:
        lines = list(ranking.page(query.first, query.most))
        judgements = ranking.judgements()
        ranks, total, posting = ranking.candidates, ranking.lines, ranking.posting
    numbers = {one.number for one in lines} | {one.original for one in lines if one.original is not None}
    places = _places(service.store, batch.id, numbers)
    end = query.first + len(lines)
    return json_answer(
        ResultsBody(
            schema="results/1",
            complete=batch.state == "done",
            batch=BatchBody.of(batch),
            posting=PostingBody(posting.name, ReportBody.of(posting.report)) if posting else None,
            ranks=ranks,
            total=total,
            next=end if lines and end < total else None,
            candidates=[_candidate(one, posting, places, judgements.get(one.number, ())) for one in lines],
        )
    )


def _candidate(
    line: Line, posting: Posting | None, places: dict[int, int], judgements: tuple[Judgement, ...]
) -> CandidateBody:
    place, report = places[line.number], line.entry.report
    if report is None:
        error = DocumentError(line.entry.error or "", line.entry.reason or "")
        return CandidateBody(place, line.name, error=error)
    original = line.number if line.original is None else line.original
    return CandidateBody(
        index=place,
        name=line.name,
        rank=line.rank,
        duplicate_of=None if original == line.number else places[original],
        fit=FitBody.of(fit(posting.report, report)) if posting else None,
        report=ReportBody.of(report),
        judgements=judgements,
    )


def _places(store: Store, batch: str, entries: Collection[int]) -> dict[int, int]:
    """The places of the files that these entries of a batch are of."""
    query = select(EntryRow.id, FileRow.place).join(FileRow)
    with store.reading() as session:
        rows = session.execute(query.where(FileRow.batch == batch, EntryRow.id.in_(entries))).all()
    found = {row.id: row.place for row in rows}
    if len(found) < len(entries):
        raise Erased(batch)
    return found
