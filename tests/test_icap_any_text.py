"""Whatever the text, the parser gives a sound `Standard` or refuses with `StandardFormatError`."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.data import data_path
from matcher.icap import StandardFormatError, parse_text
from matcher.standard import Standard

SOURCES = [data_path("standards", "BAS2421-003v4.txt"), *(Path(__file__).parent / "standards").glob("*.txt")]
DOCUMENTS = [path.read_text(encoding="utf-8") for path in sorted(SOURCES)]


def outcome(text: str) -> Standard | None:
    """The standard, or None where the document is refused as it should be."""
    try:
        return parse_text(text)
    except StandardFormatError:
        return None


def assert_sound(standard: Standard) -> None:
    """What must hold of whatever passes as a standard."""
    assert Standard.from_dict(standard.to_dict()) == standard
    assert all(item.text for item in standard.items)
    for task in standard.tasks:
        assert task.indicators
        assert 1 <= task.level <= 6
        for code in (*task.knowledge, *task.skills):
            assert standard.item(code).code == code


@given(st.text())
def test_any_text_is_refused_or_sound(text: str) -> None:
    standard = outcome(text)
    if standard:
        assert_sound(standard)


WORDS = [
    "職能基準代碼",
    "主要職責\t工作任務",
    "版本",
    "T1",
    "T1.1",
    "P1.1.1",
    "K01",
    "K1",
    "S99",
    "A01：",
    "說明與補充事項",
]
WORDS += [
    "職能內涵 (A=",
    "：",
    "\t",
    "\n",
    "99999999999999999999年經驗",
    "²",
    "٣",
    "十年經驗",
    "- ",
    "【",
    "、",
    "\x0c",
    "\u2028",
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 80), st.sampled_from(WORDS) | st.text(max_size=10)),
        min_size=1,
        max_size=4,
    ),
)
def test_a_document_changed_anywhere_is_refused_or_sound(
    text: str, changes: list[tuple[float, int, str]]
) -> None:
    for place, length, inserted in changes:
        start = int(place * len(text))
        text = text[:start] + inserted + text[start + length :]
    standard = outcome(text)
    if standard:
        assert_sound(standard)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_document_with_lines_left_out_or_moved_is_refused_or_sound(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(DOCUMENTS)).split("\n")
    chosen = data.draw(st.lists(st.integers(0, len(lines) - 1), unique=True).map(sorted))
    swapped = data.draw(st.permutations(chosen[:3]))
    kept = [*chosen[3:], *swapped] if data.draw(st.booleans()) else chosen
    standard = outcome("\n".join(lines[number] for number in kept))
    if standard:
        assert_sound(standard)
