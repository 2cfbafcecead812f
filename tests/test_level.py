"""The level that the evidence is equal to, and none where the text says too little."""

from pathlib import Path

import numpy as np
import pytest

from matcher import Matcher
from matcher.data import data_path
from matcher.icap import parse_file
from matcher.language.analysis import analyse
from matcher.language.level_signs import LevelSigns, level_signs
from matcher.language.segment import Segmenter
from matcher.scoring.calibration import Logistic
from matcher.scoring.level import LEVEL_SIGNALS, PER_LEVEL, estimate_level, level_reasons
from matcher.scoring.report import LevelEstimate, Report
from matcher.standard import Standard

STANDARDS = Path(__file__).parent / "standards"


@pytest.fixture(scope="module")
def warehouse() -> Standard:
    """A standard with tasks of the levels 2, 3, 4 and 5."""
    return parse_file(STANDARDS / "ZZW9001-901v2.txt")


def sample(matcher: Matcher, name: str) -> Report:
    path = data_path("samples", f"{name}.txt")
    kind = "posting" if name.startswith("postings") else "resume"
    return matcher.score(path.read_text(encoding="utf-8"), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("resumes/clerk", 3),
        ("resumes/manager", 4),
        ("resumes/planner", 4),
        ("postings/customer_service_clerk", 3),
    ],
)
def test_level_of_a_sample(matcher: Matcher, name: str, level: int) -> None:
    estimate = sample(matcher, name).level
    assert (estimate.estimate, estimate.sufficient) == (level, True)
    assert estimate.probability is not None
    assert 0.5 <= estimate.probability <= 1
    assert estimate.reasons


@pytest.mark.parametrize("name", ["resumes/cook", "resumes/nearly_empty", "postings/marketing_planner"])
def test_no_level_for_another_occupation(matcher: Matcher, name: str) -> None:
    level = sample(matcher, name).level
    assert (level.estimate, level.probability, level.sufficient) == (None, None, False)
    assert "證據不足" in level.reasons[0]


@pytest.mark.parametrize("text", ["", " \n", "客服", "客服專員", "😀", "沒有任何客服經驗，也沒有訂過流程"])
def test_no_level_for_a_text_that_says_too_little(matcher: Matcher, text: str) -> None:
    level = matcher.score(text).level
    assert (level.estimate, level.probability, level.sufficient) == (None, None, False)
    assert level.reasons


def test_reasons_name_the_top_task_and_quote_the_text(matcher: Matcher) -> None:
    reasons = sample(matcher, "resumes/manager").level.reasons
    assert any("第 4 級任務 T2.3" in reason and "P2.3.4" in reason for reason in reasons)
    assert any("負責金額或預算" in reason and "3,200 萬" in reason for reason in reasons)
    assert not any("\n" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("name", "said", "quote"),
    [
        ("resumes/planner", "決定、負責的用語", "管理每年 280 萬元的客服改善預算"),
        ("resumes/planner", "協助、執行的用語", "說明資費、處理帳單爭議"),
        ("resumes/complaints_specialist", "協助、執行的用語", "協助法遵單位修訂申訴處理程序"),
        ("resumes/manager", "帶領或管理 12 人", "帶 12 人小組，排班、聽錄音、一對一輔導"),
    ],
)
def test_a_reason_quotes_what_shows_it(matcher: Matcher, name: str, said: str, quote: str) -> None:
    (reason,) = [one for one in sample(matcher, name).level.reasons if one.startswith(said)]
    assert f"「{quote}」" in reason


def test_a_list_of_skills_decides_nothing(matcher: Matcher) -> None:
    reasons = sample(matcher, "resumes/complaints_specialist").level.reasons
    assert not any("決定、負責的用語" in reason for reason in reasons)


NONE = LevelSigns(
    dict.fromkeys(("planning", "deciding", "leading", "senior", "executing", "junior"), 0), 20, 0, False, {}
)


def leaning(log_odds: float) -> Logistic:
    """A model that gives every boundary these log-odds."""
    return Logistic(LEVEL_SIGNALS, np.zeros(len(LEVEL_SIGNALS)), log_odds)


def estimate(standard: Standard, log_odds: float, *, scope: float = 0.9, covered: int = 9) -> LevelEstimate:
    shown = [0.5] * len(standard.items)
    return estimate_level(
        standard, leaning(log_odds), shown, NONE, scope=scope, covered=covered, reasons=("因為",)
    )


def test_the_warehouse_standard_has_four_levels(warehouse: Standard) -> None:
    assert warehouse.levels == (2, 3, 4, 5)


@pytest.mark.parametrize(
    ("log_odds", "level"), [(-9.0, 2), (-PER_LEVEL / 2, 3), (PER_LEVEL / 2, 4), (9.0, 5)]
)
def test_every_level_of_a_standard_can_be_found(warehouse: Standard, log_odds: float, level: int) -> None:
    found = estimate(warehouse, log_odds)
    assert found.estimate == level
    assert found.probability is not None
    assert 0.25 < found.probability <= 1
    assert found.reasons == ("因為",)


def test_the_level_never_falls_as_the_evidence_rises(warehouse: Standard) -> None:
    levels = [estimate(warehouse, step / 4).estimate or 0 for step in range(-24, 25)]
    assert levels == sorted(levels)
    assert set(levels) == {2, 3, 4, 5}


def test_a_standard_of_one_level_has_no_other(bas2421: Standard) -> None:
    tasks = tuple(task for task in bas2421.tasks if task.level == 3)
    duty = type(bas2421.duties[0])("T1", "全部", tasks)
    found = estimate(
        Standard(**{**{f: getattr(bas2421, f) for f in bas2421.__dataclass_fields__}, "duties": (duty,)}), 9.0
    )
    assert (found.estimate, found.probability) == (3, 1.0)


@pytest.mark.parametrize(
    ("scope", "covered"),
    [(0.0, 40), (0.05, 40), (0.3, 0), (0.3, 1)],
    ids=["none", "little", "nothing", "one"],
)
def test_too_little_is_never_a_level(bas2421: Standard, scope: float, covered: int) -> None:
    found = estimate(bas2421, 9.0, scope=scope, covered=covered)
    assert (found.estimate, found.probability, found.sufficient) == (None, None, False)


def test_a_text_surely_about_the_occupation_needs_no_items(bas2421: Standard) -> None:
    assert estimate(bas2421, -2.0, scope=0.95, covered=0).estimate == 3


def test_another_standards_work_has_one_of_its_levels(warehouse: Standard) -> None:
    text = (
        "倉儲管理人員\n規劃倉庫的儲位與動線，分析商品週轉率，配置儲位\n訂定庫存準確率等績效指標\n"
        "評估自動化設備的投資效益，提出建議\n管理團隊 20 人，編列預算 500 萬元"
    )
    matcher = Matcher(warehouse)
    level = matcher.score(text).level
    assert level.sufficient
    assert level.estimate in (2, 3, 4, 5)
    assert matcher.score("二廚，炒鍋、蒸籠、砧板都站過\n每天盤點冰箱").level.estimate is None


def reasons(text: str, standard: Standard, segmenter: Segmenter) -> list[str]:
    signs = level_signs(analyse(text, segmenter, posting=False))
    quotes = {kind: text[p[0].start : p[0].end] for kind, p in signs.places.items() if p}
    return level_reasons(standard, {item.code: "absent" for item in standard.items}, signs, quotes)


def test_reasons_of_an_empty_text_say_what_was_not_found(bas2421: Standard, segmenter: Segmenter) -> None:
    assert reasons("", bas2421, segmenter) == [
        "第 4 級任務 T2.3 協助制定客服標準作業流程：4 項行為指標中見到 0 項。"
    ]


def test_reasons_quote_the_team_and_the_budget(bas2421: Standard, segmenter: Segmenter) -> None:
    found = reasons("帶領12人的客服團隊\n編列年度預算300萬元", bas2421, segmenter)
    assert "帶領或管理 12 人：「帶領12人的客服團隊」。" in found
    assert "負責金額或預算：「編列年度預算300萬元」。" in found


def test_reasons_leave_out_what_the_text_denies(bas2421: Standard, segmenter: Segmenter) -> None:
    assert len(reasons("沒有規劃過流程，也沒有帶過 20 人的團隊", bas2421, segmenter)) <= 2
    assert any("規劃" in reason for reason in reasons("規劃客服流程", bas2421, segmenter))
