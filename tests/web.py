"""The recruiter's page for tests: forms as a browser sends them, and batches that are done."""

import re
import time
from collections.abc import Mapping

import httpx2 as httpx
from fastapi.testclient import TestClient

from matcher.data import data_path

POSTING = data_path("samples", "postings", "customer_service_planner.txt").read_text(encoding="utf-8")
RESUMES = {
    path.name: path.read_text(encoding="utf-8") for path in data_path("samples", "resumes").glob("*.txt")
}
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
_CANDIDATE = re.compile(r'href="(/batches/[0-9a-f]{32}/candidates/\d+)(?:\?reveal=1)?"')


def token(client: TestClient, path: str = "/") -> str:
    """The token of the forms of a page."""
    match = _TOKEN.search(client.get(path).text)
    assert match
    return match[1]


def post(client: TestClient, path: str, **fields: str) -> httpx.Response:
    """Send a form without files, as the pages do."""
    return client.post(path, data={"token": token(client, "/sign-in"), **fields}, follow_redirects=False)


def sent(client: TestClient, files: Mapping[str, str | bytes], posting: str = POSTING) -> str:
    """The address of a batch of these files, which is done."""
    uploads = [("resumes", (name, content)) for name, content in files.items()]
    fields = {"token": token(client), "posting_text": posting}
    answer = client.post("/batches", data=fields, files=uploads, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    done(client, address)
    return address


def done(client: TestClient, address: str) -> None:
    """Wait until a batch is done."""
    end = time.monotonic() + 60
    while 'data-state="done"' not in client.get(f"{address}/progress").text:
        assert time.monotonic() < end
        time.sleep(0.05)


def candidates(client: TestClient, address: str) -> list[str]:
    """The addresses of the candidates of a batch, best first."""
    return list(dict.fromkeys(_CANDIDATE.findall(client.get(address).text)))
