"""What the checker finds wrong with a phrasebook, and what it says a text hits."""

import re
from pathlib import Path

import pytest

from matcher.data import data_path
from matcher.language.segment import Segmenter
from matcher.scoring.idf import Idf
from matcher.scoring.phrasebook import load_phrasebook
from matcher.scoring.phrasebook_check import PhrasebookChecker
from matcher.standard import Standard
from tests.command import RunCommand

BUDGET = "管控預算，並維持相關資源及工作的品質。"
SKILLS = data_path("phrasebook", "skills.yaml")
PLAN = "規劃緊急應變措施與標準作業流程。"


class Checker:
    """Checks a phrasebook with entries of BAS2421-003v4 written for a test."""

    def __init__(self, folder: Path, standard: Standard, segmenter: Segmenter, idf: Idf) -> None:
        self._folder, self._standard, self._segmenter, self._idf = folder, standard, segmenter, idf

    def __call__(self, content: str) -> PhrasebookChecker:
        (self._folder / "test.yaml").write_text(content, encoding="utf-8")
        return PhrasebookChecker(self._standard, load_phrasebook(self._folder), self._segmenter, self._idf)

    def problems(self, content: str) -> list[tuple[str, str, str]]:
        load_phrasebook.cache_clear()
        return [(f.problem, f.code, f.phrase) for f in self(content).findings()]


@pytest.fixture
def check(tmp_path: Path, bas2421: Standard, segmenter: Segmenter, idf: Idf) -> Checker:
    return Checker(tmp_path, bas2421, segmenter, idf)


def test_a_sound_phrasebook(check: Checker) -> None:
    content = f"- text: {BUDGET}\n  stated: [控管年度預算, 控管專案預算]\n  not: [預算概念]\n"
    assert check.problems(content) == []


def test_the_same_words_twice(check: Checker) -> None:
    content = f"- text: {PLAN}\n  stated: [制定標準作業流程]\n  partial:\n    流程: [制定SOP, 制定緊急計畫]\n"
    assert check.problems(content) == [("duplicate", "P2.3.1", "制定標準作業流程")] or check.problems(
        content
    ) == [("duplicate", "P2.3.1", "制定SOP")]


def test_the_same_words_for_two_items_are_no_duplicate(check: Checker) -> None:
    content = f"- text: {BUDGET}\n  stated: [控管年度預算]\n- text: 預算管理知識\n  stated: [控管年度預算]\n"
    assert check.problems(content) == []


def test_a_phrase_without_words(check: Checker) -> None:
    assert check.problems(f"- text: {BUDGET}\n  stated: [的, 、]\n") == [
        ("empty", "P2.3.4", "的"),
        ("empty", "P2.3.4", "、"),
    ]


def test_a_phrase_of_everyday_words_alone(check: Checker) -> None:
    assert ("everywhere", "P2.3.4", "工作經驗") in check.problems(f"- text: {BUDGET}\n  stated: [工作經驗]\n")


def test_a_phrase_nearer_to_another_item(check: Checker) -> None:
    plan = "[規劃緊急應變措施, 訂定緊急應變措施]"
    content = f"- text: {BUDGET}\n  stated: [緊急應變]\n- text: {PLAN}\n  stated: {plan}\n"
    assert check.problems(content) == [("stray", "P2.3.4", "緊急應變")]


def test_a_phrase_that_two_items_share_is_no_nearer_to_the_other(check: Checker) -> None:
    shared = "[控管預算, 緊急應變措施]"
    content = f"- text: {BUDGET}\n  stated: {shared}\n- text: {PLAN}\n  stated: [緊急應變措施]\n"
    assert check.problems(content) == []


def test_a_lookalike_may_be_near_to_another_item(check: Checker) -> None:
    content = f"- text: {BUDGET}\n  not: [緊急應變措施]\n- text: {PLAN}\n  stated: [緊急應變措施規劃]\n"
    assert check.problems(content) == []


def test_a_finding_says_what_it_was_compared_with(check: Checker) -> None:
    content = f"- text: {BUDGET}\n  stated: [控管預算, 預算控管]\n"
    (finding,) = check(content).findings()
    assert (finding.problem, finding.message) == ("duplicate", "與「控管預算」是同樣的詞。")


def test_hits_are_the_nearest_phrases_first(check: Checker) -> None:
    hits = check(f"- text: {BUDGET}\n  stated: [控管年度預算]\n  not: [預算概念]\n").hits("控管年度預算")
    assert (hits[0].code, hits[0].kind, hits[0].phrase.text) == ("P2.3.4", "indicator", "控管年度預算")
    assert hits[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)


def test_hits_show_lookalikes_beside_phrases(check: Checker) -> None:
    hits = check(f"- text: {BUDGET}\n  stated: [控管預算]\n  not: [預算概念]\n").hits("預算概念與控管預算")
    assert {("P2.3.4", "stated"), ("P2.3.4", "not")} <= {(hit.code, hit.phrase.role) for hit in hits}


@pytest.mark.parametrize("text", ["", "清蒸石斑", "，。", "😀"])
def test_what_hits_nothing(text: str, check: Checker) -> None:
    assert check(f"- text: {BUDGET}\n  stated: [控管預算]\n").hits(text) == []


def test_no_more_hits_than_asked_for(check: Checker) -> None:
    checker = check(f"- text: {BUDGET}\n  stated: [控管預算]\n")
    assert len(checker.hits("預算", least=0.0, most=3)) == 3


def test_the_shipped_phrasebook_says_nothing_twice_and_nothing_empty(
    bas2421: Standard, segmenter: Segmenter, idf: Idf
) -> None:
    load_phrasebook.cache_clear()
    findings = PhrasebookChecker(bas2421, load_phrasebook(), segmenter, idf).findings()
    assert [f for f in findings if f.problem in ("duplicate", "empty")] == []


def test_the_command_shows_what_a_text_hits(run: RunCommand) -> None:
    outcome = run("phrasebook", "try", "競品分析")
    assert (outcome.status, outcome.err) == (0, "")
    assert "P1.1.3" in outcome.out.splitlines()[1]
    assert "1.00" in outcome.out.splitlines()[1]
    assert run("phrasebook", "try", "清蒸石斑").out == "沒有相近的說法。\n"


def test_the_command_counts_the_reminders_of_the_shipped_phrasebook(run: RunCommand) -> None:
    outcome = run("phrasebook", "check")
    assert (outcome.status, outcome.err) == (0, "")
    counts, hint = outcome.out.splitlines()
    assert re.fullmatch(r"離別的項目更近 \d+ 個、到處命中 \d+ 個。", counts)
    assert "--all" in hint
    *reminders, last = run("phrasebook", "check", "--all").out.splitlines()
    assert last == counts
    assert len(reminders) == sum(map(int, re.findall(r"\d+", counts)))


def test_the_command_shows_the_reminders_of_what_it_is_given(run: RunCommand) -> None:
    everything = run("phrasebook", "check", "--all").out.splitlines()
    for which, begin in ((("P1.1.1", "K01"), ("P1.1.1 ", "K01 ")), ((SKILLS,), ("S",))):
        *reminders, _ = run("phrasebook", "check", *which).out.splitlines()
        assert reminders == [line for line in everything if line.startswith(begin)]
        assert reminders


def test_the_command_names_what_is_no_item_and_no_file(run: RunCommand, tmp_path: Path) -> None:
    assert "沒有「P9.9.9」；現有：P1.1.1、" in run("phrasebook", "check", "P9.9.9").error
    missing = tmp_path / "沒有.yaml"
    assert f"「{missing}」" in run("phrasebook", "check", missing).error


def test_the_command_names_an_unknown_standard(run: RunCommand) -> None:
    assert "沒有職能基準「ABC」" in run("phrasebook", "check", "--standard", "ABC").error
