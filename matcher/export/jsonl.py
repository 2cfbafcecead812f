"""JSON Lines: one line a document, with everything that is known of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from matcher.batch.ranking import Ranking


def write_jsonl(ranking: Ranking, path: Path) -> None:
    """Best first: ``rank``, ``file``, ``duplicate_of``, ``fit`` (null without a posting) and ``report``;
    ``judgements`` where a recruiter judged something of it.

    Documents without a report come last: ``file`` and ``error`` with ``code`` and ``message``.
    """
    with path.open("wb") as stream:
        for line in _lines(ranking):
            stream.write(msgspec.json.encode(line) + b"\n")


def _lines(ranking: Ranking) -> Iterator[dict[str, Any]]:
    for one in ranking:
        yield {
            "rank": one.rank,
            "file": one.name,
            "duplicate_of": one.duplicate_of,
            "fit": one.fit.to_dict() if one.fit else None,
            "report": one.report.to_dict(),
            **({"judgements": one.judgements} if one.judgements else {}),
        }
    for failure in ranking.failures():
        yield {"file": failure.name, "error": {"code": failure.error, "message": failure.reason}}
