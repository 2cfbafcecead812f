"""A PostgreSQL of the tests' own: in a temporary folder, reached by a socket in it, and gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

INSTALL = "apt-get install postgresql"


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; Debian keeps it out of the PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@contextmanager
def running_postgres() -> Iterator[str]:
    """The URL of a server that runs while the block does; the database is added to it as ``{}``."""
    programs = binaries()
    if programs is None:
        pytest.skip(f"no PostgreSQL here; {INSTALL}")
    # Not tmp_path: its parents are closed to the user that the server runs as, which must not be root.
    folder = Path(tempfile.mkdtemp(prefix="matcher-postgres-"))
    person = _person()
    if person:
        os.chown(folder, person["user"], person["group"])

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **person)

    try:
        run("initdb", "-U", "matcher", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgresql://matcher@/{{}}?host={folder}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _person() -> dict[str, Any]:
    """As whom the server runs: nobody in particular, but never as root."""
    if os.geteuid() != 0:
        return {}
    names = {one.pw_name: one for one in pwd.getpwall()}
    one = names.get("postgres") or names["nobody"]
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL, with ``{}`` for the database."""
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    urls: str = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    server = make_url(urls.format("postgres")).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return urls.format(name)
