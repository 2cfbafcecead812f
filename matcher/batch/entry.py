"""What became of a document of a batch."""

import msgspec

from matcher.reading.names import clean_name
from matcher.scoring.report import Report

ERROR_WORDS = {
    "timeout": "逾時",
    "memory": "記憶體不足",
    "crash": "讀取中斷",
    "unreachable": "連不到",
    "encrypted": "有密碼",
    "empty": "沒有文字",
    "unsupported": "格式不支援",
    "too_large": "太大",
    "malformed": "檔案損壞",
    "unsafe_archive": "壓縮檔不安全",
    "unscored": "無法評分",
}
"""What the codes of documents without a report are called in Chinese: those of reading, and of scoring."""

TRANSIENT = frozenset({"timeout", "memory", "crash", "unreachable"})
"""Codes of errors that may be gone the next time: such a source is tried again by the next run."""


class Entry(msgspec.Struct, frozen=True):
    """What became of one document: its report and text, or the code and reason of why there is none.

    ``part`` is its name inside its source, empty for the source itself: the files in a ZIP are parts.
    ``same`` is equal for documents that say the same, whatever their format (`matcher.batch.same`).
    """

    part: str
    report: Report | None = None
    text: str = ""
    same: str = ""
    error: str | None = None
    reason: str | None = None


def entry_name(source: str, entry: Entry) -> str:
    """How a recruiter knows the document of an entry; ``source`` is the name of its source."""
    return clean_name(f"{source}/{entry.part}") if entry.part else source
