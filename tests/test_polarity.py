"""What is denied, wished for or done by others is no evidence; what only sounds like it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.language import polarity
from matcher.language.normalise import normalise
from matcher.language.polarity import Polarity, polarities
from matcher.language.sentences import split_sentences
from tests.any_text import texts


def clauses(text: str, *, posting: bool = False) -> list[tuple[str, Polarity]]:
    """Every clause of ``text`` with its polarity."""
    normalised = normalise(text)
    return [
        (text[span.start : span.end], polarity)
        for sentence in split_sentences(text)
        for span, polarity in zip(
            sentence.clauses, polarities(normalised, sentence.clauses, posting=posting), strict=True
        )
    ]


def polarity_of(text: str, *, posting: bool = False) -> list[Polarity]:
    """The polarity of every clause of ``text``."""
    return [polarity for _, polarity in clauses(text, posting=posting)]


@pytest.mark.parametrize(
    "text",
    [
        "沒有規劃客服流程的經驗",
        "没有规划客服流程的经验",
        "沒做過預算編列",
        "沒編過預算",
        "沒帶過人",
        "還沒寫過企劃",
        "從沒接觸過預算",
        "從未負責預算",
        "未曾編列預算",
        "尚未接觸預算",
        "未參與規劃",
        "未負責預算",
        "沒機會參與流程規劃",
        "尚無管理經驗",
        "無管理經驗",
        "不具管理經驗",
        "不具備企劃能力",
        "缺乏管理經驗",
        "缺少企劃的經驗",
        "不熟悉Excel",
        "不會做企劃",
        "不懂預算",
        "不擅長簡報",
        "不負責採購",
        "不做業務、不做推銷、不背業績",
        "不含業務開發",
        "不是做企劃",
        "無法輪班",
        "我無法獨立編列預算",
        "不需要管理經驗",
        "無需企劃經驗",
        "免業績",
        "會處理客訴沒有寫過SOP",
        "Never managed a budget",
        "I have no management experience",
        "without any budgeting experience",
        "SOP writing is not required",
    ],
)
@pytest.mark.parametrize("posting", [False, True])
def test_denials(text: str, posting: bool) -> None:
    assert polarity_of(text, posting=posting) == ["denied"]


@pytest.mark.parametrize(
    "text",
    [
        "與客戶溝通沒問題",
        "獨立作業沒有問題",
        "規劃無障礙服務",
        "推動無紙化流程",
        "提供無縫客服體驗",
        "維護無線客服設備",
        "不只處理客訴",
        "不僅負責客訴",
        "不但會寫SOP",
        "不單做客服",
        "不是只做客服",
        "並非只做客服",
        "不斷優化客服流程",
        "分析不良率",
        "安撫不滿客戶",
        "不同部門協調",
        "不定期檢討流程",
        "不限科系",
        "學歷不拘",
        "不懂就問",
        "不怕客訴",
        "不會遺漏客訴",
        "沒有遺漏客訴",
        "從未延誤交付報表",
        "無論客訴大小都處理",
        "確認資料無誤",
        "設立免費客服專線",
        "避免客訴",
        "除非客訴升級",
        "非常熟悉流程",
        "從無到有建立客服流程",
        "從0到1建立客服流程",
        "無重大客訴",
        "客訴不超過3件",
        "追蹤未結案件",
        "依規定不得洩漏個資",
        "Never missed a target",
        "Planned SOPs without supervision",
        "著重細節與notebook管理",
    ],
)
def test_what_only_sounds_like_a_denial(text: str) -> None:
    assert polarity_of(text) == ["affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "處理無法解決的客訴",
        "解決客戶無法登入之問題",
        "協助排除系統無法連線的狀況",
        "處理客人沒有收到貨的問題",
        "追蹤沒有結案的客訴",
        "改善客戶不會操作的問題",
        "提醒客戶不需要的費用",
        "讓客人不用等",
        "使客戶不必重複說明",
        "確保客訴沒有逾期",
        "減少客戶沒有接到電話",
        "教長輩不會用的功能",
    ],
)
def test_what_is_denied_may_be_what_the_work_is_about(text: str) -> None:
    assert polarity_of(text) == ["affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "處理過客訴但沒有寫過SOP的經驗",
        "我沒有處理客訴問題的經驗",
        "協助客服沒有寫過SOP",
        "沒有規劃過流程的經驗與能力",
    ],
)
def test_but_the_lack_of_experience_is_a_denial(text: str) -> None:
    assert polarity_of(text) == ["denied"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沒有客服經驗，但有企劃經驗", ["denied", "affirmed"]),
        ("沒有客服經驗但有企劃經驗", ["affirmed"]),
        ("沒有做過企劃，但是寫過客服流程", ["denied", "affirmed"]),
        ("不做企劃，只做客服", ["denied", "affirmed"]),
        ("不是做企劃，而是處理客訴", ["denied", "affirmed"]),
        ("從未負責預算，主要是處理客訴", ["denied", "affirmed"]),
        ("客服流程沒有標準，我從零建立SOP", ["denied", "affirmed"]),
        ("無經驗可，有客服企劃經驗者佳", ["denied", "affirmed"]),
        ("無需經驗，負責客訴處理", ["denied", "affirmed"]),
        ("免輪班，負責流程規劃", ["denied", "affirmed"]),
        ("不需輪班 規劃客服流程", ["denied", "affirmed"]),
        ("規劃流程，沒有帶人，處理客訴", ["affirmed", "denied", "affirmed"]),
        ("沒帶過人。規劃流程", ["denied", "affirmed"]),
        ("無經驗也可以", ["denied"]),
    ],
)
def test_a_denial_ends_where_the_text_says_otherwise(text: str, expected: list[Polarity]) -> None:
    assert polarity_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不需要：管理經驗、企劃能力", ["denied", "denied"]),
        ("不需要 ：管理經驗、企劃能力", ["denied", "denied"]),
        ("不需要：管理經驗，客服企劃能力，年度預算編列", ["denied"] * 4),
        ("不包含：業務開發，推銷", ["denied"] * 3),
        ("目前還不會的：預算編列、競品分析", ["denied", "denied"]),
        ("沒碰過 預算編列 供應商管理", ["denied"] * 3),
        ("不需要：管理經驗，需具備流程規劃能力，會寫SOP", ["denied", "denied", "affirmed", "affirmed"]),
        ("不需要：管理經驗，不用寫報告，企劃能力", ["denied"] * 4),
        ("不會：寫程式，但會編預算，會寫企劃", ["denied", "denied", "affirmed", "affirmed"]),
        ("不需要：管理經驗。規劃流程", ["denied", "denied", "affirmed"]),
    ],
)
def test_a_denial_may_open_a_list(text: str, expected: list[Polarity]) -> None:
    assert polarity_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "希望從事客服企劃",
        "希望能學習流程規劃",
        "想學習預算編列",
        "想轉客服企劃",
        "未來想做客服管理",
        "未來希望往客服企劃發展",
        "未來規劃進修客服管理",
        "將來做客服主管",
        "打算報考客服證照",
        "準備考客服證照",
        "計畫學客服管理",
        "有興趣學習競品分析",
        "有志從事客服管理",
        "目標是成為客服主管",
        "目標當上客服主管",
        "期待加入貴公司的客服團隊",
        "我也期待從事企劃",
        "盼能規劃客服流程",
        "願意學習流程規劃",
        "學習中的資料分析",
        "Looking for a customer service planner role",
        "I would like to learn budgeting",
        "I hope to plan customer service",
    ],
)
def test_wishes_of_a_resume(text: str) -> None:
    assert polarity_of(text) == ["wished"]
    assert polarity_of(text, posting=True) == ["affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "了解客戶期待",
        "管理顧客的期待",
        "超越客戶期待",
        "了解客戶希望的解決方式",
        "推薦客人想找的商品",
        "掌握顧客的期許",
        "專案目標是縮短等待時間",
        "目標是當月結案率九成",
        "想像力豐富",
        "計畫編列預算",
        "樂於學習",
        "學習能力強",
        "helped customers looking for refunds",
    ],
)
def test_what_only_sounds_like_a_wish(text: str) -> None:
    assert polarity_of(text) == ["affirmed"]


def test_a_wish_reaches_to_the_end_of_its_sentence() -> None:
    assert clauses("處理客訴，希望學企劃，預算編列；規劃流程") == [
        ("處理客訴", "affirmed"),
        ("希望學企劃", "wished"),
        ("預算編列", "wished"),
        ("規劃流程", "affirmed"),
    ]


def test_a_contrast_ends_a_wish() -> None:
    assert polarity_of("想學企劃，不過客訴處理已有三年") == ["wished", "affirmed"]


@pytest.mark.parametrize("text", ["希望您有客服企劃經驗", "期待你加入客服", "有興趣者歡迎"])
def test_what_a_posting_wishes_of_its_reader(text: str) -> None:
    assert polarity_of(text) == polarity_of(text, posting=True) == ["affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "流程由主管規劃",
        "流程都是主管在寫",
        "報表是同事做的",
        "預算由總公司編列",
        "維修交由廠商處理",
        "由專人處理客訴",
        "專人負責客訴",
        "有專人教學",
        "只是照SOP回覆",
        "Budgets were prepared by my manager",
    ],
)
def test_what_others_do(text: str) -> None:
    assert polarity_of(text) == polarity_of(text, posting=True) == ["others"]


@pytest.mark.parametrize(
    "text",
    [
        "由我負責規劃客服流程",
        "主管交辦事項",
        "由主管分派客訴案件",
        "協助主管編列預算",
        "配合主管規劃流程",
        "統籌委外廠商",
        "主管沒空時由我規劃流程",
        "Promoted by my manager",
    ],
)
def test_what_is_done_with_others(text: str) -> None:
    assert polarity_of(text) == ["affirmed"]


def test_what_others_do_ends_with_its_clause() -> None:
    assert polarity_of("預算由主管編列，我負責執行") == ["others", "affirmed"]


def test_one_denial_does_not_deny_a_text_without_punctuation() -> None:
    story = (
        "我做客服三年主要負責回覆客人訊息跟處理退換貨糾紛我沒有帶過人也不會做預算還有寫了一份標準作業流程給大家用"
        "另外教新人怎麼用系統怎麼回客人"
    )
    assert clauses(story) == [
        ("我做客服三年主要負責回覆客人訊息跟處理退換貨糾紛", "affirmed"),
        ("我沒有帶過人也不會做預算", "denied"),
        ("還有寫了一份標準作業流程給大家用", "affirmed"),
        ("另外教新人怎麼用系統怎麼回客人", "affirmed"),
    ]


@settings(deadline=None)
@given(texts)
def test_every_clause_has_a_polarity(text: str) -> None:
    normalised = normalise(text)
    for sentence in split_sentences(text):
        for posting in (False, True):
            found = polarities(normalised, sentence.clauses, posting=posting)
            assert len(found) == len(sentence.clauses)
            assert set(found) <= {"affirmed", "denied", "wished", "others"}
            assert not (posting and "wished" in found)


@pytest.mark.parametrize("pattern", ["_OTHERS", "_DENIAL", "_WISH"])
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_a_sentence_is_searched_wherever_something_is_to_be_found(pattern: str, data: st.DataObject) -> None:
    says = getattr(polarity, pattern)
    text = data.draw(st.from_regex(says).filter(says.search))
    assert polarity._CUE.search(text), text
