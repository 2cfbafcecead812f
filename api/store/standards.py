"""The imported standards in the store. They are never changed and never removed."""

import json
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from api.store.database import Store
from api.store.tables import StandardRow
from matcher.standard import Standard


def add_standard(store: Store, standard: Standard) -> bool:
    """Keep a standard, unless one of its code is there. Returns whether it was added."""
    row = StandardRow(code=standard.code, content=standard.to_json(), created=datetime.now(UTC))
    try:
        with store.writing() as session:
            session.add(row)
    except IntegrityError:
        return False  # another process may have added it since anybody looked
    return True


def imported_standard(store: Store, code: str) -> Standard | None:
    """The imported standard of that code, or None."""
    with store.reading() as session:
        content = session.scalar(select(StandardRow.content).where(StandardRow.code == code))
    return Standard.from_dict(json.loads(content)) if content else None


def imported_codes(store: Store) -> list[str]:
    """The codes of all imported standards, sorted."""
    with store.reading() as session:
        return sorted(session.scalars(select(StandardRow.code)))
