"""RTF as WordPad, Word and LibreOffice write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.errors import ReadingError
from matcher.reading.read import read_document

_FONTS = r"{\fonttbl{\f0\fnil\fcharset136 x;}{\f1\fnil\fcharset134 y;}{\f2\fswiss Arial;}}"
_HEAD = r"{\rtf1\ansi\ansicpg950\deff0" + _FONTS


def read(body: str) -> str:
    return read_document(f"{_HEAD}{body}}}".encode("latin-1"), "a.rtf").text


def hexed(text: str, charset: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(charset))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\f0 " + hexed("客服企劃", "cp950"), "客服企劃"),
        (r"\f1 " + hexed("客服企划", "gb18030"), "客服企划"),
        (r"\f0 \'a4H\'a4@", "人一"),  # the second byte may stand as a plain letter
        (r"\f0 " + hexed("許功蓋", "cp950"), "許功蓋"),
        (r"\f2 R\'e9sum\'e9".replace("\\'e9", "\\u233?"), "Résumé"),
        (r"\uc1\u23458?\u-28415?", "客" + chr(65536 - 28415)),
        (r"\uc2\u23458\'ab\'c8x", "客x"),
        (r"\uc0\u23458 x", "客x"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"a\par b\line c", "a\nb\nc"),
        (r"\trowd a\cell b\cell\row c\cell d\cell\row", "a\tb\nc\td"),
        (r"a{\*\generator LibreOffice;}b{\info{\title t}}c", "abc"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "link"),
        (r"{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt box}}", "box"),
        (r"a{\pict 0102030405}b", "ab"),
        (r"\{x\}\\\~y\_z", "{x}\\ y-z"),
        (r"a{\deleted b}c", "ac"),
    ],
)
def test_words(body: str, text: str) -> None:
    assert read(body) == text


def test_binary_data_is_passed_over() -> None:
    assert read("a{\\pict\\bin5 }}}}}}b") == "ab"


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(ReadingError, match="太深") as caught:
        read("{" * 5000)
    assert caught.value.code == "malformed"


@given(st.text(alphabet=r"\{}'*;u123fcsvb abcpar" + "\n", max_size=300))
def test_any_rtf_is_read_or_refused_by_name(body: str) -> None:
    try:
        text = read("x" + body)
    except ReadingError as error:
        text = str(error)
    assert text
