"""``matcher serve``: starts, says where it is, answers, and ends; or says why it does not start."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx
import pytest

from api.store import Store
from api.store.keys import create_key
from tests.command import RunCommand
from tests.services import RESUME

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Running:
    """A service that runs."""

    process: subprocess.Popen[str]
    url: str
    said: str

    def end(self, how: int) -> tuple[int, str]:
        """Its exit status, and what it wrote into its log."""
        self.process.send_signal(how)
        _, log = self.process.communicate(timeout=60)
        return self.process.returncode, log


@contextmanager
def running(folder: Path, *options: str, **settings: str) -> Iterator[Running]:
    """``matcher serve`` with these options, once it answers."""
    database = f"sqlite:///{folder / 'service.sqlite3'}"
    environment = {**os.environ, "MATCHER_DATABASE_URL": database, "MATCHER_WORKERS": "1", **settings}
    command = [sys.executable, "-c", "from matcher.cli import main; main()", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder
    ) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            found = re.search(r"http://\S+?:\d+", said)
            assert found, process.communicate()[1]
            if not settings.get("KEYED"):
                said += process.stdout.readline() + process.stdout.readline()
            wait(process, found[0])
            yield Running(process, found[0], said)
        finally:
            if process.poll() is None:
                process.kill()


def wait(process: subprocess.Popen[str], url: str) -> None:
    """Until the service is ready."""
    while process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz", timeout=60, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            continue  # it listens a moment later
    raise AssertionError(process.communicate()[1])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_when_it_is_told_to(tmp_path: Path, how: int) -> None:
    with running(tmp_path) as service:
        assert f"{service.url}/docs" in service.said
        assert "還沒有任何金鑰：這台電腦上的程式都可以使用" in service.said
        status, log = service.end(how)
    assert status in (0, -how)
    lines = [json.loads(line) for line in log.splitlines()]
    assert {line["logger"] for line in lines} == {"api.access"}
    assert lines[-1]["route"] == "/readyz"


def test_the_first_call_of_the_readme_works(tmp_path: Path) -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-TW.md")]
    calls = {line for text in texts for line in text.splitlines() if line.startswith("curl ")}
    (call,) = calls
    assert "http://127.0.0.1:8000/" in call
    with running(tmp_path) as service:
        here = call.replace("http://127.0.0.1:8000", service.url)
        done = subprocess.run(["/bin/sh", "-c", here], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["standard"]["code"] == "BAS2421-003v4"


def test_several_processes_share_a_port_and_their_metrics(tmp_path: Path) -> None:
    with running(tmp_path, "--workers", "2") as service:
        for _ in range(30):  # each over a connection of its own, so that both processes have some
            answer = httpx.get(f"{service.url}/v1/version", trust_env=False)
            assert answer.status_code == 200
        metrics = httpx.get(f"{service.url}/metrics", trust_env=False).text
        assert 'matcher_requests_total{method="GET",route="/v1/version",status="200"} 30.0' in metrics
        status, _ = service.end(signal.SIGTERM)
    assert status == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc, which Linux has")
def test_processes_that_are_killed_are_replaced(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        killed = [below for server in children(service.process.pid) for below in children(server)]
        assert len(killed) >= 2  # one that reads and one that scores
        for process in killed:
            os.kill(process, signal.SIGKILL)
        for sent in ({"json": {"text": RESUME}}, {"files": {"file": ("a.html", f"<p>{RESUME}")}}):
            answer = httpx.post(f"{service.url}/v1/score", timeout=60, trust_env=False, **sent)
            assert answer.status_code == 200, answer.text
        assert httpx.get(f"{service.url}/readyz", timeout=60, trust_env=False).status_code == 200


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]


def test_with_a_key_it_may_listen_for_all(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'service.sqlite3'}") as store:
        token = create_key(store, "甲", "recruiter")
    with running(tmp_path, "--host", "0.0.0.0", KEYED="1") as service:  # noqa: S104 - what is tested
        url = service.url.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - likewise
        assert httpx.get(f"{url}/v1/standards", trust_env=False).status_code == 401
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{url}/v1/standards", headers=headers, trust_env=False).status_code == 200
        service.end(signal.SIGTERM)


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A store without keys."""
    monkeypatch.setenv("MATCHER_DATABASE_URL", f"sqlite:///{tmp_path / 'service.sqlite3'}")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - refused
def test_without_a_key_it_does_not_listen_for_others(run: RunCommand, host: str) -> None:
    error = run("serve", "--host", host, "--port", "0").error
    assert f"{host} 不是本機位址，而還沒有任何金鑰" in error
    assert "matcher keys create" in error


@pytest.mark.usefixtures("database")
def test_what_is_wrong_is_told(run: RunCommand) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = run("serve", "--port", str(port)).error
    assert error == f"錯誤：無法綁定 127.0.0.1 的埠 {port}：已有程式在用；請換一個 --host 或 --port。"
    assert "--port 要是 0 到 65535 的整數，收到「70000」" in run("serve", "--port", "70000").error
    assert "--workers 要是 1 到 64 的整數，收到「0」" in run("serve", "--workers", "0").error
    assert "無法綁定 203.0.113.1" in run("serve", "--host", "203.0.113.1").error
