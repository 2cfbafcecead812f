"""The service itself: whether it lives, what surrounds every answer, and its pages."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.app import create_app
from api.problems import KINDS
from api.service import Service
from matcher import __version__
from tests.services import RESUME, entered, served, settings_for

ROOT = Path(__file__).parent.parent


def test_it_lives_is_ready_and_says_its_version(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    assert client.get("/v1/version").json() == {"name": "icap-matcher", "version": __version__, "api": "v1"}


def test_it_is_not_ready_without_its_store_and_lives_on(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    with entered(app) as client:
        service: Service = app.state.service
        with service.store.writing() as session:
            session.execute(text("DROP TABLE api_key"))
        answer = client.get("/v1/standards")
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-unavailable")
        assert answer.headers["retry-after"]
        assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_while_its_processes_do_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.work._ALIVE", 1e-9)
    with entered(create_app(settings_for(tmp_path))) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready")
        assert client.get("/healthz").status_code == 200


def test_every_answer_has_the_headers_that_protect_it(client: TestClient) -> None:
    for answer in (
        client.get("/healthz"),
        client.get("/nix"),
        client.post("/v1/score", json={"text": RESUME}),
        client.post("/v1/score", json={}),
        client.get("/metrics"),
    ):
        headers = answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
        assert "server" not in headers


@pytest.mark.parametrize("sent", ["a", "Abc-123_x.y", "0" * 64])
def test_a_request_id_comes_back(client: TestClient, sent: str) -> None:
    answer = client.get("/nix", headers={"X-Request-Id": sent})
    assert (answer.headers["x-request-id"], answer.json()["request_id"]) == (sent, sent)


@pytest.mark.parametrize("sent", ["", "a b", "0" * 65, "a/b", '"', "é".encode("latin-1")])
def test_a_request_id_that_could_do_harm_is_replaced(client: TestClient, sent: str) -> None:
    answer = client.get("/nix", headers={"X-Request-Id": sent})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/v1", 404, "not-found"),
        ("GET", "/v1/score/", 404, "not-found"),
        ("GET", "/v1/" + "x" * 5000, 404, "not-found"),
        ("GET", "/字", 404, "not-found"),
        ("GET", "/docs/nix.js", 404, "not-found"),
        ("GET", "/docs/..%2f..%2fpyproject.toml", 404, "not-found"),
        ("DELETE", "/v1/score", 405, "method-not-allowed"),
        ("HEAD", "/v1/score", 405, ""),
        ("OPTIONS", "/v1/score", 405, "method-not-allowed"),
        ("TRACE", "/v1/score", 405, "method-not-allowed"),
        ("NIX", "/v1/score", 405, "method-not-allowed"),
    ],
)
def test_what_the_framework_refuses_has_the_same_shape(
    client: TestClient, method: str, path: str, status: int, kind: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    if status == 405:
        assert answer.headers["allow"] == "POST"
    if kind:
        problem = answer.json()
        assert problem["type"] == f"/problems/{kind}"
        assert problem["status"] == status
        assert len(problem["instance"]) <= 200


def test_head_is_answered_as_get_is_without_a_body(tmp_path: Path) -> None:
    with served(settings_for(tmp_path)) as server, server.client() as client:
        for path in ("/healthz", "/readyz", "/v1/version", "/docs", "/docs/swagger-ui.css", "/openapi.json"):
            got, asked = client.get(path), client.head(path)
            assert (asked.status_code, asked.content) == (200, b"")
            for name in ("content-type", "content-length"):
                assert asked.headers[name] == got.headers[name]


def test_the_documentation_is_found_with_a_slash_too(client: TestClient) -> None:
    answer = client.get("/docs/")
    assert (answer.url.path, answer.status_code) == ("/docs", 200)


def test_all_methods_of_a_path_are_told(client: TestClient) -> None:
    assert client.put("/v1/standards").headers["allow"] == "GET, POST"


def test_a_fault_of_the_program_is_a_problem_and_tells_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> None:
        raise ValueError("geheim: " + RESUME)

    monkeypatch.setattr("api.routes.score.document_of", break_down)
    answer = client.post("/v1/score", json={"text": RESUME})
    assert answer.status_code == 500
    problem = answer.json()
    assert (problem["type"], problem["request_id"]) == ("/problems/internal", answer.headers["x-request-id"])
    assert "geheim" not in answer.text
    assert [record.name for record in caplog.records if record.levelname == "ERROR"] == ["api.errors"]


def test_the_documentation_needs_no_other_host(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    loaded = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert loaded
    for path in loaded:
        assert not path.startswith(("http", "//"))
        assert client.get(f"/{path}").status_code == 200
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_metrics_count_by_route_and_outcome(tmp_path: Path) -> None:
    with entered(create_app(settings_for(tmp_path))) as client:
        client.post("/v1/score", json={"text": RESUME})
        client.post("/v1/score", files={"file": ("a.pdf", b"%PDF-1.7 broken")})
        client.get("/nix/one")
        client.request("NIX", "/nix/two")
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    for line in (
        'matcher_requests_total{method="POST",route="/v1/score",status="200"} 1.0',
        'matcher_requests_total{method="POST",route="/v1/score",status="422"} 1.0',
        'matcher_requests_total{method="GET",route="(none)",status="404"} 1.0',
        'matcher_requests_total{method="(other)",route="(none)",status="404"} 1.0',
        'matcher_documents_total{outcome="scored"} 1.0',
        'matcher_documents_total{outcome="malformed"} 1.0',
        "matcher_requests_inside 0.0",
    ):
        assert line in lines
    assert "/nix" not in answer.text


def test_every_kind_of_problem_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"| `{kind.uri}` | {kind.status} | {kind.title} |" not in text] == []
