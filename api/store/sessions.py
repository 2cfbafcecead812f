"""Browsers that are signed in."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import cast

from sqlalchemy import delete, select

from api.store.database import Store
from api.store.keys import Role
from api.store.tables import KeyRow, SessionRow

LASTS = timedelta(hours=12)
"""How long a browser stays signed in."""


def start_session(store: Store, key: str) -> str:
    """Sign a browser in with the key of that ID. Returns its cookie, which is kept nowhere here."""
    cookie, now = secrets.token_urlsafe(32), datetime.now(UTC)
    with store.writing() as session:
        session.execute(delete(SessionRow).where(SessionRow.expires <= now))
        session.add(SessionRow(digest=_digest(cookie), key=key, expires=now + LASTS))
    return cookie


def session_key(store: Store, cookie: str) -> tuple[str, Role] | None:
    """The ID and role of the key that the cookie stands for, or None: it never did, or no longer does."""
    query = select(KeyRow.id, KeyRow.role).join(SessionRow, SessionRow.key == KeyRow.id)
    valid = (SessionRow.digest == _digest(cookie), SessionRow.expires > datetime.now(UTC))
    with store.reading() as session:
        row = session.execute(query.where(*valid, KeyRow.revoked.is_(None))).one_or_none()
    return (row.id, cast(Role, row.role)) if row else None


def end_session(store: Store, cookie: str) -> None:
    """Sign a browser out: whoever has its cookie can do nothing with it any more."""
    with store.writing() as session:
        session.execute(delete(SessionRow).where(SessionRow.digest == _digest(cookie)))


def _digest(cookie: str) -> bytes:
    """What is kept of a cookie. Of 256 random bits a fast hash tells nobody anything."""
    return sha256(cookie.encode("utf-8", "surrogatepass")).digest()
