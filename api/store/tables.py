"""The tables. A change here needs a migration in ``migrations/versions``."""

from datetime import UTC, datetime

from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite, which knows none, keeps it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The moment with the time zone that SQLite left out."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


class Base(DeclarativeBase):
    """What all tables have in common."""


class KeyRow(Base):
    """An API key: its public name ``id``, and of its secret nothing but a salted digest."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(16))
    created: Mapped[datetime] = mapped_column(Moment)
    last_used: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)


class StandardRow(Base):
    """An imported standard, as the JSON that `matcher.standard.Standard.to_json` gives."""

    __tablename__ = "standard"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)


class BatchRow(Base):
    """A batch: whose it is, how it is scored, and until when it is kept.

    ``posting`` is the posting's entry, packed (`api.batches.packing`), or None. ``request`` is a digest of
    what was sent with ``idempotency``, by which a repeated request is told from another one. ``skipped``
    counts the files that were passed over.
    """

    __tablename__ = "batch"
    __table_args__ = (UniqueConstraint("key", "idempotency"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(16))  # empty on a service without keys: NULLs are never equal
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)
    standard: Mapped[str] = mapped_column(String(64))
    masking: Mapped[bool]
    posting_name: Mapped[str | None] = mapped_column(Text)
    posting: Mapped[bytes | None] = mapped_column(LargeBinary)
    idempotency: Mapped[str | None] = mapped_column(String(64))
    request: Mapped[str | None] = mapped_column(String(64))
    skipped: Mapped[int] = mapped_column(server_default="0")


class FileRow(Base):
    """A file of a batch. ``place`` is its number in the batch, from 0.

    ``content`` is None once it is scored; of a ``text`` it is UTF-8. While a process works on it, ``worker``
    is that process, and ``lease`` the moment after which another may take it: a process that lives renews its
    leases.
    """

    __tablename__ = "batch_file"
    __table_args__ = (Index("batch_file_waiting", "done", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    batch: Mapped[str] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    text: Mapped[bool] = mapped_column(default=False)
    done: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str] = mapped_column(String(32), default="")
    worker: Mapped[str | None] = mapped_column(String(32), index=True)
    lease: Mapped[datetime | None] = mapped_column(Moment)


class EntryRow(Base):
    """What became of one document of a file, packed. The files in a ZIP are documents of one file."""

    __tablename__ = "batch_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file: Mapped[int] = mapped_column(ForeignKey("batch_file.id", ondelete="CASCADE"), index=True)
    failed: Mapped[bool]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SessionRow(Base):
    """A browser that is signed in: of its cookie nothing but a digest, whose key it is, and until when."""

    __tablename__ = "web_session"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("api_key.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime] = mapped_column(Moment, index=True)


class JudgementRow(Base):
    """What a recruiter said of an item of a document, or of the sentence of it at ``start`` to ``end``.

    Rows are never changed: of those on the same thing the last one holds. ``status`` is the verdict, empty
    for a note alone; without a note either it takes back what held before. None of it changes a score.
    """

    __tablename__ = "judgement"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry: Mapped[int] = mapped_column(ForeignKey("batch_entry.id", ondelete="CASCADE"), index=True)
    item: Mapped[str] = mapped_column(String(16))
    start: Mapped[int | None]
    end: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime] = mapped_column(Moment)
