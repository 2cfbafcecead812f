"""Server-sent events: progress as it happens, an end, and nothing left of a client that goes away."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from api.service import Service
from tests.batches import made_of_texts, resumes
from tests.services import Served, served, settings_for


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.batches.events._LOOK", 0.05)
        patch.setattr("api.batches.events._SILENCE", 0.1)
        with served(settings_for(tmp_path_factory.mktemp("events"), queue=4)) as one:
            yield one


@pytest.fixture(scope="module")
def client(server: Served) -> Iterator[httpx.Client]:
    with server.client() as one:
        yield one


def watching(server: Served) -> int:
    service: Service = server.app.state.service
    return service.watching


def events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    """The events of a stream; a comment is one without a name."""
    name = ""
    for line in answer.iter_lines():
        if line.startswith(":"):
            yield "", None
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        if line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_progress_is_told_until_all_is_done(client: httpx.Client) -> None:
    batch = made_of_texts(client, *resumes(60))
    with client.stream("GET", f"/v1/batches/{batch}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        told = [(name, found) for name, found in events(answer) if name]
    assert [name for name, _ in told] == ["progress"] * (len(told) - 1) + ["done"]
    done = [found["done"] for _, found in told]
    assert done == sorted(set(done))
    assert told[-1][1] == client.get(f"/v1/batches/{batch}").json()
    with client.stream("GET", f"/v1/batches/{batch}/events") as answer:
        assert [name for name, _ in events(answer)] == ["done"]


def test_the_end_of_a_batch_that_is_erased_is_told(client: httpx.Client) -> None:
    batch = made_of_texts(client, *resumes(400))
    with client.stream("GET", f"/v1/batches/{batch}/events") as answer:
        told = events(answer)
        assert next(told)[0] == "progress"
        client.delete(f"/v1/batches/{batch}")
        assert [name for name, _ in told if name][-1] == "erased"


def test_a_client_that_goes_away_is_forgotten(server: Served, client: httpx.Client) -> None:
    batch = made_of_texts(client, *resumes(400))
    for _ in range(8):
        with client.stream("GET", f"/v1/batches/{batch}/events") as answer:
            told = events(answer)
            assert next(told)[0] == "progress"
            assert watching(server) > 0
        while watching(server):
            pass
    client.delete(f"/v1/batches/{batch}")


def test_so_many_watch_and_the_next_is_refused(server: Served, client: httpx.Client) -> None:
    batch = made_of_texts(client, *resumes(400))
    with server.client() as another:
        open_ones = [another.stream("GET", f"/v1/batches/{batch}/events") for _ in range(4)]
        streams = [events(one.__enter__()) for one in open_ones]
        assert [next(stream)[0] for stream in streams] == ["progress"] * 4
        refused = client.get(f"/v1/batches/{batch}/events")
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/busy")
        assert refused.headers["retry-after"]
        assert client.get(f"/v1/batches/{batch}").status_code == 200
        client.delete(f"/v1/batches/{batch}")
        for one in open_ones:
            one.__exit__(None, None, None)


def test_a_service_that_stops_does_not_wait_for_those_who_watch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ExitStack() as after:
        with served(settings_for(tmp_path)) as stopping:
            client = after.enter_context(stopping.client())
            batch = made_of_texts(client, *resumes(400))
            told = events(after.enter_context(client.stream("GET", f"/v1/batches/{batch}/events")))
            assert next(told)[0] == "progress"
        with pytest.raises(httpx.RemoteProtocolError):
            list(told)
    assert "graceful shutdown exceeded" not in caplog.text
