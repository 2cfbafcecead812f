"""Batches in the store: every file is scored once, whoever dies, and what is erased is gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from api.batches.batch import Batch, Order
from api.batches.queue import Queue, Waiting
from api.batches.results import Rankings, StoredEntries
from api.batches.shelf import add_batch, batch_named, batches_of, erase_batch, files_of, find_batch, purge
from api.store import Store
from api.store.tables import BatchRow, FileRow
from matcher import Matcher
from matcher.batch.entry import Entry
from tests.ranked import entry

DAY = timedelta(days=1)
ORDER = Order(key="k1", standard="BAS2421-003v4", masking=True)


def filled(store: Store, *names: str, order: Order = ORDER) -> Batch:
    """A batch of files of these names."""
    batch = add_batch(store, order, [(name, f"內容 {name}".encode()) for name in names], DAY)
    assert batch is not None
    return batch


def taken(queue: Queue) -> Waiting:
    file = queue.take()
    assert file is not None
    return file


def test_a_batch_says_how_far_it_is(database_url: str) -> None:
    with Store(database_url) as store:
        batch = filled(store, "甲.txt", "乙.txt")
        queue = Queue(store, "w1")
        assert (batch.state, batch.files, batch.done, batch.remaining) == ("waiting", 2, 0, None)
        queue.finish(taken(queue), "", [Entry("", text="好")])
        halfway = find_batch(store, batch.id, "k1")
        assert halfway is not None
        assert (halfway.state, halfway.done, halfway.failed) == ("working", 1, 0)
        assert halfway.remaining is not None
        queue.finish(taken(queue), "", [Entry("", error="empty", reason="空的")])
        done = find_batch(store, batch.id, "k1")
        assert done is not None
        assert (done.state, done.done, done.failed, done.remaining) == ("done", 2, 1, 0.0)


def test_files_say_how_far_they_are(database_url: str) -> None:
    with Store(database_url) as store:
        batch = filled(store, "甲 0912-345-678.txt", "乙.txt", "丙.txt")
        queue = Queue(store, "w1")
        queue.finish(taken(queue), "", [Entry("", error="empty", reason="空的")])
        taken(queue)
        states = [(one.name, one.state, one.error) for one in files_of(store, batch.id)]
        assert states == [
            ("甲 ●●●●-●●●-●●●.txt", "done", "empty"),
            ("乙.txt", "working", None),
            ("丙.txt", "waiting", None),
        ]
        assert [one.place for one in files_of(store, batch.id, first=1, most=1)] == [1]


def test_a_file_goes_to_one_process_alone(database_url: str) -> None:
    with Store(database_url) as store:
        filled(store, *(f"{number}.txt" for number in range(30)))
        queues = [Queue(store, f"w{number}") for number in range(3)]
        with ThreadPoolExecutor(6) as threads:
            files = list(threads.map(lambda n: queues[n % 3].take(), range(40)))
        ids = [file.id for file in files if file]
        assert len(ids) == len(set(ids)) == 30


def test_a_file_of_a_process_that_died_goes_to_another(database_url: str) -> None:
    with Store(database_url) as store:
        filled(store, "甲.txt")
        dead, living = Queue(store, "w1"), Queue(store, "w2")
        file = taken(dead)
        assert living.take() is None
        with store.writing() as session:
            session.execute(update(FileRow).values(lease=datetime.now(UTC) - DAY))
        again = taken(living)
        assert again.id == file.id
        assert living.finish(again, "", [Entry("", text="新")])
        assert not dead.finish(file, "", [Entry("", text="舊")]), "the dead one came back"


def test_a_sign_of_life_keeps_a_file(database_url: str) -> None:
    with Store(database_url) as store:
        filled(store, "甲.txt")
        queue = Queue(store, "w1")
        taken(queue)
        with store.writing() as session:
            session.execute(update(FileRow).values(lease=datetime.now(UTC) - DAY))
        queue.renew()
        assert Queue(store, "w2").take() is None
        queue.release()
        assert Queue(store, "w2").take() is not None


def test_a_small_batch_does_not_wait_for_the_end_of_a_large_one(database_url: str) -> None:
    with Store(database_url) as store:
        filled(store, *(f"大{number}.txt" for number in range(10)))
        queue = Queue(store, "w1")
        taken(queue)
        taken(queue)
        filled(store, "小.txt")
        assert taken(queue).name == "小.txt"


def test_the_content_is_kept_until_it_is_scored(database_url: str) -> None:
    with Store(database_url) as store:
        filled(store, "甲.txt")
        queue = Queue(store, "w1")
        file = taken(queue)
        assert file.content.decode() == "內容 甲.txt"
        queue.finish(file, "abc", [Entry("")])
        with store.reading() as session:
            assert session.get_one(FileRow, file.id).content is None


def test_the_same_content_in_a_batch_is_known(database_url: str) -> None:
    with Store(database_url) as store:
        filled(store, "甲.txt", "乙.txt")
        queue = Queue(store, "w1")
        first, second = taken(queue), taken(queue)
        queue.finish(first, "abc", [Entry("", text="一"), Entry("二")])
        assert queue.known(second, "abc") == (Entry("", text="一"), Entry("二"))
        assert queue.known(second, "abd") is None


@pytest.mark.parametrize("key", ["k2", ""])
def test_a_batch_is_its_keys_alone(database_url: str, key: str) -> None:
    with Store(database_url) as store:
        batch = filled(store, "甲.txt")
        assert find_batch(store, batch.id, key) is None
        assert batches_of(store, key, 10) == []
        assert not erase_batch(store, batch.id, key)
        assert [one.id for one in batches_of(store, "k1", 10)] == [batch.id]


def test_the_same_request_makes_one_batch(database_url: str) -> None:
    order = Order("k1", "BAS2421-003v4", True, idempotency="a", request="r")
    with Store(database_url) as store:
        batch = filled(store, "甲.txt", order=order)
        assert add_batch(store, order, [], DAY) is None
        found = batch_named(store, "a", "k1")
        assert found is not None
        assert (found.id, found.order.request) == (batch.id, "r")
        assert batch_named(store, "a", "k2") is None


def test_what_is_erased_is_gone_and_its_work_is_dropped(database_url: str) -> None:
    with Store(database_url) as store:
        batch = filled(store, "甲.txt")
        queue = Queue(store, "w1")
        file = taken(queue)
        assert erase_batch(store, batch.id, "k1")
        assert not queue.finish(file, "", [Entry("", text="遲了")])
        assert find_batch(store, batch.id, "k1") is None
        assert queue.take() is None


def test_what_has_expired_is_purged_and_not_scored(database_url: str) -> None:
    with Store(database_url) as store:
        old, new = filled(store, "舊.txt"), filled(store, "新.txt")
        with store.writing() as session:
            session.get_one(BatchRow, old.id).expires = datetime.now(UTC) - DAY
        assert find_batch(store, old.id, "k1") is None
        assert taken(Queue(store, "w1")).batch == new.id
        assert purge(store) == 1
        with store.reading() as session:
            assert session.get(BatchRow, old.id) is None


def test_not_a_byte_of_what_is_erased_is_left_in_the_file(tmp_path: Path) -> None:
    secret = "金絲雀0912345678" * 500
    with Store(f"sqlite:///{tmp_path / 'service.db'}") as store:
        posting = ("職缺", Entry("", text=secret))
        order = Order("k1", "BAS2421-003v4", False, posting)
        batch = add_batch(store, order, [(f"{n}{secret[:50]}", secret.encode()) for n in range(20)], DAY)
        assert batch is not None
        queue = Queue(store, "w1")
        for _ in range(10):
            queue.finish(taken(queue), "", [Entry("", text=secret)])
        assert erase_batch(store, batch.id, "k1")
        for path in tmp_path.iterdir():
            assert "金絲雀".encode() not in path.read_bytes(), path.name


def test_results_are_ranked_as_the_batch_ranks_them(database_url: str, matcher: Matcher) -> None:
    texts = {"甲.txt": "訂定客服 SOP 與滿意度指標", "乙.txt": "會計", "丙.txt": ""}
    with Store(database_url) as store:
        batch = filled(store, *texts)
        queue = Queue(store, "w1")
        for _ in texts:
            file = taken(queue)
            queue.finish(file, "", [entry(matcher, texts[file.name])])
        done = find_batch(store, batch.id, "k1")
        assert done is not None
        entries = StoredEntries(store, done)
        assert sorted(entries.named(number)[0] for number in entries) == sorted(texts)
        rankings = Rankings(store)
        for _ in range(2):
            with rankings.ranking(done, matcher.standard) as made:
                assert [one.name for one in made] == ["甲.txt", "乙.txt"]
                assert [one.name for one in made.failures()] == ["丙.txt"]
        rankings.forget(done.id)
        rankings.close()
