"""The years of experience that a résumé shows or a posting asks for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from matcher.language.analysis import AnalysedSentence, Analysis
from matcher.scoring.education import degrees

Relevant = Callable[[AnalysedSentence], bool]

_NUMERAL = "一二三四五六七八九十两"
_NUMBER = rf"[0-9]{{1,2}}|[{_NUMERAL}]{{1,3}}"
# 「1-3 年」 asks for 1 at the least; 「三年內」「兩年制」「一年級」 are no experience.
_YEARS = re.compile(
    rf"(?<![0-9./第每前后{_NUMERAL}])({_NUMBER})(?:\.[0-9])?\s*(?:[-~至到]\s*(?:{_NUMBER})\s*)?\+?\s*"
    r"(?:余|多|几)?个?(?:年|years?|yrs?)(?!级|度|制|次|内|月|[0-9])"
)
_EXPERIENCE = re.compile("经验|年资|资历|经历|从业|专精|工作|以上|experience")
_NEAR = 15  # code points between the years and the word that makes them experience
_POST = re.compile(r"(?:做|当|任|从事|在|带|管|员|师|长|经理|主管|客服|企划|督导)[^,。;]{0,12}$")
_RECENT = re.compile(r"(?:近|过去|连续|未来|满)\s*$")
# Possessive: two digits can be read in two ways, a row of them in very many.
_NOTHING_ELSE = re.compile(
    r"(?:年资|经验|经历|资历|具备|具有|拥有|累计|超过|工作|相关|实务|职场|服务|以上|"
    rf"[具有共约逾近总的年个余多]|{_NUMBER}|\W)++"
)
_PREFERRED = re.compile("佳|优先|加分|preferred")
_FIRM = re.compile("成立|创立|创办")
_ABOUT_SELF = re.compile(r"\W*(?:自传|自我介绍|自我评价|自述|关于我|about me)")
_MOST_YEARS = 50

# 2018, 2018/03, 2018.3.1, 2018年3月, and the Republic's calendar: 民國107年3月, 107/03.
_YEAR = r"(?:19|20)[0-9]{2}|(?:民国\s*)?(?:[7-9][0-9]|1[0-2][0-9])(?=\s*[年/])"
_DAY = r"(?:[月./-]\s*(?:[0-9]{1,2}(?![0-9])日?)?)?"
_POINT = rf"(?<![0-9./])({_YEAR})\s*(?:[./年-]\s*([0-9]{{1,2}})(?![0-9])\s*{_DAY}|年)?"
_NOW = "现在|目前|迄今|至今|今|now|present"
_YEAR_DIGITS = re.compile("[0-9]{2}")  # most sentences have none, and are not searched further
_PERIOD = re.compile(
    rf"{_POINT}\s*(?:[-–—~至到]|to)+\s*(?:(?:[a-z]{{3,9}}\.?\s*)?{_POINT}|({_NOW})|(?=\)|$))"
)


@dataclass(frozen=True, slots=True)
class Experience:
    """Whole years, and the sentences that say so; ``least``: a job still goes on, so there may be more."""

    years: int
    least: bool
    places: tuple[AnalysedSentence, ...]


@dataclass(frozen=True, slots=True)
class _Period:
    start: int  # months since year 0
    end: int
    ongoing: bool
    place: AnalysedSentence


def experience_asked(analysis: Analysis) -> Experience | None:
    """The least years that a posting asks for; what it merely prefers is left out."""
    asked = []
    for sentence in _telling(analysis):
        text = analysis.normalised[sentence.start : sentence.end]
        numbers = [years for years, match in _years(text) if _says_experience(text, match)]
        if numbers and not _PREFERRED.search(text) and not _FIRM.search(text):
            # Of 「3 年以上，其中帶人 1 年」 all is asked for, of 「3 年，或專科 5 年」 either.
            asked.append(((min if "或" in text else max)(numbers), sentence))
    if not asked:
        return None
    years, place = max(asked, key=lambda one: one[0])
    return Experience(years, False, (place,))


def experience_shown(analysis: Analysis, relevant: Relevant) -> Experience | None:
    """The years of relevant experience of a résumé: those it names, or the periods of relevant jobs.

    A job that still goes on ends with the last year that the text names: the same text gives the same
    answer on any day.
    """
    named = list(_named(analysis, relevant))
    periods = list(_relevant_periods(analysis, relevant))
    if not named and not periods:
        return None
    stated = max((years for years, _ in named), default=0)
    worked = _union(periods) // 12
    if stated >= worked and named:
        return Experience(stated, False, tuple(place for years, place in named if years == stated))
    ongoing = any(period.ongoing for period in periods)
    return Experience(worked, ongoing, tuple(period.place for period in periods))


def _telling(analysis: Analysis) -> Iterator[AnalysedSentence]:
    return (s for s in analysis.sentences if s.part not in ("company", "benefits", "pay", "wish"))


def _named(analysis: Analysis, relevant: Relevant) -> Iterator[tuple[int, AnalysedSentence]]:
    """Years that a résumé names in a sentence about the occupation, or in one that names no other."""
    about_occupation = any(map(relevant, analysis.sentences))
    for sentence in _telling(analysis):
        text = analysis.normalised[sentence.start : sentence.end]
        found = list(_years(text))
        if not found:
            continue
        own = relevant(sentence)
        general = about_occupation and _NOTHING_ELSE.fullmatch(text) is not None
        for years, match in found:
            says = _says_experience(text, match)
            if (says and (own or general)) or (own and _held_post(text, match)):
                yield years, sentence


def _years(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    if "年" not in text and "y" not in text:
        return
    for match in _YEARS.finditer(text):
        years = _number(match[1])
        if years is not None and years <= _MOST_YEARS:
            yield years, match


def _says_experience(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return _EXPERIENCE.search(around) is not None


def _held_post(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    return _POST.search(before) is not None and _RECENT.search(before) is None


def _number(text: str) -> int | None:
    """The number that Arabic or Chinese numerals write; None for 「兩三」."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    digits = [_digit(part) for part in ((tens or "一") if ten else "零", ones or "零")]
    return None if None in digits else 10 * (digits[0] or 0) + (digits[1] or 0)


def _digit(numeral: str) -> int | None:
    at = "零一二三四五六七八九".find("二" if numeral == "两" else numeral)
    return at if at >= 0 and len(numeral) == 1 else None


def _relevant_periods(analysis: Analysis, relevant: Relevant) -> Iterator[_Period]:
    """Periods of jobs that are about the occupation.

    A job's entries run from its period's sentence to the next period, or to where another part begins.
    """
    dated = [
        (position, match)
        for position, sentence in enumerate(analysis.sentences)
        for match in _periods(analysis.normalised[sentence.start : sentence.end])
    ]
    latest = max((_month(m[3] or m[1], m[4] or "12") for _, m in dated), default=0)
    borders = [*(position for position, _ in dated), len(analysis.sentences)][1:]
    for (position, match), border in zip(dated, borders, strict=True):
        place = analysis.sentences[position]
        if place.part == "education" or degrees(match.string):
            continue
        entries = analysis.sentences[position : max(border, position + 1)]
        job = takewhile(lambda entry: _belongs(analysis, entry, place), entries)  # noqa: B023 - used at once
        start = _month(match[1], match[2] or "1")
        end = _month(match[3], match[4] or match[2] or "1") if match[3] else latest
        if end > start and any(map(relevant, job)):
            yield _Period(start, end, match[3] is None, place)


def _periods(text: str) -> Iterator[re.Match[str]]:
    return _PERIOD.finditer(text) if _YEAR_DIGITS.search(text) else iter(())


def _belongs(analysis: Analysis, entry: AnalysedSentence, period: AnalysedSentence) -> bool:
    return entry.part == period.part and not _ABOUT_SELF.match(analysis.normalised, entry.start, entry.end)


def _month(year: str, month: str) -> int:
    number = int(year.removeprefix("民国"))
    # Years of the Republic begin with 1912.
    return (number if number > 1900 else number + 1911) * 12 + min(max(int(month), 1), 12)


def _union(periods: Sequence[_Period]) -> int:
    """Months covered by any of the periods."""
    total = reached = 0
    for period in sorted(periods, key=lambda one: one.start):
        total += max(0, period.end - max(period.start, reached))
        reached = max(reached, period.end)
    return total
