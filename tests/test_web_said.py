"""What the program says of documents, in English: all that comes from fixed sentences."""

import re

import pytest

from api.web.said import said_in_english
from matcher import Matcher
from matcher.postings import check
from matcher.postings.rules import RULES
from tests.services import RESUME

_QUOTED = re.compile("「[^「」]*」")
_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]+")


def left(text: str) -> list[str]:
    """What is still Chinese of a sentence in English, but for what it quotes."""
    return _CHINESE.findall(_QUOTED.sub("", said_in_english(text)).replace("、", ", "))


def test_every_rule_has_its_english() -> None:
    for rule in RULES:
        for text in (rule.ground, rule.article, rule.why, rule.better):
            assert left(text) == [], text


@pytest.mark.parametrize("text", ["客服人員，薪資面議。", "客服人員，處理客訴。"])
def test_so_has_what_is_said_of_pay(text: str) -> None:
    (one,) = check(text)
    for part in (one.ground, one.article, one.why, one.better):
        assert left(part) == []


def test_a_ground_is_named_in_its_sentence() -> None:
    assert said_in_english("雇主不能因為年齡而不錄用人。") == "Nobody may be turned away for age."


@pytest.mark.parametrize(
    "text",
    [
        f"{RESUME}帶領 8 人團隊，負責年度預算 300 萬元，規劃並決定客服策略，協助執行專案。",
        "處理客訴，訂定客服標準作業流程。\n" * 40,
        "、".join(["客訴", "流程", "指標", "滿意度", "預算", "法規", "競品", "服務", "策略", "成效"] * 4),
    ],
    ids=["level", "repeated", "listed"],
)
def test_reasons_and_notes_of_reports_have_their_english(matcher: Matcher, text: str) -> None:
    report = matcher.score(text)
    said = (*report.level.reasons, *(note.message for note in report.notes))
    assert said
    names = "|".join(re.escape(task.name) for task in report.tasks)
    for one in said:
        assert left(re.sub(names, "task", one)) == []


@pytest.mark.parametrize(
    "text",
    [
        "此檔含 2 處看不見的文字，未計入評分：「甲」、「乙」",
        "有 3 頁是影像，沒有讀：文字辨識尚未安裝（pip install icap-matcher[ocr]）。",
        "附件「a.pdf」讀不出來：這個 PDF 有密碼保護，請移除密碼後再試。",
        "這份職缺只要求了 2 項，適配的依據很少。",
    ],
)
def test_parts_that_vary_are_put_in(text: str) -> None:
    assert left(text) == []


def test_what_is_not_known_stays() -> None:
    assert said_in_english("別的\n什麼") == "別的\n什麼"
