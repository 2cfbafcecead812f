"""Telephone numbers: candidates by their look, judged by ``phonenumbers``."""

import re
from itertools import islice

from phonenumbers import NumberParseException, PhoneNumber, is_valid_number, parse

from matcher.privacy.found import Finds, PersonalData
from matcher.privacy.patterns import label, words

# Every branch begins with a character of its own, which lets ``re`` skip to the next that is one of them.
_CANDIDATE = re.compile(
    r"(?:\((?:\+ ?|0)[0-9]|\+(?<![0-9].) ?\(?[1-9]|0(?<![0-9].)(?<![0-9]\.0)[0-9]|8(?<![0-9a-z.-].)86"
    r"|1(?<![0-9a-z.-].)[3-9][0-9])(?:[ ().-]{0,3}[0-9]){6,14}",
    re.DOTALL,
)
_EXTENSION = re.compile(
    rf"[ ,]{{0,2}}\(?(?:#|(?:{words('轉')} ?)?(?:{words('分機')}|ext\.?|x)|{words('轉 內線')})"
    r"[ .:]{0,2}[0-9]{1,6}"
)
_LABELLED = re.compile(
    label(
        "電話 手機 行動 市話 傳真 電話號碼 手機號碼 聯絡方式 住家 "
        "tel tel. telephone phone phone_number mobile cell fax",
        "colon",
    )
    + r"(?!(?:19|20)[0-9]{2} ?[-./年] ?[0-9])([(+]{0,2}[0-9](?:[ ().-]{0,3}[0-9]){6,14})(?![0-9,])"
)
_OTHER_NUMBERS = words(
    "編號 單號 訂單 統編 料號 型號 序號 帳號 代碼 條碼 貨號 案號 文號 發票 品號 卡號 帳戶 郵局 "
    "sku isbn order serial account"
)
_NO_PHONE = re.compile(
    rf"(?:{_OTHER_NUMBERS}|(?<!phone )(?<!mobile )(?<!tel )(?<!contact )\bno\.?)\W{{0,3}}$"
)
_NEAR = 16
_LONGEST_GROUPS = 3  # tries for a foreign number: whole groups of its digits, longest first


def phones(text: str) -> Finds:
    """Valid numbers of Taiwan, those of other countries behind a «+», and any behind a label."""
    at = 0
    while match := _CANDIDATE.search(text, at):
        end = _end(text, *match.span())
        if end is None or _NO_PHONE.search(text, max(0, match.start() - _NEAR), match.start()):
            at = match.start() + 1
        else:
            at = _with_extension(text, end)
            yield PersonalData("phone", match.start(), at)
    for match in _LABELLED.finditer(text):
        yield PersonalData("phone", match.start(1), _with_extension(text, match.end(1)))


def _with_extension(text: str, end: int) -> int:
    extension = _EXTENSION.match(text, end)
    return extension.end() if extension else end


def _end(text: str, start: int, end: int) -> int | None:
    """Where the longest valid number that starts here ends. What follows may be another number."""
    places = [at for at in range(start, end) if text[at].isdigit()]
    digits = "".join(text[at] for at in places)
    # A number ends where a group of digits does.
    ends = [n for n, at in enumerate(places, 1) if not text[at + 1 : at + 2].isdigit()]
    lead = text[start : places[0]]
    for count in islice(reversed(ends), _LONGEST_GROUPS if "+" in lead else None):
        if _valid(digits[:count], "+" in lead, _groups(text[start : places[count - 1] + 1])):
            return places[count - 1] + 1
    return None


def _groups(text: str) -> list[int]:
    return [len(group) for group in re.findall("[0-9]+", text)]


def _valid(digits: str, plus: bool, groups: list[int]) -> bool:
    code, national = 886, ""
    if digits.startswith("00886"):
        digits = digits[2:]
    if digits.startswith("886"):
        national = digits[3:].removeprefix("0")
    elif plus:
        return len(digits) >= 8 and _valid_abroad(digits)
    elif digits[0] == "0":
        # 「09-12 2023…」 is a date: a number's first two groups are never this short.
        national = digits[1:] if len(groups) == 1 or sum(groups[:2]) > 4 else ""
    else:
        # A mobile number of China is written in one piece or 3-4-4.
        code, national = 86, digits if groups in ([11], [3, 4, 4]) else ""
    lengths = (8, 9) if code == 886 else (11,)
    return len(national) in lengths and is_valid_number(PhoneNumber(code, int(national)))


def _valid_abroad(digits: str) -> bool:
    try:
        return is_valid_number(parse(f"+{digits}"))
    except NumberParseException:
        return False
