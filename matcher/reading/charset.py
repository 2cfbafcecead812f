"""Bytes of plain text, of unknown charset → text. In doubt between Big5 and GB18030 it is Big5."""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "cp950", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be")
_SUPERSETS = {"big5": "cp950", "gb2312": "gb18030", "gbk": "gb18030", "x-x-big5": "cp950"}
_LATIN = re.compile(rb"[A-Za-z]")
_SAMPLE = 65_536  # bytes
_SURE = 0.6
_BETTER = 0.03  # by which a later candidate must beat an earlier one


def decode(data: bytes, declared: str = "") -> str:
    """The text of ``data``: by its byte order mark, as UTF-8, as ``declared``, else as what reads best.

    Bytes that fit nothing become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if data.count(0) <= len(data) // 50:
        for encoding in ("utf-8", _SUPERSETS.get(declared.lower(), declared)):
            try:
                return data.decode(encoding)
            except (LookupError, ValueError):  # no such charset, or other bytes than its own
                continue
    return data.decode(guess(data) or "utf-8", errors="replace")


def is_text(data: bytes) -> bool:
    """Whether ``data``, which may be the beginning of something longer, reads like text in any charset."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return guess(data) is not None
    return len(_IMPLAUSIBLE.findall(text)) <= len(text) // 10 or guess(data) is not None


def guess(data: bytes) -> str | None:
    """The charset in which ``data`` reads most like text, or None if it reads like none."""
    sample = data[:_SAMPLE]
    best, best_score = "utf-8", -1.0
    for encoding in _CANDIDATES:
        score = _plausibility(sample.decode(encoding, errors="replace"))
        if score > best_score + _BETTER:
            best, best_score = encoding, score
    if best_score < _SURE:
        if 2 * len(_LATIN.findall(sample)) > len(sample):
            return "cp1252"
        match = from_bytes(sample).best()
        return match.encoding if match else None
    return best


def _plausibility(text: str) -> float:
    """The share of common characters in what is not ASCII; near 1 for Chinese in its own charset."""
    if not text:
        return 0.0
    ascii_text = sum(1 for character in text if " " <= character <= "~" or character in "\t\r\n")
    common = sum(character in _common() for character in text)
    wrong = len(_IMPLAUSIBLE.findall(text))
    foreign = len(text) - ascii_text
    if not foreign:
        return 1.0
    return (common - 2 * wrong) / foreign


_IMPLAUSIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The characters of everyday use: Big5 level 1, GB 2312 level 1, and the punctuation of both."""
    big5 = ((lead, trail) for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    gb = ((lead, trail) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    han = {bytes(pair).decode("cp950", errors="ignore") for pair in big5}
    han |= {bytes(pair).decode("gb2312", errors="ignore") for pair in gb}
    return frozenset(han - {""}) | frozenset(
        "，。、；：？！「」『』（）【】《》〈〉—…．‧・●○◆◇■□★☆※～﹑－／％＋＆　"
    )
