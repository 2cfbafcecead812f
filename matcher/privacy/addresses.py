"""Postal addresses: of Taiwan by 縣市…路…號…樓, of the same in English, and behind a label."""

import re

from matcher.language.normalise import normalise
from matcher.privacy.found import Finds, PersonalData
from matcher.privacy.patterns import HAN, NUMERAL, Pattern, label, words

_PLACES = words(
    "臺北 台北 新北 基隆 桃園 新竹 苗栗 臺中 台中 彰化 南投 雲林 嘉義 臺南 台南 高雄 屏東 宜蘭 花蓮 臺東 "
    "台東 澎湖 金門 連江"
)
_COUNTY = rf"(?:{_PLACES}) {{0,2}}[{normalise('縣市')}]"
_DISTRICT = normalise("區鄉鎮市")
_POSTCODE = r"(?:(?<![0-9])[0-9]{3}(?:-?[0-9]{2,3})? {0,2})?"
_STREET = f"(?:大道|[{normalise('路街巷段村里弄莊厝寮')}])"
_LANES = rf"(?:{NUMERAL} {{0,2}}[{normalise('段巷弄鄰')}] {{0,2}}){{0,3}}"
_FLOOR = (
    rf"(?:(?:{words('地下')} ?)?(?:{NUMERAL}|b[0-9]) ?(?:{words('樓')}|f(?![a-z]))(?: ?[之-] ?{NUMERAL})?"
    r"|b[0-9](?![0-9a-z]))"
)
_HOUSE = (
    rf"{NUMERAL}(?: ?[之-] ?{NUMERAL})? {{0,2}}{words('號')}(?: ?之 ?{NUMERAL})?"
    rf"(?:[ ,]{{0,2}}{_FLOOR})?(?:[ ,]{{0,2}}[0-9a-z]{{1,4}} ?室)?"
)
_DOOR = re.compile(rf"[0-9一二三四五六七八九十百] {{0,2}}{words('號')}")
_IN_FULL = re.compile(
    rf"{_POSTCODE}(?:{words('台灣省 台灣 中華民國')})? {{0,2}}{_COUNTY} {{0,2}}"
    rf"(?:[{HAN}]{{1,3}} {{0,2}}[{_DISTRICT}] {{0,2}})?(?:[{HAN}]{{1,4}}[村里] {{0,2}})?"
    rf"(?:{NUMERAL} ?{words('鄰')} ?)?(?:[{HAN}0-9]{{1,8}}?{_STREET} {{0,2}})?{_LANES}{_HOUSE}"
)
# The verbs and prepositions in front of a street are none of its name: 「我住在信義路」.
_NAME = rf"(?:(?![在於于住位我是的])[{HAN}])"
_BY_STREET = re.compile(
    rf"(?:{_POSTCODE}{_NAME}{{1,3}}[{_DISTRICT}] {{0,2}})?"
    rf"{_NAME}{{1,4}}(?:路|街|大道) {{0,2}}{_LANES}{_HOUSE}"
)
_STREET_SIGN = re.compile(_STREET)
_BEFORE, _AFTER = 48, 24  # code points of an address around the sign of its house

_LABELS = (
    "通訊地址 聯絡地址 聯繫地址 戶籍地址 戶籍地 戶籍 居住地址 居住地 居住地區 居住城市 現居地址 現居地 "
    "現居 現住址 住家地址 "
    "住址 永久地址 郵寄地址 通訊處 地址"
)
_OTHER_FIELD = words("電話 手機 信箱 性別 生日 聯絡 email e-mail tel mobile phone")
_LABELLED = Pattern(
    rf"{label(_LABELS)}((?:(?! {{2}}|{_OTHER_FIELD})[^\n|;]){{2,60}})",
    *("址", "居", "戶", "訊"),
)
_ENGLISH = Pattern(
    r"(?<![a-z0-9])(?:[0-9]{1,3}f\.?(?:-[0-9]{1,3})?,? ?)?no\. ?[0-9]{1,4}(?:-[0-9]{1,3})?,? ?"
    r"[^\n|;]{0,60}?\b(?:rd|road|st|street|ave|avenue|blvd|ln|lane|aly|alley)\b\.?"
    r"(?:,? ?[a-z][a-z'-]{1,14}\b\.?(?: (?:dist|district|city|county|township)\b\.?)?(?=[,\s.]|$)){0,4}"
    r"(?:,? ?[0-9]{3,6}\b)?",
    "no.",
)
_ENGLISH_LABELLED = Pattern(
    r"(?<![a-z] )(?<![a-z])(?:address|residence) {0,3}: {0,3}([a-z0-9][^\n|;@]{5,100})",
    "address",
    "residence",
)
_LOCATES = re.compile(f"{_PLACES}|[{normalise('縣市區鄉鎮號')}]")
_OF_A_FIRM = re.compile(rf"[{HAN}a-z]地")  # 公司地址, 工作地址, IP 地址


def addresses(text: str) -> Finds:
    """Addresses with a house number, wherever they stand, and what a label calls an address."""
    at = 0
    for door in _DOOR.finditer(text):
        if door.start() < at:
            continue
        if not _STREET_SIGN.search(text, max(at, door.start() - _BEFORE), door.start()):
            continue
        window = (max(at, door.start() - _BEFORE), door.end() + _AFTER)
        match = _IN_FULL.search(text, *window) or _BY_STREET.search(text, *window)
        if match:
            at = match.end()
            yield PersonalData("address", *match.span())
    for match in _LABELLED.matches(text):
        if _LOCATES.search(text, *match.span(1)) and not _OF_A_FIRM.match(text, max(0, match.start() - 1)):
            yield PersonalData("address", *_trimmed(text, *match.span(1)))
    for match in _ENGLISH.matches(text):
        yield PersonalData("address", *match.span())
    for match in _ENGLISH_LABELLED.matches(text):
        yield PersonalData("address", *_trimmed(text, *match.span(1)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip(" ,、。/("))
