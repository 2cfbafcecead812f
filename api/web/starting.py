"""The start page: send a batch, try the samples, see and erase the batches there are."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException

from api.batches.batch import Batch
from api.batches.intake import make_batch
from api.batches.sent import Sent
from api.batches.shelf import batches_of, erase_batch
from api.problems import INVALID, MALFORMED, Problem
from api.requests import BatchFields
from api.service import Service
from api.spool import Spool
from api.uploads import FORM, File, TooManyFilesError, media_type, parsed_form, too_many
from api.web.opened import Opened, ServiceOf
from api.web.pages import PageRoute, leads_to
from api.web.rendering import page
from api.web.visit import Known, Visitor, check_token, fields
from matcher.data import data_path
from matcher.reading.names import clean_name

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_LISTED = 20  # batches on the start page
_MOST_TEXT = 4 * 1024 * 1024  # bytes of a pasted text
_LONGEST_TITLE = 30
_CALLED = re.compile(r"^\s*(?:職缺|職務|工作)(?:名稱|職稱)?\s*[:：]\s*|^\s*職稱\s*[:：]\s*")
_NO_PATH = str.maketrans("/\\", "／＼")
_SAMPLE_POSTING = "customer_service_planner.txt"


@router.get("/")
def start(request: Request, visitor: Known, service: ServiceOf, erased: str = "") -> Response:
    """Show the start page, which says so where a batch was just ``erased``."""
    return _start(request, visitor, service, erased=erased)


@router.post("/batches")
async def send(request: Request, visitor: Known, service: ServiceOf) -> Response:
    """Make a batch of what was dropped, chosen or pasted; where there is nothing, say so beside the form."""
    with service.work.place():
        return await _sent(request, visitor, service)


async def _sent(request: Request, visitor: Visitor, service: Service) -> Response:
    async with _form(request, service) as form:
        check_token(request, form)
        pasted = _pasted(form, "posting_text")
        posting = [*_files(form, "posting"), *(Sent(_title(text), text) for text in pasted)]
        pasted = _pasted(form, "resumes_text")
        resumes = [*_files(form, "resumes"), *(Sent("貼上的履歷.txt", text) for text in pasted)]
        if wrong := _wrong(posting, resumes):
            text = str(form.get("posting_text", ""))
            return await run_sync(_start, request, visitor, service, wrong, text)
        try:
            batch = await _made(service, visitor, posting[0] if posting else None, resumes)
        except Problem as problem:
            raise _of_posting(problem, posting) from None
    return leads_to(f"/batches/{batch.id}")


def _wrong(posting: Sequence[Sent], resumes: Sequence[Sent]) -> str:
    """What is wrong with what was sent, empty where nothing is."""
    if len(posting) > 1:
        named = "、".join(f"「{one.name}」" for one in posting)
        return f"職缺只能有一份，收到 {named}：請只選一個檔案，或只貼文字。"
    if resumes and all(one.left_behind for one in resumes):
        return "收到的只有系統檔、隱藏檔或暫存鎖定檔，沒有履歷。"
    return "" if resumes else "還沒有履歷：請拖放或選擇檔案，或把履歷的文字貼上。"


def _of_posting(problem: Problem, posting: Sequence[Sent]) -> Problem:
    """The problem, which names the posting where it is of that."""
    if not posting or not any(fault.field.partition(".")[0] == "posting" for fault in problem.errors):
        return problem
    detail = f"讀不了的是職缺「{posting[0].name}」：{problem.detail}"
    return Problem(problem.kind, detail, headers=problem.headers, code=problem.code)


@router.post("/samples")
async def samples(request: Request, visitor: Known, service: ServiceOf) -> Response:
    """Make a batch of the samples."""
    await fields(request)
    posting = data_path("samples", "postings", _SAMPLE_POSTING)
    resumes = sorted(data_path("samples", "resumes").glob("*.txt"))
    sent = [Sent(path.name, path.read_text(encoding="utf-8")) for path in (posting, *resumes)]
    batch = await _made(service, visitor, sent[0], sent[1:])
    return leads_to(f"/batches/{batch.id}")


@router.post("/batches/{batch}/erase")
async def erase(request: Request, view: Opened, service: ServiceOf) -> Response:
    """Erase a batch for good."""
    await fields(request)
    await run_sync(erase_batch, service.store, view.batch.id, view.batch.order.key)
    service.forget(view.batch.id)
    return leads_to("/?erased=1")


def _start(
    request: Request, visitor: Visitor, service: Service, wrong: str = "", text: str = "", erased: str = ""
) -> Response:
    serving = service.settings.serve
    return page(
        request,
        "start.html",
        422 if wrong else 200,
        wrong=wrong,
        erased=erased,
        posting_text=text,
        batches=batches_of(service.store, visitor.key, _LISTED, inherits=visitor.inherits),
        serving=serving,
        standard=service.catalogue.default.standard,
    )


async def _made(service: Service, visitor: Visitor, posting: Sent | None, resumes: Sequence[Sent]) -> Batch:
    # Kept as it is, so that a recruiter can read the name of whom to call; pages cover it until then.
    return await make_batch(service, visitor.key, posting, resumes, BatchFields(masked=False))


@asynccontextmanager
async def _form(request: Request, service: Service) -> AsyncIterator[FormData]:
    """The form with its files, which are closed at the end of the block."""
    if media_type(request) != FORM:
        raise Problem(INVALID, "請從首頁的表單送出檔案。")
    most = service.settings.serve.batch_files
    with Spool() as spool:
        try:
            form = await parsed_form(request, spool, most_files=most + 2, most_bytes=_MOST_TEXT)
        except TooManyFilesError:
            raise too_many("履歷", most) from None
        except MultiPartException:
            raise Problem(MALFORMED, "表單沒有送完整，請再試一次。") from None
        yield form


def _files(form: FormData, field: str) -> list[Sent]:
    """The files of a field; a browser sends one without a name where none was chosen."""
    files = (one for one in form.getlist(field) if isinstance(one, UploadFile) and one.filename)
    return [Sent(File(one).name, one.file) for one in files]


def _pasted(form: FormData, field: str) -> list[str]:
    """What was pasted into a field."""
    text = form.get(field)
    return [text] if isinstance(text, str) and text.strip() else []


def _title(posting: str) -> str:
    """The name of a posting that was pasted: its first line, by which it is found again among the batches."""
    first = _CALLED.sub("", posting.strip().splitlines()[0]).translate(_NO_PATH)
    return clean_name(f"{first[:_LONGEST_TITLE].strip() or '職缺'}.txt")
