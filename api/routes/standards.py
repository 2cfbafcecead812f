"""``/v1/standards``: which standards there are, one of them, and another one."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response

from api.answers import json_answer
from api.callers import Admin, AnyCaller
from api.catalogue import Listed
from api.documents import document_of
from api.openapi.operations import STANDARD, STANDARDS, STANDARDS_ADD
from api.parsing import options, parsed
from api.problems import CONFLICT, INVALID, NO_STANDARD, Fault, Problem
from api.requests import NoFields, NoQuery, StandardText
from api.responses import StandardBody, StandardEntry, StandardList
from api.service import Service, service_of
from api.uploads import FORM, form, media_type, unsupported
from matcher.batch.scorers import Task
from matcher.icap import StandardFormatError, parse_text
from matcher.standard import Standard

JSON = "application/json"

router = APIRouter()

_Service = Annotated[Service, Depends(service_of)]


@router.get("/v1/standards", **STANDARDS)
async def standards(request: Request, _caller: AnyCaller, service: _Service) -> Response:
    """List all standards."""
    options(NoQuery, request.query_params.multi_items())
    return json_answer(StandardList([_entry(one) for one in await service.catalogue.all()]))


@router.get("/v1/standards/{code}", **STANDARD)
async def standard(code: str, request: Request, _caller: AnyCaller, service: _Service) -> Response:
    """Give one standard, whole."""
    options(NoQuery, request.query_params.multi_items())
    return json_answer(StandardBody.of((await service.catalogue.find(code)).standard))


@router.post("/v1/standards", **STANDARDS_ADD)
async def add_standard(request: Request, _caller: Admin, service: _Service) -> Response:
    """Import a published standard: 201, or 200 where the same is there already."""
    options(NoQuery, request.query_params.multi_items())
    with service.work.place():
        sent = await run_sync(_parsed, await _text(request, service))
        await _try(sent, service)
        listed, added = await service.catalogue.add(sent)
    if listed.standard != sent:
        raise Problem(CONFLICT, f"代碼 {sent.code} 已有一份內容不同的職能基準，沒有取代。")
    headers = {"Location": f"/v1/standards/{sent.code}"}
    return json_answer(_entry(listed), 201 if added else 200, headers)


async def _text(request: Request, service: Service) -> str:
    media = media_type(request)
    if media == FORM:
        async with form(request, ["file"], {}) as sent:
            options(NoFields, sent.fields)
            content, _ = await run_sync(sent.files["file"][0].load)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            fault = Fault("file", "要是 UTF-8 編碼的文字檔")
            raise Problem(INVALID, "職能基準文件要是 UTF-8 編碼、以 Tab 分欄的文字檔。", [fault]) from None
        field = "file"
    elif media == JSON:
        text, field = parsed(StandardText, await request.body()).text, "text"
    else:
        raise unsupported(request, JSON, FORM)
    return document_of(text, service.settings.max_characters, field).text


def _parsed(text: str) -> Standard:
    try:
        return parse_text(text)
    except StandardFormatError as error:
        raise Problem(NO_STANDARD, str(error)) from None


async def _try(sent: Standard, service: Service) -> None:
    """Raise a Problem unless texts can be scored by the standard."""
    listed = Listed.of(sent, "imported")
    document = document_of("\n".join(item.text for item in sent.items) or sent.name, 2**30)
    entry = await service.work.score(document, Task(listed.packed, "posting", masking=False))
    if entry.report is None:
        raise Problem(NO_STANDARD, "無法用這份職能基準評分。", code=entry.error)


def _entry(listed: Listed) -> StandardEntry:
    one = listed.standard
    return StandardEntry(one.code, one.name, one.levels, len(one.tasks), len(one.items), listed.origin)
