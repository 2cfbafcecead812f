"""What is sent → a batch: checked, taken apart, and put into the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from anyio.to_thread import run_sync

from api.batches.batch import Batch, Order
from api.batches.sent import Sent
from api.batches.shelf import add_batch, batch_named, purge
from api.batches.unpacking import sized, unpacked
from api.documents import check_text, document_of, entry_of_file, problem_of
from api.problems import IDEMPOTENCY, INVALID, Fault, Problem
from api.requests import BatchFields
from api.service import Service
from api.uploads import too_many
from matcher.batch.entry import Entry
from matcher.batch.scorers import Task
from matcher.privacy import mask_name


async def make_batch(
    service: Service,
    key: str,
    posting: Sent | None,
    resumes: Sequence[Sent],
    fields: BatchFields,
    idempotency: str | None = None,
) -> Batch:
    """A batch of what was sent, whose files wait to be scored.

    ``key`` is the caller's, empty on a service without keys. Files are read before this returns, and no two
    of them are in memory at a time. ``idempotency`` is the client's own name for the request: the same
    request again gives the batch that there is.

    Files that programs left for themselves are passed over, and counted.

    Raises:
        Problem: the standard is unknown (404), ``idempotency`` is that of another request (409), there are
            no résumés (422) or too many (413), or the posting cannot be read (413, 415, 422, 503, 504).
        StoreError: the store cannot be reached.
    """
    kept = [one for one in resumes if not one.left_behind]
    _check(service, kept, len(resumes))
    listed = await service.catalogue.find(fields.standard)
    masking = fields.masked is not False
    request = None
    if idempotency is not None:
        what = (listed.standard.code, str(masking), posting, *kept)
        request = await run_sync(_digest, what)
        found = await run_sync(batch_named, service.store, idempotency, key)
        if found and found.order.request != request:
            raise _other()
        if found:
            return found
    asked = await _posting(service, posting, Task(listed.packed, "posting", masking)) if posting else None
    skipped = len(resumes) - len(kept)
    order = Order(key, listed.standard.code, masking, asked, idempotency, request, skipped)
    batch = await run_sync(_made, service, order, kept, limiter=service.slow)
    if batch.order.request != request:
        raise _other()
    service.workers.wake()
    return batch


def _check(service: Service, resumes: Sequence[Sent], sent: int) -> None:
    most = service.settings.serve.batch_files
    if not resumes:
        said = "只有系統檔、隱藏檔或暫存鎖定檔，沒有履歷" if sent else "最少 1 份"
        raise Problem(INVALID, "欄位的值不對，見 errors。", [Fault("resumes", said)])
    if len(resumes) > most:
        raise too_many("resumes", most, len(resumes))
    for number, one in enumerate(resumes):
        if isinstance(one.content, str):
            check_text(one.content, service.settings.max_characters, f"resumes[{number}].text")


def _digest(what: Sequence[str | Sent | None]) -> str:
    """Of everything that was asked for."""
    digest = blake2b(digest_size=32)
    for one in what:
        if isinstance(one, Sent):
            kind = "text" if isinstance(one.content, str) else "file"
            digest.update(repr((kind, one.name, one.size)).encode("utf-8", "backslashreplace"))
            for piece in one.pieces():
                digest.update(piece)
        else:
            digest.update(repr(one).encode())
    return digest.hexdigest()


def _other() -> Problem:
    return Problem(IDEMPOTENCY, "同一個 Idempotency-Key 已送過另一個請求；請換一個，或送同樣的內容。")


async def _posting(service: Service, posting: Sent, task: Task) -> tuple[str, Entry]:
    """The name and entry of a posting that can be read."""
    if isinstance(posting.content, str):
        document = document_of(posting.content, service.settings.max_characters, "posting.text")
        entry = await service.work.score(document, task)
    else:
        refused: Entry | None = await run_sync(sized, posting, service.settings.read)
        entry = refused or await entry_of_file(service.work, posting.load, task)
    if entry.report is None:
        raise problem_of(entry, "posting")
    return mask_name(posting.name) if task.masking else posting.name, entry


def _made(service: Service, order: Order, resumes: Sequence[Sent]) -> Batch:
    """Put it into the store; give the batch of the same ``idempotency`` if another request was faster."""
    settings, store = service.settings, service.store
    keep = timedelta(days=settings.serve.batch_days)
    with TemporaryDirectory(dir=service.folder, ignore_cleanup_errors=True) as folder:
        files, skipped = unpacked(resumes, Path(folder), settings.read, settings.serve)
        order = replace(order, skipped=order.skipped + skipped)
        while True:
            named = ((mask_name(one.name) if order.masking else one.name, one.content()) for one in files)
            batch = add_batch(store, order, named, keep)
            batch = batch or batch_named(store, order.idempotency or "", order.key)
            if batch:
                break
            purge(store)  # the batch of that name has expired
    for one in files:
        if isinstance(one.source, Entry):
            service.metrics.documents.labels(one.source.error).inc()
    return batch
