"""The spans that speak for an item, and the terms that made their score."""

import numpy as np
import pytest

from matcher.language.analysis import analyse
from matcher.language.segment import Segmenter
from matcher.scoring.evidence import LEAST_SIMILARITY, MOST_EVIDENCE, best_windows, explain
from matcher.scoring.idf import Idf
from matcher.scoring.index import PhraseIndex
from matcher.scoring.phrasebook import Phrase
from matcher.scoring.report import Evidence
from matcher.scoring.windows import Windows, windows

TEXT = "編列預算。訂定流程。追蹤成效。培訓同仁。撰寫報告。"


@pytest.fixture(scope="module")
def found(segmenter: Segmenter) -> Windows:
    return windows(analyse(TEXT, segmenter, posting=False))


def chosen(scores: dict[str, float], found: Windows) -> list[str]:
    """The quotations that are chosen where the windows that read so have these scores, all others 0."""
    quotes = [TEXT[found.start[at] : found.end[at]] for at in range(len(found))]
    assert scores.keys() <= set(quotes)
    best = np.array([[scores.get(quote, 0.0)] for quote in quotes], np.float32)
    return [quotes[at] for at in best_windows(best, found)[0]]


def test_best_first(found: Windows) -> None:
    assert chosen({"訂定流程": 0.7, "追蹤成效": 0.9}, found) == ["追蹤成效", "訂定流程"]


def test_no_more_than_the_most(found: Windows) -> None:
    scores = {"編列預算": 0.9, "訂定流程": 0.8, "追蹤成效": 0.95, "培訓同仁": 0.7, "撰寫報告": 0.85}
    assert chosen(scores, found) == ["追蹤成效", "編列預算", "撰寫報告"][:MOST_EVIDENCE]


def test_no_overlap(found: Windows) -> None:
    assert chosen({"編列預算。訂定流程": 0.9, "訂定流程": 0.8, "追蹤成效": 0.7}, found) == [
        "編列預算。訂定流程",
        "追蹤成效",
    ]


def test_the_shorter_of_two_equals(found: Windows) -> None:
    assert chosen({"編列預算。訂定流程": 0.9, "訂定流程": 0.9}, found) == ["訂定流程"]


def test_the_earlier_of_two_equally_long(found: Windows) -> None:
    assert chosen({"培訓同仁": 0.9, "編列預算": 0.9}, found) == ["編列預算", "培訓同仁"]


def test_weak_windows_are_no_further_evidence(found: Windows) -> None:
    weak = LEAST_SIMILARITY - 0.05
    assert chosen({"訂定流程": 0.9, "追蹤成效": weak}, found) == ["訂定流程"]
    assert chosen({"追蹤成效": weak, "培訓同仁": weak / 2}, found) == ["追蹤成效"]


def test_nothing_is_no_evidence(found: Windows) -> None:
    assert chosen({}, found) == []


def explained(text: str, phrases: list[Phrase], segmenter: Segmenter, idf: Idf) -> Evidence:
    """The evidence that the best window of a text gives for a meaning."""
    index = PhraseIndex([phrases, [Phrase("編列年度預算", "stated")]], segmenter.words, idf)
    analysis = analyse(text, segmenter, posting=False)
    found = windows(analysis)
    window = int(index.similarities(found)[:, : len(phrases)].max(axis=1).argmax())
    return explain(analysis, index, found, window, int(index.nearest(found)[window, 0]))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("重寫 ＳＯＰ", {"ＳＯＰ"}),
        ("重寫标准作业流程", {"标准作业流程"}),
        ("重寫標準作業\n流程", {"標準作業流程", "標準作業", "標準", "作業", "流程"}),
    ],
)
def test_terms_are_written_as_the_text_writes_them(
    text: str, terms: set[str], segmenter: Segmenter, idf: Idf
) -> None:
    evidence = explained(text, [Phrase("標準作業流程", "stated")], segmenter, idf)
    assert {term.term for term in evidence.terms} <= terms
    assert evidence.terms
    assert evidence.quote == text[evidence.start : evidence.end]


def test_shares_sum_to_the_score_largest_first(segmenter: Segmenter, idf: Idf) -> None:
    evidence = explained(
        "與維修廠一起規劃客訴處理流程，並訂定應變步驟",
        [Phrase("訂定客訴處理與應變流程", "stated")],
        segmenter,
        idf,
    )
    shares = [term.share for term in evidence.terms]
    assert len(shares) >= 3
    assert sum(shares) == pytest.approx(evidence.score, abs=1e-9)
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0
    assert 0 < evidence.score <= 1.0001


def test_terms_at_one_place_count_as_one(segmenter: Segmenter, idf: Idf) -> None:
    evidence = explained("SOP", [Phrase("標準作業流程", "stated")], segmenter, idf)
    assert [term.term for term in evidence.terms] == ["SOP"]
    assert evidence.terms[0].share == evidence.score


def test_the_nearest_phrase_is_named_and_no_lookalike(segmenter: Segmenter, idf: Idf) -> None:
    phrases = [Phrase("評估方案", "wording"), Phrase("解決客戶問題", "stated"), Phrase("解決機台問題", "not")]
    assert explained("解決客戶問題", phrases, segmenter, idf).phrase == "解決客戶問題"
    assert explained("評估各種方案", phrases, segmenter, idf).phrase == "評估方案"
    assert explained("解決機台問題", phrases, segmenter, idf).phrase != "解決機台問題"
