"""A text or file of a request → its entry, or the problem that it is."""

from api.problems import (
    BUSY,
    INTERNAL,
    INVALID,
    MEDIA,
    TIMEOUT,
    TOO_LARGE,
    UNREADABLE,
    Fault,
    Kind,
    Problem,
    retry_after,
)
from api.work import Load, Work
from matcher.batch.entry import Entry
from matcher.batch.scorers import Task
from matcher.privacy import mask
from matcher.reading.document import Document
from matcher.reading.media import TEXT

_KINDS: dict[str, Kind] = {
    "too_large": TOO_LARGE,
    "unsupported": MEDIA,
    "unscored": INTERNAL,
    "unavailable": BUSY,
    "slow": TIMEOUT,
}
"""What a problem a code is; the others are a file's own fault."""

_RETRY = 5  # seconds in which a process that ended is there again


def document_of(text: str, most: int, field: str = "text") -> Document:
    """A text as a document, unchanged: spans of its report are places in the client's own text.

    Raises:
        Problem: it has more than ``most`` characters, or nothing to see; ``field`` is where it stands.
    """
    check_text(text, most, field)
    # Its script is of no use to scoring, and would take longer to find than the JSON to read.
    return Document(text, "", TEXT, "unknown", ((0, len(text)),))


def check_text(text: str, most: int, field: str) -> None:
    """Raise a Problem unless a text can be a document, as ``document_of`` says."""
    if len(text) > most:
        said = f"最多 {most:,} 字，收到 {len(text):,} 字"
        raise Problem(TOO_LARGE, f"文字太長：{said}。", [Fault(field, said)])
    if not text.strip():
        raise Problem(INVALID, "欄位的值不對，見 errors。", [Fault(field, "要有文字，不能只有空白")])


async def entry_of_file(work: Work, load: Load, task: Task, media_type: str | None = None) -> Entry:
    """The entry of a file. With ``media_type``, one of another type is malformed: what is no JSON would be
    read as plain text."""
    result = await work.read(load)
    if not isinstance(result, Document):
        reason = mask(result.message) if task.masking else result.message
        return Entry("", error=result.code, reason=reason)
    if media_type and result.media_type != media_type:
        return Entry("", error="malformed", reason=f"內容不是正確的 {media_type}。")
    return await work.score(result, task)


def problem_of(entry: Entry, field: str = "") -> Problem:
    """The problem of an entry without a report; ``field`` tells which of several documents it is."""
    code = entry.error or ""
    kind = _KINDS.get(code, UNREADABLE)
    headers = retry_after(_RETRY) if kind is BUSY else None
    reason = entry.reason or ""
    return Problem(kind, reason, [Fault(field, reason)] if field else (), headers, code)
