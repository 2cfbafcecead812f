"""The report's form: what HTTP, the page and every export rely on."""

import json
from typing import Any

import pytest

from matcher import Matcher, __version__
from matcher.data import data_path
from matcher.scoring.report import CREDIT, Kind, Report
from matcher.standard import Standard

PLANNER = data_path("samples", "resumes", "planner.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["resume", "posting"])
def report(request: pytest.FixtureRequest, matcher: Matcher) -> Report:
    kind: Kind = request.param
    name = "resumes/planner" if kind == "resume" else "postings/customer_service_planner"
    return matcher.score(data_path("samples", f"{name}.txt").read_text(encoding="utf-8"), kind)


@pytest.fixture(scope="module")
def plain(report: Report) -> dict[str, Any]:
    return report.to_dict()


def test_the_keys_of_the_report(plain: dict[str, Any], report: Report) -> None:
    assert list(plain) == [
        "schema", "standard", "kind", "coverage", "level", "scope", "tasks", "items", "conditions", "notes",
        "versions",
    ]  # fmt: skip
    assert plain["schema"] == "report/1"
    assert plain["standard"] == {"code": "BAS2421-003v4", "name": "客戶服務企劃人員"}
    assert plain["kind"] == report.kind
    assert plain["level"].keys() == {"estimate", "probability", "sufficient", "reasons"}
    assert plain["scope"].keys() == {"probability"}
    assert plain["conditions"].keys() == {"education", "experience"}
    assert plain["conditions"]["education"].keys() == {"required", "status", "found", "evidence"}
    assert plain["versions"].keys() == {"matcher", "lexicon", "phrasebook", "idf", "calibration"}
    assert plain["versions"]["matcher"] == __version__


def test_all_items_in_the_standards_order(plain: dict[str, Any], bas2421: Standard) -> None:
    assert len(plain["items"]) == 42
    named = [(item["code"], item["kind"], item["text"]) for item in plain["items"]]
    assert named == [(item.code, item.kind, item.text) for item in bas2421.items]


def test_the_form_of_an_item_and_its_evidence(plain: dict[str, Any]) -> None:
    for item in plain["items"]:
        assert item.keys() == {"code", "kind", "text", "status", "probability", "score", "evidence"}
        assert item["status"] in ("stated", "partial", "absent")
        assert 0 <= item["probability"] <= 1
        assert 0 <= item["score"] <= 1.0001
        assert bool(item["evidence"]) == (item["status"] != "absent")
        for evidence in item["evidence"]:
            assert evidence.keys() == {"start", "end", "quote", "score", "phrase", "terms"}
            assert evidence["terms"]
            assert all(term.keys() == {"term", "share"} for term in evidence["terms"])


def test_tasks_count_their_items(plain: dict[str, Any], bas2421: Standard) -> None:
    credit = {item["code"]: CREDIT[item["status"]] for item in plain["items"]}
    assert [task["code"] for task in plain["tasks"]] == [task.code for task in bas2421.tasks]
    for shown, task in zip(plain["tasks"], bas2421.tasks, strict=True):
        assert shown.keys() == {
            "code", "name", "level", "coverage", "weighted", "knowledge", "skills", "indicators"
        }  # fmt: skip
        codes = [indicator.code for indicator in task.indicators]
        assert (shown["name"], shown["level"], shown["indicators"]) == (task.name, task.level, codes)
        for part, members in (("coverage", codes), ("knowledge", task.knowledge), ("skills", task.skills)):
            expected = sum(credit[code] for code in members) / len(members)
            assert shown[part] == pytest.approx(expected, abs=1e-4)


def test_coverage_is_that_of_all_indicators(plain: dict[str, Any]) -> None:
    granted = [CREDIT[item["status"]] for item in plain["items"] if item["kind"] == "indicator"]
    assert len(granted) == 21
    assert plain["coverage"] == pytest.approx(sum(granted) / 21, abs=1e-4)


def plain_types(value: object) -> bool:
    """Whether a value is made of the types of JSON alone, subclasses such as numpy's not counted."""
    if type(value) is dict:
        return all(type(key) is str and plain_types(inner) for key, inner in value.items())
    if type(value) is list:
        return all(map(plain_types, value))
    return value is None or type(value) in (str, int, float, bool)


def test_plain_types_alone(plain: dict[str, Any]) -> None:
    assert plain_types(plain)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_a_report_is_a_value(report: Report, matcher: Matcher) -> None:
    with pytest.raises(AttributeError):
        report.kind = "posting"  # type: ignore[misc]
    assert matcher.score(PLANNER) == matcher.score(PLANNER)


def test_a_dict_can_be_changed_without_harm(matcher: Matcher) -> None:
    first = matcher.score(PLANNER)
    changed = first.to_dict()
    changed["versions"]["matcher"] = "別的"
    changed["items"].clear()
    assert first.to_dict()["versions"]["matcher"] == __version__
    assert matcher.score(PLANNER).versions == first.versions == matcher.versions


def test_an_empty_text_covers_nothing_and_says_so(matcher: Matcher) -> None:
    plain = matcher.score("").to_dict()
    assert len(plain["items"]) == 42
    assert {item["status"] for item in plain["items"]} == {"absent"}
    assert plain["coverage"] == 0
    assert {task["coverage"] for task in plain["tasks"]} == {0}
    assert [note["code"] for note in plain["notes"]] == ["no_text"]
    assert {condition["status"] for condition in plain["conditions"].values()} == {"not_stated"}
