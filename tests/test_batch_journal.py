"""The journal: what is done stays done, and nothing else is taken for it."""

import sqlite3
import stat
from pathlib import Path

import pytest

from matcher.batch.entry import TRANSIENT, Entry
from matcher.batch.journal import Journal
from matcher.errors import MatcherError
from tests.batch_files import Place, finished

WANG = Place("/履歷/王小明.pdf", name="王小明.pdf")
CHEN = Place("/履歷/陳小華.pdf", name="陳小華.pdf")


def rows(journal: Journal) -> list[tuple[str, Entry]]:
    return [journal.named(number) for number in journal]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def test_what_is_done_is_known_to_the_next_run(path: Path) -> None:
    with Journal(path, "一") as journal:
        assert not journal.is_done(WANG)
        journal.add([finished(WANG, Entry("", text="客服企劃"))])
    with Journal(path, "一") as journal:
        assert journal.is_done(WANG)
        assert not journal.is_done(CHEN)
        assert rows(journal) == [("王小明.pdf", Entry("", text="客服企劃"))]


@pytest.mark.parametrize(
    ("version", "place"),
    [("二", WANG), ("一", Place(WANG.key, stamp="2")), ("一", CHEN)],
    ids=["another version", "changed since", "another file"],
)
def test_what_differs_is_not_done(path: Path, version: str, place: Place) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(WANG)])
    with Journal(path, version) as journal:
        assert not journal.is_done(place)


@pytest.mark.parametrize("error", sorted(TRANSIENT))
def test_what_may_work_next_time_is_tried_again(path: Path, error: str) -> None:
    with Journal(path, "一") as journal:
        journal.add(
            [finished(WANG, Entry("", error=error, reason="逾時")), finished(CHEN, Entry("", error="empty"))]
        )
    with Journal(path, "一") as journal:
        assert not journal.is_done(WANG)
        assert journal.is_done(CHEN)


def test_a_run_is_only_what_was_asked_for_in_it(path: Path) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(WANG), finished(CHEN)])
    with Journal(path, "一") as journal:
        journal.is_done(CHEN)
        assert [name for name, _ in rows(journal)] == ["陳小華.pdf"]
    with Journal(path, "一") as journal:
        assert journal.is_done(WANG), "what a run does not ask for is kept"


def test_a_source_is_called_as_this_run_calls_it(path: Path) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(Place("/in/a.zip", name="a.zip"), Entry("甲.pdf"), Entry("乙.pdf"))])
    with Journal(path, "一") as journal:
        journal.is_done(Place("/in/a.zip", name="二月/a.zip"))
        assert [name for name, _ in rows(journal)] == ["二月/a.zip/甲.pdf", "二月/a.zip/乙.pdf"]


def test_done_again_takes_the_place_of_what_was(path: Path) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(WANG, Entry("甲"), Entry("乙"))])
        journal.add([finished(WANG, Entry("丙"))])
        assert [entry.part for _, entry in rows(journal)] == ["丙"]


def test_the_same_content_is_known_by_its_digest(path: Path) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(WANG, Entry("", text="客服"), digest="abc")])
        assert journal.known("abc") == (Entry("", text="客服"),)
        assert journal.known("abd") is None
    with Journal(path, "二") as journal:
        assert journal.known("abc") is None, "what another version made is not known"


def test_numbers_in_names_are_masked_unless_told_otherwise(path: Path) -> None:
    place = Place("/a", name="王小明 0912-345-678.pdf")
    with Journal(path, "一") as journal:
        journal.add([finished(place)])
        assert rows(journal)[0][0] == "王小明 ●●●●-●●●-●●●.pdf"
        assert journal.slowest(1) == [("王小明 ●●●●-●●●-●●●.pdf", 0.5)]
    with Journal(path, "一", masking=False) as journal:
        journal.is_done(place)
        assert rows(journal)[0][0] == place.name


def test_a_second_run_on_the_same_journal_is_refused(path: Path) -> None:
    with Journal(path, "一"), pytest.raises(MatcherError, match="正由另一個 matcher 使用中"):
        Journal(path, "一").__enter__()


def test_others_on_the_machine_cannot_read_it(path: Path) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(WANG)])
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_a_broken_journal_is_named(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(MatcherError, match="已損壞"):
        Journal(path, "一").__enter__()


def test_a_journal_in_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match="無法使用"):
        Journal(tmp_path / "沒有" / "journal.sqlite", "一").__enter__()


def test_a_journal_of_another_form_is_begun_anew(path: Path) -> None:
    with Journal(path, "一") as journal:
        journal.add([finished(WANG)])
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 99")
    base.close()
    with Journal(path, "一") as journal:
        assert not journal.is_done(WANG)
        journal.add([finished(WANG)])
        assert len(rows(journal)) == 1


def test_without_a_path_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Journal(None, "一") as journal:
        journal.add([finished(WANG)])
        assert len(rows(journal)) == 1
        assert list(tmp_path.iterdir()) == []
