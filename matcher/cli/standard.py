"""``matcher standard …``: list, show and import competency standards."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.chinese import command, new_app

app = new_app("職能基準：列出、顯示、匯入。")


@command(app, "list")
def list_() -> None:
    """列出現有的職能基準：內建的與匯入的。"""
    from rich.console import Console

    from matcher.catalogue import Catalogue
    from matcher.cli.standard_view import listing
    from matcher.settings import load_settings

    catalogue = Catalogue(load_settings())
    standards = [
        (catalogue.find(code), folder == catalogue.folder) for code, folder in catalogue.codes().items()
    ]
    Console(highlight=False).print(listing(standards))


@command(app)
def show(
    code: Annotated[str, typer.Argument(help="職能基準代碼，例如 BAS2421-003v4，或 .json 檔。")],
    json: Annotated[bool, typer.Option("--json", help="輸出完整的 JSON。")] = False,
) -> None:
    """顯示一份職能基準的全部內容。"""
    from rich.console import Console

    from matcher.catalogue import Catalogue
    from matcher.cli.standard_view import overview
    from matcher.settings import load_settings

    standard = Catalogue(load_settings()).find(code)
    if json:
        typer.echo(standard.to_json(), nl=False)
    else:
        Console(highlight=False).print(overview(standard))


@command(app, "import")
def import_(
    file: Annotated[Path, typer.Argument(help="iCAP 公布的職能基準文件（以 Tab 分欄的 UTF-8 文字檔）。")],
    out: Annotated[
        Path | None,
        typer.Option(help="改存到這個資料夾。 [預設：設定 MATCHER_STANDARDS，使用者自己的資料夾]"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="取代內容不同的同名檔案。")] = False,
) -> None:
    """讀取 iCAP 公布的文件，存成「代碼.json」，之後就能用 --standard 代碼 評分。"""
    from matcher.catalogue import Catalogue
    from matcher.icap import parse_file
    from matcher.settings import load_settings
    from matcher.standard import save_standard

    catalogue = Catalogue(load_settings())
    standard = parse_file(file)
    if out is None or out.resolve() == catalogue.folder.resolve():
        path, name = catalogue.add(standard, overwrite=force), standard.code
    else:
        path = save_standard(standard, out, overwrite=force)
        name = str(path)
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
    typer.echo(f"使用：matcher score --standard {name} 檔案")
