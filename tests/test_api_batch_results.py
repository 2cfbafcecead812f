"""Results of a batch as files: every format can be opened, has a good name, and leaves nothing behind."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx2 as httpx
import pyarrow.parquet
import pytest

from api.service import Service
from tests.batches import made, page, results, resumes
from tests.exports import workbook
from tests.services import CODE, POSTING, RESUME, Served, served, settings_for

FILES = [(one["name"] + ".txt", one["text"].encode()) for one in resumes(4)]
ORDER = ["0號.txt", "1號.txt", "2號.txt", "3號.txt", "壞.pdf"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(settings_for(tmp_path_factory.mktemp("results"))) as one:
        yield one


@pytest.fixture(scope="module")
def client(server: Served) -> Iterator[httpx.Client]:
    with server.client() as one:
        yield one


@pytest.fixture(scope="module")
def batch(client: httpx.Client) -> str:
    """A finished batch with a posting, four résumés and a file that cannot be read."""
    made_of = made(client, *FILES, ("壞.pdf", b"%PDF-1.7 x"), posting=("客服/企劃.txt", POSTING.encode()))
    assert [row["name"] for row in results(client, made_of)] == ORDER
    return made_of


def folder_of(server: Served) -> Path:
    service: Service = server.app.state.service
    return service.folder


def file(client: httpx.Client, batch: str, form: str, **query: int) -> bytes:
    answer = client.get(f"/v1/batches/{batch}/results", params={"format": form, **query})
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    return answer.content


def test_csv(client: httpx.Client, batch: str) -> None:
    rows = list(csv.reader(io.StringIO(file(client, batch, "csv").decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["檔案", *ORDER]


def test_xlsx(client: httpx.Client, batch: str, tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    path.write_bytes(file(client, batch, "xlsx"))
    book = workbook(path)
    assert {"排名", "無法讀取"} <= set(book.sheetnames)
    names = {cell.value for row in book["排名"].iter_rows() for cell in row}
    assert set(ORDER[:4]) <= names


def test_jsonl(client: httpx.Client, batch: str) -> None:
    lines = [json.loads(line) for line in file(client, batch, "jsonl").splitlines()]
    assert [line["file"] for line in lines] == ORDER
    shown = page(client, batch)["candidates"]
    assert [line.get("report") for line in lines] == [row.get("report") for row in shown]


def test_parquet(client: httpx.Client, batch: str) -> None:
    table = pyarrow.parquet.read_table(pyarrow.BufferReader(file(client, batch, "parquet")))
    assert table["file"].to_pylist() == ORDER


def test_html(client: httpx.Client, batch: str) -> None:
    shown = file(client, batch, "html").decode()
    assert shown.startswith("<!doctype html>")
    assert all(name in shown for name in ORDER)


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("jsonl", "application/jsonl"),
        ("parquet", "application/vnd.apache.parquet"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_a_file_is_named_after_the_posting(
    client: httpx.Client, batch: str, form: str, media_type: str
) -> None:
    answer = client.get(f"/v1/batches/{batch}/results?format={form}")
    assert answer.headers["content-type"] == media_type
    plain, _, name = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
    day = page(client, batch)["batch"]["created"][:10].replace("-", "")
    assert plain == f'attachment; filename="{CODE}-ranking-{day}.{form}"'
    assert unquote(name) == f"企劃-排名-{day}.{form}"


def test_only_what_is_asked_for_is_in_the_file(client: httpx.Client, batch: str) -> None:
    lines = [json.loads(line) for line in file(client, batch, "jsonl", top=1).splitlines()]
    assert [line["file"] for line in lines] == ["0號.txt", "壞.pdf"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet", "html"])
def test_a_batch_without_results_is_a_file_too(client: httpx.Client, form: str) -> None:
    empty = made(client, ("空.txt", b""))
    assert file(client, empty, form)


def test_no_file_is_left_behind(server: Served, client: httpx.Client, batch: str) -> None:
    for form in ("csv", "xlsx", "jsonl", "parquet", "html"):
        file(client, batch, form)
    with client.stream("GET", f"/v1/batches/{batch}/results?format=html") as answer:
        next(answer.iter_raw(1))
    while len(left := [path for path in folder_of(server).iterdir() if path.is_dir()]) > 0:
        assert len(left) < 2  # the one that was left in the middle is gone in a moment


def test_several_ask_at_once(client: httpx.Client, batch: str) -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(file(client, batch, "jsonl"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert RESUME[:4].encode() in found[0]
