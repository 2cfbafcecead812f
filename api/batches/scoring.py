"""What becomes of a file of a batch: it is read and scored, in processes apart from those of requests."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from hashlib import blake2b
from threading import Lock

from msgspec.structs import replace

from api.batches.queue import Waiting
from api.catalogue import Catalogue
from api.metrics import Metrics
from matcher.batch.entry import Entry
from matcher.batch.scorers import Scorers, Task
from matcher.batch.work import Known, finish
from matcher.errors import MatcherError
from matcher.reading.document import Document
from matcher.reading.guard import Guard
from matcher.reading.media import TEXT
from matcher.reading.script import script_of
from matcher.settings import Settings


class BatchScoring:
    """Reads and scores files of batches; any thread may call it.

    Its processes, ``workers`` of each kind, are its own: a request never waits until a file of a batch is
    done. They start with the first file, because many services never see one.
    """

    def __init__(self, settings: Settings, workers: int, catalogue: Catalogue, metrics: Metrics) -> None:
        self._settings = settings
        self._workers = workers
        self._catalogue = catalogue
        self._metrics = metrics
        self._lock = Lock()
        self._open: ExitStack | None = None
        self._closed = False

    def __call__(self, file: Waiting, known: Known) -> tuple[str, tuple[Entry, ...]]:
        """The digest of a file's content, and its entries; what goes wrong with the file is an entry.

        Raises:
            MatcherError: nothing can be said of the file: processes cannot be started or are closed, or the
                store cannot be reached.
        """
        guard, scorers = self._started()
        listed = self._catalogue.look(file.standard)
        if listed is None:  # standards are never removed
            raise MatcherError(f"找不到職能基準 {file.standard}。")
        score = partial(_scored, scorers, Task(listed.packed, "resume", file.masking))
        if file.text:
            digest, entries = _of_text(file, score, known)
        else:
            finished = finish(file, guard, score, known, masking=file.masking)
            digest, entries = finished.digest, finished.entries
        for entry in entries:
            self._metrics.documents.labels(entry.error or "scored").inc()
        return digest, entries

    def close(self) -> None:
        """End the processes, whatever they do."""
        with self._lock:
            self._closed = True
            if self._open is not None:
                self._open.close()

    def _started(self) -> tuple[Guard, Scorers]:
        with self._lock:
            if self._closed:
                raise MatcherError("服務正在停止。")
            if self._open is None:
                with ExitStack() as stack:
                    first = self._catalogue.default.packed
                    self._scorers = stack.enter_context(Scorers(self._settings, self._workers, first))
                    self._guard = stack.enter_context(Guard(self._settings.read, self._workers))
                    self._open = stack.pop_all()
            return self._guard, self._scorers


def _of_text(
    file: Waiting, score: Callable[[str, Document], Entry], known: Known
) -> tuple[str, tuple[Entry, ...]]:
    # Not the digest of a file of the same bytes, which may be read as HTML or JSON.
    digest = blake2b(file.content, digest_size=16, key=b"text").hexdigest()
    text = file.content.decode()
    document = Document(text, "", TEXT, script_of(text), ((0, len(text)),))
    return digest, known(digest) or (score("", document),)


def _scored(scorers: Scorers, task: Task, part: str, document: Document) -> Entry:
    return replace(scorers.score(document, task), part=part)
