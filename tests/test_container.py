"""The container's files fit the project. The image is not built here: that takes a container engine."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from matcher.settings import load_settings
from tests.services import served, settings_for

ROOT = Path(__file__).parent.parent
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))


def instructions(name: str) -> list[str]:
    """What stands after each instruction of that name."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)


def composed() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return services


def test_all_that_is_copied_is_sent_to_the_builder() -> None:
    copied = [words[:-1] for words in map(shlex.split, instructions("COPY")) if not words[0].startswith("--")]
    sent = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert {source for sources in copied for source in sources} == sent
    assert all((ROOT / source).exists() for source in sent)


def test_the_wheel_needs_no_file_that_is_not_sent() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {
        *wheel["packages"],
        *wheel["force-include"],
        project["project"]["readme"],
        *project["project"]["license-files"],
    }
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert [name for name in sorted(needed) if f"!{name}\n" not in sent] == []


def test_the_locked_requirements_hold_those_of_the_extras_in_the_image() -> None:
    locked = (ROOT / "requirements" / "image.txt").read_text(encoding="utf-8")
    assert [name for name in ("rapidocr", "psycopg", "s3fs") if f"\n{name}==" not in locked] == []


def test_the_settings_of_container_and_composition_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    given = dict(pair.split("=", 1) for line in instructions("ENV") for pair in shlex.split(line))
    given |= composed()["matcher"]["environment"]
    for name, value in given.items():
        if name.startswith("MATCHER_"):
            monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.serve.host == "0.0.0.0"  # noqa: S104 - a container's own
    assert settings.database_url.endswith("@database/matcher")


def test_the_ports_are_those_that_the_service_listens_on() -> None:
    assert instructions("EXPOSE") == [str(load_settings().serve.port)]
    assert composed()["matcher"]["ports"] == [
        f"127.0.0.1:{load_settings().serve.port}:{load_settings().serve.port}"
    ]


def test_it_does_not_run_as_root() -> None:
    users = instructions("USER")
    assert users
    assert users[-1].isdigit()
    assert int(users[-1]) > 0


def test_the_health_check_tells_a_service_that_answers_from_one_that_does_not(tmp_path: Path) -> None:
    program, *arguments = json.loads(re.findall(r"HEALTHCHECK .*CMD (\[.*\])", DOCKERFILE)[0])
    assert program == "python"

    def status(port: int) -> int:
        command = [sys.executable, *(word.replace(":8000/", f":{port}/") for word in arguments)]
        return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode

    with served(settings_for(tmp_path)) as service:
        assert status(service.port) == 0
    assert status(service.port) != 0
