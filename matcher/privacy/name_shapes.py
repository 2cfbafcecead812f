"""What a name looks like, and whether what looks like one is an ordinary word."""

import re

import rjieba

from matcher.language.normalise import normalise
from matcher.privacy.patterns import HAN, words
from matcher.privacy.surnames import DOUBLE, NO_NAMES, ROMANISED, SINGLE

_OWN_MASK = normalise("○〇＊*×xo")  # 「王○明」: who wrote it left the family name
_NEXT_FIELD = words(
    "電話 手機 性別 生日 出生 年齡 地址 信箱 電子 聯絡 行動 民國 關係 職稱 先生 小姐 女士 英文 履歷 應徵 "
    "身分 學歷"
)
_TITLES = words(
    "先生 小姐 女士 太太 經理 主任 老師 教授 副理 協理 店長 組長 課長 處長 總監 博士"
)  # fmt: skip
_SURNAME = rf"(?:{'|'.join(sorted(DOUBLE))}|[{''.join(sorted(SINGLE))}])"
_GIVEN = rf"(?:(?!{_NEXT_FIELD})[{HAN}{_OWN_MASK}])"

_CHINESE = (
    rf"(?:{_SURNAME} {{0,4}}{_GIVEN}{{2}}|{_SURNAME} {{1,4}}{_GIVEN} {{1,4}}{_GIVEN}(?![{HAN}])"
    rf"|{_SURNAME} {{0,4}}{_GIVEN}(?:(?![{HAN}])|(?={_NEXT_FIELD})))"
)
# Compiled once and matched behind whatever introduces a name: dear to compile into every such pattern.
CHINESE = re.compile(_CHINESE)
"""A family name and one or two characters, apart or not: 王小明, 王　明, 歐陽小明."""

HAN_NAME = re.compile(
    rf"{_SURNAME}{{2}}{_GIVEN}{{2}}(?![{HAN}])|{_CHINESE}(?: ?(?:{_TITLES}))?|{_SURNAME} ?(?:{_TITLES})"
    rf"|[{HAN}]{{1,6}}[·•‧・∙.][{HAN}]{{1,6}}"
)
"""Also with a title (王經理), two family names (張陳美玉), or a dot (瓦歷斯·諾幹)."""

_LATIN_WORD = (
    r"(?!(?:phone|tel|mobile|cell|e-?mail|mail|gender|sex|date|birth|birthday|address|age|position|title|line|id"
    r"|nationality|available|upon|www|https?|marital|military|education|job|apply|applied|applicant|contact"
    r"|school|company|department|hr|team|service|sales|admin)(?![a-z]))[a-z][a-z'’.-]{0,20}"
)
LATIN = rf"(?:{_LATIN_WORD}(?:,? {{1,2}}{_LATIN_WORD}){{0,3}})"
"""Up to four words, none of which names a field."""


def like_a_name(name: str, *, alone: bool = True) -> bool:
    """Whether a family name and what follows are no ordinary words: 高志明 is a name, 高級專 is none.

    Two characters that do not stand ``alone`` are taken for a word («高升 客服人員»).
    """
    bare = name.replace(" ", "")
    if any(mark in bare for mark in _OWN_MASK):
        return True
    if bare in NO_NAMES or bare[:2] in NO_NAMES:
        return False
    # 「高獎金」「全台灣」: the two family names that praise.
    if bare[0] in "高全" and rjieba.has_word(bare[1:]) and not _of_persons(bare[1:]):
        return False
    if len(bare) == 2:
        return alone and not rjieba.has_word(bare)
    if rjieba.has_word(bare[:2]):
        return bare[:2] in DOUBLE or (not rjieba.has_word(bare) and rjieba.has_word(bare[1:]))
    return True


def _of_persons(word: str) -> bool:
    return any(tag.startswith("nr") for _, tag in rjieba.tag(word))


def romanised(latin: str) -> bool:
    """Whether one of the words is a Chinese family name: «amy wang», «chen, mei-ling»."""
    return not ROMANISED.isdisjoint(re.findall("[a-z]+", latin))
