"""A text as the scorer sees it: sentences of clauses of terms that know their place in the original."""

import pytest
from hypothesis import example, given, settings

from matcher.language.analysis import Analysis, analyse
from matcher.language.lexicon import load_lexicon, parse_lexicon
from matcher.language.normalise import normalise
from matcher.language.segment import Segmenter, Term, default_segmenter
from tests.any_text import texts


def analysed(text: str, *, posting: bool = False) -> Analysis:
    """``text`` as the shipped segmenter sees it."""
    return analyse(text, default_segmenter(), posting=posting)


def all_terms(analysis: Analysis) -> list[Term]:
    """The terms of all clauses, in order."""
    return [term for one in analysis.sentences for clause in one.clauses for term in clause.terms]


@pytest.fixture(scope="module")
def small() -> Segmenter:
    """A segmenter with a lexicon of two groups."""
    return Segmenter(parse_lexicon("客服 = 客戶服務 = customer service\n標準作業流程 = SOP", "小詞庫"))


def test_a_resume_from_end_to_end(small: Segmenter) -> None:
    text = "工作經歷：\n・規劃客戶服務流程，沒有編預算\n求職意向：客服"
    found = analyse(text, small, posting=False)
    assert (found.text, found.normalised) == (text, normalise(text))
    seen = [
        (
            text[one.start : one.end],
            one.part,
            [
                (text[clause.start : clause.end], clause.polarity, [term.text for term in clause.terms])
                for clause in one.clauses
            ],
        )
        for one in found.sentences
    ]
    assert seen == [
        ("工作經歷：", "duty", [("工作經歷", "affirmed", ["工作", "经历"])]),
        (
            "規劃客戶服務流程，沒有編預算",
            "duty",
            [
                ("規劃客戶服務流程", "affirmed", ["规划", "客服", "流程"]),
                ("沒有編預算", "denied", ["没有", "编", "预算"]),
            ],
        ),
        (
            "求職意向：客服",
            "wish",
            [("求職意向", "affirmed", ["求职意向", "求职", "意向"]), ("客服", "affirmed", ["客服"])],
        ),
    ]


def test_a_term_stands_for_its_place_in_the_original(small: Segmenter) -> None:
    text = "撰寫 ＳＯＰ 與客戶服務"
    terms = analyse(text, small, posting=False).sentences[0].clauses[0].terms
    assert [(term.text, text[term.start : term.end]) for term in terms] == [
        ("撰写", "撰寫"),
        ("标准作业流程", "ＳＯＰ"),
        ("标准", "ＳＯＰ"),
        ("作业", "ＳＯＰ"),
        ("流程", "ＳＯＰ"),
        ("客服", "客戶服務"),
    ]


BROKEN = """\
在某金控客服中心擔任企劃專員五年，負責規劃客服作{0}業流程與編列年度預算，並且定期檢討服務品質指標達{0}成情形，\
提出改善方案供主管參考，同時也負責新進人{0}員的教育訓練規劃與教材編寫，每季執行競品分析並彙{0}整成報告提交會議。"""


@pytest.mark.parametrize(
    "line_end",
    ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\n  ", "\n\u3000\u3000", "\n    ", "\n\t", " \n"],
)
def test_a_word_that_a_line_break_cuts_is_one_word(line_end: str) -> None:
    text = BROKEN.format(line_end)
    whole, broken = analysed(BROKEN.format("")), analysed(text)
    assert [term.text for term in all_terms(broken)] == [term.text for term in all_terms(whole)]
    (workflow,) = {(term.start, term.end) for term in all_terms(broken) if term.text == "作业"}
    assert text[slice(*workflow)] == f"作{line_end}業"


def test_latin_words_at_a_line_break_stay_two() -> None:
    text = "\n".join(
        [
            "Planned the yearly budget of the customer",
            "service centre and the complaints of all",
            "those who called, and wrote a manual for",
            "them, then compared our rivals and their",
            "reports to the management every quarter",
            "and trained the agents who had just come",
        ]
    )
    terms = all_terms(analysed(text))
    assert [text[term.start : term.end] for term in terms if term.text == "客服"] == ["customer\nservice"]
    assert not [term for term in terms if len(term.text) > 14]


# ── Lists that name things and say nothing of them ──

LIST = "Excel、CRM、報表、簡報、溝通、協調、談判、企劃"


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        LIST.replace("、", "/"),
        LIST.replace("、", "，") + "，文書",
        LIST.replace("、", ",") + ",文書",
        "#客服 #企劃 #Excel #CRM #報表 #簡報 #溝通 #協調",
        f"我會{LIST}",
        "專長：客服",
        "技能\n客服",
    ],
)
def test_a_mere_list(text: str) -> None:
    assert analysed(text).sentences[-1].listed


@pytest.mark.parametrize(
    "text",
    [
        "Excel、CRM、報表、簡報",  # too few
        "規劃客服作業流程、編列部門年度預算、撰寫競品分析報告、訂定服務品質標準、統籌跨部門專案、訓練新進客服人員、"
        "導入顧客關係管理系統、追蹤供應商的服務水準",  # says what was done
        "規劃客服作業流程，編列部門年度預算，撰寫競品分析報告，訂定服務品質標準，統籌跨部門的專案，訓練新進客服人員，"
        "導入客戶關係系統，追蹤供應商的成效，檢討年度服務計畫",
        "",
    ],
)
def test_no_mere_list(text: str) -> None:
    assert not any(one.listed for one in analysed(text).sentences)


def test_entries_of_a_list_are_clauses_of_their_own() -> None:
    text = "技能：Excel、 CRM 系統 /報表"
    (one,) = analysed(text).sentences
    assert [text[clause.start : clause.end] for clause in one.clauses] == [
        "技能",
        "Excel",
        "CRM 系統",
        "報表",
    ]


def test_entries_of_a_denied_list_are_denied() -> None:
    assert [clause.polarity for clause in analysed("技能：不會Excel、CRM").sentences[0].clauses] == [
        "affirmed",
        "denied",
        "denied",
    ]


@pytest.mark.parametrize(
    ("posting", "part", "polarity"), [(False, "body", "wished"), (True, "benefits", "affirmed")]
)
def test_a_posting_is_read_in_another_way(posting: bool, part: str, polarity: str) -> None:
    one = analysed("客服企劃\n享勞健保，願意學習流程規劃", posting=posting).sentences[1]
    assert (one.part, one.clauses[1].polarity) == (part, polarity)


@pytest.mark.parametrize("text", ["", " \n\t ", "。。。", "\ud800", "😀"])
def test_a_text_that_says_nothing(text: str) -> None:
    found = analysed(text)
    assert len(found.normalised) == len(text)
    assert all_terms(found) == []


# ── Whatever the text ──


@settings(deadline=None)
@given(texts)
@example("客服\n\n作\n業流程")
@example("技能：客服、/、 #")
def test_clauses_and_terms_lie_where_they_should(segmenter: Segmenter, text: str) -> None:
    end = 0
    for one in analyse(text, segmenter, posting=False).sentences:
        assert end <= one.start < one.end <= len(text)
        end, clause_end = one.end, one.start
        for clause in one.clauses:
            assert clause_end <= clause.start < clause.end <= one.end
            clause_end = clause.end
            assert text[clause.start : clause.end] == text[clause.start : clause.end].strip()
            for term in clause.terms:
                assert clause.start <= term.start < clause.end
                assert term.start < term.end <= one.end


@settings(deadline=None)
@given(texts)
def test_a_plain_term_is_what_its_place_says(segmenter: Segmenter, text: str) -> None:
    found, variants = analyse(text, segmenter, posting=False), load_lexicon().canonical
    for term in all_terms(found):
        said = "".join(found.normalised[term.start : term.end].split())
        if said >= "\u3400" and said not in variants:
            assert term.text == said


@settings(deadline=None)
@given(texts)
def test_no_term_is_lost_between_clauses(segmenter: Segmenter, text: str) -> None:
    found = analyse(text, segmenter, posting=False)
    for one in found.sentences:
        quoted = found.normalised[one.start : one.end]
        if quoted.splitlines() == [quoted]:
            held = [term for clause in one.clauses for term in clause.terms]
            assert held == segmenter.terms(quoted, range(one.start, one.end))


@settings(deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_analysis(segmenter: Segmenter, text: str) -> None:
    assert analyse(text, segmenter, posting=True) == analyse(text, segmenter, posting=True)
