"""Typer in Chinese: panel titles, the help option and usage errors."""

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_HELP = "顯示這份說明。"
_OPTIONS = "[選項]"


class _InChinese:
    """What a command or a group says of itself."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP
        return option

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", "用法：", 1)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate_panels()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class ChineseCommand(_InChinese, TyperCommand):
    """A command whose ``--help`` describes itself in Chinese."""


class ChineseGroup(_InChinese, TyperGroup):
    """A group of commands whose ``--help`` describes itself in Chinese."""


def new_app(help_text: str) -> typer.Typer:
    """A Typer application with help in Chinese; add its commands with ``command(app)``."""
    return typer.Typer(
        cls=ChineseGroup,
        no_args_is_help=True,
        options_metavar=_OPTIONS,
        subcommand_metavar="指令 [參數]",
        add_completion=False,
        help=help_text,
        pretty_exceptions_enable=False,
    )


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a command with help in Chinese."""
    return app.command(name, cls=ChineseCommand, options_metavar=_OPTIONS)


def _translate_panels() -> None:
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "參數"
    rich_utils.OPTIONS_PANEL_TITLE = "選項"
    rich_utils.COMMANDS_PANEL_TITLE = "指令"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.DEFAULT_STRING = "[預設：{}]"


def usage_message(error: Exception) -> str:
    """One Chinese sentence for an error in how a command was called; empty where help was shown instead."""
    kind = type(error).__name__
    text = str(getattr(error, "message", error))
    parameter = getattr(error, "param", None)
    hint = parameter.get_error_hint() if parameter is not None else getattr(error, "param_hint", None)
    if kind == "MissingParameter":
        return f"缺少必填的 {hint}。"
    if kind == "NoSuchOption":
        near = "、".join(getattr(error, "possibilities", None) or ())
        return f"沒有「{getattr(error, 'option_name', '')}」這個選項" + (
            f"，是不是要用 {near}？" if near else "。"
        )
    if kind == "BadParameter":
        return _bad_value(error, str(hint).replace("'", ""), text)
    unknown = re.search(r"No such command (.+)\.", text)
    if unknown:
        return f"沒有 {unknown[1]} 這個指令。"
    bare = re.search(r"Option (.+) requires an argument", text)
    if bare:
        return f"選項 {bare[1]} 後面要有一個值。"
    extra = re.search(r"unexpected extra arguments? ?(?:\(s\))? ?\((.*)\)", text)
    return f"多了不認得的參數：{extra[1]}。" if extra else text


def _bad_value(error: Exception, name: str, text: str) -> str:
    choices = re.search(r"'(.*)' is not one of (.+)\.", text, re.DOTALL)
    if choices:
        allowed = " 或 ".join(re.findall("'(.*?)'", choices[2]))
        return f"{name} 只能是 {allowed}，收到「{choices[1]}」。"
    wrong = getattr(error.__cause__, "errors", None)  # pydantic's, for numbers
    if wrong is None:
        return f"{name} 的值不對：{text}。"
    bounds = getattr(error, "param").type_descriptor.parameter_info  # noqa: B009 - typer's own, untyped
    return f"{name} 要是 {bounds.min} 到 {bounds.max} 的整數，收到「{wrong()[0]['input']}」。"
