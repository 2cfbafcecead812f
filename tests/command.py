"""What a command of ``matcher`` did."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line that a user's error consists of."""
        assert self.status == 2
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.startswith("錯誤：")
        return line


RunCommand = Callable[..., Outcome]


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """What ``matcher`` with these arguments writes onto a terminal."""
    terminal, other_end = pty.openpty()
    variables = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    variables |= {"TERM": "xterm-256color", "COLUMNS": "100", **environment}
    command = [sys.executable, "-c", "from matcher.cli import main; main()", *map(str, arguments)]
    with subprocess.Popen(command, stdout=other_end, stderr=subprocess.DEVNULL, env=variables) as process:
        os.close(other_end)
        written = b""
        while True:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # Linux says so that the other end is closed
                break
            if not piece:
                break
            written += piece
    os.close(terminal)
    assert process.returncode == 0
    return written.decode()
