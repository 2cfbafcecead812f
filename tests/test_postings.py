"""The wording of postings: what the law forbids is found, and what it allows is not."""

from itertools import pairwise
from pathlib import Path

import pytest
from opencc import OpenCC

from matcher.data import data_path
from matcher.postings import check
from tests import wordings

PAID = "月薪 36,000 至 42,000 元。"

FORBIDDEN = [
    ("限女性", "性別", "限女性"),
    ("徵求櫃檯小姐一名", "性別", "徵求櫃檯小姐"),
    ("性別：男", "性別", "性別：男"),
    ("女性佳，需輪班", "性別", "女性佳"),
    ("只收男生", "性別", "只收男生"),
    ("男需役畢", "性別（兵役）", "需役畢"),
    ("限役畢", "性別（兵役）", "限役畢"),
    ("役畢者優先", "性別（兵役）", "役畢者優先"),
    ("年齡：20-35歲", "年齡", None),
    ("35 歲以下", "年齡", "35 歲以下"),
    ("三十五歲以下，具企劃經驗", "年齡", "三十五歲以下"),
    ("年輕人優先", "年齡", "年輕人優先"),
    ("未婚佳", "婚姻", "未婚佳"),
    ("無家累者佳", "婚姻", "無家累者佳"),
    ("五官端正、口條清晰", "容貌、五官", "五官端正"),
    ("外型亮麗", "容貌、五官", "外型亮麗"),
    ("身高 165 以上", "容貌、五官", "身高 165"),
    ("四肢健全", "身心障礙", "四肢健全"),
    ("身心障礙者勿試", "身心障礙", "身心障礙者勿試"),
    ("原住民勿試", "種族", "原住民勿試"),
    ("限在地人", "籍貫、出生地", "限在地人"),
    ("出生地：臺南", "籍貫、出生地", "出生地：臺南"),
    ("英語母語者佳", "語言", "英語母語者佳"),
    ("上班時禁止說台語", "語言", "禁止說台語"),
    ("基督徒優先", "宗教", "基督徒優先"),
    ("限黨員", "黨派", "限黨員"),
    ("思想純正", "思想", "思想純正"),
    ("家世清白", "階級", "家世清白"),
    ("限異性戀", "性傾向", "限異性戀"),
    ("處女座勿試", "星座", "處女座勿試"),
    ("O型佳", "血型", "O型佳"),
    ("加入過工會者勿試", "以往工會會員身分", "加入過工會者勿試"),
    ("履歷請註明血型與星座", "隱私資料", None),
    ("請附近照", "隱私資料", "附近照"),
    ("到職需繳交制服保證金", "保證金", None),
]

ALLOWED = [
    "年齡不拘",
    "男女不拘",
    "不限年齡",
    "不限男女、科系不拘",
    "性別：不拘",
    "性別：男女皆可",
    "年滿 18 歲",
    "18 歲以上，需輪夜班",
    "語言能力：英文",
    "英文中等、日文 N2",
    "會說台語",
    "役畢、待役皆可",
    "兵役不拘",
    "歡迎身心障礙者",
    "歡迎原住民與新住民",
    "歡迎中高齡、二度就業",
    "本公司不因種族、性別、年齡、婚姻、宗教而有差別待遇",
    "規劃 25-35 歲女性客群的行銷活動",
    "提供結婚禮金、生育補助",
    "儀容整潔，服務熱忱",
    "設有無障礙空間",
    "管理履約保證金與押標金",
    "負責女性用品的客服",
    "B型企業認證",
    "撰寫每週星座專欄",
    "熟悉工會法令與勞資溝通",
    "3 年以上客服經驗",
    "在地人文活動企劃",
]


@pytest.mark.parametrize(("wording", "ground", "quote"), FORBIDDEN, ids=[one[0] for one in FORBIDDEN])
def test_what_the_law_forbids_is_found_in_its_place(wording: str, ground: str, quote: str | None) -> None:
    text = f"客服企劃專員。{wording}。{PAID}"
    (found,) = check(text)
    assert found.ground == ground
    assert text[found.start : found.end] == found.quote
    assert found.quote == (quote or found.quote)
    assert found.why.endswith("。")
    assert found.better.endswith("。")


def _rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(ground, wording) for ground, wordings in table.items() for wording in wordings.split("|")]


@pytest.mark.parametrize(("ground", "wording"), _rows(wordings.FORBIDDEN))
def test_what_the_law_forbids_is_found_however_it_is_worded(ground: str, wording: str) -> None:
    found = check(f"客服企劃專員。{wording}。{PAID}")
    assert (ground, "forbidden") in [(one.ground, one.weight) for one in found]


@pytest.mark.parametrize(("ground", "wording"), _rows(wordings.CARE))
def test_what_is_allowed_for_some_jobs_only_merely_invites_trouble(ground: str, wording: str) -> None:
    found = check(f"客服企劃專員。{wording}。{PAID}")
    assert [(one.ground, one.weight) for one in found] == [(ground, "care")]


@pytest.mark.parametrize("script", ["t2s", "tw2s"])
def test_the_script_makes_no_difference(script: str) -> None:
    text = "。".join([*(one[0] for one in FORBIDDEN), *(other for _, other in _rows(wordings.FORBIDDEN))])
    simplified = OpenCC(script).convert(text)
    assert [(one.start, one.ground) for one in check(text)] == [
        (o.start, o.ground) for o in check(simplified)
    ]


@pytest.mark.parametrize("wording", [*ALLOWED, *wordings.ALLOWED.split("|")])
def test_what_the_law_allows_is_not(wording: str) -> None:
    assert check(f"客服企劃專員。{wording}。{PAID}") == []


@pytest.mark.parametrize(
    "pay",
    [
        "月薪 40,000 元以上",
        "待遇：3.8 萬至 4.5 萬",
        "時薪 200 元",
        "月薪四萬起",
        "薪資：面議（月薪 4 萬元以上）",
    ],
)
def test_an_amount_is_enough(pay: str) -> None:
    assert check(f"客服專員\n{pay}") == []


@pytest.mark.parametrize(
    "pay",
    ["薪資：面議", "待遇面議", "薪資依公司規定", "待遇優渥", "薪资面洽", "月薪電洽", "月薪依學經歷核薪"],
)
def test_pay_that_is_not_shown_is_found(pay: str) -> None:
    (found,) = check(f"客服專員\n{pay}\n週休二日")
    assert (found.ground, found.quote) == ("薪資", pay)


def test_a_posting_without_a_word_on_pay_is_told_so() -> None:
    (found,) = check("客服專員，處理客訴。")
    assert (found.start, found.end, found.quote, found.weight) == (0, 0, "", "care")
    assert "沒有寫薪資" in found.why


def test_one_clause_that_is_for_all_does_not_excuse_another() -> None:
    assert [one.ground for one in check(f"年齡不拘，限女性。{PAID}")] == ["性別"]


def test_findings_come_in_the_order_of_the_text() -> None:
    found = check(f"限男性，30歲以下，未婚佳，O型佳。{PAID}")
    assert [one.ground for one in found] == ["性別", "年齡", "婚姻", "血型"]
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "path", sorted(data_path("samples", "postings").glob("*.txt")), ids=lambda path: path.stem
)
def test_the_sample_postings_say_nothing_that_is_forbidden(path: Path) -> None:
    assert [one for one in check(path.read_text(encoding="utf-8")) if one.weight == "forbidden"] == []


@pytest.mark.parametrize(
    "text", ["", " ", " " * 100_000, "限" * 100_000, "歲" * 50_000 + "35", "不" * 1000 + "限男女"]
)
def test_any_text_is_checked_in_a_moment(text: str) -> None:
    check(text)
