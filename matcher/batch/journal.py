"""What is done, on disk: a run that was ended in any way goes on from there."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Self

from matcher.batch.entry import Entry, entry_name
from matcher.batch.packing import packed, unpacked
from matcher.batch.work import Finished
from matcher.errors import MatcherError
from matcher.inputs.source import Source
from matcher.privacy import mask_name

_FORM = 1
"""Number of the tables' form; a journal of another form is begun anew."""

_TABLES = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, stamp TEXT, digest TEXT, version TEXT, final INTEGER,
    seconds REAL
);
CREATE INDEX source_digest ON source (digest, version);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, source INTEGER REFERENCES source ON DELETE CASCADE, content BLOB
);
CREATE INDEX entry_source ON entry (source);
"""


class Journal:
    """The finished sources of a batch. A context manager; any thread may call it.

    Each is on disk when ``add`` returns. ``path`` of None keeps them only while the journal is open.
    ``version`` is that of the scoring (`Scoring.version`): what another version made is done again.

    A run is what ``is_done`` and ``add`` were called for since the journal was opened: iterating gives
    the numbers of its entries, and ``named`` an entry with the name that its document has in this run.

    Raises:
        MatcherError: another process has the journal open, or it cannot be read or written.
    """

    def __init__(self, path: Path | None, version: str, *, masking: bool = True) -> None:
        self._path, self._version, self._masking = path, version, masking
        self._lock = Lock()

    def __enter__(self) -> Self:
        with self._telling():
            if self._path:
                self._path.touch(mode=0o600)  # it holds what résumés say
            self._base = sqlite3.connect(
                self._path or "", timeout=1, isolation_level=None, check_same_thread=False
            )
            try:
                self._open()
            except BaseException:
                self._base.close()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def is_done(self, source: Source) -> bool:
        """Whether the source is finished already as it is now; counts it to this run if so."""
        with self._locked():
            row = self._base.execute(
                "SELECT id FROM source WHERE key = ? AND stamp = ? AND version = ? AND final",
                (_hidden(source.key), source.stamp, self._version),
            ).fetchone()
            if row:
                self._count(row[0], source.name)
        return row is not None

    def known(self, digest: str) -> tuple[Entry, ...] | None:
        """What became of content of this digest, or None."""
        with self._locked():
            row = self._base.execute(
                "SELECT id FROM source WHERE digest = ? AND version = ? AND final LIMIT 1",
                (digest, self._version),
            ).fetchone()
            found = row and self._base.execute("SELECT content FROM entry WHERE source = ? ORDER BY id", row)
            contents = found.fetchall() if found else None
        return tuple(unpacked(content) for (content,) in contents) if contents else None

    def add(self, finished: Iterable[Finished]) -> None:
        """Write these sources, all at one stroke, in place of what was known of them."""
        written = [(one, [packed(entry) for entry in one.entries]) for one in finished]
        with self._locked():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                for one, contents in written:
                    self._write(one, contents)
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def __iter__(self) -> Iterator[int]:
        # One at a time by number: a cursor left open would keep the log from being folded in.
        number = 0
        while True:
            with self._locked():
                row = self._base.execute(
                    "SELECT entry.id FROM entry JOIN this_run USING (source) "
                    "WHERE entry.id > ? ORDER BY entry.id LIMIT 1",
                    (number,),
                ).fetchone()
            if row is None:
                return
            number = row[0]
            yield number

    def named(self, number: int) -> tuple[str, Entry]:
        with self._locked():
            name, content = self._base.execute(
                "SELECT name, content FROM entry JOIN this_run USING (source) WHERE entry.id = ?", (number,)
            ).fetchone()
        entry = unpacked(content)
        shown = entry_name(name, entry)
        return (mask_name(shown) if self._masking else shown), entry

    def slowest(self, most: int) -> list[tuple[str, float]]:
        """Names and seconds of the sources of this run that took longest."""
        with self._locked():
            rows = self._base.execute(
                "SELECT name, seconds FROM source JOIN this_run ON source.id = this_run.source "
                "ORDER BY seconds DESC LIMIT ?",
                (most,),
            ).fetchall()
        return [(mask_name(name) if self._masking else name, seconds) for name, seconds in rows]

    def _open(self) -> None:
        base = self._base
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")  # on disk when a transaction returns
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("BEGIN IMMEDIATE")
        if base.execute("PRAGMA user_version").fetchone()[0] != _FORM:
            for table in ("entry", "source"):
                base.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _TABLES.split(";"):
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {_FORM}")
        base.execute("COMMIT")
        base.execute("CREATE TEMP TABLE this_run (source INTEGER PRIMARY KEY, name TEXT)")

    def _write(self, one: Finished, contents: list[bytes]) -> None:
        key = _hidden(one.source.key)
        self._base.execute("DELETE FROM source WHERE key = ?", (key,))
        row = self._base.execute(
            "INSERT INTO source (key, stamp, digest, version, final, seconds) VALUES (?,?,?,?,?,?)",
            (key, one.source.stamp, one.digest, self._version, one.final, one.seconds),
        ).lastrowid
        entries = [(row, content) for content in contents]
        self._base.executemany("INSERT INTO entry (source, content) VALUES (?,?)", entries)
        self._count(row, one.source.name)

    def _count(self, row: int | None, name: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO this_run VALUES (?,?)", (row, name))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock, self._telling():
            yield

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise MatcherError(f"進度紀錄「{self._path or '暫存'}」{_reason(error)}") from error


def _reason(error: sqlite3.Error | OSError) -> str:
    if isinstance(error, OSError):
        return f"無法使用（{error.strerror}）。"
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        code &= 0xFF  # the rest says more than a user can use
    if code == sqlite3.SQLITE_BUSY:
        return "正由另一個 matcher 使用中；請等它結束，或用另一個 --out。"
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return "寫不進去，磁碟可能滿了；已完成的都留著，騰出空間後用同一個指令就會接著做。"
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return "已損壞；刪掉這個檔後用同一個指令重做。"
    return f"無法使用（{error}）。"


def _hidden(key: str) -> str:
    """Files are named after people; the journal only has to know them again."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
