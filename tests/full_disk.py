"""Writes each output onto a disk that has no room for it, and prints what came of it as JSON.

Run as root of a user namespace, with a mount of its own: ``unshare -Urm python -m tests.full_disk FOLDER``.
"""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from matcher import Matcher
from matcher.batch.entry import Entry
from matcher.batch.ranking import Ranking
from matcher.errors import MatcherError
from matcher.export.outputs import ALL, write_all
from tests.exports import PLANNER
from tests.ranked import Listed

OLD = "先前的結果"


def main(disk: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    subprocess.run(mount, check=True)
    for name in ALL:
        (disk / name).write_text(OLD, encoding="utf-8")
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))
    with (disk / "filler").open("r+b") as filler:
        filler.truncate(filler.seek(0, 2) - 8_192)
    before = sorted(path.name for path in disk.iterdir())
    matcher = Matcher.load()
    report = matcher.score(PLANNER)
    entries = {f"履歷{number}.pdf": Entry("", report) for number in range(400)}
    entries |= {f"壞檔{number}.pdf": Entry("", error="malformed", reason="壞" * 30) for number in range(400)}
    said = {}
    with Ranking(matcher.standard, Listed(entries)) as ranking:
        for name in ALL:
            try:
                write_all(ranking, disk, [name])
            except MatcherError as error:
                said[name] = str(error)
    old = [name for name in ALL if (disk / name).read_text(encoding="utf-8") == OLD]
    left = sorted(path.name for path in disk.iterdir())
    print(json.dumps({"said": said, "old": old, "left_as_before": left == before, "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
