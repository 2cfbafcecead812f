"""The shipped standard fact by fact, its JSON, and the directory of standards."""

import json
from pathlib import Path
from typing import Any

import pytest

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.icap import parse_file
from matcher.standard import (
    Classification,
    Conditions,
    Knowledge,
    Note,
    Output,
    Skill,
    Standard,
    Version,
    available_standards,
    load_standard,
    save_standard,
)

CODE = "BAS2421-003v4"
SOURCE = data_path("standards", f"{CODE}.txt")
WAREHOUSE = Path(__file__).parent / "standards" / "ZZW9001-901v2.txt"


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load_standard(CODE)


# --- the shipped standard ---


def test_the_shipped_json_is_what_the_published_text_gives() -> None:
    assert data_path("standards", f"{CODE}.json").read_text(encoding="utf-8") == parse_file(SOURCE).to_json()


def test_names_classes_and_description(standard: Standard) -> None:
    assert (standard.code, standard.name) == (CODE, "客戶服務企劃人員")
    assert standard.title == "客戶服務企劃人員職能基準"
    assert (standard.job_family, standard.occupation) == ("", "客戶服務企劃人員")
    assert standard.job_classes == (Classification("企業經營管理 / 行政支援", "BAS"),)
    assert standard.occupation_classes == (Classification("組織及政策管理專業人員", "2421"),)
    assert standard.industry_classes == (Classification("支援服務業 / 行政支援服務業", "N8209"),)
    assert standard.description == (
        "依據組織所提供之產品及服務內涵，分析客戶需求，優化並協助制訂客戶服務標準作業流程。"
    )
    assert standard.base_level == 3


def test_duties_tasks_and_levels(standard: Standard) -> None:
    assert [(duty.code, duty.name, [task.code for task in duty.tasks]) for duty in standard.duties] == [
        ("T1", "分析促進客戶服務工作服務知識", ["T1.1", "T1.2"]),
        ("T2", "企劃客戶服務項目", ["T2.1", "T2.2", "T2.3"]),
    ]
    assert [(task.code, task.name, task.level) for task in standard.tasks] == [
        ("T1.1", "分析內外環境及衡量產品與服務", 3),
        ("T1.2", "促進客戶服務價值", 3),
        ("T2.1", "確認企劃創新要素", 3),
        ("T2.2", "評估資源", 3),
        ("T2.3", "協助制定客服標準作業流程", 4),
    ]
    assert standard.levels == (3, 4)


def test_outputs(standard: Standard) -> None:
    assert {task.code: task.outputs for task in standard.tasks} == {
        "T1.1": (Output("O1.1.1", "產品及客服市場分析定位報告"),),
        "T1.2": (),
        "T2.1": (Output("O2.1.1", "客戶服務措施分析報告"),),
        "T2.2": (Output("O2.2.1", "組織內部資源彙整報告"),),
        "T2.3": (Output("O2.3.1", "客服作業計畫"),),
    }


def test_indicators(standard: Standard) -> None:
    assert {indicator.code: indicator.text for task in standard.tasks for indicator in task.indicators} == {
        "P1.1.1": "確認商業模式的產品及服務、目標客群等，並評估有效性的方案。",
        "P1.1.2": "運用相關資訊來源，確定指定區域的產品通路和關鍵資源。",
        "P1.1.3": "比較相關產品或競品差異化分析。",
        "P1.1.4": "建立產品和服務之差異及價值，區隔不同的客戶所需產品。",
        "P1.2.1": "確定產品和服務之潛在客戶定位、產品價值及市場定位。",
        "P1.2.2": "依利益關係人角度，檢視現有產品和服務的特色。",
        "P1.2.3": "依組織政策及法律規範，呈現產品和服務的特色。",
        "P1.2.4": "提供優質服務方案，確保有效解決客戶問題，建立客戶忠誠度。",
        "P2.1.1": "定義一般客戶之服務特點，並分析客戶角色與業務需求。",
        "P2.1.2": "確認與分析滿足業務需求的企劃創新要素。",
        "P2.1.3": "檢視客戶消費旅程，確認設計原則及措施的適當性。",
        "P2.1.4": "與利益關係人確認企劃創新的細節。",
        "P2.2.1": "掌握預算限制，並從合作供應商中，發現可用的資源。",
        "P2.2.2": "為各個企劃創新面向，找到合適的替代資源與供應商。",
        "P2.2.3": "分析服務品質及效率，比較各個替代方案。",
        "P2.2.4": "為每個企劃創新面向建立資源。",
        "P2.2.5": "整合新設施資源之使用及專案管理工具。",
        "P2.3.1": "規劃緊急應變措施與標準作業流程。",
        "P2.3.2": "對所有資源發展有效的測試程序與計畫。",
        "P2.3.3": "擬定衡量指標及各項作業管控點。",
        "P2.3.4": "管控預算，並維持相關資源及工作的品質。",
    }


def test_knowledge_and_skills(standard: Standard) -> None:
    assert standard.knowledge == (
        Knowledge("K01", "產品和服務知識"),
        Knowledge("K02", "產業規範與法規要求"),
        Knowledge("K03", "組織客服政策與程序"),
        Knowledge("K04", "潛在用戶或買方市場"),
        Knowledge("K05", "影響業務營運相關法規"),
        Knowledge("K06", "顧客關係管理"),
        Knowledge("K07", "專案管理原則"),
        Knowledge("K08", "風險管理原則"),
        Knowledge("K09", "智慧客服軟硬體概念"),
        Knowledge("K10", "測試程序和計劃原則"),
        Knowledge("K11", "組織之專案資訊資源、指引和支援"),
        Knowledge("K12", "預算管理知識"),
    )
    assert standard.skills == (
        Skill("S01", "資訊科技應用能力"),
        Skill("S02", "分析銷售資訊與數據能力"),
        Skill("S03", "文書處理能力"),
        Skill("S04", "簡報能力"),
        Skill("S05", "問題分析能力"),
        Skill("S06", "溝通協調能力"),
        Skill("S07", "計劃和組織能力"),
        Skill("S08", "專案管理能力"),
        Skill("S09", "預算管理能力"),
    )


@pytest.mark.parametrize(
    ("task", "knowledge", "skills"),
    [
        ("T1.1", "K01 K02 K03 K04 K05", "S01 S02 S03 S04 S05"),
        ("T1.2", "K01 K02 K03 K04 K05", "S01 S02 S03 S04"),
        ("T2.1", "K05 K06", "S01 S04 S05"),
        ("T2.2", "K05 K06 K07 K08 K09 K10 K11", "S01 S04 S05 S06 S07 S08"),
        ("T2.3", "K05 K06 K08 K09 K10 K11 K12", "S01 S04 S05 S06 S07 S09"),
    ],
)
def test_knowledge_and_skills_of_each_task(
    standard: Standard, task: str, knowledge: str, skills: str
) -> None:
    assert standard.task(task).knowledge == tuple(knowledge.split())
    assert standard.task(task).skills == tuple(skills.split())


def test_attitudes(standard: Standard) -> None:
    assert [(attitude.code, attitude.name) for attitude in standard.attitudes] == [
        ("A01", "謹慎細心"),
        ("A02", "持續學習"),
        ("A03", "追求卓越"),
        ("A04", "彈性"),
        ("A05", "主動積極"),
        ("A06", "好奇開放"),
    ]
    assert standard.attitudes[5].description == "容易受到複雜新穎的事物吸引，且易於接受新觀念的傾向。"


def test_conditions_and_notes(standard: Standard) -> None:
    assert standard.conditions == Conditions(("大專以上畢業，且具相關工作經驗2年以上。",), "大專", 2)
    assert standard.notes == (
        Note(
            "影響業務營運相關法規：如反歧視法規、道德原則、個資法、合約、職業安全衛生相關規範、"
            "產業相關法規及消費者法等。",
            "影響業務營運相關法規",
            (
                "反歧視法規",
                "道德原則",
                "個資法",
                "合約",
                "職業安全衛生相關規範",
                "產業相關法規",
                "消費者法",
            ),
        ),
        Note(
            "利益關係人：包含客戶、股東、董監事、上下游合作廠商等。",
            "利益關係人",
            ("客戶", "股東", "董監事", "上下游合作廠商"),
        ),
    )


def test_history(standard: Standard) -> None:
    assert standard.versions == (
        Version("V4", "BAS2421-003v4", "客戶服務企劃人員", "最新版本", "略", "2025/12/15"),
        Version(
            "V3",
            "BAS2421-003v3",
            "客戶服務企劃人員",
            "歷史版本",
            "已被《BAS2421-003v4》取代",
            "2021/12/31",
        ),
        Version(
            "V2",
            "BAS2421-003v2",
            "客戶服務企劃人員",
            "歷史版本",
            "已被《BAS2421-003v3》取代",
            "2019/12/31",
        ),
        Version(
            "V1",
            "BAS2421-003v1",
            "客戶服務規劃人員",
            "歷史版本",
            "已被《BAS2421-003v2》取代",
            "2016/12/31",
        ),
    )


# --- items and look-ups ---


def test_the_42_items_stand_in_the_order_of_the_standard(standard: Standard) -> None:
    codes = [item.code for item in standard.items]
    assert len(codes) == 42
    assert codes[:5] == ["P1.1.1", "P1.1.2", "P1.1.3", "P1.1.4", "P1.2.1"]
    assert codes[20:22] == ["P2.3.4", "K01"]
    assert codes[32:34] == ["K12", "S01"]
    assert codes[-1] == "S09"
    assert [item.kind for item in standard.items] == ["indicator"] * 21 + ["knowledge"] * 12 + ["skill"] * 9


def test_look_up_by_code(standard: Standard) -> None:
    assert standard.item("K12") == Knowledge("K12", "預算管理知識")
    assert standard.item("P2.2.5").kind == "indicator"
    assert standard.task("T2.3").level == 4


def test_look_up_of_an_unknown_code_names_it_and_the_known_ones(standard: Standard) -> None:
    with pytest.raises(MatcherError, match=r"「K13」.*K12、S01"):
        standard.item("K13")
    with pytest.raises(MatcherError, match=r"「T3\.1」.*T1\.1、T1\.2"):
        standard.task("T3.1")


# --- JSON ---


@pytest.mark.parametrize("source", [SOURCE, WAREHOUSE], ids=lambda path: path.stem)
def test_json_and_back(source: Path) -> None:
    standard = parse_file(source)
    data = standard.to_dict()
    assert data["schema"] == "standard/1"
    assert json.loads(json.dumps(data)) == data
    assert Standard.from_dict(data) == standard
    assert Standard.from_dict(json.loads(standard.to_json())).to_json() == standard.to_json()


def with_change(standard: Standard, path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The standard's data with one place changed."""
    data = standard.to_dict()
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("schema",), "standard/9", "應為「standard/1」，讀到「standard/9」"),
        (("base_level",), 7, r"\$\.base_level"),
        (("duties", 0, "tasks", 1, "level"), 0, r"\$\.duties\[0\]\.tasks\[1\]\.level"),
        (("knowledge", 2, "text"), None, r"\$\.knowledge\[2\]\.text"),
        (("duties",), "T1", r"\$\.duties"),
    ],
)
def test_data_that_do_not_fit_are_refused_by_place(
    standard: Standard, path: tuple[str | int, ...], value: object, said: str
) -> None:
    with pytest.raises(MatcherError, match=said):
        Standard.from_dict(with_change(standard, path, value))


def test_data_that_lack_a_field_are_refused(standard: Standard) -> None:
    data = standard.to_dict()
    del data["skills"]
    with pytest.raises(MatcherError, match="skills"):
        Standard.from_dict(data)


# --- the directory of standards ---


def test_the_shipped_standard_is_available() -> None:
    assert CODE in available_standards()


@pytest.mark.parametrize("code", ["BAS2421-003v9", "", "../standards/BAS2421-003v4"])
def test_an_unknown_standard_is_named_with_those_there_are(code: str) -> None:
    with pytest.raises(MatcherError, match=rf"沒有職能基準「{code}」；現有：.*{CODE}"):
        load_standard(code)


def test_a_directory_without_standards(tmp_path: Path) -> None:
    assert available_standards(tmp_path) == ()
    with pytest.raises(MatcherError, match="現有：（無）"):
        load_standard(CODE, tmp_path)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b'{"schema": "standard/1"}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "X.json").write_bytes(content)
    with pytest.raises(MatcherError, match=r"無法讀取職能基準檔 X\.json"):
        load_standard("X", tmp_path)


def test_saved_standards_load_again(tmp_path: Path) -> None:
    standard = parse_file(WAREHOUSE)
    directory = tmp_path / "new" / "folder"
    assert save_standard(standard, directory) == directory / "ZZW9001-901v2.json"
    assert available_standards(directory) == ("ZZW9001-901v2",)
    assert load_standard("ZZW9001-901v2", directory) == standard
    assert [path.name for path in directory.iterdir()] == ["ZZW9001-901v2.json"]
