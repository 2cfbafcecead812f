"""Services killed, and services that share a store: each batch is completed, and each file scored once."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2 as httpx
import pytest
from sqlalchemy import func, select, update

from api.store import Store
from api.store.tables import EntryRow, FileRow
from tests.batches import look, made, made_of_texts, page, resumes, until
from tests.processes import MARK, MATCHER, left_over, marked_processes
from tests.services import POSTING
from tests.test_batch_killed import some_files

FILES = 80
SENT = list(islice((file for file in some_files() if not file[0].endswith((".doc", ".msg"))), FILES))
ASKED = ("職缺.txt", POSTING.encode())


@dataclass(frozen=True)
class Serving:
    """A process that serves, and a client of it."""

    process: subprocess.Popen[str]
    client: httpx.Client

    def scored(self) -> int:
        """How many documents this very process has done."""
        lines = self.client.get("/metrics").text.splitlines()
        found = [line.split()[-1] for line in lines if line.startswith("matcher_documents_total{")]
        return int(sum(map(float, found)))


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for temporary files. Not ``tmp_path``, whose name may be too long for the sockets in it."""
    with TemporaryDirectory(prefix="m-") as folder:
        yield Path(folder)


@contextmanager
def serving(database: str, temp: Path) -> Iterator[Serving]:
    """``matcher serve``, which writes below ``temp``; killed at the end of the block if it still runs."""
    temp.mkdir(exist_ok=True)
    more = {
        "MATCHER_DATABASE_URL": database,
        "MATCHER_WORKERS": "1",
        "MATCHER_READ_OCR": "false",
        MARK: str(temp),
        "TMPDIR": str(temp),
    }
    command = [*MATCHER, "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://[0-9.:]+", process.stdout.readline())
            assert address
            with httpx.Client(base_url=address[0], timeout=60, trust_env=False) as client:
                wait_for(client)
                yield Serving(process, client)
        finally:
            process.kill()


def wait_for(client: httpx.Client) -> None:
    for _ in range(1_200):
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("it does not start")


def stop(process: subprocess.Popen[str]) -> None:
    """End a service as an administrator does."""
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def rows(database: str, batch: str) -> list[tuple[int, int]]:
    """The place of each file of a batch, and how many entries it has."""
    query = (
        select(FileRow.place, func.count(EntryRow.id))
        .outerjoin(EntryRow)
        .where(FileRow.batch == batch)
        .group_by(FileRow.place)
        .order_by(FileRow.place)
    )
    with Store(database) as store, store.reading() as session:
        return [(place, count) for place, count in session.execute(query)]


def let_leases_end(database: str) -> None:
    """As if half a minute had passed since a process died."""
    with Store(database) as store, store.writing() as session:
        past = datetime.now(UTC) - timedelta(minutes=1)
        session.execute(update(FileRow).where(FileRow.lease.is_not(None)).values(lease=past))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_killed_in_the_middle_of_a_batch_it_completes_it(tmp_path: Path, place: Path) -> None:
    database, temp = f"sqlite:///{tmp_path / 'service.sqlite3'}", place / "temp"
    with serving(database, temp) as service:
        batch = made(service.client, *SENT, posting=ASKED)
        until(service.client, batch, done=20)
        service.process.kill()
    counts = [count for _, count in rows(database, batch)]
    assert 0 in counts
    assert 1 in counts
    let_leases_end(database)
    with serving(database, temp) as service:
        found = until(service.client, batch)
        assert (found["files"], found["state"]) == (FILES, "done")
        disturbed = service.client.get(f"/v1/batches/{batch}/results", params={"most": 100}).json()
        again = made(service.client, *SENT, posting=ASKED)
        until(service.client, again)
        undisturbed = page(service.client, again, most=100)
        stop(service.process)
    assert rows(database, batch) == [(place, 1) for place in range(FILES)]
    assert disturbed["candidates"] == undisturbed["candidates"]
    assert list(temp.glob("matcher-*")) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux tells a process' parent")
def test_a_killed_service_leaves_no_process_behind(tmp_path: Path, place: Path) -> None:
    temp = place / "temp"
    with serving(f"sqlite:///{tmp_path / 'service.sqlite3'}", temp) as service:
        until(service.client, made(service.client, *SENT), done=3)
        assert len(marked_processes(str(temp))) > 3
        service.process.kill()
    assert left_over(str(temp)) == []


def test_two_services_share_the_work_and_do_nothing_twice(database_url: str, place: Path) -> None:
    with serving(database_url, place / "one") as one, serving(database_url, place / "two") as two:
        while not (one.scored() and two.scored()):  # until both have their processes
            until(one.client, made_of_texts(one.client, *resumes(20)))
        for _ in range(50):  # a quick machine may be done before the other service looks
            before = one.scored(), two.scored()
            batch = made(one.client, *SENT, posting=ASKED)
            until(two.client, batch)
            after = one.scored(), two.scored()
            assert rows(database_url, batch) == [(place, 1) for place in range(FILES)]
            assert sum(after) - sum(before) == FILES + 1  # and the posting
            if after[0] > before[0] and after[1] > before[1]:
                break
        assert after[0] > before[0]
        assert after[1] > before[1]
        assert page(one.client, batch, most=100) == page(two.client, batch, most=100)
        assert two.client.delete(f"/v1/batches/{batch}").status_code == 204
        assert one.client.get(f"/v1/batches/{batch}").status_code == 404
        stop(one.process)
        late = made_of_texts(two.client, *resumes(5))
        until(two.client, late)
        assert look(two.client, late)["failed"] == 0
