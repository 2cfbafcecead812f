"""``matcher serve``: the HTTP service."""

from typing import Annotated

import typer


def serve(
    host: Annotated[
        str | None, typer.Option(help="綁定的位址。 [預設：設定 MATCHER_SERVE_HOST， 127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="埠號。 [預設：設定 MATCHER_SERVE_PORT， 8000]", min=0, max=65_535)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="服務程序數。 [預設：設定 MATCHER_SERVE_WORKERS， 1]", min=1, max=64)
    ] = None,
) -> None:
    """啟動招募頁面與 HTTP 服務，直到按 Ctrl-C。

    用瀏覽器打開印出的網址就是招募頁面； /docs 是供其他程式呼叫的服務的說明，可以試用。

    只在本機、還沒有任何金鑰時，不需要金鑰；其他位址要先執行 matcher keys create。
    """
    from api.server import is_open, listen
    from api.server import serve as run
    from matcher.settings import load_settings

    options = {"host": host, "port": port, "workers": workers}
    settings = load_settings({name: value for name, value in options.items() if value is not None})
    bound = listen(settings.serve)
    with bound:
        unlocked = is_open(settings, bound)
        address, number = bound.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        url = f"http://{shown}:{number}"
        typer.echo(f"招募頁面 {url}/ ，供其他程式呼叫的說明 {url}/docs ，按 Ctrl-C 停止。")
        if unlocked:
            typer.echo("還沒有任何金鑰：這台電腦上的程式都可以使用，其他電腦都不行。")
            typer.echo("要用金鑰，請執行 matcher keys create。")
        raise typer.Exit(run(settings, bound))
