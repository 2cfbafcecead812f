"""Results of a batch as files to keep."""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import mkdtemp
from urllib.parse import quote

from anyio import open_file
from anyio.to_thread import run_sync
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.batches.batch import Batch
from api.bodies import ResultsQuery
from api.service import Service
from matcher.standard import Standard

_PIECE = 256 * 1024
_NO_NAME = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Format:
    """A format of results: its exporter's name, and its media type."""

    exporter: str
    media_type: str


FORMATS = {
    "csv": Format("results.csv", "text/csv; charset=utf-8"),
    "xlsx": Format("results.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "jsonl": Format("results.jsonl", "application/jsonl"),
    "parquet": Format("results.parquet", "application/vnd.apache.parquet"),
    "html": Format("report.html", "text/html; charset=utf-8"),
}
"""Every format but JSON itself."""


async def results_file(service: Service, batch: Batch, standard: Standard, query: ResultsQuery) -> Response:
    """The answer with all results in the format that the query asks for.

    Raises:
        Erased: the batch was erased meanwhile.
        StoreError: the store cannot be reached.
    """
    kind = FORMATS[query.format]
    folder = Path(mkdtemp(dir=service.folder))
    path = folder / kind.exporter
    try:
        await run_sync(_write, service, batch, standard, query, path, limiter=service.slow)
        return _Passing(path, kind.media_type, _file_name(batch, standard, query.format))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write(service: Service, batch: Batch, standard: Standard, query: ResultsQuery, path: Path) -> None:
    from matcher.export.outputs import EXPORTERS  # here, because few ask for files

    with service.rankings.ranking(batch, standard, query.top, query.min_level) as ranking:
        EXPORTERS[path.name](ranking, path)


class _Passing(StreamingResponse):
    """A file as an answer; whatever becomes of the answer, its folder is removed."""

    def __init__(self, path: Path, media_type: str, name: str) -> None:
        plain = f"results{path.suffix}"
        headers = {
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
            "Content-Length": str(path.stat().st_size),
        }
        super().__init__(self._pieces(path), 200, headers, media_type)
        self._folder = path.parent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _pieces(self, path: Path) -> AsyncIterator[bytes]:
        async with await open_file(path, "rb") as file:
            while piece := await file.read(_PIECE):
                yield piece


def _file_name(batch: Batch, standard: Standard, suffix: str) -> str:
    """After the posting, else the standard; says so if it is not all yet."""
    posting = batch.order.posting
    about = PurePath(posting[0]).stem if posting else standard.name
    about = _NO_NAME.sub("_", about)[:_LONGEST].strip("._")
    partly = "" if batch.state == "done" else f"（{batch.done}／{batch.files}，未完成）"
    return f"{about or '履歷'}-排名-{batch.created:%Y%m%d}{partly}.{suffix}"
