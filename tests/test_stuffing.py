from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.data import data_path
from matcher.language.stuffing import Stuffing, stuffing

ORIGINAL = (
    "蒐集並分析競爭者的產品和服務之差異，據以研擬服務策略。"
    "依據客戶服務計畫，規劃客戶服務之流程與標準作業程序，並編列年度預算。"
    "檢核客戶服務執行成效，提出改善建議與措施。"
)
HONEST = "五年客服企劃經驗。每月檢視客訴統計，提出三項改善措施。\n帶領十人團隊，編列年度預算並控管支出。"
WORDS = "CRM、SOP、KPI、NPS、CSAT、話術設計、工單系統、知識庫、預算編列、成本分析、風險管理、危機處理"


def only(text: str, **originals: str) -> Stuffing:
    (note,) = stuffing(text, originals)
    return note


def test_an_honest_text_has_no_notes() -> None:
    assert stuffing(HONEST, {"標準": ORIGINAL}) == ()
    assert stuffing("") == ()


def test_a_sentence_again_and_again() -> None:
    sentence = "規劃客戶服務流程並編列預算"
    text = f"{HONEST}\n" + f"{sentence}。" * 4
    note = only(text)
    assert (note.code, note.count) == ("repeated_sentences", 3)
    assert [text[start:end] for start, end in note.spans] == [sentence] * 3
    assert note.share == pytest.approx(3 * len(sentence) / sum(map(str.isalnum, text)), abs=1e-4)
    assert note.message == "1 個句子重複出現，多出 3 次，占全文 42%；重複的句子不會增加分數。"


def test_a_repetition_is_seen_through_spacing_width_and_punctuation() -> None:
    note = only("規劃客戶服務 SOP 流程。\n規劃客戶服務ＳＯＰ流程！\n・規劃客戶服務sop，流程；")
    assert (note.code, note.count) == ("repeated_sentences", 2)


@pytest.mark.parametrize("text", ["規劃客戶服務流程。規劃客戶服務流程。", "客戶服務。" * 9])
def test_a_page_header_twice_or_a_short_word_often_is_no_repetition(text: str) -> None:
    assert stuffing(text) == ()


@pytest.mark.parametrize("separator", ["、", ", ", " / ", " | ", "\t", "、\n"])
def test_a_bare_list_of_words(separator: str) -> None:
    words = [f"{word}{number}" for number in (1, 2) for word in WORDS.split("、")]
    text = f"{HONEST}\n{separator.join(words)}\n"
    note = only(text)
    assert (note.code, note.count, len(note.spans)) == ("keyword_list", 24, 1)
    start, end = note.spans[0]
    assert (text[start:end][:3], text[start:end][-5:]) == ("CRM", "危機處理2")


def test_a_list_of_han_words_with_blanks_between() -> None:
    text = " ".join(["話術設計", "工單系統", "知識庫", "預算編列", "成本分析"] * 5)
    assert only(text).count == 25


@pytest.mark.parametrize(
    "text",
    [
        WORDS,  # twelve entries
        "\n".join(
            f"欄位{number}\n內容" for number in range(40)
        ),  # a form's cells stand in lines of their own
        "。".join(["負責", "規劃", "執行", "預算", "訓練"] * 3),
        "I planned, built, ran and improved the customer service of three call centres in five years.",
    ],
)
def test_honest_lists_and_forms_are_none(text: str) -> None:
    assert [note for note in stuffing(text) if note.code == "keyword_list"] == []


def test_a_pasted_original() -> None:
    pasted = ORIGINAL[28:63]
    text = f"{HONEST}{pasted[:20]}\n{pasted[20:]}以上。"
    assert stuffing(text, {"職能基準": ORIGINAL[:20]}) == ()
    note = only(HONEST + ORIGINAL[:63] + "以上。", 職能基準=ORIGINAL)
    assert (note.code, note.count) == ("pasted_copy", sum(map(str.isalnum, ORIGINAL[:63])))
    assert "「職能基準」原文逐字相同" in note.message


def test_a_pasted_original_is_seen_through_line_ends_and_bullets() -> None:
    broken = "\n・".join(ORIGINAL[start : start + 9] for start in range(0, len(ORIGINAL), 9))
    note = only(HONEST + broken, 標準=ORIGINAL)
    assert note.count == sum(map(str.isalnum, ORIGINAL))


def test_a_whole_standard_pasted_under_a_resume() -> None:
    standard = data_path("standards", "BAS2421-003v4.txt").read_text(encoding="utf-8")
    notes = {note.code: note for note in stuffing(f"{HONEST}\n{standard}", {"BAS2421-003v4": standard})}
    assert notes["pasted_copy"].share > 0.98


@pytest.mark.parametrize("path", sorted(data_path("samples").glob("*/*.txt")), ids=lambda path: path.stem)
def test_no_sample_is_taken_for_stuffing(path: Path) -> None:
    standard = data_path("standards", "BAS2421-003v4.txt").read_text(encoding="utf-8")
    assert stuffing(path.read_text(encoding="utf-8"), {"BAS2421-003v4": standard}) == ()


@given(st.text("客服企劃、，。\n ab.Ⅷ ﷺ", max_size=300), st.text("客服企劃，。ab", max_size=100))
def test_shares_are_shares_and_spans_lie_in_the_text(text: str, original: str) -> None:
    for note in stuffing(text * 3, {"原文": original * 3}):
        assert 0 < note.share <= 1
        assert note.count > 0
        assert all(0 <= start < end <= len(text) * 3 for start, end in note.spans)
        assert list(note.spans) == sorted(note.spans)
