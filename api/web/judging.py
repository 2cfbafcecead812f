"""A recruiter's own word on an item of a candidate."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from api.batches.judgements import Judgement, judge
from api.service import Service
from api.web.candidates import candidates
from api.web.opened import Opened, ServiceOf, unknown
from api.web.pages import PageRoute, leads_to
from api.web.viewing import View
from api.web.visit import fields
from matcher.export.cells import STATUS_WORDS

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.post("/batches/{batch}/candidates/{number}/judge")
async def judge_item(request: Request, view: Opened, service: ServiceOf, number: int) -> Response:
    """Keep what the recruiter says of an item, and lead back to it."""
    form = await fields(request)
    item, status, note = (str(form.get(name, "")).strip() for name in ("item", "status", "note"))
    said = Judgement(status if status in STATUS_WORDS else None, note)
    await run_sync(_judge, service, view, number, item, said)
    return leads_to(f"{view.home}/candidates/{number}{view.query}#judge-{item}")


def _judge(service: Service, view: View, number: int, item: str, said: Judgement) -> None:
    if item not in {one.code for one in view.standard.items}:
        raise unknown()
    try:
        candidates(service.store, view, [number])
    except KeyError:
        raise unknown() from None
    judge(service.store, number, item, said)
