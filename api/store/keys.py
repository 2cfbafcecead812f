"""The keys in the store."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from sqlalchemy import exists, select, update

from api.secret import Token, digest, new_salt, proves
from api.store.database import Store
from api.store.errors import StoreError
from api.store.tables import KeyRow
from matcher.errors import MatcherError

Role = Literal["recruiter", "admin"]

LONGEST_NAME = 100
"""Code points of a key's name."""

_USE_NOTED = timedelta(minutes=1)  # a key's last use is written at most this often
_NOBODYS = bytes(32)


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; its secret is not."""

    id: str
    name: str
    role: Role
    created: datetime
    last_used: datetime | None
    revoked: datetime | None


def create_key(store: Store, name: str, role: Role) -> Token:
    """Make a key. What is returned is kept nowhere.

    Raises:
        MatcherError: the name is empty, too long, or holds characters that cannot be shown.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise MatcherError(f"金鑰名稱要是 1 到 {LONGEST_NAME} 個看得見的字，收到 {len(name)} 個字。")
    token, salt = Token.new(), new_salt()
    row = KeyRow(
        id=token.id, salt=salt, digest=digest(token, salt), name=name, role=role, created=datetime.now(UTC)
    )
    with store.writing() as session:
        session.add(row)
    return token


def all_keys(store: Store) -> list[Key]:
    """Every key ever made, oldest first."""
    with store.reading() as session:
        return [_key(row) for row in session.scalars(select(KeyRow).order_by(KeyRow.created, KeyRow.id))]


def any_key(store: Store) -> bool:
    """Whether a key was ever made, a revoked one too."""
    with store.reading() as session:
        return bool(session.scalar(select(exists().select_from(KeyRow))))


def revoke_key(store: Store, key: str) -> Key:
    """Take a key from use, for good. Revoking again changes nothing.

    Raises:
        MatcherError: there is none of that ID.
    """
    with store.writing() as session:
        row = session.get(KeyRow, key)
        if row is None:
            known = "、".join(session.scalars(select(KeyRow.id).order_by(KeyRow.created))) or "（無）"
            raise MatcherError(f"沒有金鑰「{key}」；現有：{known}。")
        row.revoked = row.revoked or datetime.now(UTC)
        return _key(row)


def key_of(store: Store, token: Token) -> Key | None:
    """The key in use that the token proves, or None. Notes that it was used."""
    with store.reading() as session:
        row = session.get(KeyRow, token.id)
        # An unknown key takes as long as a wrong one.
        known = proves(token, row.salt if row else bytes(16), row.digest if row else _NOBODYS)
        if row is None or not known or row.revoked:
            return None
        key = _key(row)
    now = datetime.now(UTC)
    if key.last_used is None or key.last_used < now - _USE_NOTED:
        with suppress(StoreError), store.writing() as session:  # a busy store is no reason to refuse the key
            session.execute(update(KeyRow).where(KeyRow.id == key.id).values(last_used=now))
    return key


def _key(row: KeyRow) -> Key:
    return Key(row.id, row.name, cast(Role, row.role), row.created, row.last_used, row.revoked)
