"""What is asked of the service itself: whether it lives, is ready, what it counted, and its version."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Response

from api.answers import json_answer
from api.batches.queue import waiting
from api.callers import Admin
from api.metrics import CONTENT_TYPE
from api.openapi.operations import HEALTH, METRICS, READY, VERSION
from api.problems import NOT_READY, Problem, retry_after
from api.responses import State, VersionBody
from api.service import Service, service_of
from matcher import __version__

router = APIRouter()

_RETRY = 2  # seconds after which it may be ready
_Service = Annotated[Service, Depends(service_of)]


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", **HEALTH)
async def healthz() -> Response:
    """Say that the event loop runs."""
    return json_answer(State("ok"))


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", **READY)
async def readyz(service: _Service) -> Response:
    """Say that requests can be answered: the standard is loaded, processes run, and the store answers."""
    await run_sync(service.store.check)
    if not (service.workers.alive() and await service.work.alive()):
        raise Problem(NOT_READY, "讀檔或評分的程序沒有回應，或都在忙。", headers=retry_after(_RETRY))
    return json_answer(State("ok"))


@router.get("/metrics", **METRICS)
async def metrics(_caller: Admin, service: _Service) -> Response:
    """Give the metrics to Prometheus."""
    service.metrics.waiting.set(await run_sync(waiting, service.store))
    return Response(await run_sync(service.metrics.text), media_type=CONTENT_TYPE)


@router.head("/v1/version", include_in_schema=False)
@router.get("/v1/version", **VERSION)
async def version() -> Response:
    """Say which version answers."""
    return json_answer(VersionBody("icap-matcher", __version__, "v1"))
