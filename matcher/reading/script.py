"""Which script a text is written in."""

import re
from functools import lru_cache

from opencc import OpenCC

from matcher.reading.document import Script

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_SAMPLE = 20_000  # code points: the rest of a longer text is written like its beginning


@lru_cache(maxsize=1)
def _converters() -> tuple[OpenCC, OpenCC]:
    return OpenCC("t2s"), OpenCC("s2t")


def script_of(text: str) -> Script:
    """Traditional or Simplified Chinese by the characters that only one of them has; Latin; or unknown.

    Chinese text without any such character counts as Traditional, this project's home.
    """
    sample = text[:_SAMPLE]
    han = "".join(_HAN.findall(sample))
    latin = len(_LATIN.findall(sample))
    if len(han) * 10 < latin:  # a name or two in an English text
        return "latin"
    if not han:
        return "latin" if latin else "unknown"
    to_simplified, to_traditional = _converters()
    traditional = _differences(han, to_simplified.convert(han))
    simplified = _differences(han, to_traditional.convert(han))
    return "simplified" if simplified > traditional else "traditional"


def _differences(before: str, after: str) -> int:
    return sum(left != right for left, right in zip(before, after, strict=False))
