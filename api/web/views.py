"""The pages of a batch: how far it is, the ranking, candidates, the posting, and the standard."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.batches.batch import Erased
from api.batches.downloads import results_file
from api.batches.judgements import LONGEST_NOTE, earlier_of, judgements_in
from api.batches.shelf import files_of
from api.problems import INVALID, Problem
from api.service import Service
from api.web.candidates import Candidate, candidates, neighbours, original
from api.web.compared import FEWEST, MOST, compared
from api.web.opened import Opened, ServiceOf, no_candidate, unknown
from api.web.pages import PageRoute
from api.web.rendering import page
from api.web.view import View, posting_of, ranked
from api.web.visit import Known

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_DOWNLOADS = {"xlsx": "Excel", "csv": "CSV", "html": "HTML", "jsonl": "JSON Lines"}


@router.get("/batches/{batch}")
def ranking(request: Request, view: Opened, service: ServiceOf, partly: str = "") -> Response:
    """Show the ranking; how far the batch is as long as it is not done, unless what there is is asked for."""
    if view.batch.state != "done" and not (partly and view.batch.done):
        return progress(request, view, service, "progress.html")
    overview = service.kept.overview(view)
    judgements = judgements_in(service.store, view.batch.id, masking=False)
    return page(
        request,
        "batch.html",
        view=view,
        overview=overview,
        posting=posting_of(view),
        judged={number: len(own) for number, own in judgements.items()},
        downloads=_DOWNLOADS,
    )


@router.get("/batches/{batch}/progress")
def progress(
    request: Request, view: Opened, service: ServiceOf, template: str = "progress_part.html"
) -> Response:
    """Show how far the batch is, as a part of the page that asks again and again."""
    if view.batch.state == "done":
        service.kept.overview(view)  # ready when the page asks for the ranking next
    files = [view.called(file) for file in files_of(service.store, view.batch.id)]
    return page(request, template, view=view, files=files)


@router.get("/batches/{batch}/candidates/{number}")
def candidate(request: Request, view: Opened, service: ServiceOf, number: int) -> Response:
    """Show one candidate."""
    overview = service.kept.overview(view)
    row, before, after = neighbours(overview, number)
    (found,) = _candidates(service, view, [number])
    if row:
        found = replace(found, page=replace(found.page, rank=row.rank))
    return page(
        request,
        "candidate_page.html",
        view=view,
        candidate=found,
        original=original(overview, number),
        before=before,
        after=after,
        earlier=earlier_of(service.store, number),
        longest_note=LONGEST_NOTE,
    )


@router.get("/batches/{batch}/compare")
def compare(
    request: Request,
    view: Opened,
    service: ServiceOf,
    chosen: Annotated[list[int], Query(alias="with", default_factory=list)],
) -> Response:
    """Show some candidates side by side."""
    numbers = list(dict.fromkeys(chosen))
    if not FEWEST <= len(numbers) <= MOST:
        raise Problem(INVALID, f"請選 {FEWEST} 到 {MOST} 位應徵者來比較，現在選了 {len(numbers)} 位。")
    found = _candidates(service, view, numbers)
    return page(request, "compare.html", view=view, candidates=found, groups=compared(view, found))


def _candidates(service: Service, view: View, numbers: Sequence[int]) -> list[Candidate]:
    try:
        return candidates(service.store, view, numbers)
    except KeyError:
        raise no_candidate() from None


@router.get("/batches/{batch}/posting")
def posting(request: Request, view: Opened, service: ServiceOf) -> Response:
    """Show what the posting asks for, what it leaves out, and what it should not say."""
    asking = posting_of(view)
    if asking is None:
        raise unknown()
    return page(
        request,
        "posting_page.html",
        view=view,
        overview=service.kept.overview(view),
        posting=asking,
    )


@router.get("/batches/{batch}/standard")
def standard(request: Request, view: Opened, service: ServiceOf) -> Response:
    """Show the standard, and how many candidates show each of its items."""
    found = service.kept.found(view)
    return page(request, "standard.html", view=view, standard=view.standard, found=found)


@router.get("/standards/{code}")
async def standard_alone(request: Request, code: str, _visitor: Known, service: ServiceOf) -> Response:
    """Show a standard without a batch."""
    listed = await service.catalogue.find(code)
    return page(request, "standard.html", view=None, standard=listed.standard, found=None)


@router.get("/batches/{batch}/download/{suffix}")
async def results(view: Opened, service: ServiceOf, suffix: str) -> Response:
    """Give the results as a file, covered where the page is."""
    if suffix not in _DOWNLOADS:
        raise unknown()
    try:
        return await results_file(
            service, view.batch, suffix, partial(ranked, service.store, view, whole=True)
        )
    except Erased:
        raise unknown() from None
