"""Pairs of characters meet where words are cut in different places."""

import pytest

from matcher.language.characters import pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("客服中心", ["客服", "服中", "中心"]),
        ("用excel做报表", ["excel", "做报", "报表"]),
        ("接，电话", ["电话"]),
        ("node.js与c++", ["node.js", "c++"]),
        ("2024", []),
        ("", []),
    ],
)
def test_pairs_of_a_text(text: str, expected: list[str]) -> None:
    assert pairs(text) == expected
