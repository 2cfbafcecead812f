# mypy: untyped-calls-exclude="distributed"
"""A dask cluster to work with: one of this machine's own, or one that is there already."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import resource_tracker

import dask
from distributed import CancelledError, Client, LocalCluster, Scheduler, WorkerPlugin
from distributed.gc import disable_gc_diagnosis
from distributed.utils import silence_logging_cmgr

from matcher.errors import MatcherError
from matcher.reading.workplace import workplace

_CONNECT = 10.0  # seconds for the scheduler to answer
_WORKERS = 30.0  # seconds for the first worker to come
_DEATHS = 1  # of workers of our own under one partition, after which it is put to the test
_PLUGIN = "icap-matcher-"
_OWN = {
    "distributed.worker.daemon": False,  # a daemon could start no readers
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or of a new cluster that ends with the block.

    Raises:
        MatcherError: there is no such scheduler, or it has no workers.
    """
    with ExitStack() as stack:
        stack.enter_context(silence_logging_cmgr(logging.CRITICAL))
        cluster = scheduler or stack.enter_context(_own_cluster(workers or os.cpu_count() or 1))
        try:
            client = stack.enter_context(Client(cluster, timeout=_CONNECT))
        except (OSError, ValueError, TimeoutError) as error:
            raise MatcherError(
                f"連不上 dask 排程器「{scheduler}」；請確認它已啟動、網路可通，位址像 tcp://10.0.0.5:8786。"
            ) from error
        try:
            client.wait_for_workers(1, timeout=_WORKERS)
        except TimeoutError as error:
            raise MatcherError(
                f"dask 排程器「{scheduler}」沒有任何工作程序；請在要用的機器上執行 dask worker。"
            ) from error
        yield client


@contextmanager
def on_every_worker(client: Client, plugin: WorkerPlugin) -> Iterator[str]:
    """The name by which workers have the plugin until the block ends, those that come later too.

    Raises:
        MatcherError: one of them cannot.
    """
    name = f"{_PLUGIN}{client.id}"
    try:
        _register(client, plugin, name)
        yield name
    finally:
        with suppress(Exception):  # a cluster that is gone has none
            client.unregister_worker_plugin(name)


def _register(client: Client, plugin: WorkerPlugin, name: str) -> None:
    try:
        # Without interrupts, because a plugin that is half started could not be ended in good order.
        with lost_connection(client), _without_interrupts():
            for abandoned in client.run_on_scheduler(_abandoned):
                with suppress(Exception):  # a worker that has only just come may not have it
                    client.unregister_worker_plugin(abandoned)
            client.register_plugin(plugin, name=name)
    except MatcherError:
        raise
    except Exception as error:
        raise MatcherError(
            f"dask 叢集裡有程序不能載入 icap-matcher（{error}）；排程器和每一台都要裝同一版，用到的套件也是。"
        ) from error


@contextmanager
def lost_connection(client: Client) -> Iterator[None]:
    """What fails in the block because the scheduler is gone becomes a MatcherError."""
    try:
        yield
    except Exception as error:
        if client.status == "running" and not isinstance(error, OSError | CancelledError):
            raise
        raise MatcherError("和 dask 排程器斷線了；已完成的都留著，用同一個指令就會接著做。") from error


def _abandoned(dask_scheduler: Scheduler) -> list[str]:
    """Plugins of clients that have ended without a farewell."""
    plugins = [name for name in dask_scheduler.worker_plugins if name.startswith(_PLUGIN)]
    return [name for name in plugins if name.removeprefix(_PLUGIN) not in dask_scheduler.clients]


@contextmanager
def _own_cluster(workers: int) -> Iterator[LocalCluster]:
    with ExitStack() as stack:
        folder = stack.enter_context(workplace())
        stack.enter_context(dask.config.set(_OWN))
        with _without_interrupts():
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
                local_directory=str(folder),
                scheduler_kwargs={"allowed_failures": _DEATHS, "dashboard": False},
            )
            stack.enter_context(cluster)
            disable_gc_diagnosis(force=True)  # a KeyboardInterrupt that met its callback would be lost
        yield cluster


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait for the end of the block; processes that are started in it, and those started
    later by its threads, never see a Ctrl-C."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield  # other threads are never interrupted, and Windows has no such masks
        return
    came: list[int] = []
    resource_tracker.ensure_running()  # it would lift the mask when it is started later
    signals = (signal.SIGINT, signal.SIGTERM)
    handlers = [signal.signal(one, lambda number, _: came.append(number)) for one in signals]
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for one, handler in zip(signals, handlers, strict=True):
            signal.signal(one, handler)
        if came:
            signal.raise_signal(came[0])
