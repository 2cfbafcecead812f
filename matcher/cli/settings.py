"""The settings that a command works with."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from matcher.settings import Settings

NoOcrOption = Annotated[bool, typer.Option("--no-ocr", help="不辨識圖片與掃描的頁面。")]


def settings_for(*, no_ocr: bool) -> "Settings":
    """The settings of the environment, with what the command line says instead.

    Raises:
        MatcherError: a setting of the environment cannot be used.
    """
    from matcher.settings import load_settings  # here, so that --help need not wait for it

    settings = load_settings()
    return settings.model_copy(update={"read": replace(settings.read, ocr=False)}) if no_ocr else settings
