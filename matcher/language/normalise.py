"""Length-preserving normalisation: every character stays at its place, so offsets need no map."""

import unicodedata
from functools import lru_cache

from opencc import OpenCC

_REPLACEMENT = "\ufffd"


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    # t2s maps characters one to one. tw2sp would also change words (簡報 → 演示文稿) and lengths.
    return OpenCC("t2s")


class _Folding(dict[int, str]):
    """Code point → its folded form, filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        if 0xD800 <= code_point <= 0xDFFF:
            folded = _REPLACEMENT  # lone surrogates come out of broken PDFs; OpenCC cannot encode them
        else:
            folded = unicodedata.normalize("NFKC", character).lower()
            if len(folded) != 1:
                folded = character
        self[code_point] = folded
        return folded


_FOLDING = _Folding()


def normalise(text: str) -> str:
    """Fold width, compatibility forms and case, and turn Traditional into Simplified characters.

    The result has exactly as many code points as ``text``; a span in one is the same span in the other.
    """
    folded = text.translate(_FOLDING)
    simplified: str = _converter().convert(folded)
    if len(simplified) == len(folded):
        return simplified
    return "".join(_one_to_one(character) for character in folded)


def _one_to_one(character: str) -> str:
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character
