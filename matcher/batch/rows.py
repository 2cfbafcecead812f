"""A folder's files, and the row that each of them gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError
from matcher.matcher import Matcher
from matcher.reading.document import Document
from matcher.reading.guard import Guard
from matcher.reading.names import clean_name
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
    matcher: Matcher, guard: Guard, files: Sequence[Path], folder: Path, kind: Kind
) -> Iterator[Row]:
    """A row for each file, in order, and for each file in a ZIP; one that fails gives a row with the reason.

    Files are read by ``guard``, so that a hostile one harms nothing but its own row.
    """
    for read in guard.read_many(files):
        path = files[read.index].relative_to(folder)
        name = clean_name((path.parent / read.result.name).as_posix())
        if not isinstance(read.result, Document):
            yield Row(name, error=read.result.code, reason=read.result.message)
            continue
        try:
            yield Row(name, matcher.score(read.result, read.result.kind or kind))
        except MatcherError as error:
            yield Row(name, error="unscored", reason=str(error))
