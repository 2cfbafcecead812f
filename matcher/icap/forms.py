"""How codes and levels are written."""

import re

_N = "[0-9]{1,2}"

# Column → how its codes are written, and an example.
_CODES = {
    "主要職責": (rf"T{_N}(?!\.?[0-9])", "T1"),
    "工作任務": (rf"T{_N}\.{_N}", "T1.1"),
    "工作產出": (rf"O{_N}\.{_N}\.{_N}", "O1.1.1"),
    "行為指標": (rf"P{_N}\.{_N}\.{_N}", "P1.1.1"),
    # Two digits exactly, so that «K033D列印» is K03, 3D列印.
    "知識": ("K[0-9]{2}", "K01"),
    "技能": ("S[0-9]{2}", "S01"),
    "態度": ("A[0-9]{2}", "A01"),
}
CODE = {column: re.compile(f"(?<![A-Za-z0-9.])({form})") for column, (form, _) in _CODES.items()}
CODE_EXAMPLE = {column: example for column, (_, example) in _CODES.items()}
ANY_CODE = re.compile(r"[TOPKSA][0-9]{1,2}(\.[0-9]+)+|T[0-9]{1,2}|[KSA][0-9]{2}")

LEVEL = re.compile("[1-6]")
LEVEL_WANTED = "是 1 到 6 的整數"

# The code becomes a file name, so nothing but this may pass.
STANDARD_CODE = re.compile(r"[A-Z]{2,4}[0-9]{4}-[0-9]{3}(v[0-9]{1,2})?")
STANDARD_CODE_WANTED = "像 BAS2421-003v4"
