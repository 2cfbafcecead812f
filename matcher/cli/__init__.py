"""The command line: ``matcher …``. Thin: every command calls the library and prints."""

import io
import sys
from typing import Annotated

import typer

from matcher import __version__
from matcher.cli import batch, feedback, keys, match, phrasebook, posting, read, score, serve, standard
from matcher.cli.chinese import command, new_app, usage_message
from matcher.errors import MatcherError

app = new_app("以職能基準比對職缺與履歷：涵蓋哪些任務、憑哪些句子、相當於第幾級。")
app.add_typer(standard.app, name="standard")
app.add_typer(phrasebook.app, name="phrasebook")
app.add_typer(keys.app, name="keys")
app.add_typer(feedback.app, name="feedback")
app.add_typer(posting.app, name="posting")
command(app, "score")(score.score)
command(app, "match")(match.match)
command(app, "batch")(batch.batch)
command(app, "read")(read.read)
command(app, "serve")(serve.serve)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"matcher {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="顯示版本。", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; a user's error is one line on standard error and exit status 2.

    Output is UTF-8 whatever the platform would choose: files and pipes hold Chinese of both scripts.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(standalone_mode=False)
    except MatcherError as error:
        _fail(str(error))
    except (KeyboardInterrupt, typer.Abort):
        _fail("已中止。", 130)
    except typer.TyperException as error:
        message = usage_message(error)
        if message:
            _fail(f"{message}加 --help 看用法。")
        sys.exit(2)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str, status: int = 2) -> None:
    print(f"錯誤：{message}", file=sys.stderr)
    sys.exit(status)
