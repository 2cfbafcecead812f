"""``matcher match``: what a posting asks for, and what a few résumés show of it, side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.masking import MaskOption, errors_masked, masks
from matcher.cli.score import StandardOption
from matcher.cli.settings import NoOcrOption, settings_for
from matcher.errors import MatcherError

if TYPE_CHECKING:  # --help need not wait for the scorer
    from matcher import Matcher
    from matcher.reading.document import Document
    from matcher.scoring.report import Report


def match(
    posting: Annotated[str, typer.Argument(help="職缺的檔案。", metavar="POSTING")],
    resumes: Annotated[list[str], typer.Argument(help="履歷的檔案，一份或幾份。", metavar="RESUME…")],
    standard: StandardOption = "BAS2421-003v4",
    json: Annotated[bool, typer.Option("--json", help="輸出適配與兩邊完整報告的 JSON。")] = False,
    no_ocr: NoOcrOption = False,
    mask: MaskOption = None,
) -> int:
    """比對一份職缺與幾份履歷：職缺要求的每一項，各份履歷有沒有、憑哪些句子。

    履歷依適配由高到低列出；相同時比期望適配，再比檔名。讀不了的履歷列在最後，寫明原因。

    全部完成時結束狀態為 0，有履歷失敗時為 1。
    """
    from matcher import Matcher
    from matcher.cli.source import score_source
    from matcher.scoring.fit import fit_order

    settings = settings_for(no_ocr=no_ocr)
    hide = masks(mask, to_screen=not json)
    matcher = Matcher.load(standard, settings)
    with errors_masked(hide):
        asking_name, _, asking = score_source(matcher, posting, "posting", masking=hide)
    shown, failures = _scored(matcher, resumes, hide)
    if not shown:
        raise MatcherError("".join(reason for _, reason in failures))
    fits = sorted(
        ((name, report, matcher.match(asking, report)) for name, _, report in shown),
        key=lambda one: (fit_order(one[2], one[1]), one[0]),
    )
    if json:
        from json import dumps

        candidates = [
            {"file": name, "fit": fit.to_dict(), "report": report.to_dict()} for name, report, fit in fits
        ]
        content = {
            "posting": {"file": asking_name, "report": asking.to_dict()},
            "resumes": candidates,
            "failures": [{"file": name, "reason": reason} for name, reason in failures],
        }
        typer.echo(dumps(content, ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        from matcher.cli.match_view import match_view

        shares = [(name, fit) for name, _, fit in fits]
        Console(highlight=False).print(match_view(asking_name, shares, [reason for _, reason in failures]))
    return 1 if failures else 0


def _scored(
    matcher: "Matcher", files: list[str], hide: bool
) -> "tuple[list[tuple[str, Document, Report]], list[tuple[str, str]]]":
    """The résumés that could be scored; names and reasons of the others."""
    from matcher.cli.source import score_source
    from matcher.privacy import mask_name

    shown, failures = [], []
    for file in files:
        try:
            with errors_masked(hide):
                shown.append(score_source(matcher, file, "resume", masking=hide))
        except MatcherError as error:
            failures.append((mask_name(file) if hide else file, str(error)))
    return shown, failures
