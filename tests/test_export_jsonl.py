"""``results.jsonl``: one line a document, with everything."""

import json
from pathlib import Path
from typing import Any

from matcher import Matcher
from matcher.export.jsonl import write_jsonl
from matcher.scoring.fit import fit
from tests.exports import HOSTILE, PLANNER, POSTING, candidates, hostile
from tests.ranked import posting


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_a_line_holds_rank_fit_and_report(matcher: Matcher, tmp_path: Path) -> None:
    with candidates(matcher) as ranked:
        write_jsonl(ranked, tmp_path / "results.jsonl")
    first, second, *_, last = lines(tmp_path / "results.jsonl")
    report = matcher.score(PLANNER)
    assert first == {
        "rank": 1,
        "file": "甲.pdf",
        "duplicate_of": None,
        "fit": fit(posting(matcher, POSTING).report, report).to_dict(),
        "report": report.to_dict(),
    }
    assert second == {**first, "file": "甲/副本.pdf", "duplicate_of": "甲.pdf"}
    assert last == {"file": "空的.txt", "error": {"code": "empty", "message": "這個檔案是空的（0 位元組）。"}}


def test_without_a_posting_the_fit_is_null(matcher: Matcher, tmp_path: Path) -> None:
    with candidates(matcher, None) as ranked:
        write_jsonl(ranked, tmp_path / "results.jsonl")
    assert {line["fit"] for line in lines(tmp_path / "results.jsonl") if "report" in line} == {None}


def test_any_name_stays_as_it_is_on_a_line_of_its_own(matcher: Matcher, tmp_path: Path) -> None:
    with hostile(matcher) as ranked:
        write_jsonl(ranked, tmp_path / "results.jsonl")
    assert {line["file"] for line in lines(tmp_path / "results.jsonl") if "report" in line} == set(HOSTILE)
