"""Limits on batches: bytes, files, and what ZIPs unfold to; whoever goes beyond gets a row or a problem."""

import gc
import io
import json
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from api.spool import Part, Spool
from matcher.reading.limits import Limits
from tests.batches import made, results, send, until, zipped
from tests.services import RESUME, Served, served, settings_for

MIB = 1024 * 1024
OPEN = Path("/proc/self/fd")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with small limits."""
    settings = settings_for(
        tmp_path_factory.mktemp("limits"),
        body_bytes=100_000,
        batch_body_bytes=3 * MIB,
        batch_unpacked_bytes=5 * MIB,
        batch_files=20,
    )
    with served(settings.model_copy(update={"read": Limits(file_bytes=MIB)})) as one:
        yield one


@pytest.fixture(scope="module")
def client(server: Served) -> Iterator[httpx.Client]:
    with server.client() as one:
        yield one


def too_large(answer: httpx.Response) -> str:
    """What a 413 says."""
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    return str(answer.json()["detail"])


def test_a_form_may_be_larger_than_other_bodies(client: httpx.Client) -> None:
    large = b"x" * 400_000
    until(client, made(client, ("a.txt", large)))
    assert "100,000" in too_large(client.post("/v1/score", files={"file": ("a.txt", large)}))
    text = json.dumps({"resumes": [{"text": "x" * 400_000}]}).encode()
    headers = {"Content-Type": "application/json"}
    assert "100,000" in too_large(client.post("/v1/batches", content=text, headers=headers))
    assert "3,145,728" in too_large(send(client, *[(f"{n}.txt", large) for n in range(10)]))


@pytest.mark.parametrize("more", [1, 5, 400])
def test_there_are_not_more_files_than_allowed(client: httpx.Client, more: int) -> None:
    assert "最多" in too_large(send(client, *[(f"{n}.txt", b"x") for n in range(20 + more)]))
    in_zip = zipped({f"{number}.txt": b"x" for number in range(20 + more)})
    assert "最多 20 份" in too_large(send(client, ("a.zip", in_zip)))
    texts = [{"text": "x"}] * (20 + more)
    assert "最多 20 份" in too_large(client.post("/v1/batches", json={"resumes": texts}))


def test_so_many_files_are_allowed(client: httpx.Client) -> None:
    found = results(client, made(client, *[(f"{n}.txt", f"{n}{RESUME}".encode()) for n in range(20)]))
    assert len(found) == 20
    in_zip = zipped({f"{number}.txt": f"{number}{RESUME}".encode() for number in range(20)})
    assert len(results(client, made(client, ("a.zip", in_zip)))) == 20


def test_files_in_zips_are_not_larger_together_than_allowed(client: httpx.Client) -> None:
    noise = [bytes(range(256)) * 3_900 for _ in range(6)]
    packed = zipped({f"{number}.bin": content for number, content in enumerate(noise)})
    assert len(packed) < MIB
    assert "5 MB" in too_large(send(client, ("a.zip", packed)))


def test_a_file_that_is_too_large_is_a_row(client: httpx.Client) -> None:
    large = b"x" * (MIB + 1)
    batch = made(client, ("a.txt", large), ("b.zip", zipped({"c.txt": large, "d.txt": RESUME.encode()})))
    good, *failed = results(client, batch)
    assert good["name"] == "b.zip/d.txt"
    assert [(row["name"], row["error"]["code"]) for row in failed] == [
        ("a.txt", "too_large"),
        ("b.zip/c.txt", "too_large"),
    ]


def test_a_bomb_is_a_row(client: httpx.Client) -> None:
    tight = zipped({"炸彈.txt": b"\0" * (MIB - 1), "好.txt": RESUME.encode()})
    lying = bytearray(zipped({"謊.txt": b"\0" * 3 * MIB}))
    declared = struct.pack("<I", 3 * MIB)
    for place in (lying.find(declared), lying.rfind(declared)):
        lying[place : place + 4] = struct.pack("<I", 1000)
    inner = zipped({"深.txt": b"\0" * 50 * MIB})
    sent = {"a.zip": tight, "b.zip": bytes(lying), "c.zip": zipped({"d.zip": inner})}
    rows = results(client, made(client, *sent.items()))
    codes = {row["name"]: row["error"]["code"] for row in rows if "error" in row}
    assert codes["b.zip/謊.txt"] == "malformed"
    assert codes["c.zip/d.zip"] == "unsafe_archive"
    assert "a.zip/好.txt" not in codes


def test_a_directory_without_end_is_not_read(client: httpx.Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(15_000):
            archive.writestr(f"{number:060}", b"")
    content = packed.getvalue()
    directory = b"PK\x03\x04" + content[content.find(b"PK\x01\x02") :]  # without the files themselves
    assert len(directory) > MIB
    for sent in (content, directory):
        assert "最多 20 份" in too_large(send(client, ("a.zip", sent)))


def test_a_form_that_is_refused_leaves_nothing(server: Served, client: httpx.Client) -> None:
    before = client.get("/v1/batches").json()
    too_large(send(client, *[(f"{number}.txt", b"x" * 90_000) for number in range(21)]))
    assert [batch["id"] for batch in client.get("/v1/batches").json()["batches"]] == [
        batch["id"] for batch in before["batches"]
    ]
    folder = server.app.state.service.folder
    assert [path for path in folder.iterdir() if path.is_dir()] == []


def test_files_of_a_form_lie_one_after_the_other() -> None:
    with Spool() as spool:
        sizes = (0, 1, 700_000, 700_000, 3)
        parts = []
        for number, size in enumerate(sizes):
            part = Part(spool)
            half = size // 2
            part.write(bytes([number]) * half)
            part.write(bytes([number]) * (size - half))
            part.seek(0)
            parts.append(part)
        assert spool.on_disk
        for number, (part, size) in enumerate(zip(parts, sizes, strict=True)):
            assert part.read() == bytes([number]) * size
            assert part.read() == b""
            assert part.seek(0, io.SEEK_END) == size
            assert part.seek(-1, io.SEEK_CUR) == max(0, size - 1)
            assert part.read(5) == bytes([number]) * min(1, size)


@pytest.mark.skipif(not OPEN.is_dir(), reason="descriptors are counted in /proc, which Linux has")
def test_many_files_are_not_many_open_files(tmp_path: Path) -> None:
    with served(settings_for(tmp_path)) as server, server.client() as client:
        until(client, made(client, ("a.txt", b"x")))
        gc.collect()
        before = sum(1 for _ in OPEN.iterdir())
        most = before
        sent = [(f"{number}.txt", bytes([65 + number % 26]) * 20_000) for number in range(200)]
        with pytest.MonkeyPatch.context() as patch:
            read = Part.read

            def counting(part: Part, size: int | None = -1) -> bytes:
                nonlocal most
                most = max(most, sum(1 for _ in OPEN.iterdir()))
                return read(part, size)

            patch.setattr(Part, "read", counting)
            batch = made(client, *sent)
        assert most < before + 20
        client.delete(f"/v1/batches/{batch}")
