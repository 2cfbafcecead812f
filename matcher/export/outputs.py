"""All result files of a ranking, written together: every one of them, or none."""

import errno
import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from pyarrow import ArrowException
from xlsxwriter.exceptions import XlsxWriterException

from matcher.batch.ranking import Ranking
from matcher.errors import MatcherError
from matcher.export.csv_file import write_csv, write_errors
from matcher.export.html import write_html
from matcher.export.jsonl import write_jsonl
from matcher.export.parquet import write_parquet
from matcher.export.xlsx import write_xlsx
from matcher.files import all_written_whole

Exporter = Callable[[Ranking, Path], None]
"""Writes a ranking to exactly that path, the same bytes for the same ranking."""

EXPORTERS: dict[str, Exporter] = {
    "results.csv": write_csv,
    "results.xlsx": write_xlsx,
    "report.html": write_html,
    "results.jsonl": write_jsonl,
    "results.parquet": write_parquet,
    "errors.csv": write_errors,
}

ALL = tuple(EXPORTERS)


def write_all(ranking: Ranking, folder: Path, names: Collection[str] = ALL) -> list[Path]:
    """Write these outputs into the folder, which is made if need be; gives their paths.

    Raises:
        MatcherError: there is no output of that name, or one cannot be written. Then none is, and what
            was there before is as it was.
    """
    for name in names:
        if name not in EXPORTERS:
            raise MatcherError(f"沒有「{name}」這種結果檔；可以選 {'、'.join(EXPORTERS)}。")
    paths = [folder / name for name in EXPORTERS if name in names]
    writing, free = folder, 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_remains(folder)
        free = shutil.disk_usage(folder).free
        with all_written_whole(paths) as temporaries:
            for writing, temporary in zip(paths, temporaries, strict=True):
                EXPORTERS[writing.name](ranking, temporary)
            writing = folder
    except (OSError, XlsxWriterException, ArrowException) as error:
        place = _named(error) or folder if writing == folder else writing
        raise MatcherError(
            f"無法寫入「{place}」：{_reason(error, free)}。原有的結果檔都沒有變動；"
            "已完成的評分都留在進度紀錄，排除後用同一個指令就會接著做。"
        ) from error
    return paths


def _remove_remains(folder: Path) -> None:
    """Remove what a run that was killed while writing left behind."""
    for left in folder.glob(".xlsx-*"):
        shutil.rmtree(left)
    for name in EXPORTERS:
        for left in folder.glob(f".{name}.*"):
            left.unlink()


def _named(error: Exception) -> str | None:
    """The path that the error itself names; of a renaming, the one that was to be replaced."""
    return (error.filename2 or error.filename) if isinstance(error, OSError) else None


def _reason(error: Exception, free: int) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ENOSPC:
        return f"磁碟空間不足，這裡可用 {free / 1e6:,.1f} MB，放不下全部的結果檔"
    if code == errno.EDQUOT:
        return "超過了磁碟配額，放不下全部的結果檔"
    if isinstance(error, PermissionError):
        return "沒有寫入的權限，或檔案正由其他程式（如 Excel）開啟"
    return os.strerror(code) if code else str(error)
