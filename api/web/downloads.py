"""The results of a batch as files to keep: covered or revealed, as the page is that they are taken from."""

from pathlib import Path
from tempfile import TemporaryDirectory

from anyio.to_thread import run_sync
from starlette.responses import Response

from api.service import Service
from api.web.viewing import View, ranked
from matcher.export.outputs import EXPORTERS

DOWNLOADS = {
    "results.xlsx": "Excel",
    "results.csv": "CSV",
    "report.html": "HTML",
    "results.jsonl": "JSON Lines",
}
"""The files, and what their formats are called."""

_TYPES = {
    "results.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "results.csv": "text/csv; charset=utf-8",
    "report.html": "text/html; charset=utf-8",
    "results.jsonl": "application/x-ndjson",
}


async def download(service: Service, view: View, name: str) -> Response:
    """The results in the format of that name."""
    content = await run_sync(_content, service, view, name, limiter=service.slow)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, 200, headers, _TYPES[name])


def _content(service: Service, view: View, name: str) -> bytes:
    with TemporaryDirectory(dir=service.folder) as folder, ranked(service.store, view, whole=True) as ranking:
        path = Path(folder, name)
        EXPORTERS[name](ranking, path)
        return path.read_bytes()
