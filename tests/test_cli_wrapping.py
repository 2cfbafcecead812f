"""Chinese on a narrow terminal."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding

from matcher.cli.wrapping import ChineseText


def lines(text: str, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    console.print(Padding(ChineseText(text), 0))
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1.1.1 確認商業模式", ["P1.1.1 確認商", "業模式"]),
        ("- 每季把我們和三家對手", ["- 每季把我們和", "三家對手"]),
        ("訂定滿意度指標，追蹤", ["訂定滿意度指", "標，追蹤"]),
        ("追蹤改善成效（每月）", ["追蹤改善成效", "（每月）"]),
        ("導入 Salesforce 系統", ["導入", "Salesforce 系", "統"]),
        ("一行\n\n兩行", ["一行", "", "兩行"]),
        ("", [""]),
    ],
)
def test_a_line_breaks_where_chinese_does(text: str, expected: list[str]) -> None:
    assert lines(text, 14) == expected


def test_a_word_that_is_wider_than_the_line_falls_apart() -> None:
    assert lines("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@given(st.text("客服，。「」ab1- ", max_size=60), st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    shown = lines(text, width)
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in shown)
