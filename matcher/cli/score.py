"""``matcher score``: one posting or résumé, as a report to read or as JSON."""

from enum import StrEnum
from typing import Annotated

import typer

from matcher.cli.masking import MaskOption, errors_masked, masks
from matcher.cli.settings import NoOcrOption, settings_for


class KindOption(StrEnum):
    """What kind of document a text is."""

    resume = "resume"
    posting = "posting"


_STDIN = "「-」表示從標準輸入讀取文字。"
FileArgument = Annotated[str, typer.Argument(help=f"檔案；{_STDIN}", metavar="FILE|-")]
PostingArgument = Annotated[str, typer.Argument(help=f"職缺的檔案；{_STDIN}", metavar="FILE|-")]
KindChoice = Annotated[
    KindOption | None,
    typer.Option(
        "--kind",
        help="文件種類：resume 履歷、posting 職缺。 [預設：檔案自己寫的"
        "（JSON Resume、 JobPosting），沒寫就是 resume]",
        show_choices=True,
    ),
]
StandardOption = Annotated[
    str, typer.Option("--standard", help="職能基準：代碼（見 matcher standard list）或 .json 檔。")
]


def score(
    file: FileArgument,
    kind: KindChoice = None,
    standard: StandardOption = "BAS2421-003v4",
    json: Annotated[bool, typer.Option("--json", help="輸出完整報告的 JSON，而不是給人看的版面。")] = False,
    no_ocr: NoOcrOption = False,
    mask: MaskOption = None,
) -> None:
    """評一份職缺或履歷：涵蓋哪些任務與項目、憑哪些句子、相當於第幾級。"""
    from matcher import Matcher
    from matcher.cli.source import read_source

    settings = settings_for(no_ocr=no_ocr)
    hide = masks(mask, to_screen=not json)
    with errors_masked(hide):
        document = read_source(file, settings.read)
        report = Matcher.load(standard, settings).score(document, kind.value if kind else None)
    name = document.name
    if hide:
        from matcher.privacy import mask_name, masked

        report, name = masked(report, document), mask_name(name)
    if json:
        from json import dumps

        typer.echo(dumps(report.to_dict(), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from matcher.cli.report_view import report_view

    Console(highlight=False).print(report_view(report, name))
