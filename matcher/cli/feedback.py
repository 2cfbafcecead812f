"""``matcher feedback …``: what recruiters judged on the page, for evaluation and calibration."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.chinese import command, new_app
from matcher.cli.score import StandardOption

app = new_app("招募頁面上的判斷：匯出。")


@command(app)
def export(
    folder: Annotated[Path, typer.Argument(help="寫到哪個資料夾。")],
    standard: StandardOption = "BAS2421-003v4",
    mask: Annotated[bool, typer.Option("--mask/--no-mask", help="遮住個資。")] = True,
) -> None:
    """匯出成標註資料的格式：documents.jsonl 與 labels.jsonl。"""
    from api.feedback import export_feedback
    from api.store import Store
    from matcher.settings import load_settings

    with Store(load_settings().database_url) as store:
        documents = export_feedback(store, standard, folder, masking=mask)
    typer.echo(f"{documents} 份文件的判斷寫到 {folder}。")
