"""The fit of a résumé to a posting: what is asked for, what is shown, and why."""

from dataclasses import replace

import pytest

from matcher import Matcher
from matcher.errors import MatcherError
from matcher.scoring.fit import Fit, Outcome, fit
from matcher.scoring.report import Report, Status
from matcher.settings import Settings
from matcher.standard import load_standard

POSTING = "職務內容：彙整客訴並提出改善方案、撰寫客服標準作業流程與緊急應變計畫、規劃客服人員教育訓練。"
RESUME = "每週彙整客訴，提出改善方案；撰寫客服標準作業流程與緊急應變計畫。"


@pytest.fixture
def blank(matcher: Matcher) -> Report:
    return matcher.score("")


def with_items(report: Report, **given: tuple[Status, float]) -> Report:
    """The report with these statuses and probabilities, by code with «_» for «.»."""
    known = {code.replace("_", "."): value for code, value in given.items()}
    items = [
        replace(item, status=known[item.code][0], probability=known[item.code][1])
        if item.code in known
        else item
        for item in report.items
    ]
    return replace(report, items=tuple(items))


def test_a_posting_fits_itself_wholly(matcher: Matcher) -> None:
    posting = matcher.score(POSTING, "posting")
    result = matcher.match(posting, posting)
    assert result.score == result.indicators == 1.0
    assert result.demands
    assert {demand.outcome for demand in result.demands} == {"met"}


def test_an_empty_resume_misses_every_demand(matcher: Matcher) -> None:
    result = matcher.match(matcher.score(POSTING, "posting"), matcher.score(""))
    assert result.score == 0.0
    assert result.count("missing") == len(result.demands) > 0


def test_demands_carry_the_evidence_of_both_sides(matcher: Matcher) -> None:
    result = matcher.match(matcher.score(POSTING, "posting"), matcher.score(RESUME))
    shown = [demand for demand in result.demands if demand.outcome != "missing"]
    assert shown
    for demand in shown:
        assert all(evidence.quote in POSTING for evidence in demand.asked_evidence)
        assert all(evidence.quote in RESUME for evidence in demand.shown_evidence)


@pytest.mark.parametrize(
    ("asked", "shown", "outcome", "share"),
    [
        ("stated", "stated", "met", 1.0),
        ("stated", "partial", "partly", 0.5),
        ("stated", "absent", "missing", 0.0),
        ("partial", "partial", "met", 1.0),
        ("partial", "stated", "met", 1.0),
        ("partial", "absent", "missing", 0.0),
    ],
)
def test_who_shows_what_is_asked_for_meets_it(
    blank: Report, asked: Status, shown: Status, outcome: Outcome, share: float
) -> None:
    result = fit(with_items(blank, K01=(asked, 0.9)), with_items(blank, K01=(shown, 0.9)))
    (demand,) = result.demands
    assert (demand.outcome, demand.share, result.score) == (outcome, share, share)


def test_what_is_asked_clearly_weighs_more(blank: Report) -> None:
    posting = with_items(blank, K01=("stated", 0.9), S01=("partial", 0.6))
    result = fit(posting, with_items(blank, K01=("stated", 0.8)))
    assert [demand.weight for demand in result.demands] == [0.9, 0.3]
    assert result.score == 0.75
    assert (result.indicators, result.knowledge, result.skills) == (None, 1.0, 0.0)


def test_items_beyond_the_posting_change_nothing(blank: Report) -> None:
    posting = with_items(blank, K01=("stated", 0.9))
    assert fit(posting, with_items(blank, K01=("stated", 0.8))) == fit(
        posting, with_items(blank, K01=("stated", 0.8), K02=("stated", 0.9))
    )


def test_a_posting_that_asks_for_nothing_has_no_fit_and_says_so(blank: Report) -> None:
    result = fit(blank, with_items(blank, K01=("stated", 0.9)))
    assert result == Fit(None, None, None, None, 0.0, (), result.notes)
    assert "無法計算適配" in result.notes[0]


def test_few_demands_are_noted(blank: Report) -> None:
    assert "只要求了 1 項" in fit(with_items(blank, K01=("stated", 0.9)), blank).notes[0]


def test_reports_by_different_standards_are_refused(matcher: Matcher) -> None:
    other = Matcher(load_standard("BAS2421-003v4"), Settings())
    foreign = replace(other.score(RESUME), code="XXX0000-001v1")
    with pytest.raises(MatcherError, match="XXX0000-001v1"):
        matcher.match(matcher.score(POSTING, "posting"), foreign)
    with pytest.raises(MatcherError, match="同一份職能基準"):
        fit(matcher.score(POSTING, "posting"), foreign)


def test_the_fit_is_plain_json(matcher: Matcher) -> None:
    plain = matcher.match(matcher.score(POSTING, "posting"), matcher.score(RESUME)).to_dict()
    assert plain["schema"] == "fit/1"
    assert plain["demands"][0].keys() >= {"code", "outcome", "weight", "asked_evidence", "shown_evidence"}
