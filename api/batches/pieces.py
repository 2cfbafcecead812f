"""The files of a batch put into the store, and erased, a few at a time: whoever else writes gets a turn."""

import time
from collections.abc import Iterable, Iterator

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from api.batches.batch import Content
from api.store import Store
from api.store.tables import BatchRow, EntryRow, FileRow
from matcher.batch.entry import Entry
from matcher.batch.packing import packed

_BYTES = 8 * 1024 * 1024  # of a piece; a file may be larger
_FILES = 100  # of a piece
_PAUSE = 0.02  # seconds between pieces; SQLite's waiting writers look ten times a second

_Numbered = tuple[int, tuple[str, Content]]


def add_files(store: Store, batch: str, files: Iterable[tuple[str, Content]]) -> None:
    """Add files, by name and content, to a batch; no more than a piece of them is in memory."""
    for piece in _pieces(enumerate(files)):
        with store.writing() as session:
            for place, (name, content) in piece:
                _add(session, FileRow(batch=batch, place=place, name=name), content)
        time.sleep(_PAUSE)


def erase_files(store: Store, batch: str) -> None:
    """Erase a batch with all that it has."""
    size = func.coalesce(func.length(FileRow.content), 0)
    query = select(FileRow.id, size).where(FileRow.batch == batch).order_by(FileRow.id).limit(_FILES)
    while True:
        with store.writing() as session:
            piece = _within(session.execute(query))
            if not piece:
                session.execute(delete(BatchRow).where(BatchRow.id == batch))
                return
            session.execute(delete(FileRow).where(FileRow.id.in_(piece)))
        time.sleep(_PAUSE)


def _within(sizes: Iterable[Row[int, int]]) -> list[int]:
    """The first IDs, as many as make a piece."""
    found: list[int] = []
    total = 0
    for file, size in sizes:
        total += size
        if found and total > _BYTES:
            break
        found.append(file)
    return found


def _pieces(files: Iterable[_Numbered]) -> Iterator[list[_Numbered]]:
    piece: list[_Numbered] = []
    size = 0
    for file in files:
        content = file[1][1]
        piece.append(file)
        size += 0 if isinstance(content, Entry) else len(content)
        if size > _BYTES or len(piece) == _FILES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _add(session: Session, row: FileRow, content: Content) -> None:
    row.text, row.done, row.digest = isinstance(content, str), isinstance(content, Entry), ""
    if not isinstance(content, Entry):
        row.content = content.encode() if isinstance(content, str) else content
    session.add(row)
    session.flush()
    if isinstance(content, Entry):
        session.add(EntryRow(file=row.id, failed=content.error is not None, content=packed(content)))
