"""``POST /v1/score``: texts, files and structured documents → the report."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from matcher import Matcher
from matcher.privacy import masked
from tests.services import CODE, POSTING, RESUME

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
PLANNER = SAMPLES / "resumes" / "planner.txt"
PHONE = "手機 0912-345-678"


def score(client: TestClient, query: str = "", **body: Any) -> Any:
    """The report for a JSON body."""
    answer = client.post(f"/v1/score{query}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_text_has_the_report_that_the_library_gives(client: TestClient, matcher: Matcher) -> None:
    text = PLANNER.read_text(encoding="utf-8")
    report = masked(matcher.score(text, "resume"), text)
    assert score(client, text=text) == report.to_dict()


def test_spans_are_places_in_the_text_as_it_was_sent(client: TestClient) -> None:
    text = f"\ufeff  {RESUME}\r\n\r\n\r\n{RESUME[:20]}"
    found = [evidence for item in score(client, text=text)["items"] for evidence in item["evidence"]]
    assert found
    assert [one for one in found if text[one["start"] : one["end"]] != one["quote"]] == []


@pytest.mark.parametrize("kind", ["resume", "posting"])
def test_the_kind_is_as_asked(client: TestClient, kind: str) -> None:
    assert score(client, text=POSTING, kind=kind)["kind"] == kind


def test_a_text_of_no_kind_is_a_resume(client: TestClient) -> None:
    assert score(client, text=POSTING)["kind"] == "resume"
    assert score(client, text=POSTING, kind=None)["kind"] == "resume"


def test_personal_data_is_masked_unless_it_is_wanted(client: TestClient) -> None:
    text = f"{PHONE}，{RESUME}"
    assert "0912" not in json.dumps(score(client, text=text))
    assert "0912" not in json.dumps(score(client, text=text, masked=True))
    sent = score(client, text=text, masked=False)
    assert sent["items"] == score(client, "?masked=false", text=text)["items"]


def test_the_body_wins_over_the_query(client: TestClient) -> None:
    assert score(client, "?kind=posting", text=RESUME, kind="resume")["kind"] == "resume"
    assert score(client, "?kind=posting", text=RESUME)["kind"] == "posting"


def test_a_file_is_read(client: TestClient) -> None:
    content = PLANNER.read_bytes()
    answer = client.post("/v1/score", files={"file": ("王小明.txt", content)}, data={"kind": "resume"})
    assert answer.status_code == 200
    assert answer.json()["items"] == score(client, text=content.decode())["items"]


def test_a_file_may_be_in_an_archive_of_its_own(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("履歷.txt", RESUME)
    answer = client.post("/v1/score", files={"file": ("a.zip", packed.getvalue())})
    assert answer.status_code == 200
    assert answer.json()["items"] == score(client, text=RESUME)["items"]


def test_a_form_has_the_options_of_json(client: TestClient) -> None:
    file = {"file": ("a.txt", f"{PHONE}\n{POSTING}".encode())}
    data = {"kind": "posting", "standard": CODE, "masked": "false"}
    answer = client.post("/v1/score", files=file, data=data)
    assert answer.status_code == 200
    assert answer.json()["kind"] == "posting"


JSON_RESUME = {"basics": {"name": "王小明"}, "work": [{"position": "客服專員", "highlights": [RESUME]}]}
JOB_POSTING = {"@type": "JobPosting", "title": "客服企劃", "description": POSTING}


@pytest.mark.parametrize(
    ("document", "media_type", "kind"),
    [
        (JSON_RESUME, "application/json", "resume"),
        (JSON_RESUME, "application/ld+json", "resume"),
        (JOB_POSTING, "application/json", "posting"),
        (JOB_POSTING, "application/ld+json", "posting"),
        ({"@graph": [JOB_POSTING]}, "application/json; charset=utf-8", "posting"),
    ],
)
def test_a_structured_document_says_of_what_kind_it_is(
    client: TestClient, document: dict[str, Any], media_type: str, kind: str
) -> None:
    content = json.dumps(document)
    answer = client.post("/v1/score", content=content, headers={"Content-Type": media_type})
    assert answer.status_code == 200, answer.text
    assert answer.json()["kind"] == kind
    assert any(item["status"] != "absent" for item in answer.json()["items"])
    asked = client.post("/v1/score?kind=resume", content=content, headers={"Content-Type": media_type})
    assert asked.json()["kind"] == "resume"


def test_a_page_for_people_stands_alone(client: TestClient) -> None:
    answer = client.post("/v1/score?format=html", json={"text": f"{PHONE}，{RESUME}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "客訴" in answer.text
    assert "0912" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_the_same_text_gives_the_same_bytes(client: TestClient) -> None:
    first, second = (client.post("/v1/score", json={"text": RESUME}).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "text", ["\x00" * 10 + RESUME, "😀" * 100, "a\u200b" * 50, "\u202e" + RESUME, "。" * 5000]
)
def test_odd_texts_have_a_report(client: TestClient, text: str) -> None:
    assert len(score(client, text=text)["items"]) == 42


INVALID = [
    ({}, "text", "這個欄位必填"),
    ({"text": ""}, "text", "最少 1 個字"),
    ({"text": " \n\u3000"}, "text", "要有文字，不能只有空白"),
    ({"text": "\x1c"}, "text", "要有文字，不能只有空白"),
    ({"text": 5}, "text", "要是文字"),
    ({"text": ["a"]}, "text", "要是文字"),
    ({"text": RESUME, "kind": "cv"}, "kind", "只能是其中一個"),
    ({"text": RESUME, "masked": "true"}, "masked", "只能是其中一個"),
    ({"text": RESUME, "standard": ""}, "standard", "最少 1 個字"),
    ({"text": RESUME, "standard": "x" * 65}, "standard", "最多 64 個字"),
    ({"text": RESUME, "more": 1}, "more", "沒有這個欄位"),
    ([RESUME], "", "要是物件"),
    (RESUME, "", "要是物件"),
]


@pytest.mark.parametrize(("body", "field", "message"), INVALID)
def test_a_wrong_field_is_named(client: TestClient, body: Any, field: str, message: str) -> None:
    answer = client.post("/v1/score", json=body)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["field"], fault["message"]) == (field, message)
    assert RESUME not in answer.text


def test_unknown_fields_are_told_with_those_there_are_and_those_that_lack(client: TestClient) -> None:
    fields = ["text", "kind", "standard", "masked"]
    unknown = {"message": "沒有這個欄位", "allowed": fields}
    body = {"txt": RESUME, "王小明": 1, "masked": True}
    assert client.post("/v1/score", json=body).json()["errors"] == [
        {"field": "txt", **unknown},
        {"field": "", **unknown},
        {"field": "text", "message": "這個欄位必填"},
    ]


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ({"kind": "cv"}, "cv"),
        ({"kind": "王小明"}, "文字"),
        ({"kind": RESUME}, "文字"),
        ({"masked": "true"}, "文字"),
    ],
)
def test_a_short_option_is_told_and_nothing_else(
    client: TestClient, sent: dict[str, str], received: str
) -> None:
    answer = client.post("/v1/score", json={"text": RESUME, **sent})
    assert answer.json()["errors"][0]["received"] == received
    assert RESUME not in answer.text


@pytest.mark.parametrize(
    ("media_type", "received"),
    [
        ("Text/Plain; charset=x", "text/plain"),
        ("a/\tb", "a/?b"),
        ("x/" + "y" * 99, "x/" + "y" * 78),
        ("", None),
    ],
)
def test_the_media_type_that_came_is_told(client: TestClient, media_type: str, received: str | None) -> None:
    answer = client.post("/v1/score", content=b"x", headers={"Content-Type": media_type})
    assert answer.status_code == 415
    assert answer.json()["errors"][0].get("received") == received


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"text":NaN}', 400),
        (b'{"text":"\\ud800"}', 400),
        (b'{"text":"\xff"}', 400),
        ('{"text":"客服"}'.encode("big5"), 400),
        (b'{"text":"a"} more', 400),
        (b'{"basics":' + b"[" * 200_000, 422),
        (b'{"basics":' + b"[" * 200_000 + b"]" * 200_000 + b"}", 422),
        (b"[" * 200_000, 422),
        (b'{"text":' + b"[" * 200_000, 422),
        (b'{"text":' + b"9" * 200_000 + b"}", 422),
        (b'{"work":' + b"9" * 200_000 + b"}", 422),
        (b'{"work":NaN}', 422),
        (b'{"text":5,"text":"' + RESUME.encode() + b'"}', 422),
    ],
)
def test_broken_json_is_the_clients_fault(client: TestClient, content: bytes, status: int) -> None:
    answer = client.post("/v1/score", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("name", "content", "status", "kind", "code"),
    [
        ("a.txt", b"", 422, "unreadable", "empty"),
        ("a.bin", b"\x00\x01\x02\xfe" * 50, 415, "unsupported-media-type", "unsupported"),
        ("a.pdf", b"%PDF-1.7 broken", 422, "unreadable", "malformed"),
        ("a.json", b'{"basics": 5}', 422, "unreadable", "malformed"),
    ],
)
def test_an_unreadable_file_is_never_a_score(
    client: TestClient, name: str, content: bytes, status: int, kind: str, code: str
) -> None:
    answer = client.post("/v1/score", files={"file": (name, content)})
    assert answer.status_code == status, answer.text
    assert answer.json()["type"] == f"/problems/{kind}"
    assert answer.json()["code"] == code


@pytest.mark.parametrize(
    ("files", "data", "field"),
    [
        ({"wrong": ("a.txt", b"x")}, {}, "wrong"),
        ({"file": ("a.txt", b"x")}, {"kind": "cv"}, "kind"),
        ({"file": ("a.txt", b"x")}, {"masked": "1"}, "masked"),
        ({"file": ("a.txt", b"x")}, {"masked": "null"}, "masked"),
        ({"file": ("a.txt", b"x")}, {"more": "1"}, "more"),
        ({"file": ("a.txt", b"x")}, {"kind": ["resume", "resume"]}, "kind"),
        ({"other": (None, b"x")}, {}, "file"),
        ({"file": (None, b"x")}, {}, "file"),
    ],
)
def test_a_wrong_form_is_named(
    client: TestClient, files: dict[str, Any], data: dict[str, Any], field: str
) -> None:
    answer = client.post("/v1/score", files=files, data=data)
    assert answer.status_code == 422, answer.text
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("content", [RESUME, "[]", "5", '{"a": 1}', "<p>客服</p>", '{"@type": "Person"}'])
def test_a_body_that_calls_itself_a_posting_is_one(client: TestClient, content: str) -> None:
    headers = {"Content-Type": "application/ld+json"}
    answer = client.post("/v1/score", content=content.encode(), headers=headers)
    assert answer.status_code in (415, 422)


def test_only_one_file_is_scored(client: TestClient) -> None:
    files = [("file", (f"{number}.txt", b"x")) for number in range(2)]
    answer = client.post("/v1/score", files=files)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "file", "message": "只能有一個檔案，收到 2 個"}]
    assert client.post("/v1/score", files=files * 20).status_code == 422


@pytest.mark.parametrize(
    ("media_type", "content", "status"),
    [
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=a", b"no form at all", 400),
        ("multipart/form-data; boundary=a", b"--a\r\nX: y\r\n\r\nz\r\n--a--\r\n", 400),
        ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="file"\r\n', 422),
        ("multipart/form-data; boundary=a; charset=idna", b"--a--\r\n", 415),
        ("multipart/form-data; boundary=" + "a" * 5000, b"", 400),
        ("text/plain", b"x", 415),
        ("application/pdf", b"%PDF-1.7", 415),
        ("application/x-www-form-urlencoded", b"text=x", 415),
        ("", b"{}", 415),
        ("application/json;" * 50, b"{}", 422),
    ],
)
def test_other_bodies_are_refused(client: TestClient, media_type: str, content: bytes, status: int) -> None:
    answer = client.post("/v1/score", content=content, headers={"Content-Type": media_type})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query", ["?format=pdf", "?masked=1", "?kind=", "?nix=1", "?format=json&format=json", "?%00=%00"]
)
def test_a_wrong_query_is_refused(client: TestClient, query: str) -> None:
    assert client.post(f"/v1/score{query}", json={"text": RESUME}).status_code == 422


@pytest.mark.parametrize("code", ["X", "\x00", "../x", "字" * 64])
def test_an_unknown_standard_is_told_with_those_there_are(client: TestClient, code: str) -> None:
    answer = client.post("/v1/score", json={"text": RESUME, "standard": code})
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/unknown-standard"
    assert CODE in answer.json()["errors"][0]["allowed"]
    assert client.post("/v1/score", params={"standard": code}, json={"text": RESUME}).status_code == 404
