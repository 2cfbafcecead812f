"""``/v1/standards``: shipped ones, and published documents that an administrator imports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from matcher.icap import parse_text
from matcher.standard import Standard, load_standard
from tests.services import CODE, RESUME, entered, settings_for

DOCUMENT = (Path(__file__).parent.parent / "data" / "standards" / f"{CODE}.txt").read_text(encoding="utf-8")
OTHER_CODE = "ABC1234-001v1"
OTHER = DOCUMENT.replace(CODE, OTHER_CODE).replace("簡報能力", "簡報與提案能力")


@pytest.fixture
def admin(tmp_path: Path) -> Iterator[TestClient]:
    """A client of a new service without keys, who may do everything."""
    with entered(create_app(settings_for(tmp_path))) as client:
        yield client


def test_the_shipped_standards_are_listed(client: TestClient) -> None:
    answer = client.get("/v1/standards")
    assert answer.status_code == 200
    assert answer.json()["standards"] == [
        {
            "code": CODE,
            "name": "客戶服務企劃人員",
            "levels": [3, 4],
            "tasks": 5,
            "items": 42,
            "origin": "shipped",
        }
    ]


def test_a_standard_is_given_whole(client: TestClient, bas2421: Standard) -> None:
    assert client.get(f"/v1/standards/{CODE}").json() == bas2421.to_dict()


@pytest.mark.parametrize("code", ["X", "%00", "..%2Fx", "字"])
def test_an_unknown_code_is_told(client: TestClient, code: str) -> None:
    answer = client.get(f"/v1/standards/{code}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("as_file", [True, False])
def test_a_published_document_is_imported_and_scores(admin: TestClient, as_file: bool) -> None:
    sent = {"files": {"file": ("a.txt", OTHER.encode())}} if as_file else {"json": {"text": OTHER}}
    answer = admin.post("/v1/standards", **sent)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/standards/{OTHER_CODE}"
    assert answer.json()["origin"] == "imported"
    assert admin.get(answer.headers["location"]).json() == parse_text(OTHER).to_dict()
    assert [one["code"] for one in admin.get("/v1/standards").json()["standards"]] == [OTHER_CODE, CODE]
    report = admin.post("/v1/score", json={"text": RESUME, "standard": OTHER_CODE})
    assert report.json()["standard"]["code"] == OTHER_CODE
    assert "簡報與提案能力" in [item["text"] for item in report.json()["items"]]


def test_the_same_again_changes_nothing_and_another_is_a_conflict(admin: TestClient) -> None:
    statuses = [
        admin.post("/v1/standards", json={"text": text}).status_code
        for text in (OTHER, OTHER, OTHER.replace("簡報與提案能力", "提案能力"), OTHER)
    ]
    assert statuses == [201, 200, 409, 200]
    conflict = admin.post("/v1/standards", json={"text": DOCUMENT.replace("簡報能力", "提案能力")})
    assert (conflict.status_code, conflict.json()["type"]) == (409, "/problems/conflict")
    assert admin.post("/v1/standards", json={"text": DOCUMENT}).status_code == 200
    assert admin.get(f"/v1/standards/{CODE}").json() == load_standard(CODE).to_dict()


def test_other_processes_have_it_at_once(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as one, entered(create_app(settings)) as other:
        assert other.get(f"/v1/standards/{OTHER_CODE}").status_code == 404
        assert one.post("/v1/standards", json={"text": OTHER}).status_code == 201
        assert other.get(f"/v1/standards/{OTHER_CODE}").status_code == 200
        body = {"posting": {"text": RESUME}, "resumes": [{"text": RESUME}], "standard": OTHER_CODE}
        assert other.post("/v1/match", json=body).status_code == 200
        assert other.post("/v1/standards", json={"text": OTHER}).status_code == 200


@pytest.mark.parametrize("text", ["客服", DOCUMENT[:500], DOCUMENT.replace("P2.2.5", "P2.2.4"), "\x00"])
def test_what_is_no_standard_is_told(admin: TestClient, text: str) -> None:
    answer = admin.post("/v1/standards", json={"text": text})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-a-standard")
    assert [one["code"] for one in admin.get("/v1/standards").json()["standards"]] == [CODE]


def test_odd_characters_in_a_standard_do_no_harm(admin: TestClient) -> None:
    odd = OTHER.replace("簡報與提案能力", "簡報\x00\u202e能力")
    assert admin.post("/v1/standards", json={"text": odd}).status_code == 201
    assert admin.get(f"/v1/standards/{OTHER_CODE}").json() == parse_text(odd).to_dict()
    assert admin.post("/v1/standards", json={"text": odd}).status_code == 200


def test_a_file_is_utf8(admin: TestClient) -> None:
    answer = admin.post("/v1/standards", files={"file": ("a.txt", OTHER.encode("utf-16"))})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")
    with_mark = admin.post("/v1/standards", files={"file": ("a.txt", OTHER.encode("utf-8-sig"))})
    assert with_mark.status_code == 201


@pytest.mark.parametrize(("body", "status"), [(b"{}", 422), (b"{", 400), (b'{"text":"a","x":1}', 422)])
def test_a_wrong_body_is_refused(admin: TestClient, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    assert admin.post("/v1/standards", content=body, headers=headers).status_code == status
    assert admin.post("/v1/standards", content=body, headers={"Content-Type": "x/y"}).status_code == 415
