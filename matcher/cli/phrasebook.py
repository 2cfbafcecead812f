"""``matcher phrasebook …``: check the phrasebook, try what a text hits."""

from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.chinese import command, new_app
from matcher.cli.score import StandardOption

if TYPE_CHECKING:
    from matcher.scoring.phrasebook_check import PhrasebookChecker
    from matcher.standard import Standard

app = new_app("說法手冊：檢查、試打一段文字看會命中哪些項目。")


_ERRORS = {"duplicate": "重複的說法", "empty": "空的說法"}
_REMINDERS = {"stray": "離別的項目更近", "everywhere": "到處命中"}


@command(app)
def check(
    which: Annotated[
        list[str] | None,
        typer.Argument(
            help="只看這些項目（代碼，例如 P2.3.1）或這些檔案裡的項目（例如 data/phrasebook/skills.yaml）。",
            metavar="[CODE|FILE]…",
        ),
    ] = None,
    standard: StandardOption = "BAS2421-003v4",
    all_: Annotated[bool, typer.Option("--all", help="列出全部的提醒，而不只是各有幾個。")] = False,
) -> int:
    """檢查說法手冊：重複、離別的項目更近、到處命中的說法。

    沒有問題時結束狀態為 0，有重複或空的說法時為 1；其餘為提醒。
    """
    from collections import Counter

    checker, known = _checker(standard)
    chosen = _codes(which, known) if which else {item.code for item in known.items}
    findings = [finding for finding in checker.findings() if finding.code in chosen]
    for finding in findings:
        if finding.problem in _ERRORS or which or all_:
            typer.echo(f"{finding.code} 「{finding.phrase}」{finding.message}")
    counts: Counter[str] = Counter(finding.problem for finding in findings)
    parts = [f"{name} {counts[kind]} 個" for kind, name in (_ERRORS | _REMINDERS).items() if counts[kind]]
    typer.echo(f"{'、'.join(parts)}。" if parts else "沒有問題，也沒有提醒。")
    if parts and not (which or all_):
        typer.echo("看一個項目或檔案的提醒：matcher phrasebook check 代碼或檔案；看全部：加 --all。")
    return int(any(kind in counts for kind in _ERRORS))


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
    hits = _checker(standard)[0].hits(text)
    for hit in hits:
        table.add_row(hit.code, f"{hit.similarity:.2f}", hit.phrase.text, roles[hit.phrase.role])
    Console(highlight=False).print(table if hits else "沒有相近的說法。")


def _codes(which: list[str], standard: "Standard") -> set[str]:
    from pathlib import Path

    from matcher.scoring.phrasebook import meaning, meanings_in

    codes = set()
    for name in which:
        if name.lower().endswith(".yaml"):
            meanings = meanings_in(Path(name))
            codes |= {item.code for item in standard.items if meaning(item.text) in meanings}
        else:
            codes.add(standard.item(name).code)
    return codes


def _checker(name: str) -> "tuple[PhrasebookChecker, Standard]":
    from matcher.catalogue import Catalogue
    from matcher.language.lexicon import load_lexicon
    from matcher.language.segment import default_segmenter
    from matcher.scoring.idf import load_idf
    from matcher.scoring.phrasebook import load_phrasebook
    from matcher.scoring.phrasebook_check import PhrasebookChecker
    from matcher.settings import load_settings

    standard = Catalogue(load_settings()).find(name)
    idf = load_idf(load_lexicon())
    return PhrasebookChecker(standard, load_phrasebook(), default_segmenter(), idf), standard
