"""Good files with bytes changed by chance end in a report or a named failure, whatever was changed.

``MATCHER_MUTATIONS`` says how many of each kind: 200 by default, 5,000 before a release.
"""

import io
import os
import random
from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from PIL import Image, ImageDraw

from matcher import Matcher
from matcher.reading.document import Document
from matcher.reading.errors import Code
from matcher.reading.guard import Guard
from matcher.reading.limits import Limits
from matcher.reading.outcome import ReadingFailure, Result
from tests import hostile_readers
from tests.corpus.good import docx_body, good_files, odt, odt_content
from tests.make_hostile import docx_document, packed_docx

MANY = int(os.environ.get("MATCHER_MUTATIONS", "200"))
TEXT = "王小明，五年客服企劃經驗。\n負責客戶服務流程規劃、預算編列與教育訓練。\n" * 3

Kind = tuple[bytes, Callable[[bytes], bytes]]
"""What is changed, and what makes a file of it."""

GOOD: dict[str, Kind] = {
    **{name: (content, bytes) for name, content in good_files(TEXT).items()},
    # Changed before it is packed: what is changed afterwards fails at the archive's checksum.
    "內文.docx": (docx_document(docx_body(TEXT)), packed_docx),
    "內文.odt": (odt_content(TEXT).encode(), odt),
}


def _picture(form: str) -> bytes:
    picture = Image.new("L", (200, 60), "white")
    ImageDraw.Draw(picture).text((20, 20), "customer service")
    buffer = io.BytesIO()
    picture.save(buffer, form)
    return buffer.getvalue()


PICTURES = {form: _picture(form) for form in ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with one to sixteen places changed, cut, doubled or filled with what parsers dislike."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        other = chance.randrange(len(changed) + 1)
        size = chance.choice((1, 4, 64))
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = chance.randbytes(1)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[other : other + size]
            case 3:
                changed[at : at + size] = chance.randbytes(size)
            case 4:
                changed[at : at + 4] = chance.choice(
                    (b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff", b"9999", b"<<{(")
                )
    return bytes(changed)


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(Limits(ocr=False), workers=2) as made:
        yield made


@pytest.fixture(scope="module")
def picture_guard() -> Iterator[Guard]:
    """Decodes pictures and leaves it at that: to recognise what is in five thousand takes hours."""
    with Guard(Limits(), workers=2, reader=hostile_readers.decode_picture) as made:
        yield made


def results(guard: Guard, name: str, kind: Kind, many: int) -> Iterator[Result]:
    """What became of each mutation, none of which is lost; named failures are checked."""
    content, pack = kind
    changed = (mutated(content, random.Random(f"{name}{number}")) for number in range(many))  # noqa: S311
    seen = set()
    for row in guard.read_many((pack(data), name) for data in changed):
        seen.add(row.index)
        if isinstance(row.result, ReadingFailure):
            assert row.result.code in get_args(Code)
            assert row.result.message.endswith("。")
            assert "Error" not in row.result.message, "the readers name what is wrong themselves"
        yield row.result
    assert seen == set(range(many))


@pytest.mark.parametrize("name", GOOD)
def test_a_mutation_ends_in_a_report_or_a_named_failure(guard: Guard, matcher: Matcher, name: str) -> None:
    for result in results(guard, name, GOOD[name], MANY):
        if isinstance(result, Document):
            assert result.text
            assert len(matcher.score(result).items) == 42


@pytest.mark.parametrize("form", PICTURES)
def test_a_mutated_picture_is_decoded_or_a_named_failure(picture_guard: Guard, form: str) -> None:
    for result in results(picture_guard, form, (PICTURES[form], bytes), MANY):
        assert isinstance(result, ReadingFailure) or result.text


@pytest.mark.parametrize("name", GOOD)
def test_unchanged_they_are_read(guard: Guard, name: str) -> None:
    content, pack = GOOD[name]
    rows = list(guard.read_many([(pack(content), name)]))
    assert [row.result for row in rows if not isinstance(row.result, Document)] == []
    assert rows


@pytest.mark.parametrize("form", PICTURES)
def test_unchanged_pictures_are_decoded(picture_guard: Guard, form: str) -> None:
    assert isinstance(picture_guard.read(PICTURES[form], form), Document)
