"""Draws docs/images/report.svg, the terminal report of a sample: ``python docs/make_picture.py``."""

import io
import re
from pathlib import Path

from rich.console import Console

from matcher import Matcher
from matcher.cli.report_view import report_view

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "data" / "samples" / "resumes" / "clerk.txt"


def main() -> None:
    """Score the sample and save what the terminal shows."""
    report = Matcher.load().score(SAMPLE.read_text(encoding="utf-8"))
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print(report_view(report, SAMPLE.name))
    svg = console.export_svg(title="matcher score data/samples/resumes/clerk.txt")
    # rich squeezes a Chinese character into one cell; without a length the font's own widths hold.
    svg = re.sub(r' textLength="[0-9.]+"', "", svg)
    # No fonts from another host; Latin in a font as wide as rich's cells, Chinese in whatever is there.
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas, Noto Sans CJK TC")
    (HERE / "images" / "report.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
