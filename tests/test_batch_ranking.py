"""Rankings: who comes first, why, and who is the same."""

from collections.abc import Mapping

import pytest

from matcher import Matcher
from matcher.batch.same import sameness
from matcher.data import data_path
from matcher.scoring.fit import fit, fit_order
from tests.ranked import ranking

RESUMES = {
    path.name: path.read_text(encoding="utf-8") for path in data_path("samples", "resumes").glob("*.txt")
}
PLANNER, CLERK = RESUMES["planner.txt"], RESUMES["clerk.txt"]
POSTING = data_path("samples", "postings", "customer_service_clerk.txt").read_text(encoding="utf-8")


def names(
    matcher: Matcher, texts: Mapping[str, str], top: int | None = None, min_level: int | None = None
) -> list[tuple[int, str]]:
    with ranking(matcher, texts, top=top, min_level=min_level) as made:
        return [(one.rank, one.name) for one in made]


def test_without_a_posting_the_standard_decides(matcher: Matcher) -> None:
    with ranking(matcher, RESUMES) as made:
        coverages = [one.report.coverage for one in made]
        assert all(one.fit is None for one in made)
    assert coverages == sorted(coverages, reverse=True)
    assert len(coverages) == len(RESUMES)


def test_with_a_posting_the_fit_decides(matcher: Matcher) -> None:
    asking = matcher.score(POSTING, "posting")
    with ranking(matcher, RESUMES, POSTING) as made:
        shown = list(made)
    orders = [fit_order(fit(asking, one.report), one.report) for one in shown]
    assert orders == sorted(orders)
    assert [one.rank for one in shown] == list(range(1, len(RESUMES) + 1))
    assert all(one.fit == fit(asking, one.report) for one in shown)


def test_the_order_in_which_they_come_does_not_matter(matcher: Matcher) -> None:
    backwards = dict(reversed(RESUMES.items()))
    assert names(matcher, RESUMES) == names(matcher, backwards)


def test_equal_ones_are_in_the_order_of_their_names(matcher: Matcher) -> None:
    nothing = {"乙.txt": "倉管", "甲.txt": "木工", "丙.txt": "廚師"}
    assert [name for _, name in names(matcher, nothing)] == sorted(nothing)


def test_a_duplicate_has_the_rank_of_the_one_that_stands_for_it(matcher: Matcher) -> None:
    again = PLANNER.replace("\n", "\r\n\r\n")
    texts = {"王 (1).docx": again, "王.docx": PLANNER, "黃.pdf": PLANNER, "c.txt": CLERK}
    with ranking(matcher, texts) as made:
        shown = [(one.rank, one.name, one.duplicate_of) for one in made]
        assert (made.scored, made.candidates, len(made)) == (4, 2, 4)
    assert shown == [
        (1, "王.docx", None),
        (1, "王 (1).docx", "王.docx"),
        (1, "黃.pdf", "王.docx"),
        (2, "c.txt", None),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("客服企劃，五年。", "客服企劃 五年", True),
        ("ＣＲＭ　系統", "crm系統", True),
        ("・訂定 SOP\n・分析", "訂定SOP 分析", True),
        ("客服企劃", "客服規劃", False),
        ("三年", "五年", False),
    ],
)
def test_what_the_same_text_is(one: str, other: str, same: bool) -> None:
    assert (sameness(one) == sameness(other)) is same


def test_texts_without_a_letter_are_not_the_same(matcher: Matcher) -> None:
    assert len(names(matcher, {"甲.txt": "……", "乙.txt": "？！"})) == 2
    with ranking(matcher, {"甲.txt": "……", "乙.txt": "？！"}) as made:
        assert made.candidates == 2


def test_only_the_first(matcher: Matcher) -> None:
    whole = names(matcher, RESUMES)
    assert names(matcher, RESUMES, top=3) == whole[:3]


def test_only_a_level_keeps_the_ranks_among_all(matcher: Matcher) -> None:
    whole = names(matcher, RESUMES)
    kept = names(matcher, RESUMES, min_level=4)
    assert kept
    assert len(kept) < len(whole)
    assert [one for one in whole if one in kept] == kept
    assert names(matcher, RESUMES, min_level=4, top=1) == kept[:1]
    assert all(matcher.score(RESUMES[name]).level.estimate == 4 for _, name in kept)


def test_failures_are_listed_by_name_and_never_ranked(matcher: Matcher) -> None:
    with ranking(matcher, {"乙.pdf": "", "甲.txt": CLERK, "丙.pdf": ""}) as made:
        assert [one.name for one in made] == ["甲.txt"]
        assert [(one.name, one.error) for one in made.failures()] == [
            ("丙.pdf", "empty"),
            ("乙.pdf", "empty"),
        ]
        assert made.errors(1) == {"empty": (2, ["丙.pdf"])}
        assert made.failed == 2


def test_the_summary_counts_each_candidate_once(matcher: Matcher) -> None:
    texts = {"a.pdf": PLANNER, "b.pdf": PLANNER, "c.txt": CLERK, "d.txt": "會計"}
    reports = [matcher.score(text) for text in (PLANNER, CLERK, "會計")]
    with ranking(matcher, texts) as made:
        levels = made.levels()
        assert sum(levels.values()) == 3
        assert levels[None] == sum(report.level.estimate is None for report in reports)
        assert made.median_coverage() == sorted(report.coverage for report in reports)[1]


def test_an_empty_ranking(matcher: Matcher) -> None:
    with ranking(matcher, {}, POSTING) as made:
        assert list(made) == []
        assert (made.scored, made.failed, len(made)) == (0, 0, 0)
        assert made.median_coverage() is None
