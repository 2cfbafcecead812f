"""Text that no spreadsheet takes for a formula."""

import pytest

from matcher.export.cells import as_text, safe


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "-1",
        "+1",
        "@a",
        "＝1",
        "＠a",
        "－1",
        "＋1",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u3000=1",
        "\xa0+1",
        "\x00=1",
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_made_safe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "made"),
    [("甲;=1", "甲;'=1"), ("甲\n-1", "甲\n'-1"), ("甲\t@a", "甲\t'@a"), ("甲; +1", "甲;' +1")],
)
def test_so_is_what_some_spreadsheets_split_off(text: str, made: str) -> None:
    assert safe(text) == made


@pytest.mark.parametrize(
    "text", ["王小明.txt", "", "a=1", "3-2.pdf", " ", "\t甲", "甲；-1", "a@b.example", "甲 - 乙"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (0.954, "95%"), (0.0, "0%"), (1.0, "100%"), (3, "3"), ("完成", "完成"), ("=1", "'=1")],
)
def test_cells_as_text(cell: str | float | None, text: str) -> None:
    assert as_text(cell) == text
