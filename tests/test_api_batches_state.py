"""Whatever is done with batches, in any order: none is lost, and of what is erased not a byte is left."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update

from api.app import create_app
from api.batches.queue import Waiting
from api.batches.scoring import BatchScoring
from api.service import Service
from api.store import Store
from api.store.keys import create_key
from api.store.tables import BatchRow, EntryRow, FileRow
from api.work import Work
from matcher.batch.entry import Entry
from matcher.batch.work import Known
from matcher.errors import MatcherError
from tests.batches import look, made, made_of_texts, page, until, zipped
from tests.services import POSTING, RESUME, bearer, entered, settings_for

_SLICE = 32  # bytes of a result by which it is found again


@dataclass
class Sent:
    """A batch that was made: whose it is, what only its files say, and its results as they are kept."""

    id: str
    owner: int
    canary: str
    files: int
    kept: list[bytes] = field(default_factory=list)


class Batches(RuleBasedStateMachine):
    """A service with two keys, and what its clients do."""

    batches = Bundle("batches")

    @initialize()
    def begin(self) -> None:
        """Start it."""
        self.folder = Path(tempfile.mkdtemp(prefix="state-"))
        self.settings = settings_for(self.folder, requests_per_minute=0)
        with Store(self.settings.database_url) as store:
            self.keys = [bearer(str(create_key(store, "測試", "recruiter"))) for _ in range(2)]
        self.made = 0
        self.gone: list[Sent] = []
        self.open = ExitStack()
        self.start()

    def start(self) -> None:
        app = create_app(self.settings)
        self.client: TestClient = self.open.enter_context(entered(app))
        self.service: Service = app.state.service

    def teardown(self) -> None:
        """Stop it."""
        if hasattr(self, "open"):
            self.open.close()
            shutil.rmtree(self.folder)

    def act(self, owner: int) -> TestClient:
        """The client with that key."""
        self.client.headers.update(self.keys[owner])
        return self.client

    @rule(
        target=batches,
        owner=st.sampled_from((0, 1)),
        how=st.sampled_from(("files", "texts", "zip")),
        files=st.integers(1, 4),
        asking=st.booleans(),
    )
    def create(self, owner: int, how: str, files: int, asking: bool) -> Sent:
        """Send a batch."""
        self.made += 1
        canary = f"金絲雀第{self.made:04}隻"
        names = [f"{canary}{number}.txt" for number in range(files)]
        texts = [f"{canary}{number}。{RESUME * 3}" for number in range(files)]
        client = self.act(owner)
        if how == "texts":
            named = [{"name": name, "text": text} for name, text in zip(names, texts, strict=True)]
            more: dict[str, Any] = {"posting": {"text": canary + POSTING}} if asking else {}
            batch = made_of_texts(client, *named, masked=False, **more)
        else:
            sent = {name: text.encode() for name, text in zip(names, texts, strict=True)}
            if how == "zip":
                sent = {f"{canary}.zip": zipped(sent)}
            posting = (f"{canary}.txt", (canary + POSTING).encode()) if asking else None
            batch = made(client, *sent.items(), posting=posting, masked="false")
        return Sent(batch, owner, canary, files)

    @rule(batch=batches)
    def score(self, batch: Sent) -> None:
        """Let it be scored, and look at all results: every file is there once."""
        client = self.act(batch.owner)
        found = until(client, batch.id)
        assert (found["files"], found["done"], found["failed"]) == (batch.files, batch.files, 0)
        rows = page(client, batch.id)["candidates"]
        assert sorted(row["index"] for row in rows) == list(range(batch.files))
        assert all(batch.canary in row["name"] for row in rows)
        answer = client.get(f"/v1/batches/{batch.id}/results?format=csv")
        assert answer.text.count(f"{batch.canary}") >= batch.files

    @rule(batch=batches)
    def look(self, batch: Sent) -> None:
        """Look at it with both keys."""
        assert look(self.act(batch.owner), batch.id)["files"] == batch.files
        listed = self.client.get("/v1/batches?most=100").json()["batches"]
        assert batch.id in [found["id"] for found in listed]
        assert self.act(1 - batch.owner).get(f"/v1/batches/{batch.id}").status_code == 404

    @rule(batch=consumes(batches))
    def erase(self, batch: Sent) -> None:
        """Erase it; the other key cannot."""
        self.note(batch)
        address = f"/v1/batches/{batch.id}"
        assert self.act(1 - batch.owner).delete(address).status_code == 404
        assert self.act(batch.owner).delete(address).status_code == 204

    @rule(batch=consumes(batches))
    def expire(self, batch: Sent) -> None:
        """Let its last day pass, and the purge come by."""
        self.note(batch)
        past = datetime.now(UTC) - timedelta(seconds=1)
        with self.service.store.writing() as session:
            session.execute(update(BatchRow).where(BatchRow.id == batch.id).values(expires=past))
        assert self.act(batch.owner).get(f"/v1/batches/{batch.id}").status_code == 404
        self.service.workers._purge()

    @rule()
    def restart(self) -> None:
        """Stop the service, whatever it does, and start another."""
        self.open.close()
        self.start()

    def note(self, batch: Sent) -> None:
        """Note what is kept of a batch that is about to go."""
        entries = select(EntryRow.content).join(FileRow).where(FileRow.batch == batch.id)
        with self.service.store.reading() as session:
            posting = session.scalar(select(BatchRow.posting).where(BatchRow.id == batch.id))
            kept = [*session.scalars(entries), *([posting] if posting else [])]
        batch.kept = [content[len(content) // 2 :][:_SLICE] for content in kept]
        self.gone.append(batch)

    @invariant()
    def what_is_gone_is_nowhere(self) -> None:
        """No address finds it, and no file holds a byte of it."""
        if not hasattr(self, "gone") or not self.gone:
            return
        content = b"".join(
            path.read_bytes()
            for folder in (self.folder, self.service.folder)
            for path in folder.rglob("*")
            if path.is_file()
        )
        with self.service.store.reading() as session:
            postings = session.scalars(select(BatchRow.posting)).all()
            alike = b"".join([*session.scalars(select(EntryRow.content)), *filter(None, postings)])
        for batch in self.gone:
            client = self.act(batch.owner)
            for part in ("", "/files", "/events", "/results", "/results?format=csv"):
                assert client.get(f"/v1/batches/{batch.id}{part}").status_code == 404
            assert batch.canary.encode() not in content
            # Results of other batches may have the same bytes.
            assert [kept for kept in batch.kept if kept in content and kept not in alike] == []


class _Closable:
    """Scoring whose processes outlive it, so that a restart does not take seconds."""

    def __init__(self, scoring: BatchScoring) -> None:
        self._scoring = scoring
        self._closed = False

    def __call__(self, file: Waiting, known: Known) -> tuple[str, tuple[Entry, ...]]:
        if self._closed:
            raise MatcherError("服務正在停止。")
        return self._scoring(file, known)

    def close(self) -> None:
        self._closed = True


@pytest.fixture
def kept_processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One set of processes for all services that are started meanwhile."""
    kept: dict[type, Any] = {}
    with ExitStack() as stack:

        def scoring(*arguments: Any) -> _Closable:
            if BatchScoring not in kept:
                kept[BatchScoring] = BatchScoring(*arguments)
                stack.callback(kept[BatchScoring].close)
            return _Closable(kept[BatchScoring])

        @contextmanager
        def work(*arguments: Any) -> Iterator[Work]:
            if Work not in kept:
                kept[Work] = stack.enter_context(Work(*arguments))
            yield kept[Work]

        monkeypatch.setattr("api.service.BatchScoring", scoring)
        monkeypatch.setattr("api.service.Work", work)
        yield


@pytest.mark.usefixtures("kept_processes")
def test_whatever_is_done_with_batches() -> None:
    limits = settings(
        max_examples=8,
        stateful_step_count=14,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # making a failure smaller would take minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Batches, settings=limits)
