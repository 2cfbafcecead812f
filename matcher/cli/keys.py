"""``matcher keys …``: make, list and revoke the API keys of the service."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.chinese import command, new_app

if TYPE_CHECKING:
    from datetime import datetime

app = new_app("服務的金鑰：建立、列出、停用。")


class RoleOption(StrEnum):
    """What the owner of a key may do."""

    recruiter = "recruiter"
    admin = "admin"


@command(app)
def create(
    name: Annotated[str, typer.Option(help="給人看的名稱，例如使用它的系統。")],
    role: Annotated[
        RoleOption, typer.Option(help="recruiter 評分與比對；admin 還可以匯入職能基準、看指標。")
    ] = RoleOption.recruiter,
) -> None:
    """建立一把金鑰，只顯示這一次。"""
    from api.batches.shelf import open_batches
    from api.store import Store
    from api.store.keys import create_key
    from matcher.settings import load_settings

    with Store(load_settings().database_url) as store:
        token = create_key(store, name, role.value)
        opened = open_batches(store)
    typer.echo(str(token))
    typer.echo("請現在收好：這把金鑰不會再顯示，資料庫裡只有它的雜湊。", err=True)
    if opened:
        typer.echo(f"還沒有金鑰時送出的 {opened} 批，只有 admin 的金鑰看得到、能刪除。", err=True)


@command(app, "list")
def list_() -> None:
    """列出所有金鑰，停用的也在內；金鑰本身不會顯示。"""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from api.store import Store
    from api.store.keys import all_keys
    from matcher.settings import load_settings

    with Store(load_settings().database_url) as store:
        keys = all_keys(store)
    table = Table(box=box.SIMPLE_HEAD)
    for title in ("ID", "名稱", "角色", "建立", "最後使用", "停用"):
        table.add_column(title, overflow="fold")
    for key in keys:
        moments = (_shown(moment) for moment in (key.created, key.last_used, key.revoked))
        table.add_row(key.id, escape(key.name), key.role, *moments)
    Console(highlight=False).print(table)


@command(app)
def revoke(
    key: Annotated[str, typer.Argument(help="金鑰的 ID，見 matcher keys list。", metavar="ID")],
) -> None:
    """停用一把金鑰，不能恢復；執行中的服務一秒內就不再接受它。"""
    from api.store import Store
    from api.store.keys import revoke_key
    from matcher.settings import load_settings

    with Store(load_settings().database_url) as store:
        revoked = revoke_key(store, key)
    typer.echo(f"已停用 {revoked.id}（{revoked.name}）。")


def _shown(moment: "datetime | None") -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else "–"
