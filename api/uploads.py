"""Forms with files, within limits, and the media type of a body."""

import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any, BinaryIO, cast

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from api.problems import INVALID, MALFORMED, MEDIA, TOO_LARGE, Fault, Problem, plain
from api.spool import Part, Spool
from matcher.reading.names import clean_name

FORM = "multipart/form-data"

_FIELDS = 10  # more are no mistake
_FIELD_BYTES = 4096
_LONGEST_TYPE = 80
_UNSHOWABLE = re.compile(r"[^!-~]")
_UTF8 = (b"utf-8", b"utf8")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a form."""

    upload: UploadFile

    @property
    def name(self) -> str:
        """Its name without folders, as it may be shown."""
        return clean_name(PureWindowsPath(self.upload.filename or "").name)

    def load(self) -> tuple[bytes, str]:
        """Its content and name."""
        return self.upload.file.read(), self.name


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its files by field, and the other fields in order."""

    files: Mapping[str, list[File]]
    fields: list[tuple[str, str]]


def media_type(request: Request) -> str:
    """The media type of the body, in small letters and without parameters."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def unsupported(request: Request, *allowed: str) -> Problem:
    """The problem of a body of another type than those."""
    received = _UNSHOWABLE.sub("?", media_type(request)[:_LONGEST_TYPE])
    said = f"收到的是 {received}" if received else "收到的沒有寫明類型"
    return Problem(
        MEDIA,
        f"標頭 Content-Type 要是 {'、'.join(allowed)} 其中之一，{said}。",
        [Fault("Content-Type", "不支援這種內容", allowed, received or None)],
    )


@asynccontextmanager
async def form(
    request: Request, one: Collection[str], many: Mapping[str, int], perhaps: Collection[str] = ()
) -> AsyncIterator[Form]:
    """The form of a request: one file in each field of ``one``, at least one and at most so many in each of
    ``many``, and one or none in each of ``perhaps``. Its files are closed at the end of the block.

    Raises:
        Problem: it is no form (400), has too many files (413), or files are missing, misplaced, or too many
            in a field that takes one (422).
    """
    most = len(one) + sum(many.values()) + len(perhaps)
    with Spool() as spool:
        try:
            data = await _parsed(request, most, spool)
        except TooManyFilesError:
            if most == len(one):
                raise _only_one(next(iter(one))) from None
            raise Problem(TOO_LARGE, f"這個請求最多 {most} 個檔案。") from None
        files: dict[str, list[File]] = {name: [] for name in (*one, *many, *perhaps)}
        fields = []
        for name, value in data.multi_items():
            if isinstance(value, UploadFile) and name in files:
                files[name].append(File(value))
            elif isinstance(value, UploadFile):
                fault = Fault(plain(name), "這個欄位不收檔案", tuple(files))
                raise Problem(INVALID, f"檔案要放在欄位 {'、'.join(files)}。", [fault])
            elif name in files:
                raise Problem(
                    INVALID, "欄位的值不對，見 errors。", [Fault(name, "要是檔案", received="文字")]
                )
            else:
                fields.append((name, value))
        _check(files, {**dict.fromkeys((*one, *perhaps), 1), **many}, perhaps)
        yield Form(files, fields)


def _check(files: Mapping[str, list[File]], most: Mapping[str, int], perhaps: Collection[str]) -> None:
    for name, found in files.items():
        if not found and name not in perhaps:
            raise Problem(INVALID, "欄位的值不對，見 errors。", [Fault(name, "這個欄位必填，要是檔案")])
        if len(found) > most[name] == 1:
            raise _only_one(name, len(found))
        if len(found) > most[name]:
            raise too_many(name, most[name], len(found))


def _only_one(field: str, received: int | None = None) -> Problem:
    said = "只能有一個檔案" + (f"，收到 {received} 個" if received else "")
    return Problem(INVALID, "欄位的值不對，見 errors。", [Fault(field, said)])


def too_many(field: str, most: int, received: int | None = None) -> Problem:
    """The problem of too many documents in a field."""
    said = f"最多 {most} 份" + (f"，收到 {received} 份" if received else "")
    return Problem(TOO_LARGE, f"欄位 {field} {said}。", [Fault(field, said)])


class _Parser(MultiPartParser):
    """Starlette's, which would open a file of its own for each file that is sent."""

    def __init__(self, spool: Spool, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._spool = spool

    def on_headers_finished(self) -> None:
        """Begin a part."""
        super().on_headers_finished()
        made = self._current_part.file
        if made is not None:
            made.file.close()
            part = cast(BinaryIO, Part(self._spool))
            self._current_part.file = UploadFile(part, size=0, filename=made.filename, headers=made.headers)


class TooManyFilesError(MultiPartException):
    """A form has more files than it may."""


async def parsed_form(request: Request, spool: Spool, *, most_files: int, most_bytes: int) -> FormData:
    """The form of a request, its files in ``spool``; ``most_bytes`` are those of a field that is no file.

    Raises:
        TooManyFilesError: it has more than ``most_files``.
        MultiPartException: it is no form, or breaks another limit.
    """
    parser = _Parser(
        spool,
        request.headers,
        request.stream(),
        max_files=most_files,
        max_fields=_FIELDS,
        max_part_size=most_bytes,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        if error.message.startswith("Too many files"):
            raise TooManyFilesError(error.message) from None
        raise


async def _parsed(request: Request, most: int, spool: Spool) -> FormData:
    _, parameters = parse_options_header(request.headers["content-type"])
    if parameters.get(b"charset", b"utf-8").lower() not in _UTF8:
        raise Problem(MEDIA, "表單的 charset 只能是 utf-8。")
    try:
        # Room for one file more than allowed, so that the problem can name its field.
        return await parsed_form(request, spool, most_files=most + 1, most_bytes=_FIELD_BYTES)
    except TooManyFilesError:
        raise
    except MultiPartException:
        raise Problem(MALFORMED, "內容不是正確的 multipart/form-data。") from None
