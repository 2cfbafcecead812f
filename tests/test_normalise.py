"""Normalisation folds what is written differently and keeps every character at its place."""

import pytest
from hypothesis import example, given, settings
from opencc import OpenCC

from matcher.language import normalise as module
from matcher.language.normalise import normalise
from tests.any_text import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("產品和服務之差異", "产品和服务之差异"),
        ("客户服务", "客户服务"),
        ("簡報", "简报"),  # never 演示文稿: words stay, only characters change
        ("乾隆年間的乾貨", "乾隆年间的干货"),  # one character, two simplified forms: the word decides
        ("ＣＲＭ　系統（Ｖ２）", "crm 系统(v2)"),
        ("Excel／PowerPoint，SOP：KPI；100％", "excel/powerpoint,sop:kpi;100%"),
        ("ﾃｽﾄ", "テスト"),
        ("⽤⼾服務", "用户服务"),  # radicals that a PDF holds in place of characters
        ("①②㊣", "12正"),
        ("É ß Ω", "é ß ω"),
        ("", ""),
        ("\n\t 　", "\n\t  "),
    ],
)
def test_folds_script_width_and_case(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ﬁ",  # a ligature would become two letters
        "㎏",
        "㈱",
        "…",
        "½",
        "İ",  # its small form has two code points
        "ﷺ",
        "é",
        "👩\u200d💻🇹🇼",
        "\u202eשלום\u202c",
        "𠮷野家",
    ],
)
def test_what_would_change_length_stays_as_it_is(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("code_point", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_a_lone_surrogate_becomes_a_replacement_character(code_point: int) -> None:
    assert normalise(f"客服{chr(code_point)}流程") == "客服\ufffd流程"


@settings(deadline=None)
@given(texts)
@example("\x00\x01\x7f\x9f\ufeff\uffff\U0010ffff")
@example("客戶\x00服務")
@example("\ud83d\ude00")
@example("\u202eابجد\u202c 👩\u200d👩\u200d👧")
def test_length_never_changes(text: str) -> None:
    assert len(normalise(text)) == len(text)


@settings(deadline=None)
@given(texts)
def test_the_result_has_no_surrogates(text: str) -> None:
    assert not [character for character in normalise(text) if "\ud800" <= character <= "\udfff"]


def test_every_code_point_keeps_its_place() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert len(normalise(everything)) == len(everything)


def test_a_million_characters() -> None:
    assert normalise("客戶服務" * 250_000) == "客户服务" * 250_000


def test_a_converter_that_changes_lengths_is_asked_character_by_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_converter", lambda: OpenCC("tw2sp"))
    assert OpenCC("tw2sp").convert("簡報與客戶") == "演示文稿与客户"
    assert normalise("簡報與客戶") == "简报与客户"
