"""How far a batch is, told as it happens: server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

import msgspec
from anyio.to_thread import run_sync
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.batches.batch import Batch
from api.batches.shelf import find_batch
from api.responses import BatchBody
from api.service import Service
from api.store import StoreError

_LOOK = 1.0  # seconds between looks
_SILENCE = 15.0  # seconds after which something is said, lest proxies close the connection


async def events(service: Service, batch: Batch) -> AsyncIterator[bytes]:
    """``progress`` whenever more is done, and at last ``done``, or ``erased`` where the batch is gone."""
    service.watching += 1
    try:
        async for event in _told(service, batch):
            yield event
    finally:
        service.watching -= 1


async def _told(service: Service, batch: Batch) -> AsyncIterator[bytes]:
    key, told, spoke = batch.order.key, -1, monotonic()
    found: Batch | None = batch
    while found is not None:
        if found.state == "done":
            yield _event("done", found)
            return
        if found.done != told:
            told, spoke = found.done, monotonic()
            yield _event("progress", found)
        elif monotonic() - spoke > _SILENCE:
            spoke = monotonic()
            yield KEEPALIVE_COMMENT
        await asyncio.sleep(_LOOK)
        try:
            found = await run_sync(find_batch, service.store, batch.id, key)
        except StoreError:
            continue  # it is looked at again
    yield format_sse_event(event="erased", data_str="{}")


def _event(name: str, batch: Batch) -> bytes:
    data = msgspec.json.encode(BatchBody.of(batch)).decode()
    return format_sse_event(event=name, data_str=data, id=str(batch.done))
