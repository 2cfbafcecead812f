"""Names of files as they may be shown: one line, in the order in which they are read, of bounded length."""

import unicodedata

LONGEST_NAME = 255
"""Code points; the longest name that file systems in use can hold, an archive's before it included."""

# Controls, bidi overrides, lone surrogates, line ends.
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean_name(name: str) -> str:
    """``name`` with characters that deceive the eye as «_»; of a name too long, its beginning and end."""
    shown = "".join("_" if unicodedata.category(c) in _UNSHOWABLE else c for c in name).strip()
    if len(shown) > LONGEST_NAME:
        tail = LONGEST_NAME // 3
        shown = f"{shown[: LONGEST_NAME - tail - 1]}…{shown[-tail:]}"
    return shown or "（無檔名）"
