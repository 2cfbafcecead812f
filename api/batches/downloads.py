"""Results of a batch as files to keep."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import mkdtemp
from urllib.parse import quote

from anyio import open_file
from anyio.to_thread import run_sync
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.batches.batch import Batch
from api.service import Service
from matcher.batch.ranking import Ranking

_PIECE = 256 * 1024
_NO_NAME = re.compile(r'[\\/:*?"<>|\s]+')
_NO_ASCII = re.compile(r"[^A-Za-z0-9._-]")
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


async def results_file(
    service: Service, batch: Batch, suffix: str, ranking: Callable[[], AbstractContextManager[Ranking]]
) -> Response:
    """The answer with all of a ranking in the format of that ``suffix``.

    Raises:
        Erased: the batch was erased meanwhile.
        StoreError: the store cannot be reached.
    """
    kind = FORMATS[suffix]
    folder = Path(mkdtemp(dir=service.folder))
    path = folder / kind.exporter
    try:
        names = await run_sync(_write, batch, ranking, path, limiter=service.slow)
        return _Passing(path, kind.media_type, names)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write(
    batch: Batch, ranking: Callable[[], AbstractContextManager[Ranking]], path: Path
) -> tuple[str, str]:
    """Write the file; gives the names that it is to be kept under, in ASCII and in full."""
    from matcher.export.outputs import EXPORTERS  # here, because few ask for files

    with ranking() as ranked:
        EXPORTERS[path.name](ranked, path)
        return _plain_name(batch, path.suffix), _file_name(batch, ranked, path.suffix)


class _Passing(StreamingResponse):
    """A file as an answer; whatever becomes of the answer, its folder is removed."""

    def __init__(self, path: Path, media_type: str, names: tuple[str, str]) -> None:
        plain, full = names
        headers = {
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full)}",
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


def _plain_name(batch: Batch, suffix: str) -> str:
    """For clients that read no other, such as ``curl -OJ``: after the standard, in ASCII."""
    partly = "" if batch.state == "done" else f"-partial-{batch.done}-of-{batch.files}"
    return f"{_NO_ASCII.sub('_', batch.order.standard)}-ranking-{batch.created:%Y%m%d}{partly}{suffix}"


def _file_name(batch: Batch, ranking: Ranking, suffix: str) -> str:
    """After the posting, else the standard; says so if it is not all yet."""
    about = PurePath(ranking.posting.name).stem if ranking.posting else ranking.standard.name
    about = _NO_NAME.sub("_", about)[:_LONGEST].strip("._")
    partly = "" if batch.state == "done" else f"（{batch.done}／{batch.files}，未完成）"
    return f"{about or '履歷'}-排名-{batch.created:%Y%m%d}{partly}{suffix}"
