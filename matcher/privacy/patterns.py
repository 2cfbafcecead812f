"""Parts of the finders' regular expressions. All of them read plain text (see ``plain``)."""

import re
from collections.abc import Iterator

from matcher.language.normalise import normalise

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

NUMERAL = "[0-9一二三四五六七八九十百]{1,4}"

# Forms in two languages name a field twice: 「姓名 Name：」.
_TWIN = (
    r"(?: ?/? ?(?:(?:full |english |chinese )?name|gender|sex|(?:date of )?birth(?:day| ?date)?|dob|age"
    r"|(?:tele|mobile )?phone|mobile|tel|cell|e-?mail|address|(?:marital|military)(?: status| service)?|id))?"
    r"(?: ?[(\[][^()\[\]\n]{0,16}[)\]])?"
)
_CLOSING = r"[\]】」》*]{0,3}"
COLON = "[:=∶︰]"

FIELD_EDGE = r"\s|/,、;:·•()\[\]【】*"
"""Inside brackets: what stands between the fields of a résumé's head («王小明｜男｜35歲»)."""


def words(choices: str) -> str:
    """Alternatives for words of any script, given apart by blanks; «_» is a blank inside one.

    Han words match also with blanks between the characters («姓　名»), Latin ones not as the end of another
    («percentage» has no «age»).
    """
    folded = sorted(set(normalise(choices).split()), key=lambda word: (-len(word), word))
    return "|".join(map(_word, folded))


def _word(word: str) -> str:
    if not word.isascii():
        return " {0,6}".join(word)
    word = word.replace("_", " ")
    # Behind the word, so that ``re`` may skip to where it begins.
    return rf"{re.escape(word)}(?<![a-z_.]{re.escape(word)})"


def label(choices: str, gap: str = "any") -> str:
    """A label in front of a value, with its English twin and brackets, and what parts the two.

    ``gap`` is «colon» where a colon must stand, «any» where a blank or a line's end may stand for it.
    """
    parted = rf"{COLON}{{1,2}}" if gap == "colon" else rf"(?:{COLON}{{1,2}}|\||(?<=[\s\])】」*])|\n)"
    return rf"(?:{words(choices)}){_TWIN}{_CLOSING} {{0,8}}{parted}{_CLOSING} {{0,8}}"


class Pattern:
    """A regular expression that is tried only on texts that hold one of ``keys``: nearly all hold few.

    It can match nowhere else; the keys are words of any script.
    """

    def __init__(self, pattern: str, *keys: str) -> None:
        self._compiled = re.compile(pattern)
        self._keys = tuple(map(normalise, keys))

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a plain text, in order."""
        return self._compiled.finditer(text) if any(key in text for key in self._keys) else iter(())
