"""The database: opened, brought up to date, and asked in short transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from api.store.address import address, make_file
from api.store.errors import StoreError
from api.store.migrate import migrate

_PATIENCE = 10  # seconds to wait for a lock, a connection or the server
_UNREACHABLE = "連不上服務的資料庫，請稍後再試。"


class Store:
    """The database of ``setting``, which is ``MATCHER_DATABASE_URL``. A context manager; any thread may use
    it, and any number of processes may open the same one at the same time.

    Raises:
        StoreError: the setting names no database that is supported.
    """

    def __init__(self, setting: str) -> None:
        self._url = address(setting)

    def __enter__(self) -> Self:
        sqlite = self._url.drivername == "sqlite"
        if sqlite:
            make_file(self._url)
        self._engine = _sqlite(self._url) if sqlite else _postgres(self._url)
        try:
            with _told():
                migrate(self._engine)
        except BaseException:
            self._engine.dispose()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing.

        Raises:
            StoreError: the database cannot be reached.
        """
        with _told(), Session(self._engine) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: committed at the end of the block, rolled back where it raises.

        Raises:
            StoreError: the database cannot be reached.
        """
        with _told(), Session(self._engine.execution_options(writes=True)) as session, session.begin():
            yield session

    def forget(self) -> None:
        """Leave nothing of what was deleted in the database's files, as far as the database can."""
        with _told(), self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            apart = connection.execution_options(isolation_level="AUTOCOMMIT")
            apart.execute(text("VACUUM batch, batch_file, batch_entry, judgement"))

    def check(self) -> None:
        """Raise a StoreError unless the database answers."""
        with _told(), self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        # The driver's own words may name hosts and users: whoever runs the service finds them as the cause.
        raise StoreError(_UNREACHABLE) from error
    except IntegrityError:
        raise  # not the database's fault: whoever adds a row knows what it means
    except (DatabaseError, sqlite3.Error) as error:  # the driver's own, while a connection is prepared
        raise StoreError(f"服務的資料庫不能用（{type(error).__name__}）。") from error


def _postgres(url: Any) -> Engine:
    try:
        return create_engine(
            url,
            pool_pre_ping=True,  # a connection that the server has closed meanwhile is replaced
            pool_timeout=_PATIENCE,
            connect_args={"connect_timeout": _PATIENCE},
        )
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL 需要先安裝：pip install icap-matcher[postgres]") from error


def _sqlite(url: Any) -> Engine:
    engine = create_engine(url, pool_timeout=_PATIENCE, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # Python's driver begins transactions late, and never for DDL; «begin» below does it instead.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # erased is overwritten

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Whoever reads first and then writes is refused at once when another wrote meanwhile; whoever asks
        # for the lock first waits for it.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
