"""``matcher standard …``: list, show and import competency standards."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.chinese import command, new_app

app = new_app("職能基準：列出、顯示、匯入。")


@command(app, "list")
def list_() -> None:
    """列出現有的職能基準。"""
    from rich.console import Console

    from matcher.cli.standard_view import listing
    from matcher.standard import available_standards, load_standard

    Console(highlight=False).print(listing([load_standard(code) for code in available_standards()]))


@command(app)
def show(
    code: Annotated[str, typer.Argument(help="職能基準代碼，例如 BAS2421-003v4。")],
    json: Annotated[bool, typer.Option("--json", help="輸出完整的 JSON。")] = False,
) -> None:
    """顯示一份職能基準的全部內容。"""
    from rich.console import Console

    from matcher.cli.standard_view import overview
    from matcher.standard import load_standard

    standard = load_standard(code)
    if json:
        typer.echo(standard.to_json(), nl=False)
    else:
        Console(highlight=False).print(overview(standard))


@command(app, "import")
def import_(
    file: Annotated[Path, typer.Argument(help="iCAP 公布的職能基準文件（以 Tab 分欄的 UTF-8 文字檔）。")],
    out: Annotated[Path, typer.Option(help="存放 JSON 的資料夾，沒有時會建立。")],
    force: Annotated[bool, typer.Option("--force", help="取代內容不同的同名檔案。")] = False,
) -> None:
    """讀取 iCAP 公布的文件，存成「代碼.json」。"""
    from matcher.icap import parse_file
    from matcher.standard import save_standard

    standard = parse_file(file)
    path = save_standard(standard, out, overwrite=force)
    counts = {
        "職責": len(standard.duties),
        "任務": len(standard.tasks),
        "行為指標": sum(item.kind == "indicator" for item in standard.items),
        "知識": len(standard.knowledge),
        "技能": len(standard.skills),
        "態度": len(standard.attitudes),
    }
    read = "、".join(f"{count} 項{name}" for name, count in counts.items())
    typer.echo(f"已讀取 {standard.code} {standard.name}：{read}。")
    typer.echo(f"已存成 {path}")
