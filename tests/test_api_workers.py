"""The threads that score batches: whatever goes wrong with a file or the store, every file is done once."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.batches.batch import Batch, Content, Order
from api.batches.pieces import erase_files
from api.batches.queue import Queue, Waiting, waiting
from api.batches.results import Rankings
from api.batches.shelf import add_batch, erase_batch, files_of, find_batch, purge
from api.batches.workers import Workers
from api.store import Store, StoreError
from api.store.tables import BatchRow, FileRow
from matcher import Matcher
from matcher.batch.entry import Entry
from tests.ranked import entry

DAY = timedelta(days=1)
ORDER = Order(key="k1", standard="BAS2421-003v4", masking=False)


class Scoring:
    """Gives an entry of the content of each file; ``first`` is done before, with the file."""

    def __init__(self, first: Callable[[Waiting], object] = lambda _: None) -> None:
        self.first = first
        self.asked: list[str] = []
        self.closed = False

    def __call__(self, file: Waiting, known: Callable[[str], object]) -> tuple[str, tuple[Entry, ...]]:
        self.asked.append(file.name)
        self.first(file)
        assert known(file.name) is None
        return file.name, (Entry("", text=file.content.decode()),)

    def close(self) -> None:
        self.closed = True


@contextmanager
def working(store: Store, scoring: Scoring, count: int = 1) -> Iterator[Workers]:
    with Workers(store, count, scoring, Rankings(store).tidy) as workers:
        yield workers
    assert scoring.closed


def filled(store: Store, *contents: Content) -> Batch:
    batch = add_batch(store, ORDER, [(f"{n}.txt", content) for n, content in enumerate(contents)], DAY)
    assert batch is not None
    return batch


def done(store: Store, batch: Batch) -> Batch:
    """The batch when all of it is done."""
    while (found := find_batch(store, batch.id, "k1")) is not None:
        if found.state == "done":
            return found
    raise AssertionError


def test_every_file_is_done_by_several_threads(database_url: str) -> None:
    with Store(database_url) as store:
        batch = filled(store, *(f"{number}".encode() for number in range(40)))
        scoring = Scoring()
        with working(store, scoring, 4):
            found = done(store, batch)
        assert (found.files, found.failed) == (40, 0)
        assert sorted(scoring.asked) == sorted(f"{number}.txt" for number in range(40))


def test_a_file_that_nobody_foresaw_is_a_row(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(file: Waiting) -> None:
        if file.name == "1.txt":
            raise ValueError(file.content)

    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        batch = filled(store, b"a", b"b", b"c")
        with working(store, Scoring(fail)):
            assert done(store, batch).failed == 1
        assert [file.error for file in files_of(store, batch.id)] == [None, "crash", None]
    assert [record.getMessage() for record in caplog.records] == ["file"]


def test_what_is_scored_outlives_a_store_that_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.batches.workers._LOOK", 0.01)
    tried: list[str] = []
    finish = Queue.finish

    def away(queue: Queue, file: Waiting, digest: str, entries: tuple[Entry, ...]) -> bool:
        tried.append(file.name)
        if len(tried) < 4:
            raise StoreError("連不上")
        return finish(queue, file, digest, entries)

    monkeypatch.setattr(Queue, "finish", away)
    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        batch, scoring = filled(store, b"a"), Scoring()
        with working(store, scoring):
            done(store, batch)
    assert (scoring.asked, len(tried)) == (["0.txt"], 4)


def test_a_file_of_which_nothing_can_be_said_yet_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.batches.workers._LOOK", 0.01)
    failures = iter([True, True, False])

    def away(_: Waiting) -> None:
        if next(failures):
            raise StoreError("連不上")

    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        batch, scoring = filled(store, b"a"), Scoring(away)
        with working(store, scoring):
            assert done(store, batch).failed == 0
    assert scoring.asked == ["0.txt"] * 3


def test_what_is_at_work_when_it_ends_is_left_to_others(tmp_path: Path) -> None:
    begun, over = threading.Event(), threading.Event()

    class Ending(Scoring):
        def close(self) -> None:
            super().close()
            over.set()

    def until_the_end(_: Waiting) -> None:
        begun.set()
        over.wait()
        raise RuntimeError  # as when processes are ended under it

    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        batch = filled(store, b"a")
        with working(store, Ending(until_the_end)):
            begun.wait()
        assert [file.state for file in files_of(store, batch.id)] == ["waiting"]
        with working(store, Scoring()):
            assert done(store, batch).failed == 0


def test_a_batch_may_be_made_of_files_texts_and_failures(database_url: str) -> None:
    with Store(database_url) as store:
        batch = filled(store, "一".encode(), "二", Entry("", error="empty", reason="空的"))
        assert (batch.state, batch.done, batch.failed, waiting(store)) == ("working", 1, 1, 2)
        queue = Queue(store, "w")
        taken = [queue.take(), queue.take()]
        assert [(file.content.decode(), file.text) for file in taken if file] == [("一", False), ("二", True)]
        assert queue.take() is None
        assert filled(store, Entry("", error="empty", reason="空的")).state == "done"


def test_many_and_large_files_go_in_and_out_in_pieces(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.batches.pieces._BYTES", 1_000)
    monkeypatch.setattr("api.batches.pieces._FILES", 3)
    monkeypatch.setattr("api.batches.pieces._PAUSE", 0)
    contents = [bytes(size) for size in (0, 5, 5, 5, 600, 600, 600, 5_000, 1, 1)]
    with Store(database_url) as store:
        batch, left = filled(store, *contents), filled(store, b"a")
        with store.reading() as session:
            rows = session.query(FileRow).where(FileRow.batch == batch.id).order_by(FileRow.place)
            assert [row.content for row in rows] == contents
        erase_files(store, batch.id)
        assert find_batch(store, batch.id, "k1") is None
        assert waiting(store) == left.files


@pytest.mark.parametrize("died", [True, False])
def test_nothing_is_left_of_a_batch_that_is_not_made_to_its_end(database_url: str, died: bool) -> None:
    class Killed(BaseException):
        pass

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(150):
            yield f"{number}.txt", b"a"
        assert waiting(store) == 100
        if died:  # a process that is killed erases nothing
            store.writing = store.reading = None  # type: ignore[method-assign,assignment]
        raise Killed

    with Store(database_url) as store:
        with pytest.raises((Killed, TypeError)):
            add_batch(store, ORDER, files(), DAY)
        if died:
            del store.writing, store.reading
            assert waiting(store) == 100
            assert purge(store) == 0
            with store.writing() as session:
                session.query(BatchRow).update({"expires": datetime.now(UTC) - DAY})
            assert purge(store) == 1
        assert waiting(store) == 0


def test_an_erasure_that_does_not_come_to_its_end_is_ended_by_the_purge(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with Store(database_url) as store:
        batch = filled(store, b"a")
        with monkeypatch.context() as patch:
            patch.setattr("api.batches.shelf.erase_files", die)
            with pytest.raises(KeyboardInterrupt):
                erase_batch(store, batch.id, "k1")
        assert find_batch(store, batch.id, "k1") is None
        assert waiting(store) == 1
        assert purge(store) == 1
        assert waiting(store) == 0


def test_rankings_are_used_by_any_thread_and_forgotten_with_their_batch(
    tmp_path: Path, matcher: Matcher
) -> None:
    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        batch = filled(store, b"a")
        queue = Queue(store, "w")
        file = queue.take()
        assert file is not None
        queue.finish(file, "", [entry(matcher, "訂定客服 SOP")])
        found = done(store, batch)
        rankings = Rankings(store)
        names: list[str] = []

        def look() -> None:
            with rankings.ranking(found, matcher.standard) as ranking:
                names.extend(line.name for line in ranking.page(0, 10))

        for _ in range(3):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        assert names == ["0.txt"] * 3
        with rankings.ranking(found, matcher.standard) as ranking:
            erase_batch(store, batch.id, "k1")
            rankings.tidy()  # while it is in use
            assert len(ranking) == 1
        with pytest.raises(sqlite3.ProgrammingError):
            len(ranking)
        with rankings.ranking(found, matcher.standard) as another:
            assert len(another) == 0
        rankings.close()
