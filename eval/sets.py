"""Labelled documents, validated as they are loaded."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError
from matcher.scoring.report import Kind
from matcher.standard import Standard

SETS = Path(__file__).parent / "sets"
REAL_VARIABLE = "MATCHER_EVAL_REAL"


class LabelError(MatcherError):
    """A labelled record cannot be used; the message names the file, the record and the reason."""


@dataclass(frozen=True)
class Labelled:
    """A document and what readers say of it.

    ``labels`` maps every item code to 2 (stated), 1 (partial) or 0 (absent), and to None where two
    readers differ between 1 and 0. ``scope`` and ``level`` are None where they differ or it does not
    apply; ``coverage`` is the mean of the readers' task coverage, by task.
    """

    id: str
    set: str
    kind: Kind
    text: str
    scope: bool | None
    level: int | None
    labels: dict[str, int | None]
    coverage: dict[str, float]


def load_set(folder: Path, standard: Standard, name: str = "") -> list[Labelled]:
    """The documents of a folder with ``documents.jsonl`` and ``labels.jsonl``.

    Raises:
        LabelError: a record of another form, an unknown item or level, a document without labels.
    """
    name = name or folder.name
    documents = {record["id"]: record for record in _records(folder / "documents.jsonl")}
    labels = {record["id"]: record for record in _records(folder / "labels.jsonl")}
    missing = documents.keys() ^ labels.keys()
    if missing:
        raise LabelError(f"{folder}: documents and labels differ in {', '.join(sorted(missing))}")
    return [_labelled(name, documents[key], labels[key], standard) for key in documents]


def load_sets(standard: Standard) -> dict[str, list[Labelled]]:
    """The sets of the repository and, where its folder is there, the real postings.

    These stay outside: ``MATCHER_EVAL_REAL`` names their folder.
    """
    sets = {folder.name: load_set(folder, standard) for folder in sorted(SETS.iterdir()) if folder.is_dir()}
    real = real_folder()
    if real is not None:
        sets["real"] = load_set(real, standard, "real")
    return sets


def real_folder() -> Path | None:
    """Where the real postings are, or None."""
    named = os.environ.get(REAL_VARIABLE)
    if not named:
        return None
    folder = Path(named)
    if not (folder / "documents.jsonl").is_file():
        raise LabelError(f"{REAL_VARIABLE}={named}: there is no documents.jsonl in it")
    return folder


def digest(documents: list[Labelled]) -> str:
    """A hash of texts and labels: two figures with the same digest are comparable."""
    content = [[d.id, d.kind, d.text, d.scope, d.level, d.labels, d.coverage] for d in documents]
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    seen = set()
    # Not splitlines(): texts contain U+2028, which JSON does not escape.
    try:
        lines = path.read_text(encoding="utf-8").strip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            identifier = record["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise LabelError(f"{path} line {number}: not a JSON object with an id ({error!r})") from error
        if identifier in seen:
            raise LabelError(f"{path} line {number}: a second record with id {identifier}")
        seen.add(identifier)
        yield record


def _labelled(name: str, document: dict[str, Any], label: dict[str, Any], standard: Standard) -> Labelled:
    where = f"{name} {document['id']}"

    def check(holds: bool, expected: str, received: object) -> None:
        if not holds:
            raise LabelError(f"{where}: {expected}, got {received!r}")

    kind, text = document.get("kind"), document.get("text")
    scope, level = label.get("scope"), label.get("level")
    check(kind in ("resume", "posting"), "kind must be resume or posting", kind)
    check(isinstance(text, str), "text must be a string", text)
    check(scope in ("in", "out", None), "scope must be in, out or null", scope)
    check(level in (*standard.levels, None), f"level must be one of {standard.levels} or null", level)
    labels = _item_labels(where, label, standard)
    coverage = label.get("coverage") or {
        task.code: sum((labels[i.code] or 0) / 2 for i in task.indicators) / len(task.indicators)
        for task in standard.tasks
    }
    tasks = [task.code for task in standard.tasks]
    shares = isinstance(coverage, dict) and all(0 <= share <= 1 for share in coverage.values())
    check(
        shares and coverage.keys() == set(tasks),
        f"coverage must be 0 to 1 for each of {', '.join(tasks)}",
        coverage,
    )
    in_scope = None if scope is None else scope == "in"
    return Labelled(
        document["id"], name, document["kind"], document["text"], in_scope, level, labels, coverage
    )


def _item_labels(where: str, label: dict[str, Any], standard: Standard) -> dict[str, int | None]:
    labels: dict[str, int | None] = dict.fromkeys((item.code for item in standard.items), 0)
    for key, value in (("partial", 1), ("stated", 2), ("doubtful", None)):
        codes = label.get(key, [])
        if not isinstance(codes, list):
            raise LabelError(f"{where}: {key} must be a list of codes, got {codes!r}")
        for code in codes:
            if labels.get(code, value) != 0:
                reason = "is no item of the standard" if code not in labels else "is labelled twice"
                raise LabelError(f"{where}: {code} in {key} {reason}")
            labels[code] = value
    return labels
