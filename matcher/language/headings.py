"""Headings of résumés and postings, and the part of the text that each of them opens."""

import re
from functools import lru_cache
from typing import Literal, get_args

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.language.normalise import normalise

Part = Literal[
    "body",
    "duty",
    "requirement",
    "tools",
    "company",
    "benefits",
    "pay",
    "place",
    "process",
    "wish",
    "person",
    "education",
    "experience",
]

_PARTS: dict[str, Part] = {part: part for part in get_args(Part)}

_START = re.compile(r"^[\W_]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ASIDE = re.compile(r"\s|\(.*\)")
_COLON = re.compile(":")
_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_SLASH = re.compile(r"[/|]")
_LONGEST = 60  # code points of a text that may name a part, with what decorates and explains the name


def heading(text: str) -> tuple[Part | None, str]:
    """The part that the beginning of a normalised text names, and what follows the heading.

    A heading that says the same twice (「公司福利 Benefits」) is followed by nothing.
    """
    bare = _START.sub("", text[:_LONGEST])
    if bare[:1] not in _initials():
        return None, text
    for separator in (_COLON, _BLANK):
        first, *others = separator.split(bare, maxsplit=1)
        part = _part(first)
        if part is not None:
            rest = _EDGES.sub("", "".join(others))
            return part, "" if _part(rest) else rest
    if _SLASH.search(bare):
        twins = [_part(words) for words in _SLASH.split(bare)]
        if all(twins):
            return twins[0], ""
    return None, text


def bracketed(text: str) -> Part:
    """The part that a heading in brackets opens: a known heading that fills half of it, else the body.

    Of several the longest counts, of two of one length the last: a Chinese noun ends with what it is
    (「公司經歷」). One that fills less is a word of something else (「電話服務中心 服務員」 is a title).
    """
    whole, _ = heading(text)
    least = len(_EDGES.sub("", text)) / 2
    inner = [word for word in _headings() if word in text and len(word) >= max(2, least)]
    longest = max(inner, key=lambda word: (len(word), text.rfind(word)), default="")
    return whole or _headings().get(longest, "body")


def is_heading(text: str) -> bool:
    """Whether a line of an original text is a heading and nothing else."""
    part, rest = heading(normalise(text))
    return part is not None and not rest


def _part(words: str) -> Part | None:
    return _headings().get(_EDGES.sub("", _ASIDE.sub("", words)).replace("\u2019", "'"))


@lru_cache(maxsize=1)
def _headings() -> dict[str, Part]:
    path = data_path("lexicon", "headings.txt")
    return parse_headings(path.read_text(encoding="utf-8-sig"), path.name)


@lru_cache(maxsize=1)
def _initials() -> frozenset[str]:
    """What headings begin with: most sentences begin otherwise and need not be looked up."""
    return frozenset(word[:1] for word in _headings())


def parse_headings(text: str, name: str) -> dict[str, Part]:
    """Heading, normalised and without blanks → part, from lines of ``part = heading、heading``.

    Raises:
        MatcherError: a line names no part; the message gives the file, the line and the parts there are.
    """
    found: dict[str, Part] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        named, equals, words = line.partition("=")
        part = _PARTS.get(named.strip())
        if not equals or part is None:
            raise MatcherError(
                f"{name} 第 {number} 行：段落種類要是 {'、'.join(_PARTS)} 之一，收到「{named.strip()}」。"
            )
        for word in words.split("、"):
            found.setdefault(normalise(word.strip()).replace(" ", ""), part)
    return found
