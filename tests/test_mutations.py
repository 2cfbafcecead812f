"""Good files with bytes changed by chance end in a document or a named failure, whatever was changed.

``MATCHER_MUTATIONS`` says how many of each kind: 60 by default, 5,000 before a release.
"""

import json
import os
import random
from collections.abc import Iterator
from typing import get_args

import pytest

from matcher.reading.document import Document
from matcher.reading.errors import Code
from matcher.reading.guard import Guard
from matcher.reading.limits import Limits
from matcher.reading.outcome import ReadingFailure
from tests.make_hostile import SHOWN, docx, page, paragraph
from tests.make_msg import msg
from tests.make_zip import zipped

MANY = int(os.environ.get("MATCHER_MUTATIONS", "60"))
TEXT = "王小明，五年客服企劃經驗。\n負責客戶服務流程規劃、預算編列與教育訓練。\n" * 8
MAIL = (
    "From: a@example.com\r\nSubject: =?utf-8?B?5oeJ5b61?=\r\nMessage-ID: <1@example.com>\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>您好</p>\r\n--x\r\nContent-Disposition: attachment; filename*=utf-8''%E5%B1%A5.txt\r\n\r\n"
)
RTF = r"{\rtf1\ansi\ansicpg950\deff0{\fonttbl{\f0\fcharset136 PMingLiU;}}\f0\fs24 \u23458?\u26381? SOP\par}"
RESUME = {
    "basics": {"name": "王小明", "summary": TEXT},
    "work": [{"name": "某公司", "highlights": ["編列預算"]}],
}
GOOD = {
    "文字.txt": TEXT.encode(),
    "大五碼.txt": TEXT.encode("cp950"),
    "寬字.txt": TEXT.encode("utf-16"),
    "網頁.html": f"<html><style>p{{color:red}}</style><body><p>{TEXT}</p></body></html>".encode(),
    "文件.docx": docx("".join(map(paragraph, TEXT.splitlines()))),
    "文件.pdf": page(SHOWN),
    "文件.rtf": RTF.encode(),
    "履歷.json": json.dumps(RESUME, ensure_ascii=False).encode(),
    "信.eml": f"{MAIL}{TEXT}\r\n--x--\r\n".encode(),
    "信.msg": msg(subject="應徵", body=TEXT, attachments=(("履歷.txt", TEXT.encode()),)),
    "批次.zip": zipped(("甲.txt", TEXT.encode()), ("乙.docx", docx(paragraph(TEXT)))),
}


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


@pytest.mark.parametrize("name", GOOD)
def test_a_mutation_ends_in_a_document_or_a_named_failure(guard: Guard, name: str) -> None:
    inputs = ((mutated(GOOD[name], random.Random(f"{name}{number}")), name) for number in range(MANY))  # noqa: S311
    rows = list(guard.read_many(inputs))
    assert sorted({row.index for row in rows}) == list(range(MANY))
    for row in rows:
        match row.result:
            case Document(text=text):
                assert text
            case ReadingFailure(code=code, message=message):
                assert code in get_args(Code)
                assert message.endswith("。")


@pytest.mark.parametrize("name", GOOD)
def test_unchanged_they_are_read(guard: Guard, name: str) -> None:
    results = [row.result for row in guard.read_many([(GOOD[name], name)])]
    assert all(isinstance(result, Document) for result in results)
