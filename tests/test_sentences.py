"""Real-life résumés and postings become sentences and clauses that know their place."""

import textwrap

import pytest
from hypothesis import example, given, settings

from matcher.language.lines import paragraphs
from matcher.language.sentences import LONGEST_SENTENCE, split_sentences
from tests.any_text import texts


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` as they stand in it."""
    return [text[one.start : one.end] for one in split_sentences(text)]


def clauses(text: str) -> list[list[str]]:
    """The clauses of each sentence of ``text``."""
    return [[text[span.start : span.end] for span in one.clauses] for one in split_sentences(text)]


BULLETS = [
    *("・", "•", "‧", "·", "●", "○", "◎", "◆", "■", "□", "▪", "▲", "★", "☆", "※", "➤", "▶", "▸", "→", "✓"),
    *("✔", "√", "✅", "👉", "⭐", "◦", "☐", "\uf0b7", "\uf06c", "*", "＊", "**", "# ", "> ", "o "),
    *("- ", "-", "– ", "—", "——", "+ ", "~ "),
    *("1. ", "1.", "１．", "1、", "1) ", "(1) ", "（1）", "10. ", "01.", "1: ", "【1】"),
    *("一、", "十一、", "（一）", "(三)", "一. ", "壹、", "貳、", "甲、"),
    *("①", "① ", "⑩", "⑴", "⒈", "❶", "㈠", "㊀", "A. ", "a)", "B、", "Ⅰ.", "IV. "),
]


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize("indent", ["", "  ", "\t", "\u3000\u3000"])
def test_a_bullet_or_number_is_no_part_of_its_entry(bullet: str, indent: str) -> None:
    (one,) = split_sentences(f"{indent}{bullet}規劃客服流程")
    assert (one.start, one.end) == (len(indent + bullet), len(indent + bullet) + 6)
    assert one.bulleted


@pytest.mark.parametrize(
    "bullet", ["・", "• ", "·", "●", "- ", "-", "*", "1. ", "1、", "（1）", "①", "✓", "\uf0b7"]
)
def test_a_bullet_stands_before_latin_words_too(bullet: str) -> None:
    assert sentences(f"{bullet}CRM 導入") == ["CRM 導入"]


@pytest.mark.parametrize(
    "text",
    [
        "-3% 客訴率",
        "+12% 滿意度",
        "2.5年客服經驗",
        "10年客服經驗",
        "3 年客服經驗",
        "24小時客服",
        "3C 產品客服",
        "5S 推動",
        "9:00-18:00 值班",
        "2019-2022 客服專員",
        "2019/03–2022/05 客服專員",
        "1,350 件客訴",
        "1.1 規劃客服流程",
        "三、五年客服經驗",
        "一、二線客服",
        "乙、丙級證照",
        "十年客服經驗",
        "一個人負責客服",
        "甲方窗口",
        "A 公司客服",
        "I am a planner",
        "C# 工程師",
    ],
)
def test_what_only_looks_like_a_bullet_stays(text: str) -> None:
    assert sentences(text) == [text]
    assert not next(split_sentences(text)).bulleted


@pytest.mark.parametrize(
    "text",
    [
        "負責報表。處理客訴！訓練新人？",
        "負責報表；處理客訴；訓練新人",
        "負責報表;處理客訴;訓練新人",
        "負責報表?處理客訴!訓練新人",
        "負責報表. 處理客訴. 訓練新人",
        "負責報表\n處理客訴\n訓練新人",
        "負責報表\r\n處理客訴\r\n訓練新人\r\n",
        "負責報表\r處理客訴\r訓練新人",
        "負責報表\u2028處理客訴\u2029訓練新人",
        "負責報表\x0b處理客訴\x0c訓練新人",
        "負責報表\n\n\n處理客訴\n \t \n訓練新人",
        "負責報表\t處理客訴\t\t訓練新人",
        "負責報表   處理客訴\u3000\u3000訓練新人",
        "・負責報表\n・處理客訴\n・訓練新人",
        "1. 負責報表\n2. 處理客訴\n3. 訓練新人",
        "1.負責報表2.處理客訴3.訓練新人",
        "1. 負責報表 2. 處理客訴 3. 訓練新人",
        "1、負責報表，2、處理客訴，3、訓練新人",
        "(1)負責報表(2)處理客訴(3)訓練新人",
        "（1）負責報表；（2）處理客訴；（3）訓練新人",
        "①負責報表②處理客訴③訓練新人",
        "① 負責報表 ② 處理客訴 ③ 訓練新人",
        "● 負責報表 ● 處理客訴 ● 訓練新人",
        "•負責報表•處理客訴•訓練新人",
        "✔負責報表 ✔處理客訴 ✔訓練新人",
    ],
)
def test_sentences_and_entries(text: str) -> None:
    assert sentences(text) == ["負責報表", "處理客訴", "訓練新人"]


@pytest.mark.parametrize(
    "text",
    [
        "負責報表，處理客訴，訓練新人",
        "負責報表, 處理客訴, 訓練新人",
        "負責報表 處理客訴 訓練新人",
        "負責報表 / 處理客訴 / 訓練新人",
        "負責報表|處理客訴｜訓練新人",
        "負責報表→處理客訴→訓練新人",
        "負責報表：處理客訴（訓練新人）",
        "・負責報表・處理客訴・訓練新人",
        "- 負責報表 - 處理客訴 - 訓練新人",
    ],
)
def test_clauses_of_one_sentence(text: str) -> None:
    assert clauses(text) == [["負責報表", "處理客訴", "訓練新人"]]


@pytest.mark.parametrize(
    "text",
    [
        "負責報表、客訴與訓練",
        "報表/簡報/公文",
        "成長 3.5%",
        "每月 1,200 通",
        "09:00-18:00 排班",
        "使用 Node.js v1.2 開發",
        "共 12 人",
        "員工(10)人",
        "版本2.0客服系統",
    ],
)
def test_what_holds_together_is_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text", ["每月 1,200 通", "09:00-18:00 排班", "報表/簡報/公文", "2019 - 2022 客服專員"]
)
def test_numbers_and_alternatives_are_no_clauses_of_their_own(text: str) -> None:
    assert "".join(clauses(text)[0]).replace(" ", "") == text.replace(" ", "")
    assert len(clauses(text)[0]) <= 2


def test_an_address_is_not_torn_at_its_question_mark() -> None:
    assert sentences("作品 https://example.com/a?b=c&d=e 客服網站") == [
        "作品 https://example.com/a?b=c&d=e 客服網站"
    ]


def test_english_sentences() -> None:
    text = "Handled complaints. Built KPI v1.2 reports. Trained 5 agents"
    assert sentences(text) == ["Handled complaints", "Built KPI v1.2 reports", "Trained 5 agents"]


@pytest.mark.parametrize(
    "heading", ["【工作內容】", "［工作內容］", "[工作內容]", "〈工作內容〉", "《工作內容》"]
)
def test_a_heading_in_brackets_is_a_sentence_of_its_own(heading: str) -> None:
    head, entry = split_sentences(f"{heading}規劃客服流程")
    assert (head.start, head.end, head.heading) == (0, 6, True)
    assert (entry.start, entry.end, entry.heading) == (6, 12, False)
    assert head.line == entry.line


def test_a_heading_may_have_a_number_and_stand_alone() -> None:
    found = list(split_sentences("一、【工作內容】\n・規劃流程\n\n【福利】\n"))
    assert [one.heading for one in found] == [True, False, True]


def test_brackets_inside_a_line_are_no_heading() -> None:
    assert [one.heading for one in split_sentences("規劃【客服】流程")] == [False]


def test_sentences_know_their_line() -> None:
    text = "負責報表。處理客訴\n\n訓練新人；編列預算"
    assert [one.line for one in split_sentences(text)] == [0, 0, 1, 1]


# ── Lines that a page broke ──

PAGE = """\
工作經歷
在某金控客服中心擔任企劃專員五年，負責規劃客服作
業流程與編列年度預算，並且定期檢討服務品質指標達
成情形，提出改善方案供主管參考，同時也負責新進人
員的教育訓練規劃與教材編寫，每季執行競品分析並彙
整成報告。
・與資訊部合作導入新的系統並完成需求訪談與系統測
試驗收
・其他"""


def test_lines_broken_by_a_page_are_joined() -> None:
    found = [sentence.replace("\n", "") for sentence in sentences(PAGE)]
    assert found == [
        "工作經歷",
        "在某金控客服中心擔任企劃專員五年，負責規劃客服作業流程與編列年度預算，並且定期檢討服務品質指標達成情形，"
        "提出改善方案供主管參考，同時也負責新進人員的教育訓練規劃與教材編寫，每季執行競品分析並彙整成報告",
        "與資訊部合作導入新的系統並完成需求訪談與系統測試驗收",
        "其他",
    ]


@pytest.mark.parametrize(
    "line_end", ["\r\n", "\r", "\x0b", "\u2028", "\n  ", "\n\u3000\u3000", "\n    ", "\n\t", " \n"]
)
def test_whatever_ends_the_lines_and_indents_them(line_end: str) -> None:
    text = PAGE.replace("\n", line_end)
    found = [clause for sentence in clauses(text) for clause in sentence]
    assert ["".join(clause.split()) for clause in found] == [
        clause.replace("\n", "") for sentence in clauses(PAGE) for clause in sentence
    ]


def test_a_narrow_column() -> None:
    story = (
        "主要負責院內總機與預約專線協助民眾掛號改約並將語音信箱留言於當日下班前回覆完畢"
        "遇民眾情緒激動請依作業手冊步驟處理並填寫通報單送交主管簽核後歸檔備查"
        "每月參加一次在職訓練且通過測驗並協助新進人員熟悉系統操作與電話禮儀"
    )
    text = "\n".join([*textwrap.wrap(story, 12), "待遇：三萬", "福利：宿舍"])
    joined = [text[start:end].replace("\n", "") for start, end in paragraphs(text)]
    assert joined == [story, "待遇：三萬", "福利：宿舍"]


def test_english_lines_are_broken_between_words() -> None:
    story = (
        "Planned the yearly budget of the customer service centre, built the standard operating procedures "
        "for complaints, trained the new agents, compared competing products and reported them to "
        "the management every quarter, and introduced a knowledge base that halved repeated calls"
    )
    text = "\n".join(["EXPERIENCE", *textwrap.wrap(story, 66), "SKILLS", "Excel"])
    joined = [text[start:end].replace("\n", " ") for start, end in paragraphs(text)]
    assert joined == ["EXPERIENCE", story, "SKILLS", "Excel"]


@pytest.mark.parametrize(
    "text",
    [
        # labelled lines of like length
        "職缺：客服企劃專員\n工作內容：規劃客服流程、撰寫報告\n待遇：月薪 40,000 元以上\n時間：09:00-18:00\n"
        "條件：大學畢業，兩年客服經驗\n福利：勞健保、教育訓練",
        "求職意向：客服規劃\n工作經歷：負責客服\n自我評價：熟悉流程\n教育經歷：某大學系\n專業技能：Excel",
        # plain lists of like entries
        "熟悉客訴處理分析\n客服流程優化建置\n年度預算編列控管\n教育訓練規劃執行\n專案管理跨部溝通\n報表製作簡報設計",
        "負責客服中心年度預算之編列與控管\n規劃教育訓練\n撰寫競品分析報告並提出差異化服務建議\n"
        "統籌跨部門專案\n導入客戶關係管理系統\n制定服務標準",
        # headings between full lines
        "".join(
            f"在某{trade}客服中心擔任企劃專員五年負責規劃\n{heading}\n"
            for trade, heading in (("金控", "工作經歷"), ("電商", "學歷"), ("電信", "技能"))
        ),
        # bullets at full lines
        "\n".join(f"{bullet} 在某金控客服中心擔任企劃專員五年負責規劃" for bullet in "・•-*●①"),
        # blank lines between full lines
        "\n\n".join(["在某金控客服中心擔任企劃專員五年負責規劃客服流程"] * 6),
        ".NET 工程師\n客服系統\n.NET 維護",
    ],
)
def test_whole_lines_are_not_joined(text: str) -> None:
    lines = [line for line in text.splitlines() if line]
    assert [text[start:end] for start, end in paragraphs(text)] == lines


@pytest.mark.parametrize(
    "following", ["，並撰寫報告", "、簡報", "）與報表", "；其他", "。", "：流程", ", reports"]
)
def test_a_line_that_begins_with_a_closing_mark_goes_on(following: str) -> None:
    assert paragraphs(f"負責規劃\n{following}") == [(0, 5 + len(following))]


# ── No punctuation at all ──

STORY = (
    "我在電商公司做了三年客服主要負責回覆客人訊息處理退換貨糾紛也協助主管整理每週報表跟各部門溝通商品瑕疵問題後來公司要做"
    "常見問題集由我負責整理問題跟答案並且跟工程師討論怎麼放到網站上另外也教新人怎麼用系統怎麼回客人還有寫了一份標準作業流程"
    "給大家照著做主管說寫得很清楚現在新人都用這份來訓練我也有參加公司的專案討論怎麼讓客人等待時間變短"
)


def test_text_without_punctuation_is_divided() -> None:
    assert len(STORY) > LONGEST_SENTENCE
    found = sentences(STORY)
    assert "".join(found) == STORY
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in found)
    assert found[1].startswith("我也有參加公司的專案")


def test_its_clauses_begin_at_connecting_words() -> None:
    first = clauses(STORY)[0]
    assert first[:4] == [
        "我在電商公司做了三年客服主要負責回覆客人訊息處理退換貨糾紛",
        "也協助主管整理每週報表跟各部門溝通商品瑕疵問題",
        "後來公司要做常見問題集由",
        "我負責整理問題跟答案",
    ]
    assert "".join(first) == sentences(STORY)[0]


def test_an_overlong_sentence_ends_at_a_separator() -> None:
    text = "客訴處理、" * 60
    assert all(sentence.endswith("、") for sentence in sentences(text))
    text = "customer service " * 30
    assert {word for sentence in sentences(text) for word in sentence.split()} == {"customer", "service"}


def test_a_text_without_any_border_is_cut() -> None:
    assert [len(sentence) for sentence in sentences("客" * 400)] == [160, 160, 80]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。。。", "・\n- \n1.\n", "\t\u3000", "————————", "★★★★★"])
def test_nothing_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


# ── Whatever the text ──


@settings(deadline=None)
@given(texts)
@example("客服\n，\n、\n：")
@example("【】[ ](1)(2)①")
def test_sentences_lie_in_the_text_in_order_without_white_space(text: str) -> None:
    end, line = 0, 0
    for one in split_sentences(text):
        assert end <= one.start < one.end <= len(text)
        quoted = text[one.start : one.end]
        assert quoted == quoted.strip()
        assert len(quoted) <= LONGEST_SENTENCE
        assert one.line >= line
        end, line = one.end, one.line


@settings(deadline=None)
@given(texts)
def test_clauses_lie_in_their_sentence_in_order(text: str) -> None:
    for one in split_sentences(text):
        end = one.start
        for clause in one.clauses:
            assert end <= clause.start < clause.end <= one.end
            quoted = text[clause.start : clause.end]
            assert quoted == quoted.strip()
            end = clause.end


@settings(deadline=None)
@given(texts)
def test_paragraphs_hold_every_character_that_is_not_blank(text: str) -> None:
    spans = paragraphs(text)
    held = {place for start, end in spans for place in range(start, end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - held)
    assert spans == sorted(spans)
