"""Characters without width: taken out of the text, so that what is scored is what is seen."""

import re

from matcher.reading.document import HiddenText

# One by one these are left behind by web pages, editors and emoji, and say nothing.
_SILENT = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
# Tags repeat ASCII without being seen; a row of variation selectors can carry bytes.
_SMUGGLED = re.compile("[\U000e0000-\U000e007f]+|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_SELECTOR = re.compile("[\U000e0100-\U000e01ef]")
_CUT = re.compile("[\u200b-\u200d\u2060\ufeff]+")
_CUT_WORD = re.compile("(?:[\u3400-\u9fff][\u200b-\u200d\u2060\ufeff]+)+[\u3400-\u9fff]")
_SUSPECT = 3  # so many inside Chinese words are no accident


def take_out(text: str) -> tuple[str, list[HiddenText]]:
    """``text`` without characters of no width, and what they hid.

    Smuggled text is given in plain letters; words that zero-width characters cut in pieces are given with
    their cuts shown as «·». What editors leave behind is taken out and not reported.
    """
    hidden = [HiddenText(_plain(found.group()), "zero_width") for found in _SMUGGLED.finditer(text)]
    text = _SMUGGLED.sub("", text)
    words = _CUT_WORD.findall(text)
    if sum(len(_CUT.findall(word)) for word in words) >= _SUSPECT:
        shown = dict.fromkeys(_CUT.sub("·", word) for word in words)
        hidden.append(HiddenText("、".join(shown), "zero_width"))
    return _SELECTOR.sub("", _SILENT.sub("", text)), hidden


def _plain(smuggled: str) -> str:
    letters = "".join(chr(ord(c) - 0xE0000) for c in smuggled if 0xE0020 <= ord(c) < 0xE007F)
    return letters or f"{len(smuggled)} 個看不見的字元"
