"""Whether a text layer is garbage: glyph numbers, private characters, a charset taken for another."""

import re

_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\ud800-\udfff]")
_MOJIBAKE = re.compile("[\xa0-\xff]")
_NUMBERS = re.compile(r"\(cid:\d+\)|/g\d+")
# Bullets of symbol fonts, which any page may hold.
_ORNAMENTS = re.compile("[\uf020-\uf0ff]")
_MOST = 0.15
_FEW = 8  # characters: less is no layer to judge


def is_garbage(text: str) -> bool:
    """Whether a page's text cannot be what the page shows."""
    letters = "".join(text.split())
    if len(letters) < _FEW:
        return False
    ornaments = len(_ORNAMENTS.findall(letters))
    bad = len(_BAD.findall(letters)) - (ornaments if ornaments < len(letters) / 3 else 0)
    bad += sum(map(len, _NUMBERS.findall(letters)))
    # «résumé» has some; Big5 taken for Latin-1 is made of them.
    mojibake = len(_MOJIBAKE.findall(letters))
    return bad > _MOST * len(letters) or mojibake > 0.4 * len(letters)
