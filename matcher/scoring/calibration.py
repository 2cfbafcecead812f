"""From signals to probabilities: logistic regressions, fitted by ``python -m eval calibrate``."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.data import data_path
from matcher.errors import MatcherError

Row = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Logistic:
    """``1 / (1 + exp(-(intercept + signals · coefficients)))``, on signals as they are."""

    signals: tuple[str, ...]
    coefficients: Row
    intercept: float

    def probability(self, rows: Row, offsets: Row | float = 0.0) -> Row:
        """The probability of each row of signals; ``offsets`` are added to the log-odds."""
        log_odds = rows @ self.coefficients + self.intercept + offsets
        return np.asarray(1 / (1 + np.exp(-log_odds)))

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Logistic":
        """What ``to_dict`` wrote."""
        coefficients = stored["coefficients"]
        return cls(
            tuple(coefficients), np.array(list(coefficients.values()), float), float(stored["intercept"])
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain types: ``{"intercept": …, "coefficients": {signal: …}}``."""
        return {
            "intercept": round(self.intercept, 6),
            "coefficients": {
                name: round(float(value), 6)
                for name, value in zip(self.signals, self.coefficients, strict=True)
            },
        }


@dataclass(frozen=True)
class KindCalibration:
    """How the items of one kind (indicator, knowledge, skill) are judged.

    ``present`` gives the probability that an item is at least partial, ``whole`` that it is stated if it
    is; ``threshold`` is the least probability at which an item counts. ``offsets`` (by meaning, in
    log-odds) say how much more, or less, readily readers grant an item than its evidence suggests: in any
    text, and for each unit of the probability that the text is about the occupation. They are 0 for an
    item that no reader has labelled.
    """

    present: Logistic
    whole: Logistic
    threshold: float
    whole_threshold: float
    offsets: dict[str, tuple[float, float]]

    def offset(self, meanings: Sequence[str], scope: float) -> Row:
        """The offsets of these meanings, in order, in a text with this probability of being in scope."""
        pairs = [self.offsets.get(meaning, (0.0, 0.0)) for meaning in meanings]
        return np.array([always + scope * in_scope for always, in_scope in pairs])


@dataclass(frozen=True)
class Calibration:
    """Everything that was fitted; ``version`` is the digest of the stored file."""

    kinds: dict[str, KindCalibration]
    scope: Logistic
    level: Logistic
    version: str


def parse_calibration(content: str) -> Calibration:
    """Read what ``python -m eval calibrate`` wrote.

    Raises:
        MatcherError: the content is of another form.
    """
    try:
        stored = json.loads(content)
        kinds = {
            kind: KindCalibration(
                present=Logistic.from_dict(part["present"]),
                whole=Logistic.from_dict(part["whole"]),
                threshold=float(part["threshold"]),
                whole_threshold=float(part["whole_threshold"]),
                offsets={
                    key: (float(always), float(scoped)) for key, (always, scoped) in part["offsets"].items()
                },
            )
            for kind, part in stored["kinds"].items()
        }
        scope, level = Logistic.from_dict(stored["scope"]), Logistic.from_dict(stored["level"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MatcherError(f"校準檔無法讀取：{error!r}。請以 python -m eval calibrate 重新產生。") from error
    return Calibration(kinds, scope, level, sha256(content.encode()).hexdigest()[:12])


@lru_cache(maxsize=2)
def load_calibration(path: Path | None = None) -> Calibration:
    """The calibration in ``path``, by default the shipped ``data/calibration.json``."""
    return parse_calibration((path or data_path("calibration.json")).read_text(encoding="utf-8"))
