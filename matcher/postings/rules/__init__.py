"""The rules, as data: a ground, how a breach of it is worded, and how not to."""

from matcher.postings.rules.beliefs import BELIEFS
from matcher.postings.rules.bodies import BODIES
from matcher.postings.rules.demands import DEMANDS
from matcher.postings.rules.origins import ORIGINS
from matcher.postings.rules.persons import PERSONS
from matcher.postings.rules.rule import Rule

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (*PERSONS, *BODIES, *ORIGINS, *BELIEFS, *DEMANDS)
