"""Text becomes terms: jieba's words, names in Latin letters, and what the lexicon makes of both."""

import json
import marshal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.data import data_path
from matcher.language import segment
from matcher.language.lexicon import load_lexicon, parse_lexicon
from matcher.language.normalise import normalise
from matcher.language.segment import Segmenter, Term, default_segmenter
from tests.any_text import texts

MADE = Path(__file__).parent.parent / "eval" / "sets" / "made" / "documents.jsonl"


def words(segmenter: Segmenter, text: str) -> list[str]:
    """The texts of the terms of ``text``."""
    return [term.text for term in segmenter.terms(normalise(text))]


@pytest.fixture(scope="module")
def plain() -> Segmenter:
    """A segmenter without lexicon and words of our own."""
    return Segmenter(parse_lexicon("", "空"))


@pytest.fixture(scope="module")
def small() -> Segmenter:
    """A segmenter with a lexicon that a test can be read against."""
    lexicon = """
    標準作業流程 = SOP = 標準作業程序 = standard operating procedure
    客服 = 客戶服務 = customer service
    客服中心 = call center
    客戶 = 顧客
    聊天機器人 = chat bot
    ISO 9001 = ISO 9001:2015
    """
    return Segmenter(parse_lexicon(lexicon, "小詞庫"), ["接通率"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("產品和服務之差異", ["产品", "服务", "差异"]),  # 和 and 之 join and mean nothing
        ("我們的流程", ["我们", "流程"]),
        ("编列年度预算", ["编列", "年度预算", "年度", "预算"]),
        ("預算！（2024）《流程》", ["预算", "流程"]),
        ("12,345 3.5% 09:00", []),
        ("", []),
        (" \n\t", []),
        ("😀👩‍💻", []),
        ("的 與 及", []),
    ],
)
def test_han_text_is_cut_by_the_dictionary(plain: Segmenter, text: str, expected: list[str]) -> None:
    assert words(plain, text) == expected


def test_a_long_word_brings_the_words_inside_it(plain: Segmenter) -> None:
    assert plain.terms("使用者") == [Term("使用者", 0, 3), Term("使用", 0, 2), Term("用者", 1, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Excel", ["excel"]),
        ("C++、C#", ["c++", "c#"]),
        ("Node.js", ["node.js", "node", "js"]),
        ("P&L", ["p&l"]),
        ("5S、3C、24h", ["5s", "3c", "24h"]),
        ("CRM系統", ["crm", "系统"]),
        ("Ｅｘｃｅｌ", ["excel"]),
        ("3.5", []),
        ("O2O", ["o2o"]),
        ("WORD／PPT", ["word", "ppt"]),
        ("a.b@c.com", ["a.b", "c.com", "com"]),
    ],
)
def test_latin_words_keep_what_belongs_to_a_name(plain: Segmenter, text: str, expected: list[str]) -> None:
    assert words(plain, text) == expected


@pytest.mark.parametrize(
    "text", ["ISO 9001", "iso9001", "ISO-9001", "ISO／9001", "ISO/IEC 9001", "ISO 9001:2015"]
)
def test_an_iso_number_is_one_word_however_written(small: Segmenter, text: str) -> None:
    assert [(term.text, term.start) for term in small.terms(normalise(text))] == [("iso 9001", 0), ("iso", 0)]


def test_an_iso_number_that_the_lexicon_lacks_is_iso(small: Segmenter) -> None:
    assert small.terms("iso 14001、iso") == [Term("iso", 0, 9), Term("iso", 10, 13)]


@pytest.mark.parametrize(
    "text",
    [
        *("標準作業流程", "标准作业流程", "標準作業程序", "SOP", "ｓｏｐ"),
        *("Standard Operating Procedure", "standard-operating_procedure"),
    ],
)
def test_every_way_of_writing_becomes_the_same_terms(small: Segmenter, text: str) -> None:
    found = small.terms(normalise(text))
    assert [term.text for term in found] == ["标准作业流程", "标准", "作业", "流程"]
    assert {(term.start, term.end) for term in found} == {(0, len(text))}


@pytest.mark.parametrize("text", ["chat bot", "chat-bot", "chat_bot", "chat  bot", "chatbot", "Chat Bot"])
def test_gaps_inside_a_latin_phrase_do_not_matter(small: Segmenter, text: str) -> None:
    assert words(small, text)[0] == "聊天机器人"


@pytest.mark.parametrize("text", ["chat, bot", "chat/bot", "chat bots", "chat   bot", "chat"])
def test_other_words_are_not_the_phrase(small: Segmenter, text: str) -> None:
    assert "聊天机器人" not in words(small, text)


def test_the_longest_phrase_counts() -> None:
    segmenter = Segmenter(parse_lexicon("客服 = customer service\n客服人員 = customer service agent", "x"))
    assert words(segmenter, "customer service agent")[0] == "客服人员"
    assert words(segmenter, "customer service desk")[0] == "客服"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("顧客", ["客户"]),
        ("顧客服務", ["客户", "服务"]),
        ("客戶服務", ["客服"]),
        ("SOP流程", ["标准作业流程", "标准", "作业", "流程", "流程"]),
        ("接通率", ["接通率", "接通"]),  # one of our own words
    ],
)
def test_the_lexicon_translates_words(small: Segmenter, text: str, expected: list[str]) -> None:
    assert words(small, text) == expected


def test_groups_that_hold_each_others_words_come_to_an_end() -> None:
    segmenter = Segmenter(parse_lexicon("流程管理 = 管理流程\n管理 = 流程管理師\n流程 = 管理師", "x"))
    assert words(segmenter, "管理流程") == ["流程管理", "流程", "管理"]


def test_a_canonical_form_of_two_scripts_brings_its_words() -> None:
    segmenter = Segmenter(parse_lexicon("SWOT分析 = 強弱危機分析", "x"))
    assert words(segmenter, "強弱危機分析") == ["swot分析", "swot", "分析"]


def test_places_are_those_of_the_longer_text(small: Segmenter) -> None:
    here = small.terms("负责sop，客户")
    there = small.terms("负责sop，客户", range(1000, 1009))
    assert there == [Term(term.text, term.start + 1000, term.end + 1000) for term in here]
    assert [(t.start, t.end) for t in here] == [(0, 2), (2, 5), (2, 5), (2, 5), (2, 5), (6, 8)]


def test_what_was_remembered_does_not_change_the_terms(
    small: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small.terms("客户服务中心的作业流程与使用者满意度分析")
    monkeypatch.setattr(segment, "_MOST_EXPANSIONS", 1)
    assert small.terms("客户服务中心的作业流程与使用者满意度分析") == first


@settings(deadline=None)
@given(texts)
def test_terms_lie_in_the_text_in_order(segmenter: Segmenter, text: str) -> None:
    normalised = normalise(text)
    found = segmenter.terms(normalised)
    assert all(0 <= term.start < term.end <= len(text) for term in found)
    assert [term.start for term in found] == sorted(term.start for term in found)


@settings(deadline=None)
@given(texts)
def test_a_term_is_what_its_place_says_or_what_the_lexicon_makes_of_it(
    segmenter: Segmenter, text: str
) -> None:
    normalised, variants = normalise(text), load_lexicon().canonical
    for term in segmenter.terms(normalised):
        said = normalised[term.start : term.end]
        if said >= "\u3400" and said not in variants:
            assert term.text == said


# ── jieba is the reference, rjieba the fast twin ──


def documents() -> Iterator[str]:
    """The texts of the made set and the samples."""
    for line in MADE.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]
    for path in sorted(data_path("samples").rglob("*.txt")):
        yield path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference() -> Segmenter:
    """The segmenter by jieba itself, with the shipped lexicon."""
    return default_segmenter("jieba")


def test_both_engines_agree_on_every_made_text_and_sample(segmenter: Segmenter, reference: Segmenter) -> None:
    seen = [normalise(text) for text in documents()]
    assert len(seen) > 60
    assert [segmenter.terms(text) for text in seen] == [reference.terms(text) for text in seen]


@pytest.mark.parametrize(
    "text",
    [
        "負責規劃客戶服務作業流程，訂定SOP與KPI，並編列年度預算。",
        "與利益關係人溝通協調，蒐集競品資訊，提出差異分析報告",
        "客服中心話務員值機，進線接通率、放棄率與服務水準之監控",
        "乒乓球拍卖完了", "結婚的和尚未結婚的", "南京市長江大橋", "工信處女幹事",
        "𠮷野家的𠀀𠀁", "㐀㐁㐂", "一一一一一一一一", "哈" * 200, "龘靐齉爩",
        "chatbot與AI客服、Call Center 24h、ISO 10002、Node.js、C++",
    ],
)  # fmt: skip
def test_both_engines_agree_on_hard_text(segmenter: Segmenter, reference: Segmenter, text: str) -> None:
    assert segmenter.terms(normalise(text)) == reference.terms(normalise(text))


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@settings(deadline=None)
@given(st.text(HAN, max_size=60) | texts)
@example("和服务之差异")
def test_both_engines_agree_on_any_text(segmenter: Segmenter, reference: Segmenter, text: str) -> None:
    assert segmenter.terms(normalise(text)) == reference.terms(normalise(text))


def test_jieba_neither_writes_nor_reads_a_shared_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(marshal.dumps(({"流": 1, "流程": 0}, 1)))
    before = planted.read_bytes()
    segmenter = Segmenter(parse_lexicon("", "空"), engine="jieba")
    assert words(segmenter, "作業流程") == ["作业", "流程"]
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert planted.read_bytes() == before


def test_the_shipped_segmenter_is_made_once() -> None:
    assert default_segmenter() is default_segmenter()
    assert default_segmenter() is not default_segmenter("jieba")


def test_words_of_our_own_are_cut_whole(segmenter: Segmenter) -> None:
    lines = data_path("lexicon", "words.txt").read_text(encoding="utf-8").splitlines()
    own = [word for line in lines if not line.startswith("#") for word in line.split()]
    lost = [word for word in own if segmenter.terms(normalise(word))[0].end != len(word)]
    assert own
    assert lost == []
