"""Checks the wording of a posting against the rules."""

import re
from collections.abc import Iterator

from matcher.language.normalise import normalise
from matcher.postings.finding import Finding
from matcher.postings.pay import pay_findings
from matcher.postings.rules import RULES, Rule
from matcher.postings.rules.rule import pattern

_CLAUSE_ENDS = re.compile(r"[，,。；;！!？?、|｜\s]")
_OPEN_TO_ALL = pattern(r"不拘|不限|不分|不論|無論|皆可|均可|都可|亦可|也可|無限制|不設限|不因|不得以|不會因")


def check(text: str) -> list[Finding]:
    """What the wording of a posting should not say, in the order of the text; what it lacks comes last.

    It sees wordings, not intents: nothing found is no proof that a posting is lawful.
    """
    normalised = normalise(text)
    found = [finding for rule in RULES for finding in _breaches(text, normalised, rule)]
    found += pay_findings(text, normalised)
    kept = [one for one in found if not any(_inside(one, other) for other in found)]
    return sorted(dict.fromkeys(kept), key=lambda one: (one.end == 0, one.start, one.end))


def _breaches(text: str, normalised: str, rule: Rule) -> Iterator[Finding]:
    for match in rule.wordings.finditer(normalised):
        clause = _clause(normalised, *match.span())
        if _OPEN_TO_ALL.search(clause) or (rule.unless and rule.unless.search(clause)):
            continue
        quote = text[match.start() : match.end()]
        yield Finding(*match.span(), quote, rule.weight, rule.ground, rule.article, rule.why, rule.better)


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a wording; one that says it is for all makes it harmless."""
    before = max((match.end() for match in _CLAUSE_ENDS.finditer(text, max(0, start - 60), start)), default=0)
    after = _CLAUSE_ENDS.search(text, end)
    return text[max(before, start - 60) : after.start() if after else end + 60]


def _inside(one: Finding, other: Finding) -> bool:
    """Whether another finding of the same ground says more of the same place."""
    within = other.start <= one.start and one.end <= other.end and one.end > 0
    return within and one.ground == other.ground and one.quote != other.quote
