"""``POST /v1/match``: one posting and some résumés → the résumés in the order of their fit."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from matcher import Matcher
from matcher.privacy import masked
from matcher.scoring.fit import fit_order
from tests.services import POSTING, RESUME, entered, settings_for

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
ASKED = SAMPLES / "postings" / "customer_service_planner.txt"
SHOWN = sorted((SAMPLES / "resumes").glob("*.txt"))


def texts(*resumes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A body for one posting and these résumés."""
    return {"posting": {"text": POSTING}, "resumes": list(resumes), **more}


def test_files_and_texts_are_ranked_as_the_library_ranks_them(client: TestClient, matcher: Matcher) -> None:
    contents = {path.name: path.read_text(encoding="utf-8") for path in SHOWN}
    asking = ASKED.read_text(encoding="utf-8")
    posting = matcher.score(asking, "posting")
    reports = {name: matcher.score(text, "resume") for name, text in contents.items()}
    best = sorted(
        reports, key=lambda name: (fit_order(matcher.match(posting, reports[name]), reports[name]), name)
    )

    files = [("posting", (ASKED.name, ASKED.read_bytes()))]
    files += [("resumes", (path.name, path.read_bytes())) for path in SHOWN]
    by_files = client.post("/v1/match", files=files)
    body = texts(*({"name": name, "text": text} for name, text in contents.items()))
    by_texts = client.post("/v1/match", json={**body, "posting": {"name": ASKED.name, "text": asking}})

    assert by_files.status_code == by_texts.status_code == 200
    assert by_files.json() == by_texts.json()
    found = by_files.json()
    assert found["posting"] == {"name": ASKED.name, "report": masked(posting, asking).to_dict()}
    assert [one["name"] for one in found["candidates"]] == best
    assert [one["rank"] for one in found["candidates"]] == list(range(1, len(best) + 1))
    assert [list(contents)[one["index"]] for one in found["candidates"]] == best
    first = found["candidates"][0]
    text = contents[first["name"]]
    assert first["report"] == masked(reports[first["name"]], text).to_dict()
    assert (
        first["fit"] == matcher.match(masked(posting, asking), masked(reports[first["name"]], text)).to_dict()
    )


def test_what_cannot_be_read_is_a_row(client: TestClient) -> None:
    files = [
        ("posting", ("職缺.txt", POSTING.encode())),
        ("resumes", ("a.pdf", b"%PDF-1.7 broken")),
        ("resumes", ("b.txt", RESUME.encode())),
        ("resumes", ("c.txt", b"")),
    ]
    answer = client.post("/v1/match", files=files)
    assert answer.status_code == 200
    ranked, *failed = answer.json()["candidates"]
    assert (ranked["index"], ranked["rank"]) == (1, 1)
    assert [(one["index"], one["name"], one["error"]["code"]) for one in failed] == [
        (0, "a.pdf", "malformed"),
        (2, "c.txt", "empty"),
    ]
    assert all("report" not in one and "rank" not in one for one in failed)


def test_a_posting_that_cannot_be_read_is_a_problem(client: TestClient) -> None:
    files = [("posting", ("a.pdf", b"%PDF-1.7 broken")), ("resumes", ("b.txt", RESUME.encode()))]
    answer = client.post("/v1/match", files=files)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/unreadable"
    assert [fault["field"] for fault in answer.json()["errors"]] == ["posting"]


def test_the_same_text_twice_has_one_rank(client: TestClient) -> None:
    answer = client.post(
        "/v1/match", json=texts({"text": "行政助理"}, {"text": RESUME}, {"text": f"• {RESUME}"})
    )
    rows = [(one["index"], one["rank"], one.get("duplicate_of")) for one in answer.json()["candidates"]]
    assert rows == [(1, 1, None), (2, 1, 1), (0, 2, None)]


def test_names_are_given_masked_and_unnamed_ones_are_numbered(client: TestClient) -> None:
    body = texts({"name": "0912-345-678.pdf", "text": RESUME}, {"text": "行政助理"})
    assert [one["name"] for one in client.post("/v1/match", json=body).json()["candidates"]] == [
        "●●●●-●●●-●●●.pdf",
        "履歷 2",
    ]
    body["masked"] = False
    assert client.post("/v1/match", json=body).json()["candidates"][0]["name"] == "0912-345-678.pdf"


def test_folders_in_names_are_left_out(client: TestClient) -> None:
    files = [
        ("posting", ("a.txt", POSTING.encode())),
        ("resumes", (r"C:\Users\x\..\甲.txt", RESUME.encode())),
    ]
    assert client.post("/v1/match", files=files).json()["candidates"][0]["name"] == "甲.txt"


def test_personal_data_is_masked_unless_it_is_wanted(client: TestClient) -> None:
    body = texts({"text": f"手機 0912-345-678 負責{RESUME}"})
    assert "0912" not in json.dumps(client.post("/v1/match", json=body).json())


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "posting"),
        ({"posting": {"text": POSTING}}, "resumes"),
        (texts(), "resumes"),
        (texts({"text": ""}), "resumes[0].text"),
        (texts({"text": RESUME}, {"name": "a"}), "resumes[1].text"),
        (texts({"text": RESUME, "kind": "resume"}), "resumes[0].kind"),
        (texts({"text": RESUME, "name": ""}), "resumes[0].name"),
        (texts({"text": RESUME, "name": 5}), "resumes[0].name"),
        (texts({"text": "\x1d"}), "resumes[0].text"),
        ({"posting": POSTING, "resumes": [{"text": RESUME}]}, "posting"),
        (texts({"text": RESUME}, kind="resume"), "kind"),
    ],
)
def test_a_wrong_field_is_named(client: TestClient, body: dict[str, Any], field: str) -> None:
    answer = client.post("/v1/match", json=body)
    assert answer.status_code == 422, answer.text
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (["posting"], "resumes"),
        (["resumes"], "posting"),
        (["posting", "resumes", "file"], "file"),
    ],
)
def test_a_form_has_both_sides(client: TestClient, fields: list[str], field: str) -> None:
    answer = client.post("/v1/match", files=[(name, ("a.txt", b"x")) for name in fields])
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


def test_a_query_is_refused(client: TestClient) -> None:
    assert client.post("/v1/match?masked=false", json=texts({"text": RESUME})).status_code == 422


def test_there_are_not_more_resumes_or_characters_than_allowed(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, files=2).model_copy(update={"max_characters": 100})
    with entered(create_app(settings)) as client:
        three = [{"text": "客服"}] * 3
        for answer in (
            client.post("/v1/match", json=texts(*three)),
            client.post(
                "/v1/match",
                files=[("posting", ("a.txt", b"x")), *[("resumes", ("a.txt", b"x"))] * 3],
            ),
        ):
            assert answer.status_code == 413
            assert "最多 2 份，收到 3 份" in answer.json()["detail"]
        many = [("posting", ("a.txt", b"x")), *[("resumes", ("a.txt", b"x"))] * 30]
        assert client.post("/v1/match", files=many).status_code == 413
        two_postings = [("posting", ("a.txt", b"x"))] * 2 + [("resumes", ("a.txt", b"x"))]
        assert client.post("/v1/match", files=two_postings).status_code == 422
        long = client.post("/v1/match", json=texts({"text": "客服"}, {"text": "字" * 101}))
        assert long.status_code == 413
        assert long.json()["errors"] == [{"field": "resumes[1].text", "message": "最多 100 字，收到 101 字"}]
        assert client.post("/v1/score", json={"text": "字" * 101}).status_code == 413
        file = client.post("/v1/score", files={"file": ("a.txt", "字".encode() * 101)})
        assert (file.status_code, file.json()["type"]) == (413, "/problems/too-large")
