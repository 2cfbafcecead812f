"""How well each format is read: ``python -m eval.formats`` rebuilds ``docs/formats.md``.

The files are made on the spot from one text (``tests/corpus``); the error is counted in characters.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.reading.errors import ReadingError
from matcher.reading.read import read_document
from tests.corpus.content import EXPECTED, error_rate
from tests.corpus.hidden import SEEN, Case, cases
from tests.corpus.made import MAKERS, ToolMissingError

PAGE = Path(__file__).parent.parent / "docs" / "formats.md"

_HEAD = """# Formats that are read

Written by `python -m eval.formats`; do not edit by hand.

Every file below is made on the spot from one résumé of {length} characters (`tests/corpus/`) by the tool
in brackets, and read again. *Error* is the character error rate: the edits that turn what was read into what
was written, for each character written, blanks aside. A column read out of turn is an error.

| Format | Error |
| --- | ---: |
"""
_HIDDEN = """
## Hidden text

{total} made files each show one sentence and hold another: hidden in {hiding} of them, shown in {showing}
in ways that look like hiding (white on a dark panel, text beside a photo, a rule that is overruled). *Recall*
is the share of hidden sentences that were told apart and left out of the text; a *false alarm* is a shown
sentence taken for hidden.

| Format | Hidden | Recall | Shown | False alarms |
| --- | ---: | ---: | ---: | ---: |
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One format, read: its error rate, or why it could not be measured."""

    name: str
    error: float | None
    reason: str = ""


def measure() -> Iterator[Row]:
    """Make and read every format."""
    for name, (ending, make) in MAKERS.items():
        try:
            yield Row(name, error_rate(read_document(make(), f"resume.{ending}").text))
        except (ToolMissingError, ReadingError) as error:
            yield Row(name, None, reason=str(error))


@dataclass(frozen=True, slots=True)
class Tally:
    """How the hidden-text cases of one format came out."""

    hiding: int = 0
    found: int = 0
    showing: int = 0
    alarms: int = 0

    def plus(self, case: Case, right: bool) -> "Tally":
        """The tally once a case came out right or wrong."""
        if case.hides:
            return Tally(self.hiding + 1, self.found + right, self.showing, self.alarms)
        return Tally(self.hiding, self.found, self.showing + 1, self.alarms + (not right))


def measure_hidden() -> dict[str, Tally]:
    """Format → how its cases came out. Cases whose tool is missing are left out."""
    tallies: dict[str, Tally] = {}
    for case in cases():
        try:
            document = read_document(case.make(), case.name)
        except ToolMissingError:
            continue
        hidden = "".join("".join(piece.text.split()) for piece in document.hidden)
        told = case.unseen in hidden and case.unseen not in document.text
        right = SEEN in document.text and (told if case.hides else case.unseen in document.text)
        kind = case.name.partition(":")[0]
        tallies[kind] = tallies.get(kind, Tally()).plus(case, right)
    return tallies


def page(rows: list[Row], tallies: dict[str, Tally]) -> str:
    """The page in Markdown."""
    lines = [f"| {row.name} | {row.reason if row.error is None else f'{row.error:.2%}'} |\n" for row in rows]
    total = Tally(
        *(
            sum(getattr(tally, name) for tally in tallies.values())
            for name in ("hiding", "found", "showing", "alarms")
        )
    )
    hidden = [
        f"| {kind} | {t.hiding} | {t.found / max(1, t.hiding):.0%} | {t.showing} | {t.alarms} |\n"
        for kind, t in (*tallies.items(), ("**all**", total))
    ]
    head = _HIDDEN.format(total=total.hiding + total.showing, hiding=total.hiding, showing=total.showing)
    return _HEAD.format(length=len("".join(EXPECTED.split()))) + "".join(lines) + head + "".join(hidden)


def main(arguments: list[str]) -> None:
    """Write the page, or print it."""
    parser = argparse.ArgumentParser(prog="python -m eval.formats", description=__doc__)
    parser.add_argument("--print", action="store_true", help="print the page instead of writing it")
    options = parser.parse_args(arguments)
    text = page(list(measure()), measure_hidden())
    if options.print:
        sys.stdout.write(text)
    else:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
