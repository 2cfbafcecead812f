"""Signs of planning and deciding, or of carrying out: how independent the work is that a text describes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from matcher.data import data_path
from matcher.language.analysis import AnalysedSentence, Analysis
from matcher.language.normalise import normalise
from matcher.language.sentences import Span

KINDS = ("planning", "deciding", "leading", "senior", "executing", "junior")

_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_NUMERAL = "".join(_NUMERALS)
_CUSTOMERS = "客户|顾客|会员|用户|学员|学生|住户|病人"
_TEAM = re.compile(
    rf"(?:带|带领|管理|督导|下辖|管|团队|内部|编制|需管理)(?:(?!{_CUSTOMERS})[^0-9,。;\n]){{0,6}}(?<![{_NUMERAL}])"
    rf"([0-9]{{1,3}}|[{_NUMERAL}]{{1,3}})(?:[~\-至到][0-9]{{1,3}})?[多余几来]? ?[人席位名]"
    rf"(?!次|.{{0,4}}(?:{_CUSTOMERS}))"
    r"|(?:led|managed|supervised)\s+(?:an?\s+)?([0-9]{1,3})(?![0-9,])(?!\s*(?:customer|client|account|store))"
    r"|team\s+of\s+([0-9]{1,3})|([0-9]{1,3})[- ](?:person|people|member|agent)\s+team"
)
_BUDGET = re.compile(
    r"(?:预算|费用|budget|成本|p&l)[^0-9。;\n]{0,12}(?:nt\$)?"
    r"(?:[0-9][0-9,.]*\s*(?:万|亿|千|[mk](?![a-z]))|(?:[0-9]{3}|[0-9]{1,3},[0-9]{3}),[0-9]{3}|[0-9]{6})"
)


@dataclass(frozen=True)
class LevelSigns:
    """How many clauses show each of ``KINDS``, of ``clauses`` in all, and what is led and held.

    ``team`` is the largest team in persons, ``budget`` whether an amount of money is held; ``places`` keeps
    the first places of each sign as evidence.
    """

    counts: dict[str, int]
    clauses: int
    team: int
    budget: bool
    places: dict[str, tuple[Span, ...]]


def level_signs(analysis: Analysis) -> LevelSigns:
    """Count the signs in the clauses that the text affirms, outside parts that say nothing of the work."""
    told = [sentence for sentence in analysis.sentences if sentence.counts]
    clauses = [c for sentence in told for c in sentence.clauses if c.polarity == "affirmed"]
    lines = _Lines([analysis.normalised[clause.start : clause.end] for clause in clauses], "\n")
    places: dict[str, list[Span]] = {}
    for kind, pattern in _patterns().items():
        shown = dict.fromkeys(at for at, _ in lines.matches(pattern))
        places[kind] = [Span(clauses[at].start, clauses[at].end) for at in shown]
    counts = {kind: len(places.get(kind, ())) for kind in KINDS}
    # Neither pattern looks beyond a semicolon, nor a line.
    lines = _Lines([_affirmed(analysis.normalised, sentence) for sentence in told], ";\n")
    teams = list(lines.matches(_TEAM))
    budgets = dict.fromkeys(at for at, _ in lines.matches(_BUDGET))
    places["team"] = [Span(told[at].start, told[at].end) for at, _ in teams]
    places["budget"] = [Span(told[at].start, told[at].end) for at in budgets]
    team = max((_number(next(filter(None, match.groups()))) for _, match in teams), default=0)
    kept = {kind: tuple(places.get(kind, ())[:3]) for kind in (*KINDS, "team", "budget")}
    return LevelSigns(counts, len(clauses), team, bool(budgets), kept)


class _Lines:
    """Texts that are searched all at once: a search costs more to begin than to go on."""

    def __init__(self, texts: Sequence[str], end: str) -> None:
        self._text = end.join(texts)
        self._starts = list(accumulate((len(text) + len(end) for text in texts), initial=0))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches of a pattern that does not reach beyond the end of a text, with each one's text."""
        for match in pattern.finditer(self._text):
            yield bisect_right(self._starts, match.start()) - 1, match


def _affirmed(normalised: str, sentence: AnalysedSentence) -> str:
    """A sentence without what it denies, wishes for or says of others."""
    text, begin = normalised[sentence.start : sentence.end], sentence.start
    for clause in sentence.clauses:
        if clause.polarity != "affirmed":
            start, end = clause.start - begin, clause.end - begin
            text = text[:start] + ";" * (end - start) + text[end:]
    return text


def _number(text: str) -> int:
    """The value of digits, or of Chinese numerals below a hundred."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    value = _NUMERALS.get(units, 0)
    return value + 10 * (_NUMERALS.get(tens, 1) if ten else 0)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for line in data_path("lexicon", "level_signs.txt").read_text(encoding="utf-8-sig").splitlines():
        kind, equals, words = line.partition("=")
        if equals and kind.strip() in KINDS:
            forms = sorted((normalise(word.strip()) for word in words.split("、")), key=len, reverse=True)
            patterns[kind.strip()] = re.compile("|".join(map(_whole, forms)))
    return patterns


def _whole(form: str) -> str:
    """A pattern for a form; a Latin one matches as a whole word only («lead» is not in «leads»).

    It begins with the form's first letter, never with a look behind: «re» then skips quickly to the next.
    """
    literal = re.escape(form)
    return rf"{literal}(?<![a-z]{literal})(?![a-z])" if form.isascii() else literal
