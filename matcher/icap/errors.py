"""What is wrong with a document that does not parse."""

from matcher.errors import MatcherError


class StandardFormatError(MatcherError):
    """The document is not a published iCAP standard, or is damaged at `line` (from 1; None: as a whole)."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message, line)
        self.message = message
        self.line = line

    def __str__(self) -> str:
        return self.message if self.line is None else f"第 {self.line} 行：{self.message}"
