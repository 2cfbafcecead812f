"""Signs of planning and deciding, or of carrying out: how independent the work is that a text describes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from matcher.data import data_path
from matcher.language.analysis import AnalysedSentence, Analysis, Clause
from matcher.language.normalise import normalise
from matcher.language.sentences import Span

KINDS = ("planning", "deciding", "leading", "senior", "executing", "junior")
_POSTS = ("senior", "junior")
_KEPT = 3
_LEAST_NAMES = 4  # entries of a list that names tools: 「公文寫作、談判與調解、Word、Excel」
_TITLE = 8  # code points: a shorter clause is a title or a heading more often than work
_FOREMOST = 4  # code points before a sign with which a clause begins, as a duty does

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

    A clause plans or decides, or it carries out, never both: see ``_settle``. ``team`` is the largest team
    in persons, ``budget`` whether an amount of money is held; ``places`` keeps the places that show each
    sign best as evidence, the best first.
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
    lines = _Lines([_work(analysis.normalised[clause.start : clause.end]) for clause in clauses], "\n")
    shown = {kind: lines.first(pattern) for kind, pattern in _patterns().items()}
    _settle(shown)
    places: dict[str, list[Span]] = {}
    for kind in KINDS:
        best = sorted(shown[kind], key=lambda at: _doubt(at, kind, shown, clauses[at]))
        places[kind] = [Span(clauses[at].start, clauses[at].end) for at in best]
    counts = {kind: len(places.get(kind, ())) for kind in KINDS}
    # Neither pattern looks beyond a semicolon, nor a line.
    lines = _Lines([_affirmed(analysis.normalised, sentence) for sentence in told], ";\n")
    teams = sorted(lines.matches(_TEAM), key=lambda team: -_persons(team[1]))
    budgets = dict.fromkeys(at for at, _ in lines.matches(_BUDGET))
    places["team"] = [Span(told[at].start, told[at].end) for at, _ in teams]
    places["budget"] = [Span(told[at].start, told[at].end) for at in budgets]
    team = max((_persons(match) for _, match in teams), default=0)
    kept = {kind: tuple(places[kind][:_KEPT]) for kind in (*KINDS, "team", "budget")}
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

    def first(self, pattern: re.Pattern[str]) -> dict[int, int]:
        """The texts that have a match, in order, each with the place of its first."""
        places: dict[int, int] = {}
        for at, match in self.matches(pattern):
            places.setdefault(at, match.start() - self._starts[at])
        return places


def _settle(shown: dict[str, dict[int, int]]) -> None:
    """Let each clause plan and decide, or carry out: 「訂定客訴處理 SOP」 plans, 「協助訂定」 carries out.

    What assists before the first word of planning governs it; a word of carrying out beside one does not.
    """
    assisting, executing = shown.pop("assisting"), shown["executing"]
    for at in shown["planning"].keys() | shown["deciding"].keys():
        first = min(shown[kind][at] for kind in ("planning", "deciding") if at in shown[kind])
        executing.pop(at, None)
        if assisting.pop(at, first) < first:
            shown["planning"].pop(at, None)
            shown["deciding"].pop(at, None)
            executing[at] = 0
    executing |= {at: min(offset, executing.get(at, offset)) for at, offset in assisting.items()}
    shown["executing"] = dict(sorted(executing.items()))


def _doubt(at: int, kind: str, shown: dict[str, dict[int, int]], clause: Clause) -> tuple[bool, bool]:
    """Order of evidence: no heading, title or clause that begins with another sign; then one that begins
    with its own."""
    offset = shown[kind][at]
    title = clause.end - clause.start < _TITLE or (kind not in _POSTS and any(at in shown[p] for p in _POSTS))
    second = any(places.get(at, offset) < offset for places in shown.values())
    return title or second, offset > _FOREMOST


def _work(clause: str) -> str:
    """A clause with what only looks like a sign blanked; nothing of a list that names tools."""
    entries = clause.split("、")
    if len(entries) >= _LEAST_NAMES and any(entry.strip().isascii() for entry in entries):
        return " " * len(clause)
    return _aside().sub(lambda found: " " * len(found.group()), clause)


def _persons(match: re.Match[str]) -> int:
    return _number(next(filter(None, match.groups())))


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


def _patterns() -> dict[str, re.Pattern[str]]:
    return {kind: pattern for kind, pattern in _forms().items() if kind != "aside"}


def _aside() -> re.Pattern[str]:
    return _forms()["aside"]


@lru_cache(maxsize=1)
def _forms() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for line in data_path("lexicon", "level_signs.txt").read_text(encoding="utf-8-sig").splitlines():
        kind, equals, words = line.partition("=")
        if equals and not line.startswith("#"):
            forms = sorted((normalise(word.strip()) for word in words.split("、")), key=len, reverse=True)
            patterns[kind.strip()] = re.compile("|".join(map(_whole, forms)))
    return patterns


def _whole(form: str) -> str:
    """A pattern for a form; a Latin one matches as a whole word only («lead» is not in «leads»).

    It begins with the form's first letter, never with a look behind: «re» then skips quickly to the next.
    """
    literal = re.escape(form)
    return rf"{literal}(?<![a-z]{literal})(?![a-z])" if form.isascii() else literal
