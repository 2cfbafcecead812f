"""Gathers a document's text as its reader walks over it: what is seen apart from what is not."""

from matcher.reading.document import HiddenText, Why
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits


class Sink:
    """Takes pieces of text in reading order.

    Raises:
        ReadingError: ``too_large`` as soon as more than ``limits.text_characters`` have come in.
    """

    def __init__(self, limits: Limits) -> None:
        self._most = limits.text_characters
        self._length = 0
        self._seen: list[str] = []
        self._hidden: list[HiddenText] = []
        self._run: list[str] = []  # hidden pieces that follow one another
        self._why: Why | None = None

    def add(self, text: str, why: Why | None = None) -> None:
        """A piece of text, hidden by ``why`` or seen."""
        if not text:
            return
        self._length += len(text)
        if self._length > self._most:
            raise ReadingError("too_large", f"一個檔最多讀 {self._most:,} 字，這個檔超過了，請拆開再試。")
        if why is None:
            if text.strip():
                self._end_run()
            elif not self._seen or (self._seen[-1].endswith("\n") and "\n" not in text):
                return  # blanks at the head of a line are layout
            self._seen.append(text)
            return
        if why != self._why:
            self._end_run()
        self._why = why
        self._run.append(text)

    def end_line(self) -> None:
        """End the line, if anything stands in it."""
        self._run.append("\n")
        if self._seen and not self._seen[-1].endswith("\n"):
            self._seen.append("\n")

    def end_cell(self) -> None:
        """Set what follows apart from what stands before it in the line."""
        self._run.append(" ")
        self._seen.append("\t")

    def text(self) -> str:
        """What is seen."""
        return "".join(self._seen)

    def hidden(self) -> tuple[HiddenText, ...]:
        """What is not seen; pieces hidden alike with nothing seen between them are one."""
        self._end_run()
        return tuple(self._hidden)

    def _end_run(self) -> None:
        text = " ".join("".join(self._run).split())
        if text and self._why:
            self._hidden.append(HiddenText(text, self._why))
        self._run, self._why = [], None
