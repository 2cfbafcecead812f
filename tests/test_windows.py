"""Which stretches of a text may be evidence."""

import pytest

from matcher import Matcher
from matcher.language.analysis import Clause, analyse
from matcher.language.segment import Segmenter, Term
from matcher.scoring.windows import in_pairs, one_each, windows


def stretches(text: str, segmenter: Segmenter, *, posting: bool = False) -> list[str]:
    found = windows(analyse(text, segmenter, posting=posting))
    return [text[found.start[at] : found.end[at]] for at in range(len(found))]


def test_clauses_neighbours_and_the_whole_sentence(segmenter: Segmenter) -> None:
    assert sorted(stretches("訂定流程，培訓同仁，追蹤成效。", segmenter), key=len) == [
        "訂定流程",
        "培訓同仁",
        "追蹤成效",
        "訂定流程，培訓同仁",
        "培訓同仁，追蹤成效",
        "訂定流程，培訓同仁，追蹤成效",
    ]


def test_neighbouring_sentences_stand_together(segmenter: Segmenter) -> None:
    assert stretches("訂定流程。培訓同仁。追蹤成效。", segmenter) == [
        "訂定流程",
        "培訓同仁",
        "訂定流程。培訓同仁",
        "追蹤成效",
        "培訓同仁。追蹤成效",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "沒有編列預算的經驗",
        "希望未來能編列預算",
        "預算由主管編列，由主管負責編列預算",
    ],
)
def test_what_the_text_denies_wishes_or_says_of_others_is_left_out(text: str, segmenter: Segmenter) -> None:
    assert stretches(text, segmenter) == [""]


def test_over_a_gap_sentences_are_no_neighbours(segmenter: Segmenter) -> None:
    assert stretches("訂定流程。沒有帶過團隊。追蹤成效。", segmenter) == ["訂定流程", "追蹤成效"]


def test_a_denied_clause_is_left_out_of_its_sentence(segmenter: Segmenter) -> None:
    found = windows(analyse("訂定流程，沒有帶過團隊", segmenter, posting=False))
    assert [term.text for at in range(len(found)) for term in found.terms(at) if "团队" in term.text] == []


@pytest.mark.parametrize("heading", ["公司福利", "公司簡介", "應徵方式", "工作地點", "薪資待遇"])
def test_parts_that_say_nothing_of_the_work_are_left_out(heading: str, segmenter: Segmenter) -> None:
    text = f"【工作內容】\n編列預算\n【{heading}】\n預算充足"
    found = stretches(text, segmenter, posting=True)
    assert "編列預算" in found
    assert not any("充足" in stretch for stretch in found)


def test_mere_lists_are_marked(segmenter: Segmenter) -> None:
    text = "訂定客服流程並追蹤成效\nWord、Excel、PPT、SOP、KPI、CRM、預算、客訴、簡報、法規"
    found = windows(analyse(text, segmenter, posting=False))
    listed = {text[found.start[at] : found.end[at]]: bool(found.listed[at]) for at in range(len(found))}
    assert listed["訂定客服流程並追蹤成效"] is False
    assert all(flag for stretch, flag in listed.items() if "Excel" in stretch)


@pytest.mark.parametrize("text", ["", " \n\t", "，。！", "😀", "\ud800", "沒有客服經驗"])
def test_there_is_always_a_window(text: str, segmenter: Segmenter) -> None:
    found = windows(analyse(text, segmenter, posting=False))
    assert len(found) >= 1


def test_terms_stand_inside_their_window_in_order(segmenter: Segmenter) -> None:
    text = "訂定客服 SOP，培訓同仁；追蹤 KPI 與 NPS。"
    found = windows(analyse(text, segmenter, posting=False))
    for at in range(len(found)):
        terms = list(found.terms(at))
        assert [term.start for term in terms] == sorted(term.start for term in terms)
        assert all(found.start[at] <= term.start < term.end <= found.end[at] for term in terms)


def test_take_keeps_the_given_order(segmenter: Segmenter) -> None:
    found = windows(analyse("訂定流程，培訓同仁，追蹤成效。", segmenter, posting=False))
    taken = found.take([2, 0])
    assert [list(taken.terms(at)) for at in range(2)] == [list(found.terms(2)), list(found.terms(0))]
    assert taken.start.tolist() == [found.start[2], found.start[0]]


def test_every_clause_a_window_of_its_own() -> None:
    clauses = [
        Clause(0, 5, (Term("预算", 2, 4),), "affirmed"),
        Clause(6, 9, (Term("流程", 6, 8), Term("客诉", 8, 9)), "affirmed"),
    ]
    found = one_each(clauses)
    assert [tuple(found.terms(at)) for at in range(len(found))] == [clause.terms for clause in clauses]
    assert (found.start.tolist(), found.end.tolist(), found.listed.tolist()) == (
        [0, 6],
        [5, 9],
        [False, False],
    )
    assert len(one_each([])) == 0


def test_pairs_of_characters_stand_in_the_same_windows(segmenter: Segmenter) -> None:
    analysis = analyse("訂定 SOP，接聽電話", segmenter, posting=False)
    found = windows(analysis)
    by_pairs = in_pairs(found, analysis.normalised)
    assert by_pairs.words == (("订定", "sop"), ("接听", "听电", "电话"))
    assert by_pairs.first.tolist() == found.first.tolist()
    assert by_pairs.clauses == found.clauses


def test_a_second_copy_of_a_sentence_adds_nothing(matcher: Matcher) -> None:
    text = "每週彙整客訴並提出改善方案。\n訂定客服標準作業流程與緊急應變計畫。\n帶領 5 人客服團隊。"
    once, again = matcher.score(text), matcher.score(f"{text}\n{text}\n{text}")
    assert [(item.status, item.probability) for item in once.items] == [
        (item.status, item.probability) for item in again.items
    ]
    assert once.level == again.level
    assert [item.evidence for item in once.items] == [item.evidence for item in again.items]
