"""The engine of one machine: everything is done once, whatever happens to its processes."""

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Self

import pytest

from matcher import Matcher
from matcher.batch.engine import run
from matcher.batch.entry import Entry
from matcher.batch.journal import Journal
from matcher.batch.local import LocalEngine
from matcher.batch.scorers import Scorers, Task, pack
from matcher.batch.work import Finished, Known, Scoring
from matcher.data import data_path
from matcher.inputs.source import Source
from matcher.privacy import mask, masked
from matcher.reading.document import Document
from matcher.reading.limits import Limits
from matcher.settings import Settings
from tests.batch_files import Place
from tests.hostile_readers import read_or_obey
from tests.make_zip import zipped

RESUMES = {
    path.name: path.read_text(encoding="utf-8") for path in data_path("samples", "resumes").glob("*.txt")
}
PLANNER = RESUMES["planner.txt"]


@pytest.fixture(scope="module")
def scoring(matcher: Matcher) -> Scoring:
    settings = Settings(read=Limits(seconds=5, memory_bytes=300 * 1024 * 1024, ocr=False))
    return Scoring(matcher.standard, settings, reader=read_or_obey)


@pytest.fixture(scope="module")
def engine(scoring: Scoring) -> Iterator[LocalEngine]:
    with LocalEngine(scoring, workers=2) as engine:
        yield engine


def places(**contents: str) -> list[Place]:
    return [Place(f"{name}.txt", content.encode()) for name, content in contents.items()]


def entries(finished: Iterable[Sequence[Finished]]) -> dict[str, tuple[Entry, ...]]:
    return {one.source.key: one.entries for one in chain.from_iterable(finished)}


def test_a_report_is_the_matchers_own_with_personal_data_masked(
    engine: LocalEngine, matcher: Matcher
) -> None:
    done = entries(engine.run([Place(name, text.encode()) for name, text in RESUMES.items()]))
    assert done.keys() == RESUMES.keys()
    for name, (entry,) in done.items():
        assert entry.report == masked(matcher.score(RESUMES[name]), RESUMES[name])
        assert entry.text == mask(RESUMES[name].rstrip())


def test_bad_files_are_entries_and_disturb_nobody(engine: LocalEngine) -> None:
    done = entries(
        engine.run(places(好=PLANNER, 空="", 當掉="exit 9", 卡住="hang", 吃光="eat_memory", 又好=PLANNER))
    )
    codes = {name: entry.error for name, (entry,) in done.items()}
    assert codes == {
        "好.txt": None,
        "空.txt": "empty",
        "當掉.txt": "crash",
        "卡住.txt": "timeout",
        "吃光.txt": "memory",
        "又好.txt": None,
    }
    assert all(entry.reason for (entry,) in done.values() if entry.error)


def test_a_slow_file_holds_up_none_that_is_quick(engine: LocalEngine) -> None:
    texts = {f"快{number}": PLANNER for number in range(8)}
    order = list(entries(engine.run(places(慢="sleep 3", **texts))))
    assert order[-1] == "慢.txt"
    assert len(order) == 9


def test_every_file_in_a_zip_is_a_part(engine: LocalEngine) -> None:
    content = zipped(("甲.txt", PLANNER.encode()), ("二月/乙.txt", b""))
    ((done,),) = engine.run([Place("二份.zip", content)])
    assert [(entry.part, entry.error) for entry in done.entries] == [
        ("甲.txt", None),
        ("二月/乙.txt", "empty"),
    ]


def test_numbers_in_the_names_of_parts_are_masked(engine: LocalEngine) -> None:
    ((done,),) = engine.run([Place("一份.zip", zipped(("王小明 0912-345-678.txt", b""), ("乙.txt", b"")))])
    assert [entry.part for entry in done.entries] == ["王小明 ●●●●-●●●-●●●.txt", "乙.txt"]


def test_sources_are_taken_as_they_are_needed(engine: LocalEngine) -> None:
    taken = []

    def coming() -> Iterator[Source]:
        for number in range(100):
            taken.append(number)
            yield Place(f"{number}.txt", PLANNER.encode())

    running = engine.run(coming())
    next(running)
    assert len(taken) < 20
    running.close()  # type: ignore[attr-defined]


def test_what_is_known_is_not_read_again(engine: LocalEngine) -> None:
    known = (Entry("", text="早就評過"),)
    ((done,),) = engine.run([Place("甲.txt", PLANNER.encode())], known=lambda _: known)
    assert done.entries == known


def test_the_same_content_has_the_same_digest_and_another_format_another(engine: LocalEngine) -> None:
    sources = [Place(name, PLANNER.encode()) for name in ("a.txt", "b.TXT", "c.md")]
    digests = {one.source.key: one.digest for one in chain.from_iterable(engine.run(sources))}
    assert digests["a.txt"] == digests["b.TXT"] != digests["c.md"]


def test_a_scorer_that_is_killed_is_replaced(scoring: Scoring) -> None:
    document = Document(PLANNER, "a.txt", "text/plain", "traditional", ((0, len(PLANNER)),))
    task = Task(pack(scoring.standard), None, masking=True)
    with Scorers(scoring.settings, 1, task.standard) as scorers:
        before = scorers.score(document, task)
        os.kill(scorers._all[-1].call(os.getpid, (), 60), signal.SIGKILL)
        assert scorers.score(document, task) == before
        assert before.error is None


def test_a_text_that_cannot_be_scored_is_an_entry(matcher: Matcher) -> None:
    short = Scoring(matcher.standard, Settings(max_characters=10))
    with LocalEngine(short, 1) as engine:
        ((done,),) = engine.run([Place("a.txt", PLANNER.encode())])
    assert done.entries[0].error == "unscored"
    assert "最多 10 字" in str(done.entries[0].reason)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "posting"},
        {"masking": False},
        {"settings": Settings(max_characters=99)},
        {"settings": Settings(read=Limits(ocr=False))},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_a_result_depends_on_is_in_the_version(matcher: Matcher, other: dict[str, object]) -> None:
    first = Scoring(matcher.standard, Settings())
    second = Scoring(**{"standard": matcher.standard, "settings": Settings(), **other})  # type: ignore[arg-type]
    assert first.version(matcher.versions) != second.version(matcher.versions)


def test_other_data_are_another_version_and_other_workers_are_not(matcher: Matcher) -> None:
    scoring = Scoring(matcher.standard, Settings())
    version = scoring.version(matcher.versions)
    assert scoring.version({**matcher.versions, "lexicon": "新"}) != version
    assert Scoring(matcher.standard, Settings(workers=7)).version(matcher.versions) == version


def test_a_run_does_what_is_left_and_tells_of_everything(scoring: Scoring, tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    sources = places(甲=PLANNER, 乙="sleep 0", 丙="")
    told: list[Finished | None] = []
    with Journal(path, "一") as journal:
        run(sources[:2], LocalEngine(scoring, 1), journal, told.append)
    with Journal(path, "一") as journal:
        run(sources, LocalEngine(scoring, 1), journal, told.append)
        assert sorted(journal.named(number)[0] for number in journal) == ["丙.txt", "乙.txt", "甲.txt"]
    assert [one and one.source.key for one in told[2:]] == [None, None, "丙.txt"]


def test_what_is_finished_together_is_kept_before_any_of_it_is_told(tmp_path: Path) -> None:
    group = [Finished(place, place.key, (Entry(""),), 0.0) for place in places(甲="", 乙="", 丙="")]

    class Together:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def run(self, sources: Iterable[Source], known: Known) -> Iterator[list[Finished]]:  # noqa: ARG002
            yield group

    told: list[list[bool]] = []
    with Journal(tmp_path / "journal.sqlite", "一") as journal:
        sources = [one.source for one in group]
        run(sources, Together(), journal, lambda _: told.append([journal.is_done(one) for one in sources]))
    assert told == [[True] * 3] * 3
