"""Birth dates of both calendars, and ages."""

import re

from matcher.language.normalise import normalise
from matcher.privacy.found import Finds, PersonalData
from matcher.privacy.patterns import HAN, Pattern, label, words

_CHINESE = "一二三四五六七八九十百零〇○"
_ERA = rf"(?:{words('西元 公元 中華民國 民國 民')})? {{0,2}}"
_DAY = r"(?: {0,2}[月./-] {0,2}[0-9]{1,2}(?![0-9])(?: ?[日号])?| ?月)?"
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:{_ERA}[0-9]{{2,4}} {{0,2}}[年./-] {{0,2}}[0-9]{{1,2}}(?![0-9]){_DAY}"
    rf"|{_ERA}[{_CHINESE}]{{2,5}} ?年(?: ?[{_CHINESE}]{{1,3}} ?月(?: ?[{_CHINESE}]{{1,3}} ?[日号])?)?"
    rf"|(?:19|20)[0-9]{{6}}(?![0-9])"
    rf"|(?:{_ERA}(?:19|20)[0-9]{{2}}|{words('民國')} {{0,2}}[0-9]{{2,3}})(?![0-9])(?: ?年)?"
    rf"|{_MONTHS}\.? {{0,2}}[0-9]{{1,2}}(?:st|nd|rd|th)?,? {{0,2}}(?:19|20)[0-9]{{2}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTHS}\.?,?[ -](?:19|20)[0-9]{{2}}"
    r"|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2})"
)
_SHORT = r"(?:[0-9]{6,7}(?![0-9])|[0-9]{1,2} ?[/月] ?[0-9]{1,2}(?![0-9]) ?日?)"
# 「生日 2000 元禮金」 is a benefit.
_NO_MONEY = rf"(?! ?[{normalise('元萬點')}%天人])"
_LABELLED = Pattern(
    label(
        "出生年月日 出生日期 出生年月 出生年 出生日 生日 出生 誕生日 "
        "birthday birth_date birthdate date_of_birth dob d.o.b d.o.b."
    )
    + rf"({_DATE}|{_SHORT}){_NO_MONEY}",
    *("生", "birth", "dob", "d.o.b"),
)
_BORN_ON = Pattern(rf"(?:{words('出生於 生於 出生在 誕生於')}|born (?:in|on)) {{0,2}}({_DATE})", "生", "born")
# Looked for backwards from its end: dates are many, births are few.
_BIRTH = Pattern(rf"{words('出生')}|生(?:(?![{HAN}])|{words('於')})|次(?![{HAN}])", "生", "次")
_BORN = re.compile(rf"(?<![0-9{_CHINESE}])(?:{_DATE}|{_ERA}(?:[0-9]{{2,4}}|[{_CHINESE}]{{2,4}}) ?年) ?$")
_LONGEST_DATE = 24

_YEARS = r"(?>[1-9][0-9]|[一二三四五六七八九]?十[一二三四五六七八九]?)"
_SUI = words("歲 足歲")
# 「18歲以上」「20-35歲」 are what a posting asks for, not an age.
_BOUND = words("以上 以下 以內 以前 左右 至 到 或 含 不拘 不限")
_NO_RANGE = rf"(?! ?[-至到]|[0-9]|\+| ?(?:{_BOUND}))"
_AGE = Pattern(
    rf"{label('年齡 實歲 虛歲 age')}({_YEARS}(?: ?(?:{_SUI}))?+){_NO_RANGE}"
    rf"|(?:{words('現年 今年 年齡 芳齡 我')} {{0,2}}(?:{words('已經 已 剛滿')})?)"
    rf"({_YEARS} ?(?:{_SUI})){_NO_RANGE}",
    *("齡", "歲", "age"),
)
_ENGLISH_AGE = Pattern(
    r"(?:i am|i'm|aged(?<![a-z]aged)) ([1-9][0-9])(?![0-9]| ?%)|([1-9](?<![0-9].)[0-9]) years old",
    *("i am", "i'm", "aged", "years old"),
)
AGE_FIELD = rf"[1-9][0-9] ?(?:{_SUI})"
"""An age without a label, as it stands between the fields of a résumé's head."""


def dates(text: str) -> Finds:
    """Birth dates behind a label or in front of 出生, 生 and 年次; ages that are somebody's own."""
    for pattern in (_LABELLED, _BORN_ON):
        for match in pattern.matches(text):
            yield PersonalData("birth_date", *match.span(1))
    for birth in _BIRTH.matches(text):
        date = _BORN.search(text[max(0, birth.start() - _LONGEST_DATE) : birth.start()])
        if date:
            yield PersonalData("birth_date", birth.start() - len(date[0]), birth.start())
    for pattern in (_AGE, _ENGLISH_AGE):
        for match in pattern.matches(text):
            yield PersonalData("age", *match.span(match.lastindex or 0))
