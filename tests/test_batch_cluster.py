# mypy: untyped-calls-exclude="distributed"
"""The engine of many machines: the rows of one machine, whatever happens to the workers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import fsspec
import pytest
from distributed import Client, LocalCluster, WorkerPlugin
from moto.server import ThreadedMotoServer

from matcher import Matcher
from matcher.batch import cluster, cluster_client
from matcher.batch.cluster import DaskEngine
from matcher.batch.entry import Entry
from matcher.batch.leftover import Leftover
from matcher.batch.local import LocalEngine
from matcher.batch.parts import Parts
from matcher.batch.work import Finished, Scoring
from matcher.errors import MatcherError
from matcher.inputs.inputs import Inputs
from matcher.inputs.source import Source
from matcher.reading.limits import Limits
from matcher.settings import Settings
from tests.batch_files import Place, written
from tests.corpus.chaos import LIMITS, files, is_good
from tests.hostile_readers import read_or_obey
from tests.processes import MARK, marked_processes

ROOT = Path(__file__).parent.parent
S3 = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@dataclass(frozen=True)
class Deadly(Place):
    """A source that ends the process that loads it."""

    def load(self, limits: Limits) -> bytes:  # noqa: ARG002 - as every source
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


@dataclass(frozen=True)
class Slow(Place):
    """A source that comes slowly."""

    def load(self, limits: Limits) -> bytes:
        time.sleep(0.3)
        return super().load(limits)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that behaves as S3."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory, s3: str) -> Iterator[str]:
    """The address of a scheduler that has two workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("叢集")
    settings = {
        "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "PYTHONPATH": str(ROOT),
        "AWS_ENDPOINT_URL": s3,
    }
    address = folder / "scheduler.json"
    own = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(address))
    two = ("--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder))
    with (
        (folder / "log.txt").open("w") as log,
        _program("scheduler", "--port", "0", "--no-dashboard", *own, env={**os.environ, **settings}, log=log),
        _program("worker", "--no-dashboard", *own, *two, env={**os.environ, **S3, **settings}, log=log),
    ):
        while not address.exists():
            time.sleep(0.05)
        found = json.loads(address.read_text())["address"]
        with Client(found, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield found


@contextmanager
def _program(name: str, *arguments: str, env: dict[str, str], log: object) -> Iterator[None]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments]
    with subprocess.Popen(command, env=env, stdout=log, stderr=log) as process:  # type: ignore[call-overload]
        yield
        process.terminate()


@pytest.fixture(scope="module")
def scoring(matcher: Matcher) -> Scoring:
    return Scoring(matcher.standard, Settings(read=LIMITS), reader=read_or_obey)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("中間結果")


@pytest.fixture(scope="module")
def engine(scoring: Scoring, scheduler: str, parts: Path) -> Iterator[DaskEngine]:
    with DaskEngine(scoring, scheduler, parts=str(parts)) as engine:
        yield engine


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """Sixty files of all kinds, hostile ones among them, but none that takes all the time it may."""
    folder = tmp_path_factory.mktemp("履歷")
    quick = [(name, content) for name, content, code in files() if code not in ("timeout", "memory")]
    for name, content in quick[:60]:
        (folder / name).write_bytes(content)
    return Inputs([str(folder)])


@pytest.fixture(scope="module")
def alone(scoring: Scoring, mixed: Inputs) -> dict[str, tuple[Entry, ...]]:
    """What the engine of one machine makes of them."""
    with LocalEngine(scoring, workers=2) as engine:
        return entries(engine.run(mixed))


def entries(done: Iterable[Sequence[Finished]]) -> dict[str, tuple[Entry, ...]]:
    """The entries by key, each given once."""
    listed = [(one.source.key, one.digest, one.entries) for one in chain.from_iterable(done)]
    assert max(Counter(key for key, _, _ in listed).values()) == 1
    return {key: entries for key, _, entries in listed}


def texts(*said: str) -> list[Place]:
    return [Place(f"{number}.txt", text.encode()) for number, text in enumerate(said)]


def test_the_rows_are_those_of_one_machine(
    engine: DaskEngine, parts: Path, mixed: Inputs, alone: dict[str, tuple[Entry, ...]]
) -> None:
    assert entries(engine.run(mixed)) == alone
    assert list(parts.iterdir()) == []
    assert {entry.error for (entry, *_) in alone.values()} >= {None, "malformed", "unsafe_archive"}


def test_what_a_lost_worker_had_is_done_again(
    engine: DaskEngine, scheduler: str, mixed: Inputs, alone: dict[str, tuple[Entry, ...]]
) -> None:
    slow = [Slow(f"慢{number}.txt", "規劃客服流程。".encode()) for number in range(20)]
    sources = [source for four in zip(slow, *[iter(mixed)] * 3, strict=True) for source in four]
    run = engine.run(sources)
    first = next(run)
    with Client(scheduler, set_as_default=False) as client:
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
    done = entries([first, *run])
    assert {done.pop(source.key)[0].text for source in slow} == {"規劃客服流程。"}
    assert done == alone


def test_a_source_that_kills_workers_is_a_row_and_the_others_are_read(engine: DaskEngine) -> None:
    sources: list[Source] = [*texts("規劃客服流程。", "訂定 SOP。", "編列預算。"), Deadly("凶手.pdf")]
    done = entries(engine.run(sources))
    assert done.keys() == {"0.txt", "1.txt", "2.txt", "凶手.pdf"}
    assert [entry.text for key, (entry,) in sorted(done.items())] == [
        "規劃客服流程。",
        "訂定 SOP。",
        "編列預算。",
        "",
    ]
    (row,) = done["凶手.pdf"]
    assert (row.error, row.reason) == (
        "crash",
        "處理這個檔案的程序一再意外結束，已略過；檔案可能已損壞或含惡意內容。",
    )


def test_a_partition_that_takes_long_is_handed_in_as_far_as_it_is_done(
    engine: DaskEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 0.2)
    sources = [Slow(f"{number}.txt", "規劃客服流程。".encode()) for number in range(20)]
    assert entries(engine.run(sources)).keys() == {source.key for source in sources}


def test_what_was_finished_when_a_run_was_ended_is_taken_in_by_the_next(
    engine: DaskEngine, tmp_path: Path
) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"規劃客服流程，第{number}版。")
    sources = list(Inputs([str(tmp_path)]))
    ended = engine.run(sources)
    first = next(ended)
    ended.close()  # type: ignore[attr-defined]
    Path(first[0].source.key).unlink()  # what is done again now is unreachable
    done = entries(engine.run(sources))
    assert len(done) == 30
    assert {entry.error for (entry,) in done.values()} == {None}


def test_parts_that_are_damaged_or_of_another_version_are_not_taken_in(tmp_path: Path) -> None:
    (source,) = texts("規劃客服流程。")
    old, parts = Parts.at(str(tmp_path), "0" * 32), Parts.at(str(tmp_path), "1" * 32)
    old.write(old.name([source]), [Finished(source, "", (Entry(""),), 0.5)])
    (tmp_path / parts.name([source])).write_bytes(b"PAR1 half")
    assert Leftover(parts).take(source) is None


def test_what_may_go_better_the_next_time_is_not_taken_in(tmp_path: Path) -> None:
    good, slow = texts("規劃客服流程。", "訂定 SOP。")
    parts = Parts.at(str(tmp_path), "0" * 32)
    done = [
        Finished(good, "摘要", (Entry("", text="規劃客服流程。"),), 0.5),
        Finished(slow, "", (Entry("", error="timeout", reason="太久。"),), 0.5),
    ]
    parts.write(parts.name([good, slow]), done)
    leftover = Leftover(parts)
    assert [leftover.take(good), leftover.take(slow), leftover.take(good)] == [done[0], None, None]


def test_a_folder_that_was_made_for_parts_is_removed_when_it_is_empty(tmp_path: Path) -> None:
    parts = Parts.at(str(tmp_path / "中間結果"), "0" * 32)
    parts.write("一份", [])
    parts.close()
    assert (tmp_path / "中間結果").exists()
    parts.remove("一份")
    parts.close()
    assert list(tmp_path.iterdir()) == []


def test_rows_that_another_version_made_end_the_run(
    engine: DaskEngine, scoring: Scoring, parts: Path, matcher: Matcher
) -> None:
    (source,) = texts("規劃客服流程。")
    report = matcher.score("規劃客服流程。")
    other = replace(report, versions={**report.versions, "lexicon": "另一版"})
    place = Parts.at(str(parts), scoring.version(matcher.versions))
    name = place.name([source])
    place.write(name, [Finished(source, "", (Entry("", other),), 0.5)])
    with pytest.raises(MatcherError, match="版本不同；每一台都要裝同一版"):
        entries(engine.run([source]))
    place.remove(name)


def test_what_a_killed_client_left_on_the_workers_is_removed(scheduler: str) -> None:
    with Client(scheduler, set_as_default=False) as client:
        client.register_plugin(WorkerPlugin(), name="icap-matcher-Client-of-yesterday")
        with cluster_client.on_every_worker(client, WorkerPlugin()) as name:
            plugins = client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.worker_plugins))
    assert name in plugins
    assert "icap-matcher-Client-of-yesterday" not in plugins


def test_it_reads_and_writes_a_bucket(
    scoring: Scoring, scheduler: str, s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**S3, "AWS_ENDPOINT_URL": s3}.items():
        monkeypatch.setenv(name, value)
    bucket = fsspec.filesystem("s3", use_listings_cache=False)
    bucket.mkdir("applications")
    bucket.pipe({f"applications/in/{number}.txt": f"規劃客服流程{number}。".encode() for number in range(9)})
    sources = list(Inputs(["s3://applications/in"]))
    with DaskEngine(scoring, scheduler, parts="s3://applications/parts") as engine:
        done = entries(engine.run(sources))
    assert [entry.text for _, (entry,) in sorted(done.items())] == [f"規劃客服流程{n}。" for n in range(9)]
    assert bucket.ls("applications") == ["applications/in"]


def test_a_scheduler_that_cannot_be_reached_is_named(scoring: Scoring, tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match=r"連不上 dask 排程器「tcp://127\.0\.0\.1:9」"):
        DaskEngine(scoring, "tcp://127.0.0.1:9", parts=str(tmp_path)).__enter__()


def test_a_scheduler_without_workers_is_told(
    scoring: Scoring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_client, "_WORKERS", 0.1)
    with (
        own_cluster(0) as address,
        pytest.raises(MatcherError, match="沒有任何工作程序；請在要用的機器上執行 dask worker"),
    ):
        DaskEngine(scoring, address, parts=str(tmp_path)).__enter__()


def test_workers_that_are_daemons_are_told_what_to_set(scoring: Scoring, tmp_path: Path) -> None:
    with (
        own_cluster(1) as address,
        pytest.raises(MatcherError, match="DASK_DISTRIBUTED__WORKER__DAEMON=False"),
    ):
        DaskEngine(scoring, address, parts=str(tmp_path)).__enter__()


@contextmanager
def own_cluster(workers: int) -> Iterator[str]:
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as made:
        yield made.scheduler_address


def test_a_folder_for_parts_that_is_none_is_named(scoring: Scoring, tmp_path: Path) -> None:
    (tmp_path / "檔案").write_text("")
    with pytest.raises(MatcherError, match=r"中間結果的資料夾「.*檔案」不能用.*--parts 要是每一台都能讀寫"):
        DaskEngine(scoring, parts=str(tmp_path / "檔案")).__enter__()


def test_the_number_of_workers_is_checked(scoring: Scoring) -> None:
    with pytest.raises(MatcherError, match="要是 0（每個核心一個）或更多，收到 -1"):
        DaskEngine(scoring, workers=-1)


def test_without_its_package_it_says_what_to_install() -> None:
    program = "import sys; sys.modules['distributed'] = None; import matcher.batch.cluster"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert 'pip install "icap-matcher[cluster]"' in done.stderr.decode()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux tells a process' parent")
def test_ctrl_c_ends_a_cluster_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, content, _ in filter(lambda file: is_good(file[0]), files()):
        (tmp_path / "in" / name).write_bytes(content)
    mark = {MARK: str(tmp_path), "TMPDIR": str(tmp_path)}
    command = [
        *(sys.executable, "-c", "from matcher.cli import main; main()", "batch", str(tmp_path / "in")),
        *("--engine", "dask", "--workers", "2", "--out", str(tmp_path / "out")),
    ]
    with subprocess.Popen(
        command, env={**os.environ, **mark}, stdout=-1, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        try:
            while process.poll() is None and written(tmp_path / "out") < 30_000:
                time.sleep(0.05)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            printed = process.communicate(timeout=180)[0].decode()
        finally:
            process.kill()
    assert (process.returncode, "Traceback" in printed) == (130, False), printed
    assert marked_processes(str(tmp_path)) == []
    assert list(tmp_path.glob("matcher-*")) == []
