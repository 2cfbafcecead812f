"""``matcher read``: what was read of a file, for whoever wonders why a score is low."""

from typing import Annotated

import typer

from matcher.cli.masking import MaskOption, errors_masked, masks
from matcher.cli.score import FileArgument
from matcher.cli.settings import NoOcrOption, settings_for


def read(
    file: FileArgument,
    json: Annotated[bool, typer.Option("--json", help="輸出 JSON：文字、頁、看不見的文字、警告。")] = False,
    no_ocr: NoOcrOption = False,
    mask: MaskOption = None,
) -> None:
    """顯示從檔案讀到什麼：文字、警告、看不見的文字。"""
    from matcher.cli.source import read_source

    hide = masks(mask, to_screen=not json)
    with errors_masked(hide):
        document = read_source(file, settings_for(no_ocr=no_ocr).read)
    if hide:
        from matcher.privacy import masked_document

        document = masked_document(document)
    if json:
        from dataclasses import asdict
        from json import dumps

        typer.echo(dumps(asdict(document), ensure_ascii=False, indent=2))
        return
    from rich.console import Console, Group

    from matcher.cli.wrapping import ChineseText

    pages, length = len(document.pages), len(document.text)
    head = f"{document.name}　{document.media_type}　{pages} 頁　{length} 字"
    parts = [ChineseText(head, style="bold")]
    parts += [ChineseText(f"！{warning.message}", style="yellow") for warning in document.warnings]
    for hidden in document.hidden:
        shown = f"看不見的文字（{hidden.why}）：{' '.join(hidden.text.split())}"
        parts.append(ChineseText(shown, style="magenta"))
    Console(highlight=False).print(Group(*parts, ChineseText(document.text)))
