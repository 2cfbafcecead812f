"""Why a file could not be read."""

from typing import Literal

from matcher.errors import MatcherError

Code = Literal[
    "timeout",
    "memory",
    "crash",
    "unreachable",
    "encrypted",
    "empty",
    "unsupported",
    "too_large",
    "malformed",
    "unsafe_archive",
]


class ReadingError(MatcherError):
    """A file that cannot be read: ``code`` is one of a fixed list, the message says why in Chinese."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type["ReadingError"], tuple[Code, str]]:
        # Exceptions are rebuilt from ``args``, which hold the message alone; this one crosses processes.
        return ReadingError, (self.code, str(self))
