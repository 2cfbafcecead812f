"""What ``matcher batch`` reads: every document in folders, files, ZIPs, tables and buckets."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from matcher.errors import MatcherError
from matcher.inputs.folders import Folder, SingleFile
from matcher.inputs.given import Given, find, once
from matcher.inputs.labels import Label, distinct
from matcher.inputs.locations import input_errors, local
from matcher.inputs.members import Archive
from matcher.inputs.selection import Selection
from matcher.inputs.source import Source
from matcher.inputs.table_files import TABLE_SUFFIXES
from matcher.inputs.tables import Table, check_columns
from matcher.reading.errors import ReadingError


class _Input(Protocol):
    def sources(self, selection: Selection) -> Iterator[Source]: ...


class Inputs:
    """The sources of a batch; iterate it any number of times.

    An input is a folder with all below it, a file, a ZIP, the URL of any of these in a file system of
    fsspec, or a table (CSV, JSON Lines, Parquet) whose rows are taken from ``text_column`` and named by
    ``name_column``. A ZIP or table in a folder is a file like others. ``include`` and ``exclude`` are
    patterns of files (`matcher.inputs.selection`). ``leave_out`` are paths of this machine not to be entered.

    Every file is taken once: as the input that it is itself, else by the first folder that leads to it. The
    order is that of the inputs, and of the names in each. Memory does not grow with the number of files, but
    for a listing of one folder or the directory of one ZIP.

    Raises:
        MatcherError: an input does not exist or cannot be read; it is a table and has no such columns;
            or there is no table where ``text_column`` asks for one.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        *,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        text_column: str | None = None,
        name_column: str | None = None,
        leave_out: Sequence[str] = (),
    ) -> None:
        self.skipped: Mapping[str, int] = Counter()
        """What the last whole iteration passed over: how many files or folders, by the reason in Chinese."""
        self._given = inputs
        self._patterns = include, exclude
        with input_errors("、".join(leave_out)):
            self._leave_out = [local(path) for path in leave_out]
        given = once([find(text) for text in inputs])
        if text_column is not None and not any(one.table for one in given):
            kinds = "、".join(TABLE_SUFFIXES)
            raise MatcherError(f"--text-column 要有表格（{kinds}）才能用，收到{_named(inputs)}。")
        if name_column is not None and text_column is None:
            raise MatcherError("--name-column 要和 --text-column 一起用。")
        labels = distinct([one.path for one in given])
        alone = len(given) == 1
        self._inputs = [
            _opened(one, label, () if alone else label, text_column, name_column)
            for one, label in zip(given, labels, strict=True)
        ]
        self._files = {one.found.location for one in given if one.found.kind == "file"}

    def __iter__(self) -> Iterator[Source]:
        """The sources, in an order that is the same every time.

        Raises:
            MatcherError: there are none, or an input could be read no further.
        """
        selection = Selection(*self._patterns, self._leave_out)
        selection.elsewhere |= self._files
        found = False
        for one in self._inputs:
            for source in one.sources(selection):
                found = True
                yield source
            if isinstance(one, Folder):
                selection.elsewhere.add(one.location)
        self.skipped = selection.skipped
        if not found:
            passed = "、".join(f"{what} {count} 個" for what, count in selection.skipped.items())
            raise MatcherError(
                f"{_named(self._given)}裡沒有可以評分的檔案" + (f"；略過的有：{passed}。" if passed else "。")
            )


def _opened(one: Given, label: Label, prefix: Label, text: str | None, name: str | None) -> _Input:
    """The input, ready to be read; ``prefix`` comes before the names in it."""
    location = one.found.location
    if one.found.kind == "directory":
        return Folder(location, prefix)
    if one.table:
        return Table(location, label, prefix, one.table, check_columns(one.text, one.table, text, name), name)
    if one.inside is not None or location.path.lower().endswith(".zip"):
        archive = Archive(location, one.found.stamp, prefix, one.inside or "")
        try:
            if not archive.is_document():
                return archive
        except ReadingError as error:
            raise MatcherError(f"「{one.text}」：{error}") from error
    return SingleFile(one.found, label)


def _named(inputs: Sequence[str]) -> str:
    return "、".join(f"「{text}」" for text in inputs[:3]) + (
        f"等 {len(inputs)} 個輸入" if len(inputs) > 3 else ""
    )
