"""What a text shows of each item: look-alikes cancel, mere lists are told apart, facets are halves."""

import numpy as np
import pytest

from matcher.language.analysis import analyse
from matcher.language.segment import Segmenter
from matcher.scoring.idf import Idf
from matcher.scoring.index import PhraseIndex
from matcher.scoring.phrasebook import Phrase
from matcher.scoring.signals import (
    ITEM_SIGNALS,
    SCOPE_SIGNALS,
    Columns,
    Findings,
    own_signals,
    scope_signals,
    ten_nearest,
)
from matcher.scoring.windows import Windows, windows

SERVICE = (
    Phrase("提供優質服務方案", "wording"),
    Phrase("解決客戶問題", "stated"),
    Phrase("緊急應變計畫", "partial", "應變"),
    Phrase("危機處理流程", "partial", "應變"),
    Phrase("標準作業流程", "partial", "流程"),
    Phrase("解決機台問題", "not"),
)
BUDGET = (Phrase("管控預算", "wording"), Phrase("編列年度預算", "stated"))
OCCUPATION = (Phrase("客服專員", "stated"), Phrase("客服企劃", "stated"), Phrase("門市店員", "not"))


class Finder:
    """Finds the signals of a text for two items and an occupation."""

    def __init__(self, segmenter: Segmenter, idf: Idf) -> None:
        self._segmenter = segmenter
        self._index = PhraseIndex([SERVICE, BUDGET, OCCUPATION], segmenter.words, idf)
        self._columns = Columns(self._index.groups)

    def __call__(self, text: str) -> tuple[Findings, Windows]:
        found = windows(analyse(text, self._segmenter, posting=False))
        return self._columns.findings(self._index.group_similarities(found)), found

    def own(self, text: str, item: int = 0) -> dict[str, float]:
        findings, found = self(text)
        rows = own_signals(findings, found, 2)
        assert rows.shape[0] == 2
        return dict(zip(ITEM_SIGNALS, rows[item].tolist(), strict=False))

    def scope(self, text: str) -> dict[str, float]:
        findings, found = self(text)
        return dict(zip(SCOPE_SIGNALS, scope_signals(findings, found, 2).tolist(), strict=True))


@pytest.fixture(scope="module")
def find(segmenter: Segmenter, idf: Idf) -> Finder:
    return Finder(segmenter, idf)


def test_the_ten_nearest_phrases_count_by_their_mean() -> None:
    nearest = np.array([1.0] * 5 + [0.5] * 5 + [0.1] * 90 + [0.8, 0.2], np.float32)
    means = ten_nearest(nearest, [range(100), range(100, 102)])
    assert means == pytest.approx(np.array([[0.75], [0.5]]))


def test_a_lookalike_that_fits_better_cancels(find: Finder) -> None:
    findings, _ = find("解決機台問題")
    assert findings.lookalike[0, 0] > 0.9
    assert findings.best[0, 0] == 0
    assert findings.stated[0, 0] == 0
    assert not findings.facets[0, 0].any()


def test_a_lookalike_that_fits_worse_does_not(find: Finder) -> None:
    findings, _ = find("解決客戶問題")
    assert findings.lookalike[0, 0] > 0
    assert findings.best[0, 0] > 0.9


def test_a_lookalike_cancels_its_own_item_and_window_only(find: Finder) -> None:
    signals = find.own("解決機台問題。另外也解決客戶問題。")
    assert signals["best"] > 0.9
    assert find.own("編列年度預算以解決機台問題", item=1)["best"] > 0.5


def test_an_item_shows_in_its_own_phrases_alone(find: Finder) -> None:
    text = "編列年度預算"
    assert find.own(text, item=1)["stated"] > 0.9
    assert find.own(text, item=0)["best"] < 0.3


def test_facets_are_told_apart(find: Finder) -> None:
    one = find.own("訂定緊急應變計畫與危機處理流程")
    assert one["facet"] > 0.7
    assert one["second_facet"] < one["facet"] - 0.2
    two = find.own("訂定緊急應變計畫。撰寫標準作業流程。")
    assert two["second_facet"] > 0.7
    assert two["stated"] < 0.5


def test_an_item_without_facets_has_none(find: Finder) -> None:
    signals = find.own("編列年度預算", item=1)
    assert (signals["facet"], signals["second_facet"]) == (0, 0)


def test_a_mere_list_is_no_sentence(find: Finder) -> None:
    listed = "Word、Excel、PPT、KPI、CRM、年度預算、客訴、簡報、法規、報表"
    signals = find.own(listed, item=1)
    assert signals["best"] > 0.5
    assert signals["best_in_sentence"] == 0
    spoken = find.own(listed + "\n我編列年度預算", item=1)
    assert spoken["best_in_sentence"] == spoken["best"]


def test_elsewhere_is_the_best_apart_from_the_best(find: Finder) -> None:
    assert find.own("編列年度預算", item=1)["elsewhere"] == 0
    twice = find.own("編列年度預算\n" + "清蒸石斑\n" * 3 + "每月檢討年度預算", item=1)
    assert 0.3 < twice["elsewhere"] < twice["best"]


def test_signals_of_an_empty_text_are_nothing(find: Finder) -> None:
    findings, found = find("")
    assert not own_signals(findings, found, 2).any()
    assert not scope_signals(findings, found, 2).any()


def test_more_text_about_the_occupation_never_lowers_what_it_shows(find: Finder) -> None:
    little, more = find.scope("我是客服專員"), find.scope("我是客服專員\n也做過客服企劃")
    assert more["six_best"] >= little["six_best"] * 0.99
    assert more["best"] >= little["best"]


def test_a_title_stands_at_the_beginning(find: Finder) -> None:
    filler = "每天整理報表與文件，並回報給主管。" * 6
    assert find.scope(f"客服專員\n{filler}")["beginning"] > 0.9
    assert find.scope(f"{filler}\n客服專員")["beginning"] < 0.5


def test_a_neighbour_occupation_shows_as_one(find: Finder) -> None:
    scope = find.scope("門市店員三年")
    assert scope["neighbours"] > scope["six_best"]
    assert scope["neighbour_share"] > 0


def test_all_signals_are_numbers_between_0_and_1(find: Finder) -> None:
    text = "客服專員\n解決客戶問題，編列年度預算\n解決機台問題、標準作業流程"
    findings, found = find(text)
    rows = own_signals(findings, found, 2)
    assert np.isfinite(rows).all()
    assert rows.min() >= 0
    assert rows.max() <= 1.0001
