# mypy: untyped-calls-exclude="distributed"
"""The engine of many machines: files are read and scored by the workers of a dask cluster."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from time import monotonic
from typing import Self

from matcher.batch.entry import Entry
from matcher.batch.leftover import Leftover
from matcher.batch.parts import Parts
from matcher.batch.work import Finished, Known, Scoring, nothing_known
from matcher.errors import MatcherError
from matcher.inputs.source import Source
from matcher.matcher import versions

try:
    from distributed import Client, Future, KilledWorker, wait
except ImportError as missing:
    raise MatcherError('要用 dask 叢集，請先安裝：pip install "icap-matcher[cluster]"') from missing

from matcher.batch.cluster_client import connected, lost_connection, on_every_worker
from matcher.batch.cluster_worker import Keeper, do, packed

_MOST = 64  # sources in a partition
_EACH = 2  # partitions in work for each thread of the cluster: one waits while another is done
_SECONDS = 30.0  # after which a partition is handed in as far as it is done
_TRIES = 2  # more for a partition that failed, as when a machine could not reach the folder of the parts
_GLANCE = 5.0  # seconds between looks at whether there are workers
_PATIENCE = 60.0  # seconds without any worker

_KILLED = "處理這個檔案的程序一再意外結束，已略過；檔案可能已損壞或含惡意內容。"


class DaskEngine:
    """Reads and scores on the workers of a dask cluster. Use it as a context manager, any number of times.

    ``scheduler`` is the address of the cluster's; without one, a cluster of this machine is started, with
    ``workers`` workers, 0 is one for each processor core. ``parts`` is a folder or URL that this process
    and all workers can read and write; it serves one run at a time.

    Raises:
        MatcherError: ``workers`` is below 0.
    """

    def __init__(
        self, scoring: Scoring, scheduler: str | None = None, workers: int = 0, parts: str = "parts"
    ) -> None:
        if workers < 0:
            raise MatcherError(f"工作程序數要是 0（每個核心一個）或更多，收到 {workers}。")
        self._scoring = scoring
        self._scheduler, self._workers, self._place = scheduler, workers, parts
        self._running: dict[Future[None], tuple[str, list[Source]]] = {}

    def __enter__(self) -> Self:
        """Start an engine on every worker.

        Raises:
            MatcherError: the scheduler cannot be reached, a worker cannot score, or the parts have no place.
        """
        self._versions = versions()
        with ExitStack() as stack:
            self._parts = Parts.at(self._place, self._scoring.version(self._versions))
            stack.callback(self._parts.close)
            self._client: Client = stack.enter_context(connected(self._scheduler, self._workers))
            keeper = Keeper(self._scoring, quiet=self._scheduler is None)
            self._keeper = stack.enter_context(on_every_worker(self._client, keeper))
            stack.callback(self._running.clear)
            self._seen = monotonic()
            self._threads = self._count_threads()
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self, sources: Iterable[Source], known: Known = nothing_known) -> Iterator[list[Finished]]:  # noqa: ARG002 - workers cannot ask it
        """Every source as it is finished, in no set order; those of a partition together.

        Lazy: a few partitions for each thread of the cluster are taken ahead, and as many sources wait.

        Raises:
            MatcherError: the cluster is lost, a worker cannot score, or the parts cannot be written or read.
        """
        try:
            yield from self._run(Leftover(self._parts), sources)
        finally:
            self._running.clear()  # so that nobody begins what nobody waits for
        for name in self._parts.names():
            self._parts.remove(name)

    def _run(self, leftover: Leftover, sources: Iterable[Source]) -> Iterator[list[Finished]]:
        ahead: deque[Source] = deque()
        suspects: list[Source] = []
        for source in sources:
            if finished := leftover.take(source):
                yield [self._checked(finished)]
                continue
            ahead.append(source)
            if len(ahead) >= self._threads * _EACH * _MOST:
                yield from self._step(ahead, suspects)
        while ahead or self._running:
            yield from self._step(ahead, suspects)
        for source in suspects:
            yield from self._alone(source)

    def _step(self, ahead: deque[Source], suspects: list[Source]) -> Iterator[list[Finished]]:
        """Give out what there is room for, and take in the next partition that is done."""
        with lost_connection(self._client):
            self._hand_out(ahead)
            name, partition, error = self._next_done()
        if isinstance(error, KilledWorker):
            suspects += partition
            return
        if error:
            raise error
        rest = {source.key: source for source in partition}
        if together := [self._checked(row.finished(rest.pop(row.key))) for row in self._parts.read(name)]:
            yield together
        self._parts.remove(name)
        ahead.extendleft(rest.values())

    def _alone(self, source: Source) -> Iterator[list[Finished]]:
        """Do a source with no other in work, so that it is known to be the one if workers die again."""
        alone, guilty = deque([source]), list[Source]()
        while alone:
            yield from self._step(alone, guilty)
        for one in guilty:
            yield [Finished(one, "", (Entry("", error="crash", reason=_KILLED),), 0.0)]

    def _hand_out(self, ahead: deque[Source]) -> None:
        slots = self._threads * _EACH
        # Near the end partitions get smaller, so that all workers have work until it comes.
        size = min(max(len(ahead) // slots, 1), _MOST)
        while ahead and len(self._running) < slots:
            partition = [ahead.popleft() for _ in range(min(size, len(ahead)))]
            name = self._parts.name(partition)
            work = packed(self._parts, name, partition, _SECONDS)
            future = self._client.submit(do, self._keeper, work, pure=False, retries=_TRIES)
            self._running[future] = name, partition

    def _next_done(self) -> tuple[str, list[Source], BaseException | None]:
        """A part, its sources, and what was raised instead of writing it."""
        done: set[Future[None]] = set()
        while not done:
            with suppress(TimeoutError):
                done = wait(list(self._running), timeout=_GLANCE, return_when="FIRST_COMPLETED").done
            self._threads = self._count_threads()
        future = done.pop()
        name, partition = self._running.pop(future)
        error = future.exception()
        return name, partition, error and error.with_traceback(future.traceback())

    def _count_threads(self) -> int:
        """Threads of all workers; 1 while there is none.

        Raises:
            MatcherError: there has been none for long.
        """
        threads: int = sum(self._client.nthreads().values())
        if threads:
            self._seen = monotonic()
        elif monotonic() - self._seen > _PATIENCE:
            raise MatcherError("dask 的工作程序全部不見了；已完成的都留著，用同一個指令就會接著做。")
        return max(threads, 1)

    def _checked(self, finished: Finished) -> Finished:
        for entry in finished.entries:
            if entry.report and entry.report.versions != self._versions:
                raise MatcherError("工作程序的 icap-matcher 或資料和這裡的版本不同；每一台都要裝同一版。")
        return finished
