"""The pages in English: what their templates and scripts say in Chinese, and how that is said in English.

A piece is replaced wherever it stands in a template, so it may hold placeholders, too. What documents and
standards say themselves stays as it is, as do the reasons of errors.
"""

import re
from functools import cache
from pathlib import Path

_COMMENTS = re.compile(r"\{#.*?#\}", re.DOTALL)


def english(text: str) -> str:
    """A template, script or word in English. Comments of templates are dropped."""
    words, pieces = _table()
    return pieces.sub(lambda match: words[match.group()], _COMMENTS.sub("", text))


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    lines = Path(__file__).with_name("english.tsv").read_text(encoding="utf-8").splitlines()
    words = dict(line.split("\t") for line in lines)
    # The longest first, so that a sentence is not taken apart into its words.
    return words, re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
