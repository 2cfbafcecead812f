"""``POST /v1/match``: a posting and some résumés → the résumés in the order in which to read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response

from api.answers import json_answer
from api.callers import AnyCaller
from api.catalogue import Listed
from api.documents import document_of, entry_of_file, problem_of
from api.openapi.operations import MATCH
from api.parsing import options, parsed
from api.requests import MatchFields, MatchTexts, NoQuery
from api.responses import CandidateBody, DocumentError, FitBody, MatchBody, PostingBody, ReportBody
from api.service import Service, service_of
from api.uploads import FORM, form, media_type, too_many, unsupported
from api.work import Load
from matcher.batch.entry import Entry
from matcher.batch.ranking import Posting, Ranking
from matcher.batch.scorers import Task
from matcher.privacy import mask_name
from matcher.reading.document import Document
from matcher.reading.names import clean_name

JSON = "application/json"

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Named:
    """A document that was sent, and its name."""

    name: str
    source: Document | Load


@router.post("/v1/match", **MATCH)
async def match(
    request: Request, _caller: AnyCaller, service: Annotated[Service, Depends(service_of)]
) -> Response:
    """Match the documents in the body; nothing of them is kept."""
    options(NoQuery, request.query_params.multi_items())
    most = service.settings.serve.files
    with service.work.place():
        media = media_type(request)
        if media == FORM:
            async with form(request, ["posting"], {"resumes": most}) as sent:
                fields = options(MatchFields, sent.fields)
                (posting,) = sent.files["posting"]
                files = [_Named(file.name, file.load) for file in (posting, *sent.files["resumes"])]
                return await _matched(service, files, fields)
        if media != JSON:
            raise unsupported(request, JSON, FORM)
        texts = parsed(MatchTexts, await request.body())
        if len(texts.resumes) > most:
            raise too_many("resumes", most, len(texts.resumes))
        return await _matched(service, list(_documents(texts, service.settings.max_characters)), texts)


def _documents(texts: MatchTexts, most: int) -> Iterator[_Named]:
    posting = texts.posting
    yield _Named(clean_name(posting.name or "職缺"), document_of(posting.text, most, "posting.text"))
    for number, resume in enumerate(texts.resumes):
        document = document_of(resume.text, most, f"resumes[{number}].text")
        yield _Named(clean_name(resume.name or f"履歷 {number + 1}"), document)


async def _matched(service: Service, sent: Sequence[_Named], how: MatchTexts | MatchFields) -> Response:
    """The answer for a posting and, after it, the résumés."""
    listed = await service.catalogue.find(how.standard)
    masking = how.masked is not False
    task = Task(listed.packed, "resume", masking)

    async def entry(one: _Named) -> Entry:
        own = replace(task, kind="posting") if one is sent[0] else task
        if isinstance(one.source, Document):
            return await service.work.score(one.source, own)
        return await entry_of_file(service.work, one.source, own)

    asking, *shown = await service.work.each(entry, sent)
    if asking.report is None:
        raise problem_of(asking, "posting")
    names = [mask_name(one.name) if masking else one.name for one in sent]
    posting = Posting(names[0], asking.text, asking.report)
    return await run_sync(_answer, listed, posting, _Entries(names[1:], shown))


class _Entries:
    """The résumés by their place in the request."""

    def __init__(self, names: Sequence[str], entries: Sequence[Entry]) -> None:
        self._named = list(zip(names, entries, strict=True))

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self._named)))

    def named(self, number: int) -> tuple[str, Entry]:
        """The name and entry of a résumé."""
        return self._named[number]


def _answer(listed: Listed, posting: Posting, entries: _Entries) -> Response:
    return json_answer(
        MatchBody(
            schema="match/1",
            posting=PostingBody(posting.name, ReportBody.of(posting.report)),
            candidates=[*_ranked(listed, posting, entries), *_failed(entries)],
        )
    )


def _ranked(listed: Listed, posting: Posting, entries: _Entries) -> Iterator[CandidateBody]:
    # The ranking gives back the very reports that it was given; names may be equal.
    places = {id(entries.named(number)[1].report): number for number in entries}
    first: dict[int, int] = {}
    with Ranking(listed.standard, entries, posting) as ranking:
        for one in ranking:
            place = places[id(one.report)]
            original = first.setdefault(one.rank, place)
            yield CandidateBody(
                index=place,
                name=one.name,
                rank=one.rank,
                duplicate_of=None if original == place else original,
                fit=FitBody.of(one.fit) if one.fit else None,
                report=ReportBody.of(one.report),
            )


def _failed(entries: _Entries) -> Iterator[CandidateBody]:
    for number in entries:
        name, entry = entries.named(number)
        if entry.report is None:
            yield CandidateBody(number, name, error=DocumentError(entry.error or "", entry.reason or ""))
