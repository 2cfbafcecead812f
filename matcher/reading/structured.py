"""JSON Resume and schema.org JobPosting: read by their fields, not as raw JSON."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pydantic import ValidationError

from matcher.reading.charset import decode
from matcher.reading.document import Notice
from matcher.reading.draft import Draft
from matcher.reading.errors import ReadingError
from matcher.reading.job_posting import JobPosting, is_posting, scripts
from matcher.reading.json_resume import SECTIONS, Resume

_DEEPEST = 20  # levels of lists and objects in which a posting is looked for
_SHOWN = 3  # faults named in an error
_EXPECTED = {
    "string_type": "要是文字",
    "list_type": "要是清單 […]",
    "model_type": "要是物件 {…}",
    "model_attributes_type": "要是物件 {…}",
    "missing": "是必填欄位",
    "value_error": "要有文字內容",
}


def read_json(data: bytes) -> Draft:
    """A JSON Resume, or the JobPosting in a JSON-LD file.

    Raises:
        ReadingError: ``malformed`` for one that breaks its schema, with the JSON path of each fault;
            ``unsupported`` for JSON that is neither.
    """
    found = _parse(decode(data))
    postings = list(_postings(found))
    if postings:
        return _posting(postings)
    if isinstance(found, dict) and not SECTIONS.isdisjoint(found):
        try:
            resume = Resume.model_validate(found)
        except ValidationError as error:
            raise ReadingError("malformed", f"JSON Resume 格式有誤：{_faults(error, '$')}。") from error
        return Draft(("\n".join(resume.lines()),), kind="resume")
    raise ReadingError(
        "unsupported",
        "這個 JSON 檔既不是 JSON Resume（頂層要有 basics、work 等欄位）也不是 schema.org JobPosting。",
    )


def posting_in_page(root: etree._Element) -> Draft | None:
    """The first valid JobPosting in a web page's JSON-LD, or None: the page is then read as it looks."""
    for script in scripts(root):
        try:
            postings = list(_postings(_parse(script)))
            if postings:
                return _posting(postings)
        except ReadingError:
            continue
    return None


def _parse(text: str) -> Any:
    try:
        # JSON-LD inside pages often holds raw line ends within its strings.
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadingError("malformed", "JSON 檔的語法有誤，無法讀取。") from error


def _posting(postings: list[tuple[str, Any]]) -> Draft:
    path, thing = postings[0]
    try:
        posting = JobPosting.model_validate(thing)
    except ValidationError as error:
        raise ReadingError("malformed", f"JobPosting 格式有誤：{_faults(error, path)}。") from error
    more = len(postings) - 1
    message = f"檔案裡還有另外 {more} 份職缺，只讀了第一份。"
    return Draft(
        ("\n".join(posting.lines()),),
        warnings=(Notice("more_postings", message),) if more else (),
        kind="posting",
    )


def _postings(thing: Any, path: str = "$", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The JobPostings in a JSON value, each with its path: at the top, in lists, under ``@graph``."""
    if depth > _DEEPEST:
        return
    if is_posting(thing):
        yield path, thing
    elif isinstance(thing, list):
        for number, item in enumerate(thing):
            yield from _postings(item, f"{path}[{number}]", depth + 1)
    elif isinstance(thing, dict):
        for name in ("@graph", "mainEntity", "itemListElement", "item"):
            if name in thing:
                yield from _postings(thing[name], f"{path}.{name}", depth + 1)


def _faults(error: ValidationError, path: str) -> str:
    faults = [
        path
        + _path(fault["loc"])
        + f" {_expected(fault['type'])}，收到 {_received(fault['input'], fault['type'])}"
        for fault in error.errors()
    ]
    more = f"；另有 {len(faults) - _SHOWN} 處" if len(faults) > _SHOWN else ""
    return "；".join(faults[:_SHOWN]) + more


def _path(places: tuple[int | str, ...]) -> str:
    return "".join(f"[{place}]" if isinstance(place, int) else f".{place}" for place in places)


def _expected(kind: str) -> str:
    return _EXPECTED.get(kind, "格式不合")


def _received(value: Any, kind: str) -> str:
    if kind == "missing":
        return "空缺"
    # The value itself may be personal data; its kind is enough to mend it.
    names = {dict: "物件", list: "清單", str: "文字", bool: "真假值", int: "數字", float: "數字"}
    return names.get(type(value), "空值")
