"""Limits over a real connection: bytes, seconds and places, whatever a client declares."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.services import RESUME, Served, new_key, served, settings_for

SMALL = 100_000
BODY = json.dumps({"text": RESUME}).encode()
HEAD = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes little and waits shortly."""
    limits = {"body_bytes": SMALL, "body_seconds": 1}
    with served(settings_for(tmp_path_factory.mktemp("small"), **limits)) as one:
        yield one


@contextmanager
def connected(server: Served) -> Iterator[socket.socket]:
    """A bare connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        yield connection


def answer_on(connection: socket.socket) -> tuple[int, dict[str, str], dict[str, Any]]:
    """Status, headers and problem of the answer that comes."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    content = answer.read()
    return answer.status, dict(answer.getheaders()), json.loads(content) if content else {}


def chunks(size: int, number: int) -> Iterator[bytes]:
    """A body in pieces, without a declared length."""
    for _ in range(number):
        yield b" " * size


def test_a_body_of_the_allowed_size_is_read(small: Served) -> None:
    padded = BODY + b" " * (SMALL - len(BODY))
    with small.client() as client:
        headers = {"Content-Type": "application/json"}
        assert client.post("/v1/score", content=padded, headers=headers).status_code == 200
        assert client.post("/v1/score", content=padded + b" ", headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("media_type", "statuses"),
    [
        ("application/json", {413}),
        ("multipart/form-data; boundary=a", {400, 413}),  # whichever is noticed first
        ("text/plain", {415}),
    ],
)
def test_a_body_without_end_is_refused_and_the_answer_arrives(
    small: Served, media_type: str, statuses: set[int]
) -> None:
    with small.client() as client:
        headers = {"Content-Type": media_type}
        answer = client.post("/v1/score", content=chunks(20_000, 100), headers=headers)
        assert answer.status_code in statuses
        assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/healthz").status_code == 200


def test_a_form_is_counted_before_it_is_read(small: Served) -> None:
    with small.client() as client:
        answer = client.post("/v1/score", files={"file": ("a.txt", b"x" * 3_000_000)})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert answer.headers["connection"] == "close"


def test_a_length_that_is_too_large_is_refused_before_a_byte_comes(small: Served) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + b"Content-Length: 999999999999\r\n\r\n")
        status, headers, problem = answer_on(connection)
    assert (status, problem["type"]) == (413, "/problems/too-large")
    assert headers["x-request-id"] == problem["request_id"]


def test_a_client_that_asks_first_is_told_no(small: Served) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 900000\r\n\r\n")
        status, _, _ = answer_on(connection)
    assert status == 413


def test_a_client_that_asks_first_is_told_to_go_on(small: Served) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(BODY)
        status, _, report = answer_on(connection)
    assert (status, report["schema"]) == (200, "report/1")


@pytest.mark.parametrize(
    "declared", [b"Content-Length: 90000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n5\r\n"]
)
def test_a_body_that_does_not_come_is_not_waited_for(small: Served, declared: bytes) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + declared + b"{")
        status, headers, problem = answer_on(connection)
        assert (status, problem["type"]) == (408, "/problems/slow-body")
        assert headers["connection"] == "close"


def test_a_body_in_drops_is_not_waited_for(small: Served) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + b"Content-Length: 90000\r\n\r\n")
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.1):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        status, _, _ = answer_on(connection)
        stop.set()
        thread.join()
    assert status == 408


@pytest.mark.parametrize(
    "declared",
    [
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: abc\r\n\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"Content-Length: 5\r\nNo colon\r\n\r\n",
        b"X: " + b"a" * 100_000,
    ],
)
def test_what_is_no_http_is_refused_in_the_same_shape(small: Served, declared: bytes) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + declared)
        status, headers, problem = answer_on(connection)
    assert (status, problem["status"]) in ((400, 400), (431, 431))
    assert headers["content-type"] == "application/problem+json"


def test_bytes_beyond_the_declared_length_are_never_part_of_a_body(small: Served) -> None:
    with connected(small) as connection:
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY + b"x" * 100_000)
        status, _, _ = answer_on(connection)
    assert status in (200, 400)  # 400 where they came before the answer
    with small.client() as client:
        assert client.get("/healthz").status_code == 200


def test_a_client_that_leaves_harms_nobody(small: Served) -> None:
    for _ in range(20):
        with connected(small) as connection:
            connection.sendall(HEAD + b"Content-Length: 90000\r\n\r\n{")
    with small.client() as client:
        assert client.post("/v1/score", json={"text": RESUME}).status_code == 200


def test_those_who_wait_are_so_many_and_the_next_is_refused_at_once(tmp_path: Path) -> None:
    body = {"text": RESUME}
    with served(settings_for(tmp_path, queue=2)) as server, server.client() as client:
        with connected(server) as one, connected(server) as other:
            for connection in (one, other):  # each has a place while its body comes
                connection.sendall(HEAD + b"Content-Length: 90000\r\n\r\n{")
            while "matcher_requests_inside 2.0" not in client.get("/metrics").text:
                pass
            answer = client.post("/v1/score", json=body)
            assert (answer.status_code, answer.json()["type"]) == (503, "/problems/busy")
            assert int(answer.headers["retry-after"]) >= 1
            assert client.get("/healthz").status_code == 200
        while (answer := client.post("/v1/score", json=body)).status_code == 503:
            pass  # until it is noticed that they have left
        assert answer.status_code == 200


def test_work_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    text = "每月彙整客訴，訂定客訴處理流程與滿意度指標。" * 40_000
    with served(settings_for(tmp_path, request_seconds=1)) as server, server.client() as client:
        answer = client.post("/v1/score", json={"text": text})
        assert (answer.status_code, answer.json()["type"]) == (504, "/problems/timeout")
        assert client.get("/healthz").status_code == 200


def test_without_a_key_no_body_is_read(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    new_key(settings)
    with served(settings) as server:
        with connected(server) as connection:
            connection.sendall(HEAD + b"Content-Length: 30000000\r\n\r\n{")
            status, headers, _ = answer_on(connection)
            assert (status, headers["connection"]) == (401, "close")
        with server.client() as client:
            answer = client.post("/v1/score", content=chunks(1_000_000, 20))
            assert answer.status_code == 401
