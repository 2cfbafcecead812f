"""``/v1/batches``: many résumés at once, scored in the background, and their results until they expire."""

import re
from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import StreamingResponse

from api.answers import json_answer
from api.batches.batch import Batch, Erased
from api.batches.downloads import results_file
from api.batches.events import events
from api.batches.intake import make_batch
from api.batches.pages import results_page
from api.batches.sent import Sent
from api.batches.shelf import batches_of, erase_batch, files_of, find_batch
from api.callers import AnyCaller
from api.openapi import batches as described
from api.parsing import options, parsed
from api.problems import BUSY, INVALID, NO_BATCH, Fault, Problem, retry_after
from api.protocol import ENDLESS
from api.requests import BatchesQuery, BatchFields, BatchTexts, FilesQuery, NamedText, NoQuery, ResultsQuery
from api.responses import BatchBody, BatchList, FileBody, FilesBody
from api.service import Service, service_of
from api.uploads import FORM, File, form, media_type, unsupported
from matcher.reading.names import clean_name

JSON = "application/json"

router = APIRouter()

_Service = Annotated[Service, Depends(service_of)]
_RETRY = 5  # seconds after which there may be room
_ID = re.compile("[0-9a-f]{32}")
_IDEMPOTENCY = re.compile(r"[!-~]{1,64}")


async def _found(batch: str, caller: AnyCaller, service: _Service) -> Batch:
    """The batch of the address, if it is the caller's."""
    find = partial(find_batch, service.store, batch, caller.key or "", inherits=caller.inherits)
    found = await run_sync(find) if _ID.fullmatch(batch) else None
    if found is None:
        raise _unknown()
    return found


_Batch = Annotated[Batch, Depends(_found)]


def _unknown() -> Problem:
    return Problem(NO_BATCH, "代號不對、已經到期或刪除，或是別把金鑰的。")


@router.post("/v1/batches", **described.MAKE)
async def make(request: Request, caller: AnyCaller, service: _Service) -> Response:
    """Take the documents in the body, to be scored from now on."""
    options(NoQuery, request.query_params.multi_items())
    idempotency = _idempotency(request)
    most = service.settings.serve.batch_files
    with service.work.place():
        media = media_type(request)
        if media == FORM:
            async with form(request, [], {"resumes": most}, ["posting"]) as sent:
                fields = options(BatchFields, sent.fields)
                posting = next((_sent_file(one) for one in sent.files["posting"]), None)
                resumes = [_sent_file(one) for one in sent.files["resumes"]]
                made = await make_batch(service, caller.key or "", posting, resumes, fields, idempotency)
        elif media == JSON:
            texts = parsed(BatchTexts, await request.body())
            posting = _sent_text(texts.posting, "職缺") if texts.posting else None
            resumes = [_sent_text(one, f"履歷 {place}") for place, one in enumerate(texts.resumes, 1)]
            fields = BatchFields(texts.standard, texts.masked)
            made = await make_batch(service, caller.key or "", posting, resumes, fields, idempotency)
        else:
            raise unsupported(request, JSON, FORM)
    return json_answer(BatchBody.of(made), 202, {"Location": f"/v1/batches/{made.id}"})


def _idempotency(request: Request) -> str | None:
    sent = request.headers.get("idempotency-key")
    if sent is not None and not _IDEMPOTENCY.fullmatch(sent):
        fault = Fault("Idempotency-Key", "1 到 64 個看得見的 ASCII 字元，不含空白")
        raise Problem(INVALID, "標頭的值不對，見 errors。", [fault])
    return sent


def _sent_file(file: File) -> Sent:
    return Sent(file.name, file.upload.file)


def _sent_text(text: NamedText, name: str) -> Sent:
    return Sent(clean_name(text.name or name), text.text)


@router.get("/v1/batches", **described.LIST)
async def listing(request: Request, caller: AnyCaller, service: _Service) -> Response:
    """List the caller's newest batches."""
    query = options(BatchesQuery, request.query_params.multi_items())
    find = partial(batches_of, service.store, caller.key or "", query.most, inherits=caller.inherits)
    found = await run_sync(find)
    return json_answer(BatchList([BatchBody.of(one) for one in found]))


@router.get("/v1/batches/{batch}", **described.GET)
async def look(request: Request, batch: _Batch) -> Response:
    """Say how far a batch is."""
    options(NoQuery, request.query_params.multi_items())
    return json_answer(BatchBody.of(batch))


@router.get("/v1/batches/{batch}/files", **described.FILES)
async def files(request: Request, batch: _Batch, service: _Service) -> Response:
    """Say how far the files of a batch are."""
    query = options(FilesQuery, request.query_params.multi_items())
    found = await run_sync(files_of, service.store, batch.id, query.first, query.most)
    end = query.first + len(found)
    following = end if found and end < batch.files else None
    return json_answer(FilesBody([FileBody.of(one) for one in found], batch.files, following))


@router.get("/v1/batches/{batch}/events", **described.EVENTS)
async def watch(request: Request, batch: _Batch, service: _Service) -> Response:
    """Tell how far a batch is as it goes on."""
    options(NoQuery, request.query_params.multi_items())
    if service.watching >= service.settings.serve.queue:
        raise Problem(BUSY, "同時看進度的人太多了，請稍後再試。", headers=retry_after(_RETRY))
    request.scope["state"][ENDLESS] = True
    headers = {"X-Accel-Buffering": "no"}  # nginx would keep what is told until there is more
    return StreamingResponse(events(service, batch), 200, headers, "text/event-stream")


@router.get("/v1/batches/{batch}/results", **described.RESULTS)
async def results(request: Request, batch: _Batch, service: _Service) -> Response:
    """Give what is done of a batch, ranked."""
    query = options(ResultsQuery, request.query_params.multi_items())
    standard = (await service.catalogue.find(batch.order.standard)).standard
    with service.work.place():
        try:
            if query.format != "json":
                ranked = partial(service.rankings.ranking, batch, standard, query.top, query.min_level)
                return await results_file(service, batch, query.format, ranked)
            return await run_sync(results_page, service, batch, standard, query, limiter=service.slow)
        except Erased:
            raise _unknown() from None


@router.delete("/v1/batches/{batch}", **described.ERASE)
async def erase(request: Request, batch: _Batch, service: _Service) -> Response:
    """Stop a batch and erase all of it."""
    options(NoQuery, request.query_params.multi_items())
    erased = await run_sync(erase_batch, service.store, batch.id, batch.order.key)
    service.forget(batch.id)
    if not erased:
        raise _unknown()
    return Response(status_code=204)
