"""A service without keys is for this machine: neither other machines nor pages of elsewhere may call it."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.local import is_loopback
from tests.services import RESUME, bearer, entered, new_key, settings_for

BODY = {"text": RESUME}


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "LOCALHOST",
        "app.localhost:1",
        "127.0.0.1",
        "127.8.9.1:80",
        "[::1]:8000",
    ],
)
def test_it_is_called_by_a_name_of_this_machine(client: TestClient, host: str) -> None:
    assert client.post("/v1/score", json=BODY, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "ats.example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "10.0.0.1",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "[::2]",
        "localhost@example.com",
        "localhost:80:80",
        "127.1",
        "2130706433",
        "",
    ],
)
def test_a_page_that_points_its_own_name_here_is_refused(client: TestClient, host: str) -> None:
    answer = client.post("/v1/score", json=BODY, headers={"Host": host})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")


@pytest.mark.parametrize("origin", ["http://127.0.0.1", None])
def test_our_own_pages_may_call(client: TestClient, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    assert client.post("/v1/score", json=BODY, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1:3000", "http://localhost", "", "file://", "::"],
)
def test_pages_of_elsewhere_may_not(client: TestClient, origin: str) -> None:
    answer = client.post("/v1/score", json=BODY, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("address", ["10.0.0.9", "192.168.1.5", "2001:db8::1", "testclient"])
def test_other_machines_need_a_key_that_does_not_exist_yet(client: TestClient, address: str) -> None:
    elsewhere = TestClient(client.app, base_url="http://127.0.0.1", client=(address, 1))
    answer = elsewhere.post("/v1/score", json=BODY)
    assert answer.status_code == 401
    assert "matcher keys create" in answer.json()["detail"]
    assert elsewhere.get("/healthz").status_code == 200


def test_an_address_of_other_machines_is_not_open_however_it_was_started(client: TestClient) -> None:
    bound = TestClient(client.app, base_url="http://10.0.0.1", client=("127.0.0.1", 1))
    assert bound.post("/v1/score", json=BODY, headers={"Host": "localhost"}).status_code == 401


def test_with_keys_any_name_will_do(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    key = new_key(settings)
    with entered(create_app(settings)) as client:
        headers = {**bearer(key), "Host": "ats.example.com", "Origin": "https://elsewhere.example"}
        answer = client.post("/v1/score", json=BODY, headers=headers)
        assert answer.status_code == 200
        assert "access-control-allow-origin" not in answer.headers


def test_named_origins_may_call_and_read_the_answer(tmp_path: Path) -> None:
    ours, theirs = "https://ats.example.com", "https://evil.example"
    with entered(create_app(settings_for(tmp_path, cors_origins=ours))) as client:
        asked = {"Origin": ours, "Access-Control-Request-Method": "POST"}
        asked["Access-Control-Request-Headers"] = "authorization,content-type"
        before = client.options("/v1/score", headers=asked)
        assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, ours)
        answer = client.post("/v1/score", json=BODY, headers={"Origin": ours})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, ours)
        wrong = client.post("/v1/score", json={}, headers={"Origin": ours})
        assert (wrong.status_code, wrong.headers["access-control-allow-origin"]) == (422, ours)
        for answer in (
            client.options("/v1/score", headers={**asked, "Origin": theirs}),
            client.post("/v1/score", json=BODY, headers={"Origin": theirs}),
        ):
            assert answer.status_code in (400, 403)
            assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost.", True),
        ("0.0.0.0", False),  # noqa: S104 - likewise
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_what_this_machine_is(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback
