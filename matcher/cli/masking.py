"""``--mask``: personal data stays on the recruiter's own screen, and leaves it masked."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from matcher.errors import MatcherError

MaskOption = Annotated[
    bool | None,
    typer.Option(
        "--mask/--no-mask",
        # The blanks are where the help may break its lines; without them it would be cut short.
        help="以 ● 遮住個資： 姓名、 電話、 證號… [預設： 終端機上不遮； JSON、 檔案、 管線都遮]",
    ),
]


def masks(wanted: bool | None, *, to_screen: bool) -> bool:
    """Whether to mask: as asked, or else whatever does not end on the screen of a terminal.

    ``to_screen`` is whether the output is made for the eye: neither JSON nor a file.
    """
    return not (to_screen and sys.stdout.isatty()) if wanted is None else wanted


@contextmanager
def errors_masked(wanted: bool) -> Iterator[None]:
    """Errors within leave masked: their messages name files, and files are named after people."""
    try:
        yield
    except MatcherError as error:
        if not wanted:
            raise
        from matcher.privacy import mask  # here, so that --help need not wait for it

        raise MatcherError(mask(str(error))) from None
