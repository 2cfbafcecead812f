"""Which documents say the same, whatever file format they came in."""

import re
import unicodedata
from hashlib import blake2b

_LETTERS_AND_DIGITS = re.compile(r"[\W_]+")


def sameness(text: str) -> str:
    """A digest that is equal for texts of the same letters and digits in the same order.

    Formats differ in blanks, line ends, bullets and the width of characters, and in nothing else.
    """
    letters = _LETTERS_AND_DIGITS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if letters else ""
