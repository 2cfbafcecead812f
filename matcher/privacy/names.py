"""Names in the places where a document says whose it is: labels, the first line, 「我叫…」."""

import re
from collections.abc import Iterator

from matcher.privacy.found import Finds, PersonalData
from matcher.privacy.name_shapes import CHINESE, HAN_NAME, LATIN, like_a_name, romanised
from matcher.privacy.patterns import COLON, FIELD_EDGE, HAN, Pattern, label, words

_OWN = "姓名 中文姓名 英文姓名 中文名字 英文名字 英文名 中文名 名字 求職者 應徵者 應徵人"
_LABEL = Pattern(label(_OWN), "名", "者", "人")
_OTHERS = (
    "推薦人 推薦者 聯絡人 連絡人 緊急聯絡人 緊急連絡人 聯繫人 諮詢人 介紹人 證明人 保證人 家長 配偶 父親 "
    "母親 填表人 應聘人 立書人 具結人"
)
_LABEL_OF_OTHERS = Pattern(label(_OTHERS), *("人", "者", "家", "配", "父", "母"))
# «Project name:» is none; «Full name:» is one.
_ENGLISH_LABEL = Pattern(
    r"(?:(?<![a-z] )(?<![a-z_.])|(?<=full )|(?<=english )|(?<=chinese )|(?<=given )|(?<=first )|(?<=last )"
    r"|(?<=family )|(?<=preferred ))(?:name|reference|referee|emergency contact|contact person) {0,3}: {0,3}",
    *("name", "reference", "referee", "contact"),
)
_NO_NAME = words("必填 選填 不拘 如下 同上 保密 面議 略 無 自填 電話 待補")
_WHATEVER = re.compile(rf"(?!{_NO_NAME})[{HAN}]{{2,5}}(?![{HAN}])")
_LATIN_NAME = re.compile(rf"{LATIN}(?![{HAN}])")
_AND = re.compile("[、/,] ?")
_ALSO = re.compile(rf" {{0,2}}[(/,|]? ?{LATIN} ?\)?")
_ALSO_HAN = re.compile(r" ?[(/] ?")

_I_AM = Pattern(
    rf"(?:我(?:的(?:{words('中文 英文')})?名字)?(?:叫做?|是|名叫)|{words('本人 敝人 敝姓')}(?:叫|是)?"
    rf"|{words('大家好')},?) ?",
    *("我", "本", "敝", "大"),
)
_I_AM_ENDS = re.compile(
    rf"[,。.!、;|()\s/]|$|{words('今年 來自 畢業 現任 現年 目前 一名 是一 應徵')}"
)  # fmt: skip
_I_AM_LATIN = Pattern(
    rf"(?:我(?:的(?:英文)?名字)?叫做? ?|my name is )({LATIN})(?=[,。.!、;|()\n{HAN}]|$)",
    *("我", "my name is"),
)
# Looked for backwards from the field behind it, which is rarer than what may be a name.
_FIELD = Pattern(rf"[男女](?![{HAN}])|{words('歲')}", "男", "女", "歲")
_BEFORE_FIELD = re.compile(rf"[{FIELD_EDGE}]{{1,3}}(?:[1-9][0-9] ?)?")
_EDGE = re.compile(rf"(?<![^{FIELD_EDGE}])")
_LONGEST_NAME = 16

_LINE = re.compile(r"\S[^\n]*")
_TITLE = rf"(?:{words('個人 應徵 求職 我的 中文')})?(?:{words('履歷 履歷表 簡歷 自傳')})"
_PAPER = words("履歷 簡歷 自傳 基本資料 個人資料 個人信息 個人資訊")
_HEADING = re.compile(
    rf"[^\n]{{0,20}}(?:{_PAPER})[^\n]{{0,10}}"
    r"|[\W_]*(?:personal )?(?:resume|résumé|cv|curriculum vitae|profile)[\W_]*"
)
_OPENING = re.compile(rf"[\s\W]{{0,6}}(?:{_TITLE}[\W_]{{1,4}})?")
_OPENING_ALSO = re.compile(rf" ?[(|/]? ?{LATIN}\)?(?=\s*(?:$|[|/,(\[-]))")
_OPENING_ENDS = re.compile(rf" *(?:$|[|/,;(\[_-]|的?(?:{_TITLE})| )")
_CLOSING_ENDS = re.compile(r"[\s\W]{0,3}")
_LATIN_OPENING = re.compile(rf"[\s\W]{{0,6}}(?P<name>{LATIN})\s*(?:$|[|/,(\[])")
_LONGEST_LINE = 60

_MOST_REPEATED = 8


def names(text: str) -> Finds:
    """Names behind labels and 「我叫」, the first line's, and where each of these stands again."""
    found = [*_labelled(text), *_told(text), *_first_line(text)]
    yield from found
    full = {text[one.start : one.end].replace(" ", "") for one in found}
    sure = sorted(name for name in full if len(name) >= 3 and re.fullmatch(f"[{HAN}]+", name))
    for name in sure[:_MOST_REPEATED]:
        yield from (PersonalData("name", *match.span()) for match in re.finditer(name, text))


def _labelled(text: str) -> Iterator[PersonalData]:
    for own, pattern in ((True, _LABEL), (False, _LABEL_OF_OTHERS), (True, _ENGLISH_LABEL)):
        for mark in pattern.matches(text):
            at = mark.end()
            # Behind «姓名：» stands a name whatever it begins with; behind 「聯絡人：」 often a department,
            # and between columns of a table other labels: 「姓名｜簡歷」.
            certain = own and re.search(COLON, mark.group()) is not None
            han = HAN_NAME.match(text, at)
            whatever = _WHATEVER.match(text, at) if certain else None
            if han and (certain or like_a_name(han.group())):
                yield _name(text, at, _further(text, han.end()))
            elif whatever:
                yield _name(text, at, whatever.end())
            elif latin := _LATIN_NAME.match(text, at):
                yield _name(text, at, _in_chinese(text, latin.end()))


def _further(text: str, end: int) -> int:
    """Where a row of names ends, with the English name of the last."""
    while (mark := _AND.match(text, end)) and (other := HAN_NAME.match(text, mark.end())):
        end = other.end()
    also = _ALSO.match(text, end)
    return also.end() if also else end


def _in_chinese(text: str, end: int) -> int:
    """Where an English name ends, with the Chinese one in brackets behind it."""
    bracket = _ALSO_HAN.match(text, end)
    han = HAN_NAME.match(text, bracket.end()) if bracket else None
    return han.end() if han else end


def _told(text: str) -> Iterator[PersonalData]:
    for intro in _I_AM.matches(text):
        name = CHINESE.match(text, intro.end())
        if name and _I_AM_ENDS.match(text, name.end()) and like_a_name(name.group()):
            yield _name(text, *name.span())
    for match in _I_AM_LATIN.matches(text):
        yield _name(text, *match.span(1))
    for field in _FIELD.matches(text):
        before = _before(text, field.start(), _BEFORE_FIELD)
        if before and like_a_name(before.group()):
            yield _name(text, *before.span())


def _before(text: str, end: int, rest: re.Pattern[str]) -> re.Match[str] | None:
    """The name between the edge of a field and ``end``, with nothing but ``rest`` behind it."""
    for edge in _EDGE.finditer(text, max(0, end - _LONGEST_NAME), end):
        name = CHINESE.match(text, edge.start())
        if name and rest.fullmatch(text, name.end(), end):
            return name
    return None


def _first_line(text: str) -> Iterator[PersonalData]:
    """The name that opens or closes the first line, or the one below a mere 「履歷表」."""
    line = _LINE.search(text)
    if line and _HEADING.fullmatch(line.group()) and not _opening(text, *line.span()):
        line = _LINE.search(text, line.end())
    if line is None:
        return
    start, end = line.span()
    closing = _before(text, end, _CLOSING_ENDS) if end - start < _LONGEST_LINE else None
    latin = _LATIN_OPENING.match(text, start, end)
    if opening := _opening(text, start, end):
        yield opening
    elif closing and like_a_name(closing[0], alone=False):
        yield _name(text, *closing.span())
    elif latin and romanised(latin["name"]) and " " in latin["name"]:
        yield _name(text, *latin.span("name"))


def _opening(text: str, start: int, end: int) -> PersonalData | None:
    """The name that a line begins with."""
    mark = _OPENING.match(text, start, end)
    name = CHINESE.match(text, mark.end(), end) if mark else None
    if name is None:
        return None
    also = _OPENING_ALSO.match(text, name.end(), end)
    ends = _OPENING_ENDS.match(text, also.end() if also else name.end(), end)
    if ends is None or not like_a_name(name.group(), alone=ends.group() != " "):
        return None
    return _name(text, name.start(), also.end() if also and romanised(also.group()) else name.end())


def _name(text: str, start: int, end: int) -> PersonalData:
    return PersonalData("name", start, start + len(text[start:end].rstrip(" ,./|(")))
