"""The published iCAP document → `Standard`: layout traps and damaged documents."""

from pathlib import Path

import pytest

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.icap import Row, StandardFormatError, parse_file, parse_rows, parse_text, read_rows
from matcher.standard import Attitude, Classification, Conditions, Note

EXAMPLES = Path(__file__).parent / "standards"
PUBLISHED = data_path("standards", "BAS2421-003v4.txt").read_text(encoding="utf-8")
WAREHOUSE = (EXAMPLES / "ZZW9001-901v2.txt").read_text(encoding="utf-8")
BAKER = (EXAMPLES / "ZZF7512-902.txt").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds `part`."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def damaged(old: str, new: str, text: str = PUBLISHED) -> str:
    """The document with the first `old` replaced."""
    assert old in text
    return text.replace(old, new, 1)


def refused(text: str) -> StandardFormatError:
    """The error with which the document is refused."""
    with pytest.raises(StandardFormatError) as caught:
        parse_text(text)
    return caught.value


# --- layout ---


def test_knowledge_parted_by_a_page_break_is_whole() -> None:
    standard = parse_text(PUBLISHED)
    assert standard.item("K11").text == "組織之專案資訊資源、指引和支援"
    assert "K11" in standard.task("T2.2").knowledge


def test_a_row_with_a_blank_task_cell_belongs_to_the_task_before() -> None:
    assert [i.code for i in parse_text(PUBLISHED).task("T2.2").indicators][-1] == "P2.2.5"


def test_a_task_without_output() -> None:
    assert parse_text(PUBLISHED).task("T1.2").outputs == ()


@pytest.mark.parametrize(
    "changed",
    [
        PUBLISHED.replace("\n", "\r\n"),
        "\ufeff" + PUBLISHED,
        "\n".join(line.rstrip() for line in PUBLISHED.split("\n")),
        "\n".join(line.rstrip() for line in PUBLISHED.split("\n") if line.strip()),
        PUBLISHED.replace(" P", "P").replace(" K0", "K0").replace(" S0", "S0"),
        PUBLISHED.replace("職能基準代碼\t\tBAS", "職能基準代碼：\tBAS"),
        PUBLISHED.replace(" (擇一填寫)", "（擇一填寫）").replace("職能內涵 (", "職能內涵（"),
        PUBLISHED.replace("- A0", "● A0").replace(" - ", "•"),
    ],
    ids=[
        "windows-line-ends",
        "byte-order-mark",
        "no-trailing-tabs",
        "no-blank-lines",
        "codes-without-spaces",
        "label-with-colon",
        "full-width-brackets",
        "other-bullets",
    ],
)
def test_layout_does_not_change_the_standard(changed: str) -> None:
    assert changed != PUBLISHED
    assert parse_text(changed) == parse_text(PUBLISHED)


def test_columns_are_found_by_their_headings() -> None:
    table_begins, table_ends = line_of(PUBLISHED, "主要職責"), line_of(PUBLISHED, "職能內涵 (A=")
    lines = PUBLISHED.split("\n")
    for number in range(table_begins - 1, table_ends - 1):
        lines[number] = "\t".join(reversed(lines[number].split("\t")))
    assert parse_text("\n".join(lines)) == parse_text(PUBLISHED)


def test_rows_of_another_reader_may_hold_wrapped_and_padded_cells() -> None:
    def wrap(cell: str) -> str:
        return " " + cell.replace("客戶", "客\n戶").replace("、", "、\n") + "\n"

    rows = [row for row in read_rows(PUBLISHED) if len(row.cells) > 1]
    wrapped = [Row(row.line, tuple(map(wrap, row.cells))) for row in rows]
    standard, published = parse_rows(wrapped), parse_text(PUBLISHED)
    assert standard.duties == published.duties
    assert standard.knowledge == published.knowledge
    assert standard.versions == published.versions
    assert standard.description == published.description


def test_warehouse_duties_tasks_and_levels() -> None:
    standard = parse_text(WAREHOUSE)
    assert [(duty.code, duty.name) for duty in standard.duties] == [
        ("T1", "管理進出貨作業"),
        ("T2", "規劃倉儲空間"),
        ("T3", "改善倉儲績效"),
    ]
    assert [(task.code, task.name, task.level) for task in standard.tasks] == [
        ("T1.1", "驗收進貨", 2),
        ("T1.2", "安排出貨", 3),
        ("T2.1", "規劃儲位與動線", 4),
        ("T3.1", "擬定改善策略", 5),
    ]
    assert standard.levels == (2, 3, 4, 5)
    assert standard.base_level == 4


def test_warehouse_name_is_a_job_family_in_two_occupation_classes() -> None:
    standard = parse_text(WAREHOUSE)
    assert (standard.name, standard.job_family, standard.occupation) == ("倉儲管理人員", "倉儲管理人員", "")
    assert standard.occupation_classes == (
        Classification("倉儲及運輸經理人員", "9001"),
        Classification("存貨事務人員", "9002"),
    )


def test_warehouse_texts_parted_by_pages_headers_titles_and_page_numbers_are_whole() -> None:
    standard = parse_text(WAREHOUSE)
    assert standard.description == "規劃倉庫的儲位與動線，管理進出貨作業，並確保庫存正確與作業安全。"
    assert [output.text for output in standard.task("T2.1").outputs] == ["儲位配置圖"]
    assert standard.item("P1.1.2").text == "發現短缺或破損時，拍照存證並通知採購人員。"
    assert standard.item("K02").text == "倉儲管理系統概念"
    assert standard.item("S02").text == "使用Microsoft Excel製作報表能力"


def test_warehouse_codes_referred_to_without_text_and_text_that_begins_with_a_digit() -> None:
    standard = parse_text(WAREHOUSE)
    assert standard.task("T1.2").knowledge == ("K02", "K03")
    assert standard.item("K03").text == "3D立體倉庫概念"


def test_warehouse_attitudes_may_share_a_line_lack_a_description_and_run_over_a_line() -> None:
    assert parse_text(WAREHOUSE).attitudes == (
        Attitude("A01", "謹慎細心", "能仔細核對每個環節。"),
        Attitude("A02", "主動積極", ""),
        Attitude("A03", "團隊合作", "願意與同事分享資訊，共同完成目標。"),
    )


def test_warehouse_asks_for_nothing() -> None:
    standard = parse_text(WAREHOUSE)
    assert standard.conditions == Conditions(("無",), None, None)
    assert standard.notes == ()


def test_baker_has_one_duty_and_no_history_outputs_attitudes_or_industry() -> None:
    standard = parse_text(BAKER)
    assert (standard.code, standard.name, standard.base_level) == ("ZZF7512-902", "烘焙師", 2)
    assert [(task.code, task.level) for task in standard.tasks] == [("T1.1", 1), ("T1.2", 3)]
    assert [task.outputs for task in standard.tasks] == [(), ()]
    assert (standard.versions, standard.attitudes, standard.industry_classes) == ((), (), ())
    codes = [item.code for item in standard.items]
    assert codes == ["P1.1.1", "P1.2.1", "P1.2.2", "K01", "K02", "K03", "S01", "S02"]


def test_baker_conditions_and_notes() -> None:
    standard = parse_text(BAKER)
    assert standard.conditions == Conditions(
        ("高中職以上畢業，或具烘焙相關工作經驗三年以上。", "具備烘焙食品丙級技術士證照尤佳。"), "高中職", 3
    )
    assert standard.notes == (
        Note(
            "【註1】食品安全衛生：包括食品良好衛生規範（GHP）、過敏原標示（蛋、奶、堅果），以及病媒防治。",
            "食品安全衛生",
            ("食品良好衛生規範（GHP）", "過敏原標示（蛋、奶、堅果）", "病媒防治"),
        ),
        Note("熟成程度：指麵包內部組織達到應有的彈性。", "熟成程度", ()),
        Note("本基準適用於門市與中央廚房", None, ()),
    )


@pytest.mark.parametrize(
    ("wording", "education", "years"),
    [
        ("大專以上畢業，且具相關工作經驗2年以上。", "大專", 2),
        ("大學以上畢業，具3年以上相關工作經驗。", "大學", 3),
        ("專科畢業者。", "大專", None),
        ("高中（職）以上畢業，具５年以上工作經驗。", "高中職", 5),
        ("研究所以上畢業，且具一年以上實務經驗。", "碩士", 1),
        ("具十二年以上相關經歷。", None, 12),
        ("具兩年以上年資。", None, 2),
        ("具相關工作經驗3-5年。", None, 3),
        ("二年制專科畢業。", "大專", None),
        ("大學畢業具1年經驗，或高中職畢業具3年經驗。", "高中職", 1),
        ("學歷不拘。", None, None),
    ],
)
def test_conditions(wording: str, education: str | None, years: int | None) -> None:
    standard = parse_text(damaged("大專以上畢業，且具相關工作經驗2年以上。", wording))
    assert standard.conditions == Conditions((wording,), education, years)


@pytest.mark.parametrize(
    ("wording", "term", "includes"),
    [
        ("資源：如人力、物力及財力等。", "資源", ("人力", "物力", "財力")),
        ("資源：例如推廣普及的通路、人力", "資源", ("推廣普及的通路", "人力")),
        ("抱怨：如何處理由組織決定。", "抱怨", ()),
        ("以上僅供參考。", None, ()),
    ],
)
def test_notes(wording: str, term: str | None, includes: tuple[str, ...]) -> None:
    standard = parse_text(damaged("利益關係人：包含客戶、股東、董監事、上下游合作廠商等。", wording))
    assert standard.notes[-1] == Note(wording, term, includes)


# --- damaged documents ---


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff\n"])
def test_an_empty_document(text: str) -> None:
    error = refused(text)
    assert "空" in str(error)
    assert error.line is None


def test_a_file_that_is_another_document() -> None:
    error = refused("王小明\n求職意向：客服人員\n")
    assert str(error).startswith("第 1 行：這不是 iCAP 職能基準文件")
    assert "王小明" in str(error)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("K02產業規範", "K01產業規範", "T1.1分析", "K01 重複"),
        ("P1.1.2運用", "P1.1.1運用", "T1.1分析", "P1.1.1 重複"),
        ("T1.2促進", "T1.1促進", "T1.1促進", "T1.1 重複"),
        ("T2企劃", "T1企劃", "T1企劃", "T1 重複"),
        ("A02持續", "A01持續", "A01持續", "A01 重複"),
        ("P2.2.5整合", "P2.2.4整合", "P2.2.4整合", "P2.2.4 重複"),
        ("V3\tBAS2421-003v3", "V3\tBAS2421-003v4", "V3\t", "BAS2421-003v4 重複"),
        ("基準級別\t\t3", "基準級別\t\t3\n基準級別\t\t4", "基準級別\t\t4", "「基準級別」重複"),
        ("P1.1.3比較", "P1.1.5比較", "T1.1分析", "應是 P1.1.3，讀到 P1.1.5"),
        ("P1.1.4建立", "P1.2.4建立", "T1.1分析", "應是 P1.1.4，讀到 P1.2.4"),
        ("O2.1.1客戶", "O2.1.2客戶", "T2.1確認", "應是 O2.1.1，讀到 O2.1.2"),
        ("T2.2評估", "T2.4評估", "T2.4評估", "應是 T2.2，讀到 T2.4"),
        ("T2企劃", "T3企劃", "T3企劃", "應是 T2，讀到 T3"),
        ("A03追求", "A07追求", "A07追求", "應是 A03，讀到 A07"),
        ("K12預算管理知識", "K13預算管理知識", "T2.3協助", "應是 K12，讀到 K13"),
        ("S09預算", "S10預算", "T2.3協助", "應是 S09，讀到 S10"),
        ("。\t4\tK05", "。\t7\tK05", "T2.3協助", "1 到 6 的整數，讀到「7」"),
        ("。\t4\tK05", "。\t0\tK05", "T2.3協助", "1 到 6 的整數，讀到「0」"),
        ("。\t4\tK05", "。\t四\tK05", "T2.3協助", "1 到 6 的整數，讀到「四」"),
        ("專案管理工具。\t\t", "專案管理工具。\t4\t", "P2.2.5整合", "T2.2 有兩個職能級別：3 與 4"),
        ("基準級別\t\t3", "基準級別\t\t9", "基準級別\t", "1 到 6 的整數，讀到「9」"),
        ("。\t4\tK05", "。\t\tK05", "T2.3協助", "T2.3 沒有職能級別"),
        (" K12預算管理知識", " K12", "T2.3協助", "K12 只有代碼"),
        ("S09預算管理能力", "S09", "T2.3協助", "S09 只有代碼"),
        ("P2.2.5整合新設施資源之使用及專案管理工具。", "P2.2.5", "P2.2.5", "P2.2.5 只有代碼"),
        ("T2企劃客戶服務項目", "T2", "T2.1確認", "T2 只有代碼"),
        ("和支援\t\n", "與支援\t\n", "T2.2評估", "K11 有兩種文字"),
        ("和支援\t\n", "\t\n", "T2.3協助", "K11 有兩種文字"),
        (
            "K05影響業務營運相關法規 K06顧客關係管理\t",
            "K05影響營運法規 K06顧客關係管理\t",
            "T2.1確認",
            "K05 有兩種",
        ),
        ("\tP1.1.1確認", "\t確認", "T1.1分析", "「行為指標」應以代碼開頭（如 P1.1.1）"),
        ("O1.1.1產品", "P1.1.1產品", "T1.1分析", "「工作產出」應以代碼開頭（如 O1.1.1）"),
        ("T2企劃客戶服務項目\tT2.1", "\tT2.1", "T2.1確認", "T2.1 沒有主要職責 T2"),
        ("T2企劃客戶服務項目\tT2.1確認", "T2企劃\t確認", "T2企劃", "同列"),
        ("T1.2促進客戶服務價值", "T1.2促進客戶 T1.3服務價值", "T1.2促進", "只有一個工作任務"),
        ("K12預算管理知識\tS01", "K12預算管理知識\t多\tS01", "T2.3協助", "表格的列應有 7 欄"),
        ("職能級別\t職能內涵 (K", "級別\t職能內涵 (K", "主要職責", "表頭缺少欄位：職能級別"),
        ("職能內涵 (S=skills 技能)", "職能內涵", "主要職責", "表頭缺少欄位：技能"),
        ("狀態\t", "", "版本\t", "版本表頭缺少欄位：狀態"),
        ("V3\tBAS2421-003v3", "V3\t", "V3\t", "版本列的代碼應像 BAS2421-003v4"),
        ("V3\tBAS2421-003v3", "V3\t../../etc", "V3\t", "讀到「../../etc」"),
        ("職能基準代碼\t\tBAS2421-003v4", "職能基準代碼\t\t../BAS", "職能基準代碼\t\t", "讀到「../BAS」"),
        (
            "職能基準代碼\t\tBAS2421-003v4",
            "職能基準代碼\t\tBAS2421-003v9",
            "職能基準代碼\t\t",
            "BAS2421-003v9",
        ),
        ("職業\t客戶服務企劃人員", "職業\t", "職能基準代碼\t\t", "職類與職業都是空白"),
        ("工作描述\t\t依據", "備註\t\t依據", "備註\t\t依據", "不認得的內容：「備註」"),
        ("T1.2促進客戶服務價值\t", "T1.2促進客戶服務價值\t\t\t\t\t\t\t", "T1.2促進", "表格的列應有 7 欄"),
    ],
)
def test_damage_is_named_with_its_line(old: str, new: str, at: str, said: str) -> None:
    """`at` stands in the line that the error names."""
    text = damaged(old, new)
    error = refused(text)
    assert said in str(error)
    assert error.line == line_of(text, at)
    assert str(error).startswith(f"第 {error.line} 行：")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("職能基準代碼\t\t", "找不到「職能基準代碼」"),
        ("工作描述", "缺少「工作描述」"),
        ("基準級別", "缺少「基準級別」"),
        ("T1.1分析", "應是 T1，讀到 T2"),
        ("P2.2.5整合", "K11 有兩種文字"),
    ],
)
def test_a_missing_line_is_noticed(part: str, said: str) -> None:
    lines = PUBLISHED.split("\n")
    del lines[line_of(PUBLISHED, part) - 1]
    assert said in str(refused("\n".join(lines)))


def test_no_table() -> None:
    lines = PUBLISHED.split("\n")[: line_of(PUBLISHED, "主要職責") - 1]
    assert "找不到「主要職責、工作任務表格」" in str(refused("\n".join(lines)))


def test_a_task_without_indicators() -> None:
    text = BAKER.replace("P1.1.1依配方秤量原料，誤差在允許範圍內。", "")
    error = refused(text)
    assert "T1.1 沒有行為指標" in str(error)
    assert error.line == line_of(text, "T1.1")


def test_a_text_line_inside_the_table() -> None:
    error = refused(damaged("\tT2.2", "客服部門內部文件\n\tT2.2"))
    assert "客服部門內部文件" in str(error)


# --- files ---


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "big5.txt"
    path.write_bytes("客戶服務企劃人員職能基準".encode("cp950"))
    with pytest.raises(StandardFormatError, match=r"big5.txt 不是 UTF-8"):
        parse_file(path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match=r"找不到檔案「.*沒有\.txt」"):
        parse_file(tmp_path / "沒有.txt")
