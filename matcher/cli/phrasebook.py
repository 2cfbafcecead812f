"""``matcher phrasebook …``: check the phrasebook, try what a text hits."""

from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.chinese import command, new_app
from matcher.cli.score import StandardOption

if TYPE_CHECKING:
    from matcher.scoring.phrasebook_check import PhrasebookChecker

app = new_app("說法手冊：檢查、試打一段文字看會命中哪些項目。")


@command(app)
def check(standard: StandardOption = "BAS2421-003v4") -> None:
    """檢查說法手冊：重複、離別的項目更近、到處命中的說法。

    沒有問題時結束狀態為 0，有重複或空的說法時為 1；其餘為提醒。
    """
    from rich.console import Console
    from rich.table import Table

    findings = list(_checker(standard).findings())
    table = Table("項目", "說法", "問題", box=None)
    for finding in findings:
        table.add_row(finding.code, finding.phrase, finding.message)
    console = Console(highlight=False)
    if findings:
        console.print(table)
    console.print(f"共 {len(findings)} 個提醒。")
    if any(finding.problem in ("duplicate", "empty") for finding in findings):
        raise typer.Exit(1)


@command(app, "try")
def try_(
    text: Annotated[str, typer.Argument(help="一個說法或一句話。", metavar="文字")],
    standard: StandardOption = "BAS2421-003v4",
) -> None:
    """看一段文字會命中哪些項目的哪些說法，最像的在前。"""
    from rich.console import Console
    from rich.table import Table

    table = Table("項目", "相似度", "最近的說法", "作用", box=None)
    roles = {"wording": "基準原文", "stated": "明確", "partial": "部分", "not": "排除"}
    hits = _checker(standard).hits(text)
    for hit in hits:
        table.add_row(hit.code, f"{hit.similarity:.2f}", hit.phrase.text, roles[hit.phrase.role])
    Console(highlight=False).print(table if hits else "沒有相近的說法。")


def _checker(code: str) -> "PhrasebookChecker":
    from matcher.catalogue import Catalogue
    from matcher.language.lexicon import load_lexicon
    from matcher.language.segment import default_segmenter
    from matcher.scoring.idf import load_idf
    from matcher.scoring.phrasebook import load_phrasebook
    from matcher.scoring.phrasebook_check import PhrasebookChecker
    from matcher.settings import load_settings

    return PhrasebookChecker(
        Catalogue(load_settings()).find(code),
        load_phrasebook(),
        default_segmenter(),
        load_idf(load_lexicon()),
    )
