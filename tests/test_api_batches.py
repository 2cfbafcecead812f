"""``/v1/batches``: scored in the background, looked at by the key that sent it alone, and erased for good."""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy import func, select, update

from api.logs import JsonLines
from api.service import Service
from api.store.tables import BatchRow, EntryRow, FileRow
from matcher.settings import Settings
from tests.batches import Client, look, made, made_of_texts, page, results, resumes, send, until, zipped
from tests.services import CODE, POSTING, RESUME, Served, bearer, new_key, served, settings_for

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
ASKED = ("職缺.txt", (SAMPLES / "postings" / "customer_service_planner.txt").read_bytes())
SHOWN = [(path.name, path.read_bytes()) for path in sorted((SAMPLES / "resumes").glob("*.txt"))]
PARTS = ("", "/files", "/events", "/results", "/results?format=csv")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("batches"), requests_per_minute=0)


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Served]:
    new_key(settings, "admin")
    with served(settings) as one:
        yield one


@pytest.fixture(scope="module")
def one(server: Served, settings: Settings) -> Iterator[httpx.Client]:
    """A client with a key."""
    with server.client(headers=bearer(new_key(settings))) as client:
        yield client


@pytest.fixture(scope="module")
def other(server: Served, settings: Settings) -> Iterator[httpx.Client]:
    """A client with another key."""
    with server.client(headers=bearer(new_key(settings, "admin"))) as client:
        yield client


def service_of(server: Served) -> Service:
    service: Service = server.app.state.service
    return service


def failures(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["name"], row["error"]["code"]) for row in rows if "error" in row]


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


def test_files_are_scored_and_ranked_as_match_does_it(one: httpx.Client) -> None:
    files = [("posting", ASKED), *(("resumes", file) for file in SHOWN)]
    at_once = one.post("/v1/match", files=files).json()
    answer = send(one, *SHOWN, posting=ASKED)
    assert answer.status_code == 202
    batch = answer.json()
    assert answer.headers["location"] == f"/v1/batches/{batch['id']}"
    assert (batch["files"], batch["posting"], batch["standard"]) == (len(SHOWN), "職缺.txt", CODE)
    rows = results(one, batch["id"])
    found = page(one, batch["id"], most=100)
    assert rows == at_once["candidates"]
    assert found["posting"] == at_once["posting"]
    assert (found["complete"], found["total"], found["next"]) == (True, len(SHOWN), None)


def test_texts_are_scored_as_match_does_it(one: httpx.Client) -> None:
    body = {
        "posting": {"name": "客服企劃", "text": POSTING},
        "resumes": [{"text": RESUME}, {"name": "乙", "text": "<html>行政助理\r\n\r\n\r\n會計"}],
    }
    batch = made_of_texts(one, *body["resumes"], posting=body["posting"])  # type: ignore[arg-type]
    assert results(one, batch) == one.post("/v1/match", json=body).json()["candidates"]


def test_without_a_posting_there_is_no_fit(one: httpx.Client) -> None:
    batch = made_of_texts(one, {"text": "行政助理"}, {"text": RESUME})
    rows = results(one, batch)
    assert [row["index"] for row in rows] == [1, 0]
    assert not any("fit" in row for row in rows)
    assert page(one, batch)["posting"] is None


def test_every_file_in_a_zip_is_a_file(one: httpx.Client) -> None:
    inner = zipped({"丙.txt": f"丙。{RESUME}".encode(), "丁.txt": b""})
    files = {
        "履歷/甲.txt": f"甲。{RESUME}".encode(),
        "乙.txt": f"乙。{RESUME}".encode(),
        "空.txt": b"",
        "裡面.zip": inner,
        "__MACOSX/._甲.txt": b"x",
        "../外面.txt": RESUME.encode(),
    }
    batch = made(one, ("全部.zip", zipped(files)))
    assert look(one, batch)["files"] == 5
    rows = results(one, batch)
    assert sorted(names(rows)) == sorted(
        ["履歷/甲.txt", "乙.txt", "空.txt", "裡面.zip/丙.txt", "裡面.zip/丁.txt", "../外面.txt"]
    )
    assert failures(rows) == [
        ("../外面.txt", "unsafe_archive"),
        ("空.txt", "empty"),
        ("裡面.zip/丁.txt", "empty"),
    ]


def test_a_zip_among_other_files_comes_before_the_names_in_it(one: httpx.Client) -> None:
    batch = made(one, ("一.zip", zipped({"甲.txt": b"x"})), ("乙.txt", RESUME.encode()))
    rows = one.get(f"/v1/batches/{batch}/files").json()["files"]
    assert names(rows) == ["一.zip/甲.txt", "乙.txt"]


def test_files_of_the_same_name_are_told_apart(one: httpx.Client) -> None:
    batch = made(one, *(("履歷.txt", f"{number} {RESUME}".encode()) for number in range(3)))
    rows = one.get(f"/v1/batches/{batch}/files").json()["files"]
    assert names(rows) == ["履歷.txt", "履歷（2）.txt", "履歷（3）.txt"]
    assert [row["index"] for row in rows] == [0, 1, 2]


def test_what_cannot_be_read_is_a_row(one: httpx.Client) -> None:
    docx = zipped({"[Content_Types].xml": b"<x/>"})
    batch = made(
        one,
        ("a.pdf", b"%PDF-1.7 broken"),
        ("b.txt", RESUME.encode()),
        ("c.txt", b""),
        ("d.zip", zipped({})),
        ("e.zip", b"PK\x03\x04 broken"),
        ("f.docx", docx),
        ("g.zip", zipped({"資料夾/": b""})),
    )
    rows = results(one, batch)
    assert names(rows)[0] == "b.txt"
    assert failures(rows) == [
        ("a.pdf", "malformed"),
        ("c.txt", "empty"),
        ("d.zip", "empty"),
        ("e.zip", "malformed"),
        ("f.docx", "malformed"),
        ("g.zip", "empty"),
    ]
    assert all(row["error"]["message"] for row in rows[1:])
    told = {row["name"]: row["error"] for row in one.get(f"/v1/batches/{batch}/files").json()["files"]}
    assert told["b.txt"] is None
    assert told["a.pdf"] == rows[1]["error"]
    assert look(one, batch)["failed"] == 6


def test_the_same_text_twice_has_one_rank(one: httpx.Client) -> None:
    batch = made(one, ("a.txt", "行政助理".encode()), ("b.txt", RESUME.encode()), ("c.md", RESUME.encode()))
    rows = [(row["index"], row["rank"], row.get("duplicate_of")) for row in results(one, batch)]
    assert rows == [(1, 1, None), (2, 1, 1), (0, 2, None)]


JUNK = [".DS_Store", "Thumbs.db", "desktop.ini", "~$履歷.docx", ".履歷.txt"]


def test_what_programs_left_for_themselves_is_passed_over_and_counted(one: httpx.Client) -> None:
    junk = [(name, RESUME.encode()) for name in JUNK]
    packed = zipped({"甲.txt": RESUME.encode(), "__MACOSX/._甲.txt": b"x", ".DS_Store": b"x"})
    batch = made(one, *junk, ("乙.txt", RESUME.encode()), ("all.zip", packed))
    found = until(one, batch)
    assert (found["files"], found["skipped"]) == (2, len(JUNK) + 2)
    assert {row["name"] for row in results(one, batch)} == {"乙.txt", "all.zip/甲.txt"}
    refused = send(one, *junk)
    assert refused.status_code == 422
    fault = {"field": "resumes", "message": "只有系統檔、隱藏檔或暫存鎖定檔，沒有履歷"}
    assert refused.json()["errors"] == [fault]
    assert look(one, made_of_texts(one, {"name": ".甲", "text": RESUME}))["skipped"] == 0


@pytest.mark.parametrize(
    ("posting", "status", "kind"),
    [
        (("a.pdf", b"%PDF-1.7 broken"), 422, "unreadable"),
        (("a.txt", b""), 422, "unreadable"),
        (("a.zip", zipped({"a": b"x", "b": b"y"})), 415, "unsupported-media-type"),
    ],
)
def test_a_posting_that_cannot_be_read_makes_no_batch(
    one: httpx.Client, posting: tuple[str, bytes], status: int, kind: str
) -> None:
    before = [found["id"] for found in one.get("/v1/batches").json()["batches"]]
    answer = send(one, ("b.txt", RESUME.encode()), posting=posting)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")
    assert [fault["field"] for fault in answer.json()["errors"]] == ["posting"]
    assert [found["id"] for found in one.get("/v1/batches").json()["batches"]] == before


@pytest.mark.parametrize("masked", [None, True, False])
def test_personal_data_is_kept_only_where_it_is_wanted(
    server: Served, one: httpx.Client, masked: bool | None
) -> None:
    text = f"手機 0912-345-678 負責{RESUME}"
    more = {} if masked is None else {"masked": masked}
    posting = {"name": "0922-333-444", "text": text}
    batch = made_of_texts(one, {"name": "0933-444-555", "text": text}, posting=posting, **more)
    shown = json.dumps([results(one, batch), page(one, batch), look(one, batch)])
    shown += one.get(f"/v1/batches/{batch}/results?format=html").text
    for number in ("0912", "0922", "0933"):
        assert (number in shown) == (masked is False)
    assert page(one, batch)["batch"]["masked"] is (masked is not False)
    with service_of(server).store.reading() as session:
        (name,) = session.scalars(select(FileRow.name).where(FileRow.batch == batch))
    assert ("0933" in name) == (masked is False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "resumes"),
        ({"resumes": []}, "resumes"),
        ({"resumes": [{"text": ""}]}, "resumes[0].text"),
        ({"resumes": [{"text": RESUME}, {"text": "\x1d"}]}, "resumes[1].text"),
        ({"resumes": [{"text": RESUME}], "posting": {"text": "\x1d"}}, "posting.text"),
        ({"resumes": [{"text": RESUME}], "posting": POSTING}, "posting"),
        ({"resumes": [{"text": RESUME, "kind": "resume"}]}, "resumes[0].kind"),
        ({"resumes": [{"text": RESUME}], "masked": "no"}, "masked"),
        ({"resumes": [{"text": RESUME}], "top": 3}, "top"),
    ],
)
def test_a_wrong_field_is_named(one: httpx.Client, body: dict[str, Any], field: str) -> None:
    answer = one.post("/v1/batches", json=body)
    assert answer.status_code == 422, answer.text
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        (["posting"], 422, "resumes"),
        (["resumes", "file"], 422, "file"),
        (["resumes", "posting", "posting"], 422, "posting"),
    ],
)
def test_a_form_has_its_files_in_their_fields(
    one: httpx.Client, sent: list[str], status: int, field: str
) -> None:
    answer = one.post("/v1/batches", files=[(name, ("a.txt", b"x")) for name in sent])
    assert answer.status_code == status
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("most=999999999999999999999", {"message": "最大 100", "received": "999999999999999999999"}),
        ("most=1000", {"message": "最大 100", "received": "1000"}),
        (f"most=-{'9' * 9_000}", {"message": "最小 1", "received": "文字"}),
        ("most=1.5", {"message": "要是整數", "received": "1.5"}),
        (f"most={'0' * 50}101", {"message": "最大 100", "received": "文字"}),
    ],
)
def test_a_number_out_of_bounds_is_told_with_the_bound(
    one: httpx.Client, query: str, fault: dict[str, str]
) -> None:
    answer = one.get(f"/v1/batches?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "most", **fault}]


def test_what_is_no_batch_is_refused(one: httpx.Client) -> None:
    body = {"resumes": [{"text": RESUME}]}
    assert one.post("/v1/batches?masked=false", json=body).status_code == 422
    assert one.post("/v1/batches", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert one.post("/v1/batches", json={**body, "standard": "x"}).status_code == 404
    assert one.post("/v1/batches", files={"posting": ("a", b"x")}, data={"nix": "1"}).status_code == 422


def with_name(client: Client, name: str, text: str = RESUME, **more: Any) -> httpx.Response:
    body = {"resumes": [{"text": text}], **more}
    answer: httpx.Response = client.post("/v1/batches", json=body, headers={"Idempotency-Key": name})
    return answer


def test_the_same_request_again_is_the_same_batch(one: httpx.Client, other: httpx.Client) -> None:
    first = with_name(one, "a")
    again = with_name(one, "a")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["location"] == first.headers["location"]
    for more in ({"text": "別的"}, {"masked": False}, {"posting": {"text": POSTING}}):
        refused = with_name(one, "a", **more)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/idempotency-conflict")
    assert with_name(one, "b").json()["id"] != first.json()["id"]
    assert with_name(other, "a").json()["id"] != first.json()["id"]
    one.delete(first.headers["location"])
    assert with_name(one, "a", "別的").status_code == 202


def test_the_same_files_again_are_the_same_batch(one: httpx.Client) -> None:
    def sent(*files: tuple[str, bytes]) -> httpx.Response:
        headers = {"Idempotency-Key": "files"}
        return one.post("/v1/batches", files=[("resumes", file) for file in files], headers=headers)

    packed = zipped({"甲.txt": RESUME.encode()})
    first = sent(("a.zip", packed), *SHOWN)
    assert sent(("a.zip", packed), *SHOWN).json()["id"] == first.json()["id"]
    assert sent(*SHOWN, ("a.zip", packed)).status_code == 409
    assert sent(("b.zip", packed), *SHOWN).status_code == 409


def test_the_same_request_many_times_at_once_makes_one_batch(one: httpx.Client) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: with_name(one, "at-once"), range(6)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_the_name_of_a_batch_that_expired_is_free(server: Served, one: httpx.Client) -> None:
    first = with_name(one, "expired").json()["id"]
    expire(server, first)
    assert with_name(one, "expired", "別的").status_code == 202


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "é".encode()])
def test_a_name_of_a_request_is_short_and_plain(one: httpx.Client, name: str | bytes) -> None:
    body = {"resumes": [{"text": RESUME}]}
    sent = name if isinstance(name, bytes) else name.encode()
    answer = one.post("/v1/batches", json=body, headers={b"Idempotency-Key": sent})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_to_another_key_there_is_no_batch(one: httpx.Client, other: httpx.Client) -> None:
    batch = made(one, *SHOWN)
    for part in PARTS:
        answer = other.get(f"/v1/batches/{batch}{part}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-batch")
    assert other.delete(f"/v1/batches/{batch}").status_code == 404
    assert batch not in other.get("/v1/batches").text
    assert len(results(one, batch)) == len(SHOWN)


@pytest.mark.parametrize("batch", ["x", "0" * 32, "0" * 31 + "%00", "字", "%2e%2e", "A" * 32])
def test_there_are_no_other_batches(one: httpx.Client, batch: str) -> None:
    for part in PARTS:
        assert one.get(f"/v1/batches/{batch}{part}").status_code == 404
    assert one.delete(f"/v1/batches/{batch}").status_code == 404


def test_the_newest_batches_come_first(server: Served, settings: Settings) -> None:
    with server.client(headers=bearer(new_key(settings))) as client:
        assert client.get("/v1/batches").json() == {"batches": []}
        sent = [made_of_texts(client, {"text": f"{number}"}) for number in range(4)]
        listed = [found["id"] for found in client.get("/v1/batches").json()["batches"]]
        assert listed == sent[::-1]
        assert len(client.get("/v1/batches?most=2").json()["batches"]) == 2
        for wrong in ("most=0", "most=101", "most=x", "most=", "nix=1", "most=1&most=2"):
            assert client.get(f"/v1/batches?{wrong}").status_code == 422


def test_results_and_files_come_in_pages(one: httpx.Client) -> None:
    texts = [f"{number}。{RESUME}".encode() if number % 3 else b"" for number in range(10)]
    batch = made(one, *((f"{number}.txt", text) for number, text in enumerate(texts)))
    whole = results(one, batch)
    paged: list[dict[str, Any]] = []
    following: int | None = 0
    while following is not None:
        found = page(one, batch, first=following, most=3)
        assert len(found["candidates"]) <= 3
        assert (found["total"], found["ranks"]) == (10, 6)
        paged += found["candidates"]
        following = found["next"]
    assert paged == whole
    beyond = page(one, batch, first=10)
    assert (beyond["candidates"], beyond["next"]) == ([], None)
    first = one.get(f"/v1/batches/{batch}/files?most=4").json()
    assert (len(first["files"]), first["total"], first["next"]) == (4, 10, 4)
    last = one.get(f"/v1/batches/{batch}/files?first=8&most=4").json()
    assert ([file["index"] for file in last["files"]], last["next"]) == ([8, 9], None)


def test_ranks_stay_those_among_all(one: httpx.Client) -> None:
    batch = made(one, *SHOWN, ("空.txt", b""), posting=ASKED)
    rows = results(one, batch)
    best = page(one, batch, top=2)
    assert best["candidates"][:-1] == rows[:2]
    assert failures(best["candidates"]) == [("空.txt", "empty")]
    able = page(one, batch, min_level=4)["candidates"][:-1]
    assert able == [row for row in rows[:-1] if (row["report"]["level"]["estimate"] or 0) >= 4]
    for wrong in ("top=0", "min_level=0", "min_level=7", "first=-1", "most=0", "most=101", "format=exe"):
        assert one.get(f"/v1/batches/{batch}/results?{wrong}").status_code == 422


def test_a_batch_at_work_shows_what_is_done_and_holds_up_nobody(one: httpx.Client) -> None:
    batch = made_of_texts(one, *resumes(400))
    at_work = until(one, batch, done=2)
    assert one.post("/v1/score", json={"text": RESUME}).status_code == 200
    found = page(one, batch, most=1)
    file = one.get(f"/v1/batches/{batch}/results?format=csv")
    later = look(one, batch)
    assert at_work["state"] == later["state"] == "working"
    assert at_work["remaining_seconds"] > 0
    assert found["complete"] is False
    assert 0 < found["total"] < 400
    assert "%EF%BC%88" in file.headers["content-disposition"], "it says that it is not all"
    assert one.delete(f"/v1/batches/{batch}").status_code == 204


def rows_of(server: Served, batch: str) -> list[int]:
    """How many rows of each table a batch has."""
    queries = (
        select(func.count()).select_from(BatchRow).where(BatchRow.id == batch),
        select(func.count()).select_from(FileRow).where(FileRow.batch == batch),
        select(func.count()).select_from(EntryRow).join(FileRow).where(FileRow.batch == batch),
    )
    with service_of(server).store.reading() as session:
        return [session.scalar(query) or 0 for query in queries]


def expire(server: Served, batch: str) -> None:
    """Let the last day of a batch have passed."""
    with service_of(server).store.writing() as session:
        past = datetime.now(UTC) - timedelta(days=1)
        session.execute(update(BatchRow).where(BatchRow.id == batch).values(expires=past))


@pytest.mark.parametrize("finished", [True, False])
def test_what_is_erased_is_gone_at_once(server: Served, one: httpx.Client, finished: bool) -> None:
    sent = SHOWN if finished else [(f"{number}.txt", f"{number}{RESUME}".encode()) for number in range(300)]
    batch = made(one, *sent, posting=ASKED)
    if finished:
        results(one, batch)
    answer = one.delete(f"/v1/batches/{batch}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert rows_of(server, batch) == [0, 0, 0]
    for part in PARTS:
        assert one.get(f"/v1/batches/{batch}{part}").status_code == 404
    assert one.delete(f"/v1/batches/{batch}").status_code == 404
    assert batch not in one.get("/v1/batches").text


def test_a_batch_is_kept_as_long_as_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.batches.workers._PURGE", 0.05)
    with served(settings_for(tmp_path, batch_days=3)) as server, server.client() as client:
        batch, later = made(client, *SHOWN), made_of_texts(client, {"text": RESUME})
        found = look(client, batch)
        kept = datetime.fromisoformat(found["expires"]) - datetime.fromisoformat(found["created"])
        assert kept == timedelta(days=3)
        results(client, batch)
        expire(server, batch)
        assert client.get(f"/v1/batches/{batch}").status_code == 404
        while rows_of(server, batch) != [0, 0, 0]:  # until the purge has come by
            pass
        assert look(client, later)["files"] == 1


def test_neither_logs_nor_metrics_nor_problems_tell_what_a_batch_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    canary = "金絲雀九二七"
    good = (f"{canary}.txt", f"{canary}。{RESUME}".encode())
    bad = (f"{canary}.pdf", b"%PDF-1.7 " + canary.encode())
    caplog.set_level(logging.DEBUG, "api")
    with served(settings_for(tmp_path)) as server, server.client() as client:
        batch = made(client, good, bad, (f"{canary}.zip", zipped(dict([good, bad]))), posting=good)
        results(client, batch)
        client.get(f"/v1/batches/{batch}/results?format=xlsx")
        told = send(client, good, posting=bad).text
        told += client.post("/v1/batches", json={"resumes": [{"text": canary, canary: canary}]}).text
        told += client.post("/v1/batches", json={"resumes": canary}).text
        told += client.get(f"/v1/batches/{batch}/results", params={"format": canary, canary: canary}).text
        told += client.get("/metrics").text
        client.delete(f"/v1/batches/{batch}")
    written = "".join(map(JsonLines().format, caplog.records))
    assert '"route":"/v1/batches/{batch}/results"' in written
    for place in (told, written):
        assert canary not in place
        assert json.dumps(canary)[1:-1] not in place


def test_metrics_count_files_that_wait_and_what_became_of_the_others(tmp_path: Path) -> None:
    with served(settings_for(tmp_path)) as server, server.client() as client:

        def metric(name: str) -> float:
            lines = client.get("/metrics").text.splitlines()
            return next((float(line.split()[-1]) for line in lines if line.startswith(name)), 0)

        until(client, made_of_texts(client, *resumes(3)))
        assert metric('matcher_documents_total{outcome="scored"}') == 3
        assert metric("matcher_batch_files_waiting") == 0
        batch = made_of_texts(client, *resumes(300))
        assert metric("matcher_batch_files_waiting") > 0
        client.delete(f"/v1/batches/{batch}")
        assert metric("matcher_batch_files_waiting") == 0
