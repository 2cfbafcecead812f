"""``POST /v1/score``: one text or file → its report."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response

from api.answers import json_answer
from api.callers import AnyCaller
from api.documents import document_of, entry_of_file, problem_of
from api.openapi.operations import SCORE
from api.parsing import is_document, options, parsed
from api.requests import ScoreFields, ScoreQuery, ScoreText
from api.responses import ReportBody
from api.service import Service, service_of
from api.uploads import FORM, form, media_type, unsupported
from matcher.batch.entry import Entry
from matcher.batch.scorers import Task
from matcher.privacy import mask_name
from matcher.scoring.report import Report

JSON, JSON_LD = "application/json", "application/ld+json"

router = APIRouter()

_PAGE_POLICY = {"Content-Security-Policy": "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}


@router.post("/v1/score", **SCORE)
async def score(
    request: Request, _caller: AnyCaller, service: Annotated[Service, Depends(service_of)]
) -> Response:
    """Score what the body holds; nothing of it is kept."""
    query = options(ScoreQuery, request.query_params.multi_items())
    with service.work.place():
        name, entry = await _scored(request, query, service)
        if entry.report is None:
            raise problem_of(entry)
        if query.format == "html":
            return await run_sync(_page, name, entry.report, entry.text)
        return json_answer(ReportBody.of(entry.report))


async def _scored(request: Request, query: ScoreQuery, service: Service) -> tuple[str, Entry]:
    """The name to show and the entry of the document in the body."""
    media = media_type(request)
    if media == FORM:
        async with form(request, ["file"], {}) as sent:
            (file,) = sent.files["file"]
            task = await _task(options(ScoreFields, sent.fields), query, service)
            entry = await entry_of_file(service.work, file.load, task)
            return mask_name(file.name) if task.masking else file.name, entry
    if media not in (JSON, JSON_LD):
        raise unsupported(request, JSON, JSON_LD, FORM)
    body = await request.body()
    if media == JSON_LD or is_document(body):
        task = await _task(ScoreFields(), query, service)
        return "JSON", await entry_of_file(service.work, lambda: (body, "body.json"), task, JSON)
    sent_text = parsed(ScoreText, body)
    document = document_of(sent_text.text, service.settings.max_characters)
    task = await _task(sent_text, query, service)
    return "文字", await service.work.score(document, task)


async def _task(given: ScoreText | ScoreFields, query: ScoreQuery, service: Service) -> Task:
    """How to score: as the body says, else as the query says."""
    listed = await service.catalogue.find(given.standard or query.standard)
    masked = next((said for said in (given.masked, query.masked) if said is not None), True)
    return Task(listed.packed, given.kind or query.kind, masked)


def _page(name: str, report: Report, text: str) -> Response:
    from matcher.export.html import report_html  # here, because few ask for pages

    return Response(report_html(name, report, text), 200, _PAGE_POLICY, "text/html; charset=utf-8")
