"""A folder's files, and the row that each of them gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError
from matcher.matcher import Matcher
from matcher.privacy import mask, mask_name, masked
from matcher.reading.document import Document
from matcher.reading.guard import Guard
from matcher.reading.names import clean_name
from matcher.reading.outcome import Result
from matcher.scoring.report import Kind, Report


@dataclass(frozen=True)
class Row:
    """The result for one file: its report, or the code and reason of why there is none."""

    file: str
    report: Report | None = None
    error: str | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain types: ``{"file", "report"}`` or ``{"file", "error": {"code", "message"}}``."""
        if self.report is not None:
            return {"file": self.file, "report": self.report.to_dict()}
        return {"file": self.file, "error": {"code": self.error, "message": self.reason}}


def folder_files(folder: Path) -> list[Path]:
    """All files below ``folder`` in order of their names; hidden ones and office lock files are left out.

    Raises:
        MatcherError: ``folder`` is not a folder, or has no file to score.
    """
    if not folder.is_dir():
        raise MatcherError(f"「{folder}」不是資料夾。" if folder.exists() else f"找不到資料夾「{folder}」。")
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    ]
    if not files:
        raise MatcherError(f"資料夾「{folder}」裡沒有可以評分的檔案。")
    return files


def score_files(
    matcher: Matcher,
    guard: Guard,
    files: Sequence[Path],
    folder: Path,
    kind: Kind | None = None,
    *,
    masking: bool = True,
) -> Iterator[Row]:
    """A row for each file, in order, and for each file in a ZIP; one that fails gives a row with the reason.

    Files are read by ``guard``, so that a hostile one harms nothing but its own row. Without ``kind``, each
    is of the kind that it says itself to be, else a résumé. With ``masking``, rows hold no personal data that
    ``matcher.privacy`` finds; of file names, the numbers and addresses are masked.
    """
    for read in guard.read_many(files):
        path = files[read.index].relative_to(folder)
        row = _row(matcher, clean_name((path.parent / read.result.name).as_posix()), read.result, kind)
        yield _masked(row, read.result) if masking else row


def _row(matcher: Matcher, name: str, result: Result, kind: Kind | None) -> Row:
    if not isinstance(result, Document):
        return Row(name, error=result.code, reason=result.message)
    try:
        return Row(name, matcher.score(result, kind))
    except MatcherError as error:
        return Row(name, error="unscored", reason=str(error))


def _masked(row: Row, result: Result) -> Row:
    report = masked(row.report, result) if row.report and isinstance(result, Document) else None
    return Row(mask_name(row.file), report, row.error, mask(row.reason) if row.reason else None)
