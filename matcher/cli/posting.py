"""``matcher posting …``: the wording of a posting."""

from typing import Annotated

import typer

from matcher.cli.chinese import command, new_app
from matcher.cli.score import PostingArgument
from matcher.cli.settings import NoOcrOption, settings_for

app = new_app("職缺的用字：檢查。")


@command(app)
def check(
    file: PostingArgument,
    no_ocr: NoOcrOption = False,
    json: Annotated[bool, typer.Option("--json", help="輸出 JSON：位置、理由、改寫。")] = False,
) -> int:
    """找出就業服務法第 5 條不允許、或容易惹麻煩的寫法。有法律禁止的寫法時，結束狀態是 1。"""
    from dataclasses import asdict
    from json import dumps

    from matcher.cli.source import read_source
    from matcher.postings import check as findings_of

    findings = findings_of(read_source(file, settings_for(no_ocr=no_ocr).read).text)
    if json:
        typer.echo(dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            said = "法律禁止" if one.weight == "forbidden" else "請確認"
            quote = f"「{' '.join(one.quote.split())}」" if one.quote else "（沒有寫）"
            typer.echo(f"{one.ground} {quote}　{said}，{one.article}\n  {one.why}\n  改寫：{one.better}")
        if not findings:
            typer.echo("沒有找到就業服務法第 5 條不允許的寫法；沒有找到不代表一定合法。")
    return int(any(one.weight == "forbidden" for one in findings))
