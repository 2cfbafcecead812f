"""Masking hides every letter and digit of what is found, and moves nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Matcher
from matcher.privacy import mask, mask_name, masked, masked_document, personal_data
from matcher.reading.document import Document, HiddenText, Notice
from matcher.scoring.report import Note, Report
from tests.any_text import texts
from tests.personal import arc_numbers, dressed, id_numbers, land_lines, mails, mobiles

RESUME = """王小明｜客服企劃｜35歲｜男
手機：0912-345-678　身分證字號：A123456789
信箱：amy.wang@gmail.com　地址：台北市信義區信義路五段7號12樓
【工作經歷】
我叫王小明，2019-2023 規劃並訂定客服 SOP 與滿意度指標，年度預算 2,800,000 元。
帶領 12 人團隊，撰寫服務提案書（聯絡人：陳大文 0922-333-444）並向主管簡報。
比較競品的售後服務，分析客訴資料，提出改善方案，客訴專線 02-2345-6789 分機 12。
"""
SECRETS = ("王小明", "0912", "A123456789", "amy.wang", "信義路", "35歲", "陳大文", "0922", "2345-6789")

personal = dressed(id_numbers | arc_numbers | mobiles | land_lines | mails)
anything = texts | st.lists(texts | personal | st.sampled_from(SECRETS), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("手機 0912-345-678。", "手機 ●●●●-●●●-●●●。"),
        ("(02)2345-6789#12", "(●●)●●●●-●●●●#●●"),
        ("+886 912 345 678", "+●●● ●●● ●●● ●●●"),
        ("信箱：amy.w@gmail.com", "信箱：●●●.●@●●●●●.●●●"),
        ("身分證 A123456789 號", "身分證 ●●●●●●●●●● 號"),
        ("姓名：王　小　明", "姓名：●　●　●"),
        ("０９\u200b１２３４５６７８", "●●\u200b●●●●●●●●"),
        ("性別：□男 ■女", "性別：●● ●●"),
        ("生日：民國79年5月3日", "生日：●●●●●●●●●"),
        ("客服專員 2019-2023", "客服專員 2019-2023"),
        ("", ""),
    ],
)
def test_the_shape_stays_readable(text: str, expected: str) -> None:
    assert mask(text) == expected


def test_what_is_found_may_be_given() -> None:
    found = [one for one in personal_data(RESUME) if one.kind == "phone"]
    assert mask(RESUME, found).count("●") == len("091234567809223334440223456789分機12")
    assert mask(RESUME, []) == RESUME


@settings(deadline=None)
@given(anything)
def test_spans_are_in_order_and_apart(text: str) -> None:
    borders = [border for one in personal_data(text) for border in (one.start, one.end)]
    assert borders == sorted(borders)
    assert all(one.start < one.end <= len(text) for one in personal_data(text))


@settings(deadline=None)
@given(anything)
def test_what_is_found_is_hidden_and_the_rest_unchanged(text: str) -> None:
    found, hidden = personal_data(text), mask(text)
    inside = {at for one in found for at in range(one.start, one.end)}
    assert len(hidden) == len(text)
    assert not [hidden[at] for at in inside if hidden[at].isalnum()]
    assert [at for at in range(len(text)) if at not in inside and hidden[at] != text[at]] == []


@settings(deadline=None)
@given(
    st.sampled_from(["", "資料：", "客服專員，", "我的是"]),
    personal,
    st.sampled_from(["", "。", "，謝謝", "\n經歷"]),
)
def test_a_valid_number_or_mail_is_found_in_any_dress(before: str, secret: str, after: str) -> None:
    hidden = mask(before + secret + after)
    assert not [
        character for character in hidden[len(before) : len(before) + len(secret)] if character.isalnum()
    ]


@settings(deadline=None)
@given(id_numbers | arc_numbers, st.integers(1, 9))
def test_a_wrong_checksum_is_no_number(number: str, off: int) -> None:
    assert personal_data(f"料號 {number[:-1]}{(int(number[-1]) + off) % 10}") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王小明_0912345678.pdf", "王小明_●●●●●●●●●●.pdf"),
        ("resume0912345678.docx", "resume●●●●●●●●●●.docx"),
        ("A123456789/履歷.txt", "●●●●●●●●●●/履歷.txt"),
        ("amy@gmail.com.pdf", "●●●@●●●●●.●●●.pdf"),
        ("amy@gmail.com", "●●●@●●●●●.●●●"),
        ("履歷.zip/A123456789 王小明.txt", "履歷.zip/●●●●●●●●●● 王小明.txt"),
        ("2023-09-12 王小明 35歲.pdf", "2023-09-12 王小明 35歲.pdf"),
        ("（無檔名）", "（無檔名）"),
    ],
)
def test_a_file_name_loses_numbers_and_mails_only(name: str, expected: str) -> None:
    assert mask_name(name) == expected


def quotes(report: Report) -> list[tuple[int, int, str]]:
    """Every span that a report quotes."""
    evidence = [(one.start, one.end, one.quote) for item in report.items for one in item.evidence]
    stated = [(e.start, e.end, e.quote) for one in report.conditions.values() for e in one.evidence]
    return evidence + stated


@pytest.fixture(scope="module")
def report(matcher: Matcher) -> Report:
    """The report of a résumé whose evidence has personal data in it."""
    return matcher.score(RESUME)


def test_a_masked_report_quotes_the_masked_text(report: Report) -> None:
    hidden = masked(report, RESUME)
    assert any(secret in quote for _, _, quote in quotes(report) for secret in SECRETS)
    assert quotes(hidden) == [(start, end, mask(RESUME)[start:end]) for start, end, _ in quotes(report)]
    shown = str(hidden.to_dict())
    assert [secret for secret in SECRETS if secret in shown] == []


def test_masking_a_report_changes_nothing_but_words(report: Report) -> None:
    hidden = masked(report, RESUME)
    assert hidden.coverage == report.coverage
    assert hidden.tasks == report.tasks
    for before, after in zip(report.items, hidden.items, strict=True):
        assert replace(after, evidence=()) == replace(before, evidence=())
        for one, other in zip(before.evidence, after.evidence, strict=True):
            assert (other.start, other.end, other.score, other.phrase) == (
                one.start,
                one.end,
                one.score,
                one.phrase,
            )
            assert [term.share for term in other.terms] == [term.share for term in one.terms]


def test_reasons_quote_the_masked_text(report: Report) -> None:
    assert any("陳大文" in reason or "0922" in reason for reason in quoting(report).level.reasons)
    assert not any(
        "陳大文" in reason or "0922" in reason for reason in masked(quoting(report), RESUME).level.reasons
    )


def quoting(report: Report) -> Report:
    """The report with a reason that quotes the line of the contact."""
    line = RESUME.splitlines()[5]
    return replace(report, level=replace(report.level, reasons=(f"決定、負責的用語 1 處，例如「{line}」。",)))


def test_text_without_personal_data_has_the_same_report(matcher: Matcher) -> None:
    text = "2019-2023 規劃並訂定客服 SOP 與滿意度指標，年度預算 2,800,000 元。"
    assert masked(matcher.score(text), text) == matcher.score(text)


def test_hidden_text_is_masked_before_it_is_cut_short(matcher: Matcher) -> None:
    number = "A123456789"
    hidden = HiddenText(f"{'看不見的字' * 5}：{number}", "white")
    document = Document("客服專員", "履歷.pdf", "application/pdf", "traditional", ((0, 4),), (hidden,))
    (note,) = [note for note in matcher.score(document).notes if note.code == "hidden_text"]
    assert number[:4] in note.message, "the cut goes through the number"
    (note,) = [note for note in masked(matcher.score(document), document).notes if note.code == "hidden_text"]
    assert number[:4] not in note.message
    assert "●●●●" in note.message


def test_warnings_are_masked(matcher: Matcher) -> None:
    warning = Notice("attachment_not_read", "附件「王小明_0912345678.pdf」讀不出來：檔案損壞。")
    document = Document("客服專員", "a.eml", "message/rfc822", "traditional", ((0, 4),), (), (warning,))
    (note, *_) = masked(matcher.score(document), document).notes
    assert note == Note("attachment_not_read", "附件「王小明_●●●●●●●●●●.pdf」讀不出來：檔案損壞。")


def test_a_masked_document() -> None:
    hidden = HiddenText("王小明 0912345678", "white")
    warning = Notice("x", "信箱 amy@gmail.com")
    document = Document(
        RESUME, "A123456789.pdf", "text/plain", "traditional", ((0, 9),), (hidden,), (warning,)
    )
    after = masked_document(document)
    assert after.text == mask(RESUME)
    assert after.name == "●●●●●●●●●●.pdf"
    assert after.hidden == (HiddenText("●●● ●●●●●●●●●●", "white"),)
    assert after.warnings == (Notice("x", "信箱 ●●●@●●●●●.●●●"),)
    assert after.pages == document.pages


HOSTILE = [
    *(
        "a",
        "0",
        "09",
        "@",
        "a@",
        "a.",
        "(",
        "[",
        " ",
        "\n",
        "\t",
        "　",
        "\u200b",
        "●",
        "0 ",
        "a ",
        "王 小 明 ",
    ),
    *("0912345678 ", "+1 ", "+886 ", "02-", "A123456789 ", "A-1-2-3-4 ", "0\u200b9", "a@a.", "a@a.a@"),
    *("姓名", "姓名：", "姓　", "姓名(", "姓名：王小明、", "name: amy ", "我是", "王·"),
    *("推薦人：王小明、", "1號", "一號", "路1號", "台北市", "台北市 1號", "段巷弄", "地址：台"),
    *("no. 1 rd ", "address: ", "1990年生", "1990/", "民國", "年次", "歲", "35歲", "男|", "男 女 "),
    *(
        "性別□男□女",
        "兵役：役畢 (",
        "line: ",
        "line id ",
        "照片：",
        "照片：a",
        "電話：1-",
        "電話：0",
        "轉1",
        "#1",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_done_with(piece: str) -> None:
    # In time that grows with the square of the length, this test would not come to its end.
    text = (piece * 200_000)[:200_000]
    assert len(mask(text)) == len(text)
