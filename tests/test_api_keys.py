"""Keys: who may call, what, and how often."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.batches.shelf import open_batches
from api.bucket import Buckets
from api.store import Store
from api.store.keys import revoke_key
from tests.batches import made_of_texts, results, until
from tests.services import RESUME, bearer, entered, new_key, settings_for

DOCUMENT = Path(__file__).parent.parent / "docs" / "openapi.json"
PUBLIC = ["/healthz", "/readyz", "/v1/version", "/docs", "/docs/swagger-ui.css", "/openapi.json"]
PROTECTED = [
    (method.upper(), path.replace("{code}", "BAS2421-003v4").replace("{id}", "0" * 32))
    for path, operations in json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"].items()
    for method, operation in operations.items()
    if "security" in operation
]
FOR_ADMINISTRATORS = [("POST", "/v1/standards"), ("GET", "/metrics")]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str, str]]:
    """A client without a key, and the keys of a recruiter and an administrator."""
    settings = settings_for(tmp_path_factory.mktemp("keys"))
    recruiter, admin = new_key(settings), new_key(settings, "admin")
    with entered(create_app(settings)) as client:
        yield client, recruiter, admin


UNKNOWN = f"icap_{'0' * 12}_{'A' * 43}"


@pytest.mark.parametrize("path", PUBLIC)
def test_these_need_no_key(keyed: tuple[TestClient, str, str], path: str) -> None:
    assert keyed[0].get(path).status_code == 200


def test_everything_but_these_needs_one(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    open_ = {path for path, found in paths.items() for one in found.values() if "security" not in one}
    assert open_ == {"/healthz", "/readyz", "/v1/version"}
    assert {("POST", "/v1/score"), ("POST", "/v1/match"), ("GET", "/metrics")} <= set(PROTECTED)


@pytest.mark.parametrize(("method", "path"), PROTECTED)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Bearer {UNKNOWN}"},
        {"Authorization": "Basic eDp5"},
        {"X-API-Key": ""},
        {"X-API-Key": UNKNOWN},
        {"X-API-Key": "é".encode("latin-1")},
        {"X-API-Key": "a" * 5000},
    ],
    ids=["none", "no key", "no form", "unknown", "basic", "empty", "unknown apart", "no ASCII", "long"],
)
def test_without_a_good_key_nothing_is_done(
    keyed: tuple[TestClient, str, str], method: str, path: str, headers: dict[str, str]
) -> None:
    answer = keyed[0].request(method, path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == "/problems/unauthorized"


def test_either_header_carries_a_key(keyed: tuple[TestClient, str, str]) -> None:
    client, recruiter, _ = keyed
    assert client.post("/v1/score", json={"text": RESUME}, headers=bearer(recruiter)).status_code == 200
    assert client.get("/v1/standards", headers={"X-API-Key": recruiter}).status_code == 200


@pytest.mark.parametrize(("method", "path"), FOR_ADMINISTRATORS)
def test_some_are_for_administrators(keyed: tuple[TestClient, str, str], method: str, path: str) -> None:
    client, recruiter, admin = keyed
    refused = client.request(method, path, headers=bearer(recruiter))
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert client.request(method, path, headers=bearer(admin)).status_code in (200, 415)


def test_a_key_that_is_revoked_ends_within_a_second(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    key = new_key(settings)
    with entered(create_app(settings)) as client:
        assert client.get("/v1/standards", headers=bearer(key)).status_code == 200
        with Store(settings.database_url) as store:
            revoke_key(store, key.split("_")[1])
        while client.get("/v1/standards", headers=bearer(key)).status_code == 200:
            pass
        assert client.get("/v1/standards", headers=bearer(key)).status_code == 401


def test_the_first_key_closes_an_open_service(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as client:
        assert client.get("/v1/standards").status_code == 200
        key = new_key(settings)
        while client.get("/v1/standards").status_code == 200:
            pass
        assert client.get("/v1/standards").status_code == 401
        assert client.get("/v1/standards", headers=bearer(key)).status_code == 200


def test_what_no_key_in_use_has_is_the_administrators(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as client:
        before = made_of_texts(client, {"text": RESUME})
        recruiter, gone, admin = new_key(settings), new_key(settings), new_key(settings, "admin")
        while client.get("/v1/batches").status_code == 200:
            pass
        client.headers.update(bearer(gone))
        left = made_of_texts(client, {"text": RESUME})
        client.headers.update(bearer(admin))
        assert client.get(f"/v1/batches/{left}").status_code == 404
        with Store(settings.database_url) as store:
            assert open_batches(store) == 1
            revoke_key(store, gone.split("_")[1])
        until(client, left)
        assert [one["id"] for one in client.get("/v1/batches").json()["batches"]] == [left, before]
        for batch in (before, left):
            refused = [
                client.request(method, f"/v1/batches/{batch}{path}", headers=bearer(recruiter)).status_code
                for method, path in (("GET", ""), ("GET", "/results"), ("DELETE", ""))
            ]
            assert refused == [404, 404, 404]
            assert len(results(client, batch)) == 1
            assert client.delete(f"/v1/batches/{batch}").status_code == 204
            assert client.get(f"/v1/batches/{batch}").status_code == 404
        assert client.get("/v1/batches", headers=bearer(recruiter)).json()["batches"] == []


def test_a_key_may_call_so_often_and_others_besides(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, requests_per_minute=3)
    one, other = new_key(settings), new_key(settings)
    with entered(create_app(settings)) as client:
        answers = [client.get("/v1/standards", headers=bearer(one)) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].json()["type"] == "/problems/too-many-requests"
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 21
        assert client.get("/v1/standards", headers=bearer(other)).status_code == 200
        assert client.get("/healthz").status_code == 200


def test_a_bucket_fills_again_as_time_goes_by() -> None:
    buckets = Buckets(per_minute=2)
    assert [buckets.take("甲", now) for now in (0, 0, 0, 15, 30, 30)] == [0, 0, 30, 15, 0, 30]
    assert [buckets.take("甲", now) for now in (1000, 1000, 1000)] == [0, 0, 30]
    assert buckets.take("乙", 1000) == 0
    assert {Buckets(0).take("甲", 0) for _ in range(1000)} == {0}
