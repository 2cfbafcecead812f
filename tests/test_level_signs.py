"""Signs of planning, deciding and leading, or of carrying out, with the team and the money behind them."""

import pytest
from hypothesis import given, settings

from matcher.language.analysis import analyse
from matcher.language.level_signs import KINDS, LevelSigns, level_signs
from matcher.language.segment import Segmenter, default_segmenter
from tests.any_text import texts


def signs_of(text: str) -> LevelSigns:
    """The signs of a résumé."""
    return level_signs(analyse(text, default_segmenter(), posting=False))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("規劃客服流程", "planning"),
        ("訂定服務標準", "planning"),
        ("编列年度预算", "planning"),
        ("核決退款案", "deciding"),
        ("授權額度內簽核", "deciding"),
        ("帶領團隊", "leading"),
        ("主持跨部門會議", "leading"),
        ("客服中心經理", "senior"),
        ("資深專員", "senior"),
        ("Team Lead", "senior"),
        ("Customer Service Manager", "senior"),
        ("依規定回覆", "executing"),
        ("轉接電話", "executing"),
        ("客服專員", "junior"),
        ("新人", "junior"),
        ("櫃檯服務員", "junior"),
    ],
)
def test_a_clause_shows_a_sign(text: str, kind: str) -> None:
    found = signs_of(text)
    assert found.counts[kind] == 1
    assert [(span.start, span.end) for span in found.places[kind]] == [(0, len(text))]


@pytest.mark.parametrize("text", ["misleading claims", "leads generation", "downtown ownership"])
def test_a_latin_sign_is_a_whole_word(text: str) -> None:
    assert signs_of(text).counts["senior"] == 0


@pytest.mark.parametrize("text", ["回覆會員來信", "調度人員", "動員同仁", "滿足成員需求"])
def test_a_person_of_any_kind_is_no_junior_post(text: str) -> None:
    assert signs_of(text).counts["junior"] == 0


def test_a_sign_counts_once_a_clause() -> None:
    found = signs_of("規劃、設計與制定流程，規劃活動\n規劃報表；處理客訴")
    assert found.counts["planning"] == 3
    assert found.counts["executing"] == 1
    assert found.clauses == 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("訂定客訴處理 SOP", "planning"),
        ("訂定客訴處理辦法並執行", "planning"),
        ("審核客服回覆內容", "deciding"),
        ("協助主管訂定客訴處理 SOP", "executing"),
        ("依規定審核退款", "executing"),
        ("配合部門規劃活動", "executing"),
        ("規劃並協助導入", "planning"),
        ("處理客訴", "executing"),
    ],
)
def test_a_clause_plans_and_decides_or_carries_out(text: str, kind: str) -> None:
    counts = signs_of(text).counts
    assert [one for one in ("planning", "deciding", "executing") if counts[one]] == [kind]


@pytest.mark.parametrize(
    "around", ["{}", "每月彙整客訴，{}。", "- {}\n- 接聽電話", "{}；轉接電話", "客服專員，{}"]
)
def test_a_clause_shows_the_same_wherever_it_stands(around: str) -> None:
    text = around.format("訂定客訴處理 SOP")
    found = signs_of(text)
    assert [text[span.start : span.end] for span in found.places["planning"]] == ["訂定客訴處理 SOP"]
    assert not set(found.places["planning"]) & set(found.places["executing"])


@pytest.mark.parametrize(
    "text",
    [
        "喜歡先聽完錄音，再決定要改什麼",
        "同仁不知道自己能決定什麼",
        "公文寫作、談判與調解、Word、Excel",
        "接聽率九成",
        "申訴處理專員",
    ],
)
def test_what_only_looks_like_a_sign_shows_nothing(text: str) -> None:
    counts = signs_of(text).counts
    assert (counts["planning"], counts["deciding"], counts["executing"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "kind", "best"),
    [
        ("客服企劃\n規劃客服流程與指標", "planning", "規劃客服流程與指標"),
        ("客服企劃專員 2020/03～現在\n設計各客群的售後方案", "planning", "設計各客群的售後方案"),
        ("編列年度預算三百萬元，每年評選委外廠商", "deciding", "每年評選委外廠商"),
        ("SQL 查詢\n說明資費、處理帳單爭議", "executing", "說明資費、處理帳單爭議"),
        ("帶 4 位組長\n帶 12 人小組", "team", "帶 12 人小組"),
    ],
)
def test_the_most_telling_place_comes_first(text: str, kind: str, best: str) -> None:
    first = signs_of(text).places[kind][0]
    assert text[first.start : first.end] == best


def test_only_the_first_places_are_kept() -> None:
    found = signs_of("規劃一，規劃二，規劃三，規劃四，規劃五")
    assert found.counts["planning"] == 5
    assert [span.start for span in found.places["planning"]] == [0, 4, 8]


@pytest.mark.parametrize(
    "text",
    [
        "沒有規劃過流程",
        "希望規劃客服流程",
        "流程由主管規劃",
        "求職意向：規劃客服流程",
        "【公司簡介】\n規劃客服系統的領導者",
    ],
)
def test_what_is_denied_wished_or_beside_the_work_shows_nothing(text: str) -> None:
    found = signs_of(text)
    assert found.counts["planning"] == 0
    assert found.places["planning"] == ()


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("帶領12人團隊", 12),
        ("帶領12位客服人員", 12),
        ("管理客服人員 15 名", 15),
        ("團隊共８人", 8),
        ("團隊編制20席", 20),
        ("管理8~10人", 8),
        ("管理8-10人的小組", 8),
        ("帶20多人", 20),
        ("下轄約30餘人", 30),
        ("帶領十人團隊", 10),
        ("帶領十二人", 12),
        ("管理一個八人小組", 8),
        ("督導二十五名客服", 25),
        ("帶兩人", 2),
        ("Led a team of 12", 12),
        ("managed 15 agents", 15),
        ("an 8-person team", 8),
        ("帶3人，後來帶領14人", 14),  # the largest counts
        ("團隊（12人）", 12),
        ("沒有帶過30人，帶領5人", 5),
    ],
)
def test_the_size_of_a_team(text: str, team: int) -> None:
    found = signs_of(text)
    assert found.team == team
    assert found.places["team"][0].start == 0


@pytest.mark.parametrize(
    "text",
    [
        "處理客訴12件",
        "管理300位客戶",
        "管理客戶300人",
        "管理12位會員的資料",
        "帶領團隊",
        "團隊業績成長30人次",
        "管理2,000名",
        "公司員工300人",
        "managed 300 customers",
        "managed 12 accounts",
        "1234人",
        "公司簡介：團隊70人",
        "沒有帶過12人的團隊",
        "希望帶領12人團隊",
    ],
)
def test_what_is_no_team(text: str) -> None:
    found = signs_of(text)
    assert (found.team, found.places["team"]) == (0, ())


@pytest.mark.parametrize(
    "text",
    [
        "編列年度預算500萬",
        "預算約 NT$3.5 億",
        "費用控管每月 20 萬元",
        "預算 1,200,000 元",
        "預算1200000元",
        "budget of NT$5M",
        "P&L 3,000 萬",
    ],
)
def test_an_amount_of_money_is_held(text: str) -> None:
    found = signs_of(text)
    assert found.budget
    assert len(found.places["budget"]) == 1


@pytest.mark.parametrize(
    "text",
    ["編列年度預算", "預算達成 5 KPI", "運費 120 元", "費用 1,500 元", "客戶500萬人", "待遇：預算500萬"],
)
def test_no_amount_of_money_is_held(text: str) -> None:
    found = signs_of(text)
    assert (found.budget, found.places["budget"]) == (False, ())


def test_an_empty_text_shows_nothing() -> None:
    found = signs_of("")
    assert (found.counts, found.clauses) == (dict.fromkeys(KINDS, 0), 0)
    assert (found.team, found.budget) == (0, False)
    assert found.places == dict.fromkeys((*KINDS, "team", "budget"), ())


@settings(deadline=None)
@given(texts)
def test_places_lie_in_the_text(segmenter: Segmenter, text: str) -> None:
    found = level_signs(analyse(text, segmenter, posting=False))
    assert found.places.keys() == {*KINDS, "team", "budget"}
    for kind in KINDS:
        assert len(found.places[kind]) == min(found.counts[kind], 3)
        assert found.counts[kind] <= found.clauses
    assert all(0 <= span.start < span.end <= len(text) for spans in found.places.values() for span in spans)
    assert found.budget == bool(found.places["budget"])
    assert 0 <= found.team <= 999
