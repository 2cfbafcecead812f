"""Services of their own processes, for benches, and what they hold."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil


@dataclass(frozen=True)
class Held:
    """What a service and its processes hold."""

    mebibytes: float
    descriptors: int
    threads: int


@dataclass(frozen=True)
class Server:
    """A service that runs."""

    url: str
    process: psutil.Process

    def held(self) -> Held:
        """Resident memory, descriptors and threads, those of its processes included."""
        family = [self.process, *self.process.children(recursive=True)]
        return Held(
            sum(one.memory_info().rss for one in family) / 2**20,
            sum(one.num_fds() for one in family),
            sum(one.num_threads() for one in family),
        )


@contextmanager
def matcher_serve(workers: int) -> Iterator[Server]:
    """``matcher serve`` with an empty store, and no limit of requests a minute."""
    program = str(Path(sys.executable).with_name("matcher"))
    with _running([program, "serve", "--workers", str(workers)], "/readyz") as server:
        yield server


@contextmanager
def empty_route(workers: int) -> Iterator[Server]:
    """The route that does nothing, served in the same way."""
    uvicorn = [sys.executable, "-m", "uvicorn", "eval.bench.empty:app", "--no-access-log"]
    with _running([*uvicorn, "--workers", str(workers)], "/") as server:
        yield server


@contextmanager
def _running(command: Sequence[str], path: str) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = {
            "MATCHER_DATABASE_URL": f"sqlite:///{folder}/service.sqlite3",
            "MATCHER_SERVE_REQUESTS_PER_MINUTE": "0",
        }
        with subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--port", str(port)],
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                _wait(f"http://127.0.0.1:{port}{path}")
                yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
            finally:
                process.terminate()


def _wait(url: str) -> None:
    """Until the service answers, whatever it says."""
    for _ in range(600):
        try:
            urlopen(url, timeout=10).close()  # noqa: S310 - this machine's
            return
        except HTTPError:
            return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
