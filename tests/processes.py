"""The command line in processes of their own, and what is left of them."""

import sys
import time
from pathlib import Path

MATCHER: tuple[str | Path, ...] = (sys.executable, "-c", "from matcher.cli import main; main()")
"""``matcher``, as a command."""

MARK = "MATCHER_TEST_MARK"
"""The variable of the environment by which the processes of a command are known."""


def marked_processes(mark: str) -> list[str]:
    """The command lines of processes with the mark in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().decode())
        except OSError:
            continue
    return found


def left_over(mark: str) -> list[str]:
    """Those that are still there after they had half a minute to end."""
    for _ in range(300):
        if not marked_processes(mark):
            return []
        time.sleep(0.1)
    return marked_processes(mark)
