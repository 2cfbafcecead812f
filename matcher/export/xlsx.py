"""An Excel workbook for recruiters: the ranking, and behind it what each place in it rests on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from matcher.batch.ranking import Posting, Ranked, Ranking
from matcher.export.cells import (
    JUDGED,
    OUTCOME_WORDS,
    STATUS_WORDS,
    VERDICT_WORDS,
    Cell,
    Column,
    coverage_columns,
    ranking_columns,
)
from matcher.export.sheet import MOST_ROWS, Formats, Heading, Scale, Sheet
from matcher.scoring.fit import Demand, Fit, Outcome, fit
from matcher.scoring.report import Evidence

_MADE = datetime(2000, 1, 1)  # the time of now would make each writing another file
_WIDTHS = {"名次": 5.5, "檔案": 28, "狀態": 18, "相當級別": 9, "說明": 30, JUDGED: 30}
_MOST_TERMS = 5

_EVIDENCE = (
    Heading("名次", 6),
    Heading("檔案", 28),
    Heading("代碼", 8),
    Heading("項目", 44),
    Heading("狀態", 7),
    Heading("機率", 7),
    Heading("證據句", 64),
    Heading("依據詞", 26),
)
_OUTCOME = Heading("職缺要求", 9)
_DEMANDS = (
    Heading("代碼", 8),
    Heading("項目", 44),
    Heading("要求", 7),
    Heading("權重", 7, "bar"),
    Heading("職缺怎麼說", 60),
    Heading("依據詞", 26),
    *(Heading(f"{word}人數", 8) for word in OUTCOME_WORDS.values()),
)
_JUDGEMENTS = (
    Heading("名次", 6),
    Heading("檔案", 28),
    Heading("代碼", 8),
    Heading("項目", 44),
    Heading("程式判斷", 9),
    Heading(JUDGED, 9),
    Heading("證據句", 56),
    Heading("備註", 40),
    Heading("時間（UTC）", 16),
)
_FAILED = (Heading("檔案", 44), Heading("代碼", 16), Heading("原因", 80))


def write_xlsx(ranking: Ranking, path: Path, *, most_rows: int = MOST_ROWS) -> None:
    """Sheets: 排名, with a posting 職缺要求, 任務涵蓋, 指標證據, 人工判斷 if there is any, and 無法讀取, of
    ``most_rows`` rows at most.

    Duplicates are in 排名 only. While it is written, its text waits beside ``path`` and takes some ten times
    the space of the workbook.
    """
    with _workbook(path) as book:
        about = _about(ranking)
        book.set_properties({"title": about, "created": _MADE})
        formats = Formats(book)

        def sheet(name: str, headings: Sequence[Heading]) -> Sheet:
            return Sheet(book, name, headings, formats, most_rows)

        columns = ranking_columns(ranking)
        task_columns = (*columns[:2], *coverage_columns(ranking))
        ranked = sheet("排名", _headings(columns, "bar"))
        demands = sheet("職缺要求", _DEMANDS) if ranking.posting else None
        tasks = sheet("任務涵蓋", _headings(task_columns, "colours"))
        evidence = sheet("指標證據", (*_EVIDENCE, _OUTCOME) if ranking.posting else _EVIDENCE)
        judged = sheet(JUDGED, _JUDGEMENTS) if ranking.judgements() else None
        failed = sheet("無法讀取", _FAILED)
        outcomes: Counter[tuple[str, Outcome]] = Counter()
        for one in ranking:
            ranked.add([column.cell(one) for column in columns])
            if judged:
                judged.add_all(_judgement_rows(one))
            if one.duplicate_of is None:
                tasks.add([column.cell(one) for column in task_columns])
                evidence.add_all(_evidence_rows(one))
                outcomes.update((demand.code, demand.outcome) for demand in _demands(one.fit))
        failed.add_all([failure.name, failure.error, failure.reason] for failure in ranking.failures())
        if demands and ranking.posting:
            demands.add_all(_demand_rows(ranking.posting, outcomes))
        for one_sheet in (ranked, demands, tasks, evidence, judged, failed):
            if one_sheet:
                one_sheet.finish(about)


def _about(ranking: Ranking) -> str:
    standard = f"{ranking.standard.code} {ranking.standard.name}"
    return f"{standard}　職缺：{ranking.posting.name}" if ranking.posting else standard


def _headings(columns: Sequence[Column], scale: Scale) -> list[Heading]:
    return [
        Heading(column.title, _WIDTHS.get(column.title, 7.5), scale if column.scaled else None)
        for column in columns
    ]


def _evidence_rows(one: Ranked) -> Iterator[list[Cell]]:
    """What the candidate covers, and what of the posting's demands is not to be seen."""
    outcomes = {demand.code: OUTCOME_WORDS[demand.outcome] for demand in _demands(one.fit)}
    for item in one.report.items:
        if item.status == "absent" and item.code not in outcomes:
            continue
        row: list[Cell] = [one.rank, one.name, item.code, item.text, STATUS_WORDS[item.status]]
        # That a profile like this one often has an item is no sight of it.
        row.append(item.probability if item.status != "absent" else None)
        yield [*row, *_told(item.evidence), *([outcomes.get(item.code)] if one.fit else [])]


def _judgement_rows(one: Ranked) -> Iterator[list[Cell]]:
    """What a recruiter judged, beside what the machine found of the same item."""
    items = {item.code: item for item in one.report.items}
    for said in one.judgements:
        item = items[said.item]
        quotes = [evidence for evidence in item.evidence if said.is_of(item.code, evidence)]
        verdict = VERDICT_WORDS[said.verdict] if said.verdict else ""
        row: list[Cell] = [one.rank, one.name, item.code, item.text, STATUS_WORDS[item.status], verdict]
        yield [*row, _told(quotes)[0], said.note, f"{said.made.astimezone(UTC):%Y-%m-%d %H:%M}"]


def _demand_rows(posting: Posting, outcomes: Counter[tuple[str, Outcome]]) -> Iterator[list[Cell]]:
    for demand in fit(posting.report, posting.report).demands:
        counts = [outcomes[demand.code, outcome] for outcome in OUTCOME_WORDS]
        row: list[Cell] = [demand.code, demand.text, STATUS_WORDS[demand.asked], demand.weight]
        yield [*row, *_told(demand.asked_evidence), *counts]


def _demands(result: Fit | None) -> Sequence[Demand]:
    return result.demands if result else ()


def _told(evidence: Sequence[Evidence]) -> list[Cell]:
    """The sentences, best first, and the terms that the best one rests on."""
    quotes = "\n".join(f"「{' '.join(one.quote.split())}」" for one in evidence)
    terms = "＋".join(share.term for share in evidence[0].terms[:_MOST_TERMS]) if evidence else ""
    return [quotes, terms]


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    """A workbook that is at ``path`` when the block ends well.

    Raises:
        OSError: it cannot be written.
    """
    with TemporaryDirectory(prefix=".xlsx-", dir=path.parent) as folder:
        book = Workbook(
            path,
            {
                "constant_memory": True, "tmpdir": folder, "use_zip64": True,
                "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            },
        )  # fmt: skip
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the OSError that it wraps
        finally:
            for sheet in book.worksheets():
                with suppress(OSError):  # on a full disk, closing fails as writing did
                    sheet.row_data_fh.close()
