"""The batch of an address, as a dependency of the routes that show one."""

from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import Depends, Request

from api.batches.shelf import find_batch
from api.problems import NO_BATCH, Kind, Problem
from api.service import Service, service_of
from api.web.rendering import is_english
from api.web.view import View
from api.web.visit import Known

ServiceOf = Annotated[Service, Depends(service_of)]


NO_CANDIDATE = Kind("unknown-candidate", 404, "這一批沒有這位應徵者")


def no_candidate() -> Problem:
    """The problem of a candidate who is not in a batch that is there."""
    return Problem(NO_CANDIDATE, "網址裡的號碼不對，或這份履歷沒有結果；請從排名點進去。")


def unknown() -> Problem:
    """The problem of a batch, or of something in one, that is not there."""
    return Problem(NO_BATCH, "可能已經到期或刪除，或是別把金鑰的。")


async def opened(batch: str, request: Request, visitor: Known, service: ServiceOf) -> View:
    """The batch of the address, revealed where the query asks for it.

    Raises:
        Problem: the visitor has none of that ID.
    """
    find = partial(find_batch, service.store, batch, visitor.key, inherits=visitor.inherits)
    found = await run_sync(find) if batch.isalnum() else None
    if found is None:
        raise unknown()
    listed = await service.catalogue.find(found.order.standard)
    revealed = request.query_params.get("reveal") == "1"
    return View(found, listed.standard, revealed, is_english(request))


Opened = Annotated[View, Depends(opened)]
"""The batch of the address."""
