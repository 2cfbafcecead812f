"""The lexicon maps the ways of writing one thing to one word, and names the line that cannot be used."""

from pathlib import Path

import pytest

from matcher.language.lexicon import LexiconError, load_lexicon, parse_lexicon
from matcher.language.normalise import normalise
from matcher.language.segment import Segmenter


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """Variant → canonical form of the shipped lexicon."""
    return load_lexicon().canonical


@pytest.mark.parametrize(
    ("line", "variant", "canonical"),
    [
        ("標準作業流程 = SOP", "sop", "标准作业流程"),
        ("標準作業流程 = SOP", "标准作业流程", "标准作业流程"),
        ("客訴=顧客抱怨=客戶申訴", "客户申诉", "客诉"),
        ("  客服中心  =  Call   Center  ", "call center", "客服中心"),
        ("聊天機器人 = chat bot", "chatbot", "聊天机器人"),
        ("電子商務 = e-commerce", "e commerce", "电子商务"),
        ("電子商務 = e-commerce", "ecommerce", "电子商务"),
        ("ＫＰＩ ＝ 關鍵指標", "关键指标", "kpi"),
        ("客訴 = 顧客抱怨 # 不含建議", "顾客抱怨", "客诉"),
    ],
)
def test_every_way_of_writing_leads_to_the_first_word(line: str, variant: str, canonical: str) -> None:
    assert parse_lexicon(line, "詞庫.txt").canonical[variant] == canonical


def test_comments_and_empty_lines_say_nothing() -> None:
    assert parse_lexicon("# 客訴 = 顧客抱怨\n\n   \n#\n", "詞庫.txt").canonical == {}


def test_a_word_written_out_is_not_overruled_by_one_written_together() -> None:
    lexicon = parse_lexicon("甲工具 = chatbot\n乙工具 = chat bot", "詞庫.txt")
    assert lexicon.canonical["chatbot"] == "甲工具"
    assert lexicon.canonical["chat bot"] == "乙工具"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "客訴 = 顧客抱怨\n標準作業流程",
            "詞庫.txt 第 2 行：一組至少要有兩個詞，以「=」分開，收到「標準作業流程」。",
        ),
        ("標準作業流程 =", "詞庫.txt 第 1 行：詞至少要有兩個字，收到「」。"),
        ("標準作業流程 = = SOP", "詞庫.txt 第 1 行：詞至少要有兩個字，收到「」。"),
        ("客訴 = 訴", "詞庫.txt 第 1 行：詞至少要有兩個字，收到「诉」。"),
        (
            "客訴 = 顧客抱怨\n抱怨 = 顧客抱怨",
            "詞庫.txt 第 2 行：「顾客抱怨」已屬於「客诉」這一組，一個詞只能在一組。",
        ),
        ("客訴 = SOP\n流程 = sop", "詞庫.txt 第 2 行：「sop」已屬於「客诉」這一組，一個詞只能在一組。"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(text: str, message: str) -> None:
    with pytest.raises(LexiconError) as raised:
        parse_lexicon(text, "詞庫.txt")
    assert str(raised.value) == message


def test_a_variant_written_twice_in_its_own_group_does_no_harm() -> None:
    assert parse_lexicon("客訴 = 客訴 = 客诉 = 顧客抱怨", "詞庫.txt").canonical == {
        "客诉": "客诉",
        "顾客抱怨": "客诉",
    }


def test_the_version_follows_the_content() -> None:
    one, same, other = (parse_lexicon(t, "x").version for t in ("客訴 = 抱怨", "客訴 = 抱怨", "客訴 = 申訴"))
    assert one == same != other
    assert len(one) == 12


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "自己的.txt"
    path.write_text("工單 = ticket\n", encoding="utf-8-sig")
    assert load_lexicon(path).canonical == {"工单": "工单", "ticket": "工单"}
    path = tmp_path / "壞的.txt"
    path.write_text("工單\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"壞的\.txt 第 1 行"):
        load_lexicon(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("顧客", "客戶"),
        ("顾客", "客戶"),
        ("SOP", "標準作業流程"),
        ("ＳＯＰ", "標準作業程序"),
        ("CRM", "顧客關係管理"),
        ("客戶抱怨", "客訴"),
        ("call center", "客服中心"),
    ],
)
def test_the_shipped_lexicon_knows_the_trade(shipped: dict[str, str], one: str, other: str) -> None:
    assert shipped[normalise(one)] == shipped[normalise(other)]


def test_every_variant_of_the_shipped_lexicon_is_found_in_a_text(
    shipped: dict[str, str], segmenter: Segmenter
) -> None:
    lost = [
        variant
        for variant, canonical in shipped.items()
        if all((term.text, term.start) != (canonical, 0) for term in segmenter.terms(variant))
    ]
    assert lost == []


def test_the_first_word_of_a_group_stands_for_itself(shipped: dict[str, str]) -> None:
    assert {first for first in shipped.values() if shipped[first] != first} == set()
