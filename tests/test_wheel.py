"""The wheel carries its data: installed outside the checkout, it scores a sample."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    # uv is among the locked development tools; a virtual environment need not have pip.
    install = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--target"]
    install += [str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return site


def test_the_wheel_scores_a_sample_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    sample = ROOT / "data" / "samples" / "resumes" / "planner.txt"
    code = (
        "import sys, matcher; from matcher.cli import main; "
        "print(matcher.__file__, file=sys.stderr); sys.argv = ['matcher', *sys.argv[1:]]; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code, "score", str(sample), "--json"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(installed) in done.stderr
    report = json.loads(done.stdout)
    assert len(report["items"]) == 42
    assert report["level"]["sufficient"]


def test_the_wheel_makes_keys_and_the_application(installed: Path, tmp_path: Path) -> None:
    """The migrations of the store travel with it."""
    database = f"sqlite:///{tmp_path / 'service.sqlite3'}"
    environment = {**os.environ, "PYTHONPATH": str(installed), "MATCHER_DATABASE_URL": database}
    code = (
        "import sys, api; from api.app import create_app; from matcher.cli import main; "
        "print(api.__file__, len(create_app().routes), file=sys.stderr); "
        "sys.argv = ['matcher', *sys.argv[1:]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "keys", "create", "--name", "甲"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(installed) in done.stderr
    assert done.stdout.startswith("icap_")
