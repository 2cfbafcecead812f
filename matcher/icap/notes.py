"""A note that explains a term: «利益關係人：包含客戶、股東等。»"""

import re

from matcher.standard import Note

_EXPLAINED = re.compile(r"(?:【[^】]*】\s*)?(?P<term>[^：:，。；]+)[：:]\s*(?P<text>.+)", re.DOTALL)
_LIST_BEGINS = re.compile(r"(例如|諸如|包含|包括|如(?![何此果下]))(但不限於)?[：:]?")
_LIST_ENDS = re.compile("等?等?[。.]?$")
_OUTSIDE_BRACKETS = "(?![^（(]*[）)])"
_SEPARATOR = re.compile("[、，,；;]" + _OUTSIDE_BRACKETS)
# «普及», «涉及», «顧及» are words of their own.
_LAST_SEPARATOR = re.compile("以及|(?<![普涉顧])及" + _OUTSIDE_BRACKETS)


def parse_note(text: str) -> Note:
    """The note with the term it explains, and what the term includes where the text lists it."""
    explained = _EXPLAINED.fullmatch(text)
    if not explained:
        return Note(text, None, ())
    return Note(text, explained["term"].strip(), _listed(explained["text"]))


def _listed(text: str) -> tuple[str, ...]:
    begins = _LIST_BEGINS.match(text)
    if not begins:
        return ()
    *first, last = _SEPARATOR.split(_LIST_ENDS.sub("", text[begins.end() :]))
    return tuple(part.strip() for part in (*first, *_LAST_SEPARATOR.split(last)) if part.strip())
