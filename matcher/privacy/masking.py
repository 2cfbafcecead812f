"""Masking: every letter and digit of a piece of personal data becomes «●», and nothing moves."""

import re
import unicodedata
from collections.abc import Iterable

from matcher.privacy.found import PersonalData, PersonalKind
from matcher.privacy.personal_data import personal_data

MASK = "●"

# What keeps the shape readable: punctuation, blanks, what is invisible, and the signs of numbers.
_KEPT = frozenset(("P", "Z", "C"))
_KEPT_SIGNS = frozenset("+=|~<>^`")

_IN_FILE_NAMES: frozenset[PersonalKind] = frozenset(("id_number", "arc_number", "phone", "email"))
_SUFFIX = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|html?|txt|md|json|eml|msg|zip|csv|png|jpe?g|tiff?|webp|bmp|gif)$", re.IGNORECASE
)


def mask(text: str, found: Iterable[PersonalData] | None = None) -> str:
    """``text`` with its personal data masked: as long as before, so that every span stays where it is.

    ``found`` is what ``personal_data`` gave for the same text, if that is known.
    """
    characters = list(text)
    for one in personal_data(text) if found is None else found:
        for at in range(one.start, one.end):
            characters[at] = _masked(characters[at])
    return "".join(characters)


def mask_name(name: str) -> str:
    """The name or path of a file with ID numbers, telephone numbers and mail addresses masked.

    Other kinds stay: a file name is how a person knows which row is which.
    """
    return "/".join(map(_mask_part, name.split("/")))


def _mask_part(part: str) -> str:
    suffix = _SUFFIX.search(part)
    found = [one for one in personal_data(part) if one.kind in _IN_FILE_NAMES]
    return mask(part, found)[: suffix.start()] + suffix.group() if suffix else mask(part, found)


def _masked(character: str) -> str:
    kept = unicodedata.category(character)[0] in _KEPT or character in _KEPT_SIGNS
    return character if kept else MASK
