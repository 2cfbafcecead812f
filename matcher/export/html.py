"""The report as one HTML file that needs nothing else: no network, no other file, no program of ours."""

from itertools import islice
from pathlib import Path

from matcher.batch.ranking import Ranking
from matcher.export.overview import survey
from matcher.export.page import posting_page, ranked_page, single_page
from matcher.export.templating import asset, environment, policy
from matcher.scoring.report import Report

_PIECES = 64  # pieces of a template that are written at a time


def write_html(ranking: Ranking, path: Path) -> None:
    """Write the report of a ranking: the same ranking gives the same bytes.

    Not all of a large ranking has room (`matcher.export.overview`); the report says what it leaves out.
    Raises the ``OSError`` of writing.
    """
    overview = survey(ranking)
    values = {
        "overview": overview,
        "posting": posting_page(ranking.posting) if ranking.posting else None,
        "pages": map(ranked_page, islice(ranking, overview.pages)),
    }
    stream = environment().get_template("report.html").stream(**values, **_inline())
    stream.enable_buffering(_PIECES)
    with path.open("wb") as file:
        stream.dump(file, encoding="utf-8")


def report_html(name: str, report: Report, text: str) -> str:
    """The report of one résumé or posting as a page; ``text`` is what the report's spans are of."""
    page = single_page(name, report, text)
    return environment().get_template("single.html").render(**_inline(), page=page)


def _inline() -> dict[str, str]:
    style, script = asset("report.css"), asset("report.js")
    return {"style": style, "script": script, "policy": policy(style, script)}
