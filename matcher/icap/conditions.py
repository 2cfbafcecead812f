"""The education and experience that a standard suggests: «大專以上畢業，且具相關工作經驗2年以上。»"""

import re
from collections.abc import Sequence
from unicodedata import normalize

from matcher.standard import EDUCATION_LEVELS, Conditions

_EDUCATION = re.compile(
    r"(?P<博士>博士)|(?P<碩士>碩士|研究所)|(?P<大專>大專|專科|大學專科|五專|二專)|(?P<大學>大學|學士)"
    r"|(?P<高中職>高中|高職|高級中等)|(?P<國中>國中|國民中學)"
)
_CLAUSE_END = re.compile("[，,。；;、\n]")
_EXPERIENCE = re.compile("經驗|經歷|資歷|年資|工作")
_DIGITS = "一二三四五六七八九"
_NUMBER = f"[0-9]{{1,2}}|[{_DIGITS}兩]?十[{_DIGITS}]?|[{_DIGITS}兩]"
# The lower end of a range; not «2年制», «98年度» or the tail of a longer number.
_YEARS = re.compile(rf"(?<![0-9])({_NUMBER})\s*(?:[-~至到]\s*(?:{_NUMBER})\s*)?年(?![制級度])")


def parse_conditions(lines: Sequence[str]) -> Conditions:
    """The published lines with the lowest education and the fewest years that they ask for."""
    text = normalize("NFKC", "\n".join(lines))
    levels = [EDUCATION_LEVELS.index(str(found.lastgroup)) for found in _EDUCATION.finditer(text)]
    clauses = (clause for clause in _CLAUSE_END.split(text) if _EXPERIENCE.search(clause))
    years = [_to_int(found[1]) for clause in clauses for found in _YEARS.finditer(clause)]
    return Conditions(
        tuple(lines), EDUCATION_LEVELS[min(levels)] if levels else None, min(years, default=None)
    )


def _to_int(number: str) -> int:
    """The value of one or two digits or of a Chinese number below 100."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.replace("兩", "二").rpartition("十")
    return (_DIGITS.index(tens or "一") + 1) * (10 if ten else 0) + (_DIGITS.index(ones) + 1 if ones else 0)
