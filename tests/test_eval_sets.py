"""Labelled sets: what is wrong with a record is said with the record's name."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.sets import REAL_VARIABLE, SETS, LabelError, Labelled, digest, load_set, load_sets, real_folder
from matcher.standard import Standard

DOCUMENT: dict[str, Any] = {"id": "r1", "kind": "resume", "text": "客服專員三年"}
LABEL: dict[str, Any] = {
    "id": "r1",
    "scope": "in",
    "level": 3,
    "stated": ["S06", "P1.1.3"],
    "partial": ["K01"],
}


def write(folder: Path, documents: list[dict[str, Any]], labels: list[dict[str, Any]]) -> Path:
    """A folder with these records."""
    folder.mkdir(exist_ok=True)
    for name, records in (("documents", documents), ("labels", labels)):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def load(folder: Path, standard: Standard, document: dict[str, Any], label: dict[str, Any]) -> Labelled:
    (one,) = load_set(write(folder, [document], [label]), standard, "test")
    return one


def test_a_record_is_read(tmp_path: Path, bas2421: Standard) -> None:
    one = load(tmp_path, bas2421, DOCUMENT, {**LABEL, "doubtful": ["K02"]})
    assert (one.id, one.set, one.kind, one.text, one.scope, one.level) == (
        "r1", "test", "resume", "客服專員三年", True, 3,
    )  # fmt: skip
    assert list(one.labels) == [item.code for item in bas2421.items]
    given = {code: label for code, label in one.labels.items() if label != 0}
    assert given == {"P1.1.3": 2, "K01": 1, "K02": None, "S06": 2}


def test_coverage_follows_from_the_labels_where_readers_gave_none(tmp_path: Path, bas2421: Standard) -> None:
    label = {**LABEL, "stated": ["P1.1.3"], "partial": ["P1.1.4", "K01"]}
    assert load(tmp_path, bas2421, DOCUMENT, label).coverage == {
        "T1.1": 1.5 / 4, "T1.2": 0, "T2.1": 0, "T2.2": 0, "T2.3": 0,
    }  # fmt: skip
    given = dict.fromkeys(("T1.1", "T1.2", "T2.1", "T2.2", "T2.3"), 0.25)
    assert load(tmp_path, bas2421, DOCUMENT, {**label, "coverage": given}).coverage == given


@pytest.mark.parametrize(("scope", "expected"), [("in", True), ("out", False), (None, None)])
def test_scope_may_be_in_doubt(
    tmp_path: Path, bas2421: Standard, scope: str | None, expected: object
) -> None:
    assert load(tmp_path, bas2421, DOCUMENT, {**LABEL, "scope": scope}).scope is expected


@pytest.mark.parametrize(
    ("document", "label", "message"),
    [
        ({"kind": "job"}, {}, "test r1: kind must be resume or posting, got 'job'"),
        ({}, {"scope": "maybe"}, "test r1: scope must be in, out or null, got 'maybe'"),
        ({}, {"level": 5}, r"test r1: level must be one of \(3, 4\) or null, got 5"),
        ({}, {"stated": ["P9.9.9"]}, "test r1: P9.9.9 in stated is no item of the standard"),
        ({}, {"partial": ["P9.9.9"]}, "test r1: P9.9.9 in partial is no item of the standard"),
        ({}, {"partial": ["S06"]}, "test r1: S06 in .* is labelled twice"),
        ({}, {"partial": [], "doubtful": ["S06"]}, "test r1: S06 in doubtful is labelled twice"),
        ({}, {"doubtful": ["K02", "K02"]}, "test r1: K02 in doubtful is labelled twice"),
        ({}, {"stated": "P1.1.3"}, "test r1: stated must be a list of codes, got 'P1.1.3'"),
        ({"text": None}, {}, "test r1: text must be a string, got None"),
        (
            {},
            {"coverage": {"T1.1": 0.5}},
            "test r1: coverage must be 0 to 1 for each of T1.1, .*, got {'T1.1': 0.5}",
        ),
        (
            {},
            {"coverage": {"T1.1": 7, "T1.2": 0, "T2.1": 0, "T2.2": 0, "T2.3": 0}},
            "test r1: coverage must be 0 to 1",
        ),
    ],
)
def test_an_error_names_the_record(
    tmp_path: Path, bas2421: Standard, document: dict[str, Any], label: dict[str, Any], message: str
) -> None:
    with pytest.raises(LabelError, match=message):
        load(tmp_path, bas2421, {**DOCUMENT, **document}, {**LABEL, **label})


@pytest.mark.parametrize("line", ["{", "[]", "null", "3", '{"text": "沒有 id"}', ""])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, bas2421: Standard, line: str) -> None:
    write(tmp_path, [DOCUMENT], [LABEL])
    first = json.dumps(DOCUMENT, ensure_ascii=False)
    (tmp_path / "documents.jsonl").write_text(f"{first}\n{line}\n{first}\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"documents\.jsonl line 2"):
        load_set(tmp_path, bas2421)


def test_a_record_twice_is_named(tmp_path: Path, bas2421: Standard) -> None:
    write(tmp_path, [DOCUMENT, DOCUMENT], [LABEL])
    with pytest.raises(LabelError, match=r"documents\.jsonl line 2: a second record with id r1"):
        load_set(tmp_path, bas2421)


def test_documents_and_labels_must_be_the_same(tmp_path: Path, bas2421: Standard) -> None:
    write(tmp_path, [DOCUMENT, {**DOCUMENT, "id": "r2"}], [LABEL, {**LABEL, "id": "r3"}])
    with pytest.raises(LabelError, match="documents and labels differ in r2, r3"):
        load_set(tmp_path, bas2421)


def test_a_missing_file_is_named(tmp_path: Path, bas2421: Standard) -> None:
    with pytest.raises(LabelError, match=r"documents\.jsonl"):
        load_set(tmp_path, bas2421)


def test_a_text_may_hold_any_line_separator(tmp_path: Path, bas2421: Standard) -> None:
    text = "客服\u2028專員\x85三年\x0c"
    assert load(tmp_path, bas2421, {**DOCUMENT, "text": text}, LABEL).text == text


def test_the_digest_follows_texts_and_labels(tmp_path: Path, bas2421: Standard) -> None:
    one = load(tmp_path, bas2421, DOCUMENT, LABEL)
    assert digest([one]) == digest([load(tmp_path, bas2421, DOCUMENT, LABEL)])
    others = [
        load(tmp_path, bas2421, {**DOCUMENT, "text": "客服專員四年"}, LABEL),
        load(tmp_path, bas2421, DOCUMENT, {**LABEL, "level": 4}),
        load(tmp_path, bas2421, DOCUMENT, {**LABEL, "partial": []}),
    ]
    assert len({digest([one]), *(digest([other]) for other in others)}) == 4


def test_the_shipped_sets_are_valid(bas2421: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REAL_VARIABLE, raising=False)
    sets = load_sets(bas2421)
    assert set(sets) == {folder.name for folder in SETS.iterdir() if folder.is_dir()}
    for name, documents in sets.items():
        assert {one.set for one in documents} == {name}
        assert {one.scope for one in documents} >= {True, False}
        assert {one.level for one in documents} >= {3, 4}
        assert len({one.text for one in documents}) == len(documents), "no document twice"


def test_the_real_postings_are_named_by_the_environment(
    tmp_path: Path, bas2421: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REAL_VARIABLE, str(write(tmp_path / "there", [DOCUMENT], [LABEL])))
    assert real_folder() == tmp_path / "there"
    assert [one.set for one in load_sets(bas2421)["real"]] == ["real"]
    monkeypatch.setenv(REAL_VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(LabelError, match=f"{REAL_VARIABLE}=.*gone"):
        real_folder()
    monkeypatch.delenv(REAL_VARIABLE)
    assert real_folder() is None
