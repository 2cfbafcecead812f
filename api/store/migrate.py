"""Brings the tables up to date, once, however many processes start at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, text

from api.store.errors import StoreError

_LOCK = 0x1CA9_0001  # any number, the same in every process
_ONE_THREAD = Lock()  # Alembic keeps what it works on in globals


def migrate(engine: Engine, revision: str = "head") -> None:
    """Make or change the tables as this version needs them, or as they were at an earlier ``revision``.

    Does nothing where they are so already.

    Raises:
        StoreError: the tables are of a newer version.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with _ONE_THREAD, _alone(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise StoreError("資料庫是較新版本的 icap-matcher 建立的，請更新程式。") from error


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction while which no other process is in this block."""
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def _write_ahead(engine: Engine) -> None:
    """Let readers read while one writes; the file remembers it. Not possible inside a transaction."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
