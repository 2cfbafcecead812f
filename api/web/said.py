"""What the program itself says of a document, in English: notes, reasons, and findings in the wording."""

import re
from functools import cache
from pathlib import Path


def said_in_english(text: str) -> str:
    """A sentence in English, its parts that vary looked up likewise; what is not known stays in Chinese.

    So do wordings to put into a posting, which stand between 「」.
    """
    for pattern, english in _sentences():
        if match := pattern.fullmatch(text):
            return english.format(*map(said_in_english, match.groups()))
    return text


@cache
def _sentences() -> list[tuple[re.Pattern[str], str]]:
    lines = Path(__file__).with_name("said.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return [
        (re.compile("(.+?)".join(map(re.escape, ours.split("*"))), re.DOTALL), theirs)
        for ours, theirs in pairs
    ]
