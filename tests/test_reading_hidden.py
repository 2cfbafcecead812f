"""What the eye does not see is told apart, and what it does see is not taken for hidden."""

import pytest

from matcher.reading.document import Document
from matcher.reading.ocr import installed
from matcher.reading.read import read_document
from matcher.reading.zero_width import take_out
from tests.corpus.hidden import SEEN, UNSEEN, Case, cases, scan_with_layer
from tests.corpus.made import ToolMissingError


def read(case: Case) -> Document:
    try:
        return read_document(case.make(), case.name)
    except ToolMissingError as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("case", [case for case in cases() if case.hides], ids=lambda case: case.name)
def test_hidden_text_is_told_apart(case: Case) -> None:
    document = read(case)
    assert SEEN in document.text
    assert case.unseen not in document.text
    assert case.unseen in "".join("".join(hidden.text for hidden in document.hidden).split())


@pytest.mark.parametrize("case", [case for case in cases() if not case.hides], ids=lambda case: case.name)
def test_shown_text_is_not_taken_for_hidden(case: Case) -> None:
    document = read(case)
    assert SEEN in document.text
    assert UNSEEN in document.text
    assert [hidden for hidden in document.hidden if hidden.why != "zero_width"] == []


def test_there_are_enough_cases() -> None:
    assert len(list(cases())) >= 60


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("PDF: white", "white"),
        ("PDF: one point", "tiny"),
        ("PDF: left of the page", "off_page"),
        ("PDF: behind a photo", "behind_image"),
        ("PDF: render mode 3", "invisible_mode"),
        ("DOCX: vanish", "vanish"),
        ("DOCX: box off the page", "off_page"),
        ("DOCX: box under a picture", "behind_image"),
        ("HTML: display none", "display_none"),
        ("HTML: off the page", "off_page"),
        ("TXT: tag characters", "zero_width"),
    ],
)
def test_the_means_is_named(name: str, why: str) -> None:
    case = next(case for case in cases() if case.name == name)
    assert {hidden.why for hidden in read(case).hidden} == {why}


@pytest.mark.skipif(not installed(), reason="pip install icap-matcher[ocr]")
def test_a_scanners_own_layer_hides_nothing() -> None:
    try:
        document = read_document(scan_with_layer(), "scan.pdf")
    except ToolMissingError as missing:
        pytest.skip(str(missing))
    assert document.text == SEEN
    assert document.hidden == ()
    assert [notice.code for notice in document.warnings] == ["recognised"]


def test_a_few_stray_marks_are_taken_out_in_silence() -> None:
    assert take_out("客戶\u200b服務、SOP\u00ad文件、葛\U000e0100飾") == ("客戶服務、SOP文件、葛飾", [])


def test_cut_words_are_reported_with_their_cuts() -> None:
    text, hidden = take_out("\u200b".join("客戶服務"))
    assert text == "客戶服務"
    assert [(piece.text, piece.why) for piece in hidden] == [("客·戶·服·務", "zero_width")]


def test_a_row_of_selectors_is_reported() -> None:
    text, hidden = take_out("好\ufe00\ufe01\ufe02")
    assert text == "好"
    assert hidden[0].text == "3 個看不見的字元"
