"""Text as it may stand on a page: every character is seen, and none rules over its neighbours."""

import re

# What HTML drops or forbids, lone surrogates, which no file can hold, and what turns the reading order.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_PICTURES = 0x2400
_FIRST_PRINTABLE = 0x20


def visible(text: str) -> str:
    """``text`` of the same length with control characters as their pictures (␀) and the like as «�»."""
    return _UNSHOWABLE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(_PICTURES + code) if code < _FIRST_PRINTABLE else "\ufffd"
