"""Every limit and switch, from the environment (``MATCHER_…``) or a ``.env`` file."""

import logging
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from matcher.errors import MatcherError
from matcher.reading.limits import Limits
from matcher.serving import Serving
from matcher.unknown_settings import unknown_settings

_FILE = ".env"
_log = logging.getLogger("matcher")  # a command shows its warnings on standard error


class Settings(BaseSettings):
    """Limits and switches with their units and defaults. Each field of ``read`` and ``serve`` is one of its
    own: ``MATCHER_READ_SECONDS`` sets ``read.seconds``."""

    model_config = SettingsConfigDict(
        env_prefix="MATCHER_",
        env_file=_FILE,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="ignore",
        frozen=True,
    )

    segmenter: Literal["rjieba", "jieba"] = Field(
        default="rjieba", description="斷詞引擎：rjieba（快）或 jieba（參考實作，結果相同）。"
    )
    max_characters: int = Field(
        default=2_000_000,
        gt=0,
        le=2**53,
        description="一份文件最多的字數（Unicode 字元）；更長的文件得到清楚的錯誤。",
    )
    workers: int = Field(
        default=0,
        ge=0,
        le=1_024,
        description="同時讀檔的程序數；0 是每個處理器核心一個。",
    )
    database_url: str = Field(
        default="",
        repr=False,  # it may hold a password
        description="服務的資料庫：postgresql://… 或 sqlite:///檔案；空白是使用者資料夾裡的 SQLite 檔。",
    )
    standards: str = Field(
        default="",
        description="匯入的職能基準放在哪個資料夾；空白是使用者資料夾裡的 standards。",
    )
    read: Limits = Field(default=Limits(), description="讀一個檔案的限制，每一項各自設定。")
    serve: Serving = Field(default=Serving(), description="HTTP 服務的位址與限制，每一項各自設定。")


_REASONS = {
    "int_parsing": "要是整數",
    "int_parsing_size": "要是小一點的整數",
    "float_parsing": "要是數字",
    "bool_parsing": "要是 true 或 false",
    "greater_than": "要大於 {gt}",
    "greater_than_equal": "最少 {ge}",
    "less_than_equal": "最多 {le}",
    "literal_error": "只能是 {expected}",
    "string_too_short": "不能是空白",
    "string_pattern_mismatch": "要像 https://ats.example.com，以逗號分隔",
    "unexpected_keyword_argument": "沒有這個設定",
}
"""What pydantic finds wrong, by its name for it."""


def load_settings(serve: Mapping[str, object] | None = None) -> Settings:
    """The settings of the environment; those of ``serve`` win over its ``MATCHER_SERVE_…``.

    A ``MATCHER_…`` variable that is no setting is logged as a warning, with the nearest one.

    Raises:
        MatcherError: with every setting that cannot be used, what is allowed and what was received.
    """
    unknown = unknown_settings(Settings.model_fields, ("read", "serve"), _FILE)
    if unknown:
        # Not refused: others set such variables, too, as Kubernetes does for a service named «matcher».
        _log.warning("注意：%s", unknown)
    options: dict[str, Any] = {"serve": serve} if serve else {}
    try:
        return Settings(**options)
    except ValidationError as error:
        wrong = "；".join(_told(one) for one in error.errors())
        raise MatcherError(f"設定不能用：{wrong}。") from error
    except SettingsError as error:
        raise MatcherError(
            "設定不能用：MATCHER_READ 與 MATCHER_SERVE 要寫成一項一項的，例如 MATCHER_READ_SECONDS。"
        ) from error


def _told(error: Mapping[str, Any]) -> str:
    name = "_".join(map(str, error["loc"])).upper()
    reason = _REASONS.get(error["type"], error["msg"]).format(**error.get("ctx", {}))
    if error["type"] == "literal_error":
        reason = reason.replace("'", "").replace(" or ", " 或 ")
    return f"MATCHER_{name} 收到「{error['input']}」，{reason}"
