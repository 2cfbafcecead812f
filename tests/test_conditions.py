"""Education and years of experience in real-life wording: what a résumé has, what a posting asks for."""

import pytest

from matcher.language.analysis import AnalysedSentence, analyse
from matcher.language.segment import Segmenter
from matcher.scoring.conditions import check_conditions
from matcher.scoring.report import Condition
from matcher.standard import Conditions

REQUIRED = Conditions(("大專以上畢業，且具相關工作經驗2年以上。",), "大專", 2)


@pytest.fixture(scope="module")
def check(segmenter: Segmenter) -> "Check":
    return Check(segmenter)


class Check:
    """Checks a text; sentences that speak of 客服 are about the occupation."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def __call__(
        self, text: str, *, posting: bool = False, required: Conditions = REQUIRED
    ) -> dict[str, Condition]:
        def relevant(sentence: AnalysedSentence) -> bool:
            return "客服" in text[sentence.start : sentence.end]

        analysis = analyse(text, self._segmenter, posting=posting)
        return check_conditions(analysis, required, relevant, posting=posting)


@pytest.mark.parametrize(
    ("text", "level", "status"),
    [
        ("大學企管系畢業", "大學", "met"),
        ("最高學歷　某大學法律系學士", "大學", "met"),
        ("國立某大學　資訊管理研究所", "碩士", "met"),
        ("國立某大學　資訊管理碩士", "碩士", "met"),
        ("畢業於某科技大學資管系", "大學", "met"),
        ("學歷：某商專企管科", "大專", "met"),
        ("学历：某职业技术学院 电子商务 大专", "大專", "met"),
        ("某技術學院二專部畢業", "大專", "met"),
        ("【學歷】\n某大學 應用外語系", "大學", "met"),
        ("【學歷】\n某商職　商業經營科", "高中職", "not_met"),
        ("高職畢業後就進客服中心", "高中職", "not_met"),
        ("我國中畢業就進廚房", "國中", "not_met"),
        ("學歷：某大學肄業", "高中職", "not_met"),
        ("某大學教育學碩士，博士班肄業", "碩士", "met"),
        ("學歷：某大學附設高商", "高中職", "not_met"),
        ("Education\nBachelor of Arts, Some University", "大學", "met"),
        ("高中畢業後考上某大學外文系", "大學", "met"),
    ],
)
def test_highest_education_of_a_resume(check: Check, text: str, level: str, status: str) -> None:
    education = check(text)["education"]
    assert (education.found, education.status) == (level, status)
    assert [text[one.start : one.end] for one in education.evidence] == [education.evidence[0].quote]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "客服專員三年",
        "負責某大學系統客服導入專案",
        "與某大學維持良好關係，辦理客服教育訓練",
        "客服對象為大學生與高中生",
    ],
)
def test_a_resume_that_names_no_education(check: Check, text: str) -> None:
    assert check(text)["education"] == Condition("大專以上", "not_stated", None, ())


@pytest.mark.parametrize(
    ("text", "level", "status"),
    [
        ("【條件】\n・大學以上，科系不拘", "大學", "met"),
        ("學歷要求：專科、大學、碩士", "大專", "met"),
        ("需要的你\n◎ 高中職以上，無經驗可", "高中職", "not_met"),
        ("條件：高中職以上，大學尤佳", "高中職", "not_met"),
        ("任职要求：大专及以上学历", "大專", "met"),
        ("Requirements\nBachelor's degree or above", "大學", "met"),
        ("條件：大學畢業，有 Scrum Master 經驗", "大學", "met"),
    ],
)
def test_least_education_of_a_posting(check: Check, text: str, level: str, status: str) -> None:
    education = check(text, posting=True)["education"]
    assert (education.found, education.status) == (level, status)


@pytest.mark.parametrize("text", ["學歷不拘", "條件：碩士尤佳", "客戶為各大學系所"])
def test_a_posting_that_asks_for_no_education(check: Check, text: str) -> None:
    assert check(text, posting=True)["education"].status == "not_stated"


@pytest.mark.parametrize(
    ("text", "found", "status"),
    [
        ("客服經驗 5 年", "5 年", "met"),
        ("具備三年以上客服工作經驗", "3 年", "met"),
        ("近 10 年客服經驗", "10 年", "met"),
        ("客服資歷十二年", "12 年", "met"),
        ("二十年客服經驗", "20 年", "met"),
        ("1.5 年客服經驗", "1 年", "not_met"),
        ("客服經驗一年", "1 年", "not_met"),
        ("客服部經理｜帶客服團隊 14 年", "14 年", "met"),
        ("客服專員 5 年", "5 年", "met"),
        ("大學畢業，在客服單位七年：前兩年接電話，後五年做企劃。", "7 年", "met"),
        ("做電話客服三年，學到最多的是耐心", "3 年", "met"),
        ("客服專員（6 年）", "6 年", "met"),
        ("Customer service 客服, 5+ years of experience", "5 年", "met"),
        ("客服企劃\n工作年資：8 年", "8 年", "met"),
        ("客服專員 2018/02～2020/02", "2 年", "met"),
        ("客服專員 2018-2021", "3 年", "met"),
        ("客服專員 2018.03.01 - 2020.02.28", "1 年", "not_met"),
        ("客服專員　2019 年 4 月至 2022 年 6 月", "3 年", "met"),
        ("客服專員　2017 年至 2019 年", "2 年", "met"),
        ("客服專員 民國105年3月～民國110年6月", "5 年", "met"),
        ("客服專員 105/03-110/06", "5 年", "met"),
        ("客服 Agent, Mar 2018 – Feb 2021", "3 年", "met"),
        ("客服專員 2016～2018\n客服組長 2018～2020", "4 年", "met"),
        ("客服專員 2016～2019\n兼職客服 2017～2018", "3 年", "met"),
    ],
)
def test_years_of_a_resume(check: Check, text: str, found: str, status: str) -> None:
    experience = check(text)["experience"]
    assert (experience.found, experience.status) == (found, status)
    assert all(text[one.start : one.end] == one.quote for one in experience.evidence)
    assert experience.evidence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "中餐廚師　資歷 13 年",
        "業務經驗 8 年\n想轉做客服",
        "二廚 2016 年到 2020 年\n・炒鍋、蒸籠都站過",
        "2019 年 4 月起從事客服工作",
        "近三年客服滿意度提升，每年處理 300 件",
        "客服專員，說明兩年制合約，三年內升等",
        "客服滿意度 80.5～90.2 分",
        "學歷：2014～2018 某大學客服管理系",
    ],
)
def test_a_resume_that_names_no_relevant_years(check: Check, text: str) -> None:
    assert check(text)["experience"].status == "not_stated"


def test_a_job_ends_where_another_part_of_the_text_begins(check: Check) -> None:
    text = "【工作經歷】\n客服專員 2021～2024\n咖啡店工讀 2019～2021\n收銀、點餐\n【自傳】\n我喜歡客服"
    assert check(text)["experience"].found == "3 年"


@pytest.mark.parametrize("now", ["現在", "迄今", "至今", "～", "now", "目前"])
def test_a_job_that_goes_on_lasts_to_the_last_year_named(check: Check, now: str) -> None:
    period = f"（2017～）\n{'門市 2018～2021'}" if now == "～" else f" 2017/01～{now}\n門市 2018～2021"
    experience = check(f"客服專員{period}")["experience"]
    assert (experience.found, experience.status) == ("至少 4 年，仍在職", "met")


def test_a_job_that_goes_on_is_never_too_short(check: Check) -> None:
    experience = check("線上客服　2022.06－迄今")["experience"]
    assert (experience.found, experience.status) == ("仍在職，年數未載明", "not_stated")
    assert [one.quote for one in experience.evidence] == ["線上客服　2022.06－迄今"]


@pytest.mark.parametrize(
    ("text", "found", "status"),
    [
        ("條件：客服經驗 3 年以上", "3 年", "met"),
        ("條件：需一至三年客服經驗", "1 年", "not_met"),
        ("條件：1-3 年工作經驗", "1 年", "not_met"),
        ("條件：客服經驗 4 年以上，其中帶人 1 年以上", "4 年", "met"),
        ("條件：大學畢業 2 年以上經驗，或專科畢業 5 年以上經驗", "2 年", "met"),
        ("條件\n・客服經驗 3 年以上\n・主管經驗 1 年以上", "3 年", "met"),
        ("條件\n・客服經驗 1 年以上\n・具 5 年以上經驗者優先", "1 年", "not_met"),
        ("Requirements: 5+ years of experience in customer service", "5 年", "met"),
    ],
)
def test_years_of_a_posting(check: Check, text: str, found: str, status: str) -> None:
    experience = check(text, posting=True)["experience"]
    assert (experience.found, experience.status) == (found, status)


@pytest.mark.parametrize(
    "text",
    [
        "工作經歷不拘",
        "無經驗可",
        "本公司成立 20 年以上",
        "福利：服務滿 2 年以上加發獎金",
        "商品保固 3 年",
        "條件：3 年以上經驗者佳",
    ],
)
def test_a_posting_that_asks_for_no_years(check: Check, text: str) -> None:
    assert check(text, posting=True)["experience"].status == "not_stated"


def test_a_standard_without_conditions(check: Check) -> None:
    found = check("高中畢業，客服經驗 1 年", required=Conditions(("無",), None, None))
    assert {name: (one.required, one.status) for name, one in found.items()} == {
        "education": ("未訂", "met"),
        "experience": ("未訂", "met"),
    }
