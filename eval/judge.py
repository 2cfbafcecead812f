"""Reports on documents that the calibration was not fitted on: cross-validation over documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from eval.calibrate import fit
from eval.prepare import Prepared
from eval.sets import Labelled
from matcher.scoring.calibration import parse_calibration
from matcher.scoring.report import Report
from matcher.scoring.scorer import Scorer

FOLDS = 10


@dataclass(frozen=True)
class Judged:
    """A labelled document and the tool's report of it."""

    document: Labelled
    report: Report


def fold(identifier: str) -> int:
    """The fold of a document, from its id alone, so that it stays where it is as documents are added."""
    return int(sha256(identifier.encode()).hexdigest(), 16) % FOLDS


def judge(scorer: Scorer, prepared: Sequence[Prepared], data: Mapping[str, str]) -> list[Judged]:
    """The report of every document by a calibration fitted on the other folds."""
    judged: list[Judged] = []
    for number in range(FOLDS):
        apart = [one for one in prepared if fold(one.document.id) == number]
        if not apart:
            continue
        rest = [one for one in prepared if fold(one.document.id) != number]
        fitted = scorer.with_calibration(parse_calibration(fit(scorer, rest, dict(data))))
        judged.extend(
            Judged(one.document, fitted.report(one.analysis, one.document.kind, {})) for one in apart
        )
    return sorted(judged, key=lambda one: (one.document.set, one.document.id))
