"""Schemathesis calls every operation with what the OpenAPI document allows and with what it does not: no
5xx, no undocumented status, nothing wrong accepted, nothing without a key."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Served, new_key, served, settings_for

CONFIG = Path(__file__).parent / "schemathesis.toml"


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A server, and the key of its administrator."""
    settings = settings_for(tmp_path_factory.mktemp("schemathesis"), requests_per_minute=0)
    key = new_key(settings, "admin")
    with served(settings) as server:
        yield server, key


def run(server: Served, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What all its checks find."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)]
    command += ["run", f"{server.url}/openapi.json", "--checks", "all", "--seed", "927", *options]
    environment = {**os.environ, "PYTHONPATH": str(CONFIG.parent.parent)}  # of the hooks
    # It keeps what it finds in the folder in which it runs.
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_with_a_key(keyed: tuple[Served, str], tmp_path: Path) -> None:
    server, key = keyed
    done = run(server, tmp_path, "--header", f"Authorization: Bearer {key}", "--continue-on-failure")
    assert done.returncode == 0, done.stdout
    assert "API Operations:" in done.stdout


def test_without_a_key(keyed: tuple[Served, str], tmp_path: Path) -> None:
    done = run(keyed[0], tmp_path, "--continue-on-failure", "--max-examples", "3")
    assert done.returncode == 0, done.stdout
