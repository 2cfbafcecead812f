"""Made-up personal data, valid in form: numbers by their checksum, in any dress."""

import string

from hypothesis import strategies as st

from matcher.privacy.numbers import valid

INVISIBLE = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\ufe0f")


def with_checksum(beginning: str) -> str:
    """The number that begins like this and whose last digit makes the checksum right."""
    (number,) = (
        beginning + digit for digit in string.digits if valid(f"{beginning}{digit}".lower())
    )  # fmt: skip
    return number


_letter, _digits7 = st.sampled_from(string.ascii_uppercase), st.text(string.digits, min_size=7, max_size=7)
id_numbers = st.builds("{}{}{}".format, _letter, st.sampled_from("12"), _digits7).map(with_checksum)
arc_numbers = st.builds("{}{}{}".format, _letter, st.sampled_from("89ABCD"), _digits7).map(with_checksum)
mobiles = st.builds("09{}{}".format, st.integers(10, 89), st.text(string.digits, min_size=6, max_size=6))
land_lines = st.builds("02{}{}".format, st.integers(2300, 2999), st.integers(1000, 9999))
mails = st.builds(
    "{}@{}.{}".format,
    st.text(string.ascii_letters + string.digits, min_size=1, max_size=12),
    st.text(string.ascii_lowercase, min_size=1, max_size=10),
    st.sampled_from(["com", "com.tw", "org", "edu.tw"]),
)


@st.composite
def dressed(draw: st.DrawFn, bare: st.SearchStrategy[str]) -> str:
    """The same with full-width characters, invisible ones between, or all of it letter-spaced."""
    text = draw(bare)
    match draw(st.sampled_from(["plain", "wide", "invisible", "spaced"])):
        case "wide":
            return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        case "invisible":
            gaps = draw(st.lists(st.sampled_from(["", *INVISIBLE]), min_size=len(text), max_size=len(text)))
            return "".join(c + gap for c, gap in zip(text, gaps, strict=True))
        case "spaced":
            return f" {' '.join(text)} "
        case _:
            return text
