"""A program that scores folders as ``matcher batch`` does, but lets some files make the readers misbehave.

``python -m tests.score_folders FOLDER …`` prints JSON: the rows of each, and the most memory that this
process itself held, in MiB (its workers not counted).
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from matcher import Matcher
from matcher.batch.rows import folder_files, score_files
from matcher.reading.guard import Guard
from tests import hostile_readers
from tests.corpus.chaos import LIMITS


def scored(matcher: Matcher, folder: Path) -> list[dict[str, Any]]:
    """The folder's rows as plain types."""
    with Guard(LIMITS, workers=2, reader=hostile_readers.read_or_obey) as guard:
        return [row.to_dict() for row in score_files(matcher, guard, folder_files(folder), folder)]


def most_memory() -> float:
    """The high-water mark of this process' memory in MiB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    matcher = Matcher.load()
    folders = [scored(matcher, Path(folder)) for folder in sys.argv[1:]]
    print(json.dumps({"folders": folders, "memory": most_memory()}))
