"""Pieces at places become text in reading order."""

import pytest

from matcher.reading.columns import lines_of
from matcher.reading.layout import Piece
from matcher.reading.paragraphs import join

_LEFT = (
    "左欄第一行寫得很滿很滿很滿很滿很滿很滿很滿",
    "左欄第二行寫得很滿很滿很滿很滿很滿很滿很滿",
    "左欄第三行寫得很滿很滿很滿很滿很滿很滿很滿",
    "左欄第四行結束。",
)
_RIGHT = tuple(text.replace("左", "右") for text in _LEFT)


def piece(text: str, left: float, row: float) -> Piece:
    return Piece(text, left, 20 * row, left + 10 * len(text), 20 * row + 12)


def columns(gutter: float = 250) -> list[Piece]:
    """Two columns whose lines come row by row."""
    rows = zip(_LEFT, _RIGHT, strict=True)
    return [p for n, (a, b) in enumerate(rows) for p in (piece(a, 0, n), piece(b, gutter, n))]


def text_of(pieces: list[Piece], *, trusted: bool = False) -> str:
    return "".join(join([lines_of(pieces, trusted=trusted)]))


@pytest.mark.parametrize("trusted", [True, False])
def test_columns_drawn_row_by_row_are_read_one_after_another(trusted: bool) -> None:
    assert text_of(columns(), trusted=trusted) == "".join(_LEFT) + "\n" + "".join(_RIGHT) + "\n"


def test_title_and_foot_across_the_columns_stay_outside() -> None:
    title = piece("這是橫跨兩欄的一個" + "很長" * 12 + "的標題列", 0, -2)
    foot = piece("這是橫跨兩欄的一個" + "很長" * 12 + "的頁尾列", 0, 6)
    lines = text_of([title, *columns(), foot]).split("\n")
    assert (lines[0], lines[-2]) == (title.text, foot.text)
    assert lines[1] == "".join(_LEFT)


def test_table_rows_stay_rows() -> None:
    rows = (
        ("職務", "客服企劃專員，負責流程與預算"),
        ("公司", "某家電集團客戶服務部"),
        ("年資", "四年"),
        ("語言", "英文中等"),
    )
    pieces = [p for n, (a, b) in enumerate(rows) for p in (piece(a, 0, n), piece(b, 120, n))]
    assert text_of(pieces) == "".join(f"{a}\t{b}\n" for a, b in rows)


def test_order_of_the_file_is_kept_where_it_makes_sense() -> None:
    pieces = [piece(text, 0, n) for n, text in enumerate(_LEFT)]
    pieces += [piece(text, 250, n) for n, text in enumerate(_RIGHT)]
    assert text_of(pieces, trusted=True) == "".join(_LEFT) + "\n" + "".join(_RIGHT) + "\n"


def test_lines_end_where_a_bullet_or_a_short_line_does() -> None:
    full = "寫得很滿" * 5
    texts = (f"・一{full}", f"・二{full}", "短的一行", f"・三{full}")
    pieces = [piece(text, 0, n) for n, text in enumerate(texts)]
    assert text_of(pieces) == f"・一{full}\n・二{full}短的一行\n・三{full}\n"


def test_entries_of_a_list_stay_apart_though_two_are_of_one_length() -> None:
    texts = ("負責客戶服務流程規劃", "編列年度預算", "追蹤服務指標與滿意度", "訂定客訴處理辦法")
    pieces = [piece(text, 0, n) for n, text in enumerate(texts)]
    assert text_of(pieces).split() == list(texts)


def test_latin_words_are_joined_with_a_blank() -> None:
    texts = ("planned the service process and", "the yearly budget with the whole", "team in Taipei.")
    pieces = [Piece(text, 0, 20 * n, 6 * len(text), 20 * n + 12) for n, text in enumerate(texts)]
    assert text_of(pieces) == " ".join(texts) + "\n"


def test_sentence_runs_on_over_pages() -> None:
    first = lines_of([piece(text, 0, 30 + n) for n, text in enumerate(_LEFT[:3])], trusted=True)
    second = lines_of([piece(text, 0, n) for n, text in enumerate(_LEFT[2:])], trusted=True)
    pages = join([first, second])
    assert not pages[0].endswith("\n")
    assert "".join(pages) == "".join((*_LEFT[:3], *_LEFT[2:])) + "\n"


def test_nothing_gives_nothing() -> None:
    assert join([[], []]) == ["", ""]
