"""``matcher batch``: résumés from folders, archives, tables or a bucket, ranked."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.masking import MaskOption, errors_masked, masks
from matcher.cli.score import KindChoice, StandardOption
from matcher.cli.settings import NoOcrOption, settings_for
from matcher.errors import MatcherError

if TYPE_CHECKING:  # --help need not wait for the scorer
    from matcher import Matcher
    from matcher.batch.engine import Engine
    from matcher.batch.ranking import Posting, Ranking
    from matcher.batch.work import Scoring


class EngineChoice(StrEnum):
    """What does the work."""

    local = "local"
    dask = "dask"


_Inputs = Annotated[
    list[str],
    typer.Argument(
        help="資料夾（含子資料夾）、檔案、 ZIP、表格（CSV、 JSONL、 Parquet，加 --text-column）"
        "或網址（s3://…）。",
        metavar="INPUT…",
    ),
]
_MOST = 1_000_000_000  # places; SQLite, which ranks, knows no number beyond 64 bits
_Patterns = Annotated[
    list[str] | None, typer.Option("--include", help="只讀符合的檔名，例如 '*.pdf'；可重複。")
]
_Excluded = Annotated[list[str] | None, typer.Option("--exclude", help="不讀符合的檔名；可重複。")]


def batch(
    inputs: _Inputs,
    posting: Annotated[str | None, typer.Option("--posting", help="職缺的檔案；依對它的適配排名。")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="結果的資料夾；中斷後用同一個指令接著做。", metavar="DIR"),
    ] = None,
    top: Annotated[
        int | None, typer.Option(help="結果只列前幾名；相同的履歷同一名次，各占一列。", min=1, max=_MOST)
    ] = None,
    min_level: Annotated[
        int | None, typer.Option(help="結果只列證據相當於這一級以上的。", min=1, max=6)
    ] = None,
    kind: KindChoice = None,
    standard: StandardOption = "BAS2421-003v4",
    include: _Patterns = None,
    exclude: _Excluded = None,
    text_column: Annotated[str | None, typer.Option(help="表格裡放履歷文字的欄位。")] = None,
    name_column: Annotated[str | None, typer.Option(help="表格裡放姓名或編號的欄位。")] = None,
    engine: Annotated[
        EngineChoice, typer.Option(help="local 用這台電腦，dask 用叢集。")
    ] = EngineChoice.local,
    scheduler: Annotated[
        str | None, typer.Option(help="dask 排程器的位址（tcp://…）；沒有就在這台電腦上起一個。")
    ] = None,
    parts: Annotated[
        str | None,
        typer.Option(help="dask 工作程序寫中間結果的資料夾或網址，每一台都要寫得到。 [預設：--out 裡]"),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="同時讀檔的程序數；0 是每個核心一個。 [預設：設定 MATCHER_WORKERS]", min=0, max=1_024
        ),
    ] = None,
    no_ocr: NoOcrOption = False,
    mask: MaskOption = None,
) -> None:
    """評一批履歷並排出優先聯絡順序；讀不了的檔案也列出來，寫明原因。

    有 --posting 就依對職缺的適配排，沒有就依職能基準的涵蓋排。加 --out 時，結果寫成 results.csv、
    results.xlsx、results.parquet、results.jsonl、report.html 與 errors.csv。

    全部完成時結束狀態為 0，有檔案失敗時為 1，中途停止時為 130。
    """
    from rich.console import Console

    from matcher import Matcher
    from matcher.batch.engine import run
    from matcher.batch.journal import Journal
    from matcher.batch.ranking import Ranking
    from matcher.batch.work import Scoring
    from matcher.cli.batch_progress import Tally, progress
    from matcher.cli.batch_summary import summary
    from matcher.inputs.inputs import Inputs

    _check(out, engine, scheduler, parts)
    settings = settings_for(no_ocr=no_ocr)
    hide = masks(mask, to_screen=out is None)
    with errors_masked(hide):
        sources = Inputs(
            inputs,
            include=include or (),
            exclude=exclude or (),
            text_column=text_column,
            name_column=name_column,
            leave_out=[str(out)] if out else [],
        )
        tally = Tally(sum(1 for _ in sources))
        matcher = Matcher.load(standard, settings)
        asking = _posting(posting, matcher, hide) if posting else None
    scoring = Scoring(matcher.standard, settings, kind.value if kind else None, hide)
    doing = _engine(engine, scoring, settings.workers if workers is None else workers, scheduler, parts, out)
    stopped = True
    with Journal(_journal(out), scoring.version(matcher.versions), masking=hide) as journal:
        with suppress(KeyboardInterrupt), _ending_well(), progress(tally) as show:
            run(sources, doing, journal, show)
            stopped = False
        with Ranking(matcher.standard, journal, asking, top=top, min_level=min_level) as ranking:
            _put_out(ranking, out)
            for line in summary(ranking, journal, tally, sources.skipped):
                Console(stderr=True, highlight=False).print(line, markup=False, soft_wrap=True)
            failed = ranking.failed
    if stopped or failed:
        raise typer.Exit(130 if stopped else 1)


def _check(out: Path | None, engine: EngineChoice, scheduler: str | None, parts: str | None) -> None:
    if out is not None and out.suffix.lower() in (".csv", ".xlsx", ".jsonl", ".parquet", ".html"):
        raise MatcherError(f"--out 是放結果的資料夾，收到檔名「{out.name}」；各種格式都會寫在資料夾裡。")
    if out is not None and out.exists() and not out.is_dir():
        raise MatcherError(f"--out 要是資料夾，「{out}」是檔案。")
    if engine is EngineChoice.local and (scheduler or parts):
        raise MatcherError("--scheduler 和 --parts 要和 --engine dask 一起用。")


def _posting(file: str, matcher: "Matcher", hide: bool) -> "Posting":
    from matcher.batch.ranking import Posting
    from matcher.cli.source import score_source
    from matcher.privacy import mask

    name, document, report = score_source(matcher, file, "posting", masking=hide)
    return Posting(name, mask(document.text) if hide else document.text, report)


def _engine(
    choice: EngineChoice,
    scoring: "Scoring",
    workers: int,
    scheduler: str | None,
    parts: str | None,
    out: Path | None,
) -> "Engine":
    if choice is EngineChoice.local:
        from matcher.batch.local import LocalEngine

        return LocalEngine(scoring, workers)
    if parts is None and out is None:
        raise MatcherError("--engine dask 要有 --out 或 --parts，工作程序才有地方寫結果。")
    from matcher.batch.cluster import DaskEngine

    return DaskEngine(scoring, scheduler, workers, parts or str((out or Path()) / "parts"))


def _journal(out: Path | None) -> Path | None:
    if out is None:
        return None
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MatcherError(f"無法建立資料夾「{out}」：{error.strerror}。") from error
    return out / "journal.sqlite"


def _put_out(ranking: "Ranking", out: Path | None) -> None:
    if out is not None:
        from matcher.export.outputs import write_all

        written = write_all(ranking, out)
        print(f"已寫入 {out}：{'、'.join(path.name for path in written)}", file=sys.stderr)
    elif sys.stdout.isatty():
        from rich.console import Console

        from matcher.cli.batch_view import batch_view

        Console(highlight=False).print(batch_view(ranking))
    else:
        from matcher.export.csv_file import csv_to

        csv_to(ranking, sys.stdout)


@contextmanager
def _ending_well() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
