"""Where the database is."""

import os
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from api.store.errors import StoreError

_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def address(setting: str) -> URL:
    """The address that ``MATCHER_DATABASE_URL`` names; a file of the user's own where it is empty.

    Raises:
        StoreError: it is no URL, or of a kind of database that is not supported.
    """
    if not setting:
        return URL.create("sqlite", database=str(user_data_path("icap-matcher") / "service.sqlite3"))
    try:
        url = make_url(setting)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, KeyError):
        # The URL itself may hold a password: it is not repeated.
        raise StoreError(
            "MATCHER_DATABASE_URL 要像 postgresql://使用者:密碼@主機/資料庫 或 sqlite:///檔案，收到的不是。"
        ) from None
    if driver == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError(
            "MATCHER_DATABASE_URL 的 SQLite 要有檔案，例如 sqlite:////var/lib/matcher/service.db。"
        )
    return url.set(drivername=driver)


def make_file(url: URL) -> None:
    """Make the SQLite file of ``url`` if it is not there, readable by its owner alone.

    Raises:
        StoreError: it cannot be made.
    """
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"無法使用資料庫檔「{path}」：{error.strerror}。") from error
