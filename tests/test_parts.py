"""Which part of a posting or résumé a sentence stands in."""

import pytest

from matcher.errors import MatcherError
from matcher.language.headings import Part, bracketed, heading, is_heading, parse_headings
from matcher.language.normalise import normalise
from matcher.language.parts import SILENT, parts
from matcher.language.sentences import split_sentences


def named(text: str, *, posting: bool) -> list[tuple[str, Part]]:
    """Each sentence of ``text`` with its part."""
    sentences = list(split_sentences(text))
    found = parts(normalise(text), sentences, posting=posting)
    return [(text[one.start : one.end], part) for one, part in zip(sentences, found, strict=True)]


def part_of(sentence: str, text: str, *, posting: bool = True) -> Part:
    """The part of the one sentence of ``text`` that is, or begins with, ``sentence``."""
    (part,) = {part for said, part in named(text, posting=posting) if said.startswith(sentence)}
    return part


POSTING = """\
客服企劃專員
【公司簡介】
全台四千間門市的電商公司，專注客戶服務。
【工作內容】
1. 規劃客服流程
2. 編列年度預算
【條件要求】
・大學以上，兩年客服經驗
【擅長工具】
Excel、CRM
【薪資待遇】
面議，依能力核敘
【福利制度】
・教育訓練與客服講座
【工作地點】
台北市客服中心
【應徵方式】
請將履歷寄至客服信箱
【其他】
具備流程規劃能力"""


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("客服企劃專員", "body"),
        ("全台四千間門市", "company"),
        ("規劃客服流程", "duty"),
        ("編列年度預算", "duty"),
        ("大學以上", "requirement"),
        ("Excel", "tools"),
        ("面議", "pay"),
        ("教育訓練與客服講座", "benefits"),
        ("台北市客服中心", "place"),
        ("請將履歷寄至", "process"),
    ],
)
@pytest.mark.parametrize(
    "brackets",
    [
        *("【{}】", "［{}］", "[{}]", "〈{}〉", "「{}」", "<{}>", "{}", "{}：", "一、{}"),
        *("■ {}", "◆{}◆", "=== {} ===", "# {}", "**{}**", "✨{}✨"),
    ],
)
def test_the_parts_of_a_posting(sentence: str, part: Part, brackets: str) -> None:
    lines = [brackets.format(line[1:-1]) if line.startswith("【") else line for line in POSTING.splitlines()]
    assert part_of(sentence, "\n".join(lines)) == part


def test_an_unknown_heading_in_brackets_ends_what_was_before_it() -> None:
    assert part_of("具備流程規劃能力", POSTING) == "body"


RESUME = """\
基本資料
王小明
學歷
某大學企業管理系
求職意向
客服企劃、流程規劃
工作經歷
規劃客服流程
專業技能
客訴處理
證照
客服證照
興趣
登山與客服
未來規劃
成為客服主管
自傳
處理過許多客訴"""


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("王小明", "person"),
        ("某大學企業管理系", "education"),
        ("客服企劃、流程規劃", "wish"),
        ("規劃客服流程", "duty"),
        ("客訴處理", "requirement"),
        ("客服證照", "tools"),
        ("登山與客服", "person"),
        ("成為客服主管", "wish"),
        ("處理過許多客訴", "duty"),
    ],
)
def test_the_parts_of_a_resume(sentence: str, part: Part) -> None:
    assert part_of(sentence, RESUME, posting=False) == part


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("姓名：王小明", "person"),
        ("電話 0912-345-678", "person"),
        ("學歷：某大學企管系", "education"),
        ("求職意向：客服企劃", "wish"),
        ("希望職務 客服主管", "wish"),
        ("职业目标：客服主管", "wish"),
        ("還不會的：預算編列", "wish"),
        ("希望待遇：40,000", "pay"),
        ("上班時間：09:00-18:00", "place"),
        ("工作經歷：某公司客服專員", "duty"),
        ("自我評價：熟悉流程", "duty"),
        ("技能：Excel、CRM", "tools"),
        ("福利（含保險）：教育訓練", "benefits"),
        ("◆ 聯絡方式：客服信箱", "process"),
        ("2. 福利：教育訓練", "benefits"),
        ("Objective: customer service planner", "wish"),
        ("Work Experience: planned SOP", "duty"),
        ("SKILLS: Excel", "tools"),
    ],
)
def test_a_heading_with_text_behind_it_rules_its_own_line(line: str, part: Part) -> None:
    (first, *_), (_, following) = named(f"{line}\n規劃流程，處理客訴", posting=False)
    assert first == line.split(". ")[-1].lstrip("◆ ")
    assert part_of(first, line, posting=False) == part
    assert following == "body"


def test_it_rules_all_sentences_of_its_line() -> None:
    assert named("工作內容\n福利：教育訓練；客服講座。專案獎勵\n規劃流程", posting=True) == [
        ("工作內容", "duty"),
        ("福利：教育訓練", "benefits"),
        ("客服講座", "benefits"),
        ("專案獎勵", "benefits"),
        ("規劃流程", "duty"),
    ]


def test_words_in_the_middle_of_a_line_open_nothing() -> None:
    assert {part for _, part in named("工作內容：流程規劃；福利；教育訓練", posting=True)} == {"duty"}
    assert {part for _, part in named("負責規劃公司福利制度\n處理客訴", posting=False)} == {"body"}


@pytest.mark.parametrize(
    "line",
    [
        "公司福利 Benefits",
        "公司福利/Benefits",
        "公司福利 / Benefits",
        "公司福利（Benefits）",
        "Benefits 公司福利",
        "Benefits｜公司福利：",
    ],
)
def test_a_heading_in_two_languages_rules_what_follows(line: str) -> None:
    assert part_of("教育訓練", f"工作內容\n規劃流程\n{line}\n教育訓練") == "benefits"


def test_english_postings() -> None:
    text = (
        "What you’ll do\n- Plan service processes\nRequirements\n- 2 years of service\n"
        "Perks\n- Training budget\nAbout us\nWe serve customers worldwide\nHow to apply\nSend your CV"
    )
    assert [part for _, part in named(text, posting=True)][1::2] == [
        "duty", "requirement", "benefits", "company", "process",
    ]  # fmt: skip


# ── A short line above a list ──


def test_an_unknown_heading_above_a_list_ends_a_silent_part() -> None:
    text = "關於我們\n專注客戶服務\n一天會碰到的事\n▸ 規劃客服流程\n▸ 處理客訴\n公司福利\n▸ 教育訓練"
    assert [part for _, part in named(text, posting=True)] == [
        "company", "company", "body", "body", "body", "benefits", "benefits",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "公司福利\n教育訓練\n【工作內容】\n・規劃流程",  # the list below has a heading of its own
        "公司福利\n教育訓練\n一、工作內容\n規劃流程",
        "公司福利\n・教育訓練\n・客服講座",
        "公司福利\n教育訓練與客服專業講座補助及進修\n・客服講座",  # too long for a heading
        "公司福利\n客服講座。教育訓練\n・進修",
        "公司福利\n教育訓練",
    ],
)
def test_what_is_no_heading_above_a_list(text: str) -> None:
    assert part_of("教育訓練", text) == "benefits"


# ── A posting's own words ──


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("享勞健保與三節獎金", "benefits"),
        ("月薪四萬起", "benefits"),
        ("週休二日", "benefits"),
        ("We offer health insurance", "benefits"),
        ("我們是一家專注客戶服務的公司", "company"),
        ("公司成立於1990年，客戶遍及全球", "company"),
        ("本公司為客服外包商", "company"),
        ("負責加班費與薪資之核算", "body"),
        ("規劃會員生日禮活動", "body"),
        ("處理客戶年終獎金詢問", "body"),
        ("規劃客服流程", "body"),
    ],
)
def test_benefits_and_company_without_heading(sentence: str, part: Part) -> None:
    assert part_of(sentence, f"客服企劃專員\n{sentence}") == part


def test_a_title_that_names_the_pay_is_still_the_title() -> None:
    assert named("客服企劃（月薪四萬起）\n月薪四萬起", posting=True)[0][1] == "body"


def test_a_resume_may_speak_of_pay_and_company() -> None:
    text = "客服企劃\n核算勞健保與薪資\n我們是一家新創公司的客服團隊"
    assert {part for _, part in named(text, posting=False)} == {"body"}


def test_parts_that_say_nothing_of_the_work() -> None:
    assert set(SILENT) == {"company", "benefits", "pay", "place", "process", "wish", "person"}


# ── Headings themselves ──


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工作內容", ("duty", "")),
        ("工 作 內 容", ("duty", "")),
        ("【工作內容】", ("duty", "")),
        ("工作內容：規劃流程", ("duty", "規劃流程")),
        ("工作內容 規劃流程", ("duty", "規劃流程")),
        ("工作內容：", ("duty", "")),
        ("規劃流程", (None, "規劃流程")),
        ("", (None, "")),
        ("公司/部門目標", (None, "公司/部門目標")),
        ("公司流程規劃", (None, "公司流程規劃")),
    ],
)
def test_what_a_line_is_headed_by(text: str, expected: tuple[Part | None, str]) -> None:
    part, rest = expected
    assert heading(normalise(text)) == (part, normalise(rest))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("【工作內容與職責】", "duty"),
        ("【超棒的公司福利】", "benefits"),
        ("【公司經歷】", "duty"),
        ("【我們的故事】", "body"),
        ("【】", "body"),
    ],
)
def test_the_longest_known_heading_in_brackets_counts(text: str, part: Part) -> None:
    assert bracketed(normalise(text)) == part


@pytest.mark.parametrize(
    ("line", "expected"), [("工作經歷", True), ("福利：", True), ("福利：勞健保", False), ("客服", False)]
)
def test_a_line_that_is_a_heading_alone(line: str, expected: bool) -> None:
    assert is_heading(line) is expected


def test_headings_are_read_from_plain_lines() -> None:
    lines = "# 說明\n\nduty = 工作內容、What You Do\nwish=希望 職務、工作內容\n"
    assert parse_headings(lines, "標題.txt") == {
        "工作内容": "duty",  # in two parts: the first counts
        "whatyoudo": "duty",
        "希望职务": "wish",
    }


@pytest.mark.parametrize(
    ("line", "received"), [("hobby = 興趣", "hobby"), ("工作內容", "工作內容"), ("= 福利", "")]
)
def test_a_line_of_no_part_is_named(line: str, received: str) -> None:
    with pytest.raises(MatcherError) as raised:
        parse_headings(f"duty = 工作內容\n{line}", "標題.txt")
    assert str(raised.value) == (
        "標題.txt 第 2 行：段落種類要是 body、duty、requirement、tools、company、benefits、pay、place、"
        f"process、wish、person、education、experience 之一，收到「{received}」。"
    )
