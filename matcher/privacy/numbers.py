"""National identification numbers and resident certificate numbers of Taiwan, by their checksum."""

import re

from matcher.privacy.found import Finds, PersonalData
from matcher.privacy.patterns import label

# The place of a letter is its number less ten: A is 10, B is 11 … I, O, W and Z were given out last.
_LETTERS = "abcdefghjklmnpqrstuvxywzio"
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1, 1)

_NUMBER = re.compile(r"[a-z](?<![a-z0-9].)[ -]?[a-d1289](?:[ -]?[0-9]){8}(?![a-z0-9])", re.DOTALL)
_LABELLED = re.compile(
    label(
        "身分證 身份證 身分證號 身份證號 身分證字號 身份證字號 身分證號碼 身份證號碼 身分證統一編號 "
        "統一證號 居留證 居留證號 居留證號碼 居留證統一證號 "
        "id_no id_no. id_number arc_no arc_no. arc_number"
    )
    + r"([a-z][ -]?[a-d0-9](?:[ -]?[0-9*x○]){5,8})(?![a-z0-9])"
)


def numbers(text: str) -> Finds:
    """Numbers whose checksum is right and, behind a label that promises one, any of their shape."""
    for match in _NUMBER.finditer(text):
        if valid(re.sub("[ -]", "", match.group())):
            yield _found(text, *match.span())
    for match in _LABELLED.finditer(text):
        yield _found(text, *match.span(1))


def valid(number: str) -> bool:
    """Whether the checksum of a number in small letters holds: «a123456789», «ab12345678» or «a800000014»."""
    first = _LETTERS.index(number[0]) + 10
    second = (_LETTERS.index(number[1]) + 10) % 10 if number[1].isalpha() else int(number[1])
    digits = (second, *map(int, number[2:]))
    total = first // 10 + first % 10 * 9 + sum(d * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return total % 10 == 0


def _found(text: str, start: int, end: int) -> PersonalData:
    sex = text[start + 1 : end].lstrip(" -")[0]
    return PersonalData("id_number" if sex in "12" else "arc_number", start, end)
