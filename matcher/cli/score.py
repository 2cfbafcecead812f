"""``matcher score``: one posting or résumé, as a report to read or as JSON."""

from enum import StrEnum
from typing import Annotated

import typer


class KindOption(StrEnum):
    """What kind of document a text is."""

    resume = "resume"
    posting = "posting"


FileArgument = Annotated[
    str, typer.Argument(help="要評分的檔案；「-」表示從標準輸入讀取文字。", metavar="FILE|-")
]
KindChoice = Annotated[
    KindOption, typer.Option("--kind", help="文件種類：resume 履歷、posting 職缺。", show_choices=True)
]
StandardOption = Annotated[str, typer.Option("--standard", help="職能基準代碼，見 matcher standard list。")]


def score(
    file: FileArgument,
    kind: KindChoice = KindOption.resume,
    standard: StandardOption = "BAS2421-003v4",
    json: Annotated[bool, typer.Option("--json", help="輸出完整報告的 JSON，而不是給人看的版面。")] = False,
) -> None:
    """評一份職缺或履歷：涵蓋哪些任務與項目、憑哪些句子、相當於第幾級。"""
    from matcher import Matcher
    from matcher.cli.source import read_source

    document = read_source(file)
    report = Matcher.load(standard).score(document, document.kind or kind.value)
    if json:
        from json import dumps

        typer.echo(dumps(report.to_dict(), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from matcher.cli.report_view import report_view

    Console(highlight=False).print(report_view(report, document.name))
