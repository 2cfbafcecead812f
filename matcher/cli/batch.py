"""``matcher batch``: a folder of documents, one row a file."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.masking import MaskOption, errors_masked, masks
from matcher.cli.score import KindChoice, StandardOption
from matcher.cli.settings import NoOcrOption, settings_for


def batch(
    folder: Annotated[Path, typer.Argument(help="放履歷或職缺的資料夾（含子資料夾）。", metavar="FOLDER")],
    kind: KindChoice = None,
    standard: StandardOption = "BAS2421-003v4",
    out: Annotated[
        Path | None, typer.Option("--out", help="結果檔：.csv（Excel 可直接開）或 .jsonl（完整報告）。")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="同時讀檔的程序數；0 是每個核心一個。 [預設：設定 MATCHER_WORKERS]"),
    ] = None,
    no_ocr: NoOcrOption = False,
    mask: MaskOption = None,
) -> None:
    """評整個資料夾：一個檔案一列；讀不了的檔案也有一列，寫明原因。

    全部完成時結束狀態為 0，有檔案失敗時為 1。
    """
    import sys

    from rich.console import Console
    from rich.progress import track

    from matcher import Matcher
    from matcher.batch.rows import folder_files, score_files
    from matcher.batch.table import cells, check_out, header, save, write_csv
    from matcher.reading.guard import Guard

    if out is not None:
        check_out(out)
    hide = masks(mask, to_screen=out is None)
    with errors_masked(hide):
        # What an earlier run wrote into the same folder is no document.
        files = [path for path in folder_files(folder) if out is None or path.absolute() != out.absolute()]
    settings = settings_for(no_ocr=no_ocr)
    matcher = Matcher.load(standard, settings)
    progress = Console(stderr=True)
    with Guard(settings.read, settings.workers if workers is None else workers) as guard:
        scored = score_files(matcher, guard, files, folder, kind.value if kind else None, masking=hide)
        rows = list(track(scored, "評分中", len(files), console=progress, transient=True))
    if out is not None:
        save(rows, matcher.standard, out)
        progress.print(f"已寫入 {out}：{len(rows)} 列。")
    elif sys.stdout.isatty():
        from matcher.cli.batch_view import batch_view

        Console(highlight=False).print(batch_view(rows, matcher.standard))
    else:
        write_csv([header(matcher.standard), *(cells(row, matcher.standard) for row in rows)], sys.stdout)
    failed = sum(row.report is None for row in rows)
    if failed:
        progress.print(f"{len(rows)} 個檔案中有 {failed} 個失敗，原因見「說明」。")
        raise typer.Exit(1)
