"""The file, or standard input, that a command names."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import MatcherError
from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.media import TEXT, media_type
from matcher.reading.names import clean_name
from matcher.reading.opening import check_size
from matcher.reading.read import read_document

if TYPE_CHECKING:
    from matcher.matcher import Matcher
    from matcher.scoring.report import Kind, Report


def read_source(name: str, limits: Limits) -> Document:
    """Read a file or, for ``-``, standard input, within the limits.

    Raises:
        MatcherError: there is no such file, it cannot be opened, or it cannot be read as a document.
    """
    if name == "-":
        return _read(sys.stdin.buffer.read(), "標準輸入", limits)
    path = Path(name)
    if path.is_dir():
        raise MatcherError(f"「{name}」是資料夾；評整個資料夾請用 matcher batch。")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise MatcherError(f"找不到檔案「{name}」。") from None
    except OSError as error:
        raise MatcherError(f"無法開啟「{name}」：{error.strerror}。") from error
    return _read(content, clean_name(path.name), limits)


def score_source(
    matcher: "Matcher", name: str, kind: "Kind", *, masking: bool
) -> "tuple[str, Document, Report]":
    """The name to show, the document as it is, and the report of a file or standard input.

    Raises:
        MatcherError: it cannot be read or scored.
    """
    from matcher.privacy import mask_name, masked  # here, so that --help need not wait for it

    document = read_source(name, matcher.settings.read)
    report = matcher.score(document, kind)
    if masking:
        return mask_name(document.name), document, masked(report, document)
    return document.name, document, report


def _read(content: bytes, name: str, limits: Limits) -> Document:
    try:
        check_size(len(content), limits)
        if media_type(content) == TEXT:
            return read_document(content, name, limits)  # nothing but decoding: no need for a worker
    except ReadingError as error:
        raise MatcherError(f"無法讀取「{name}」：{error}") from error
    from matcher.reading.guard import Guard

    with Guard(limits, workers=1) as guard:
        result = guard.read(content, name)
    if not isinstance(result, Document):
        raise MatcherError(f"無法讀取「{name}」：{result.message}")
    return result
