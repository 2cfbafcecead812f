"""How to reach a candidate, once a recruiter asks to see it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote

from matcher.privacy import LABELS, personal_data

_MOST = 6
_NO_NUMBER = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, number or address as the document has it; ``link`` calls or writes to it, empty for others."""

    label: str
    text: str
    link: str


def contacts(text: str) -> list[Contact]:
    """What a document says of how to reach its author, in its order."""
    found = dict.fromkeys(_found(text))
    return list(found)[:_MOST]


def _found(text: str) -> Iterator[Contact]:
    for one in personal_data(text):
        said = " ".join(text[one.start : one.end].split())
        plain = normalize("NFKC", said)
        if one.kind == "phone":
            yield Contact(LABELS[one.kind], said, f"tel:{_NO_NUMBER.sub('', plain)}")
        elif one.kind == "email":
            yield Contact(LABELS[one.kind], said, f"mailto:{quote(plain, safe='@')}")
        elif one.kind in ("name", "messenger"):
            yield Contact(LABELS[one.kind], said, "")
