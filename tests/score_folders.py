"""A program that scores folders as ``matcher batch`` does, but lets some files make the readers misbehave.

``python -m tests.score_folders FOLDER …`` prints JSON: the rows of each, and the most memory that this
process itself held, in MiB (its workers not counted).
"""

import json
import re
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from matcher.batch.entry import Entry, entry_name
from matcher.batch.local import LocalEngine
from matcher.batch.work import Scoring
from matcher.inputs.inputs import Inputs
from matcher.settings import Settings
from matcher.standard import load_standard
from tests import hostile_readers
from tests.corpus.chaos import LIMITS


def scored(scoring: Scoring, folder: Path) -> list[dict[str, Any]]:
    """The folder's rows as plain types, in the order of the files."""
    sources = list(Inputs([str(folder)]))
    with LocalEngine(scoring, workers=2) as engine:
        done = {one.source.key: one.entries for one in chain.from_iterable(engine.run(sources))}
    return [row(source.name, entry) for source in sources for entry in done[source.key]]


def row(source: str, entry: Entry) -> dict[str, Any]:
    """What became of one document."""
    file = entry_name(source, entry)
    if entry.report is None:
        return {"file": file, "error": {"code": entry.error, "message": entry.reason}}
    return {"file": file, "report": entry.report.to_dict()}


def most_memory() -> float:
    """The high-water mark of this process' memory in MiB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    settings = Settings(read=LIMITS)
    by = Scoring(load_standard("BAS2421-003v4"), settings, reader=hostile_readers.read_or_obey)
    folders = [scored(by, Path(folder)) for folder in sys.argv[1:]]
    print(json.dumps({"folders": folders, "memory": most_memory()}))
