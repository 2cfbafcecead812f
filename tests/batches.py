"""Batches as clients of the service make and watch them."""

import io
import time
import zipfile
from collections.abc import Mapping
from typing import Any

import httpx2 as httpx
from fastapi.testclient import TestClient

from tests.services import RESUME

Client = httpx.Client | TestClient
File = tuple[str, bytes]
_LONGEST = 120.0  # seconds for a batch on a busy machine


def zipped(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of files by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def resumes(number: int) -> list[dict[str, str]]:
    """So many different texts."""
    return [{"name": f"{one}號", "text": f"{one}號應徵者。{RESUME}"} for one in range(number)]


def send(client: Client, *files: File, posting: File | None = None, **fields: str) -> Any:
    """The answer to a form with these files."""
    sent = [("resumes", file) for file in files] + ([("posting", posting)] if posting else [])
    return client.post("/v1/batches", files=sent, data=fields)


def made(client: Client, *files: File, posting: File | None = None, **fields: str) -> str:
    """The ID of a batch of these files."""
    answer = send(client, *files, posting=posting, **fields)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def made_of_texts(client: Client, *texts: dict[str, str], **more: Any) -> str:
    """The ID of a batch of these texts."""
    answer = client.post("/v1/batches", json={"resumes": list(texts), **more})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def look(client: Client, batch: str) -> dict[str, Any]:
    """The batch now."""
    answer = client.get(f"/v1/batches/{batch}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def until(client: Client, batch: str, done: int | None = None) -> dict[str, Any]:
    """The batch as soon as so many of its files are done, all of them by default."""
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        found = look(client, batch)
        if found["done"] >= (found["files"] if done is None else done):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def page(client: Client, batch: str, **query: Any) -> dict[str, Any]:
    """A page of results."""
    answer = client.get(f"/v1/batches/{batch}/results", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def results(client: Client, batch: str) -> list[dict[str, Any]]:
    """All results of a batch, once it is done."""
    until(client, batch)
    return list(page(client, batch, most=100)["candidates"])
