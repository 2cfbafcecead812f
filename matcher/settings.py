"""Every limit and switch, from the environment (``MATCHER_…``) or a ``.env`` file."""

from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from matcher.errors import MatcherError


class Settings(BaseSettings):
    """Limits and switches with their units and defaults."""

    model_config = SettingsConfigDict(env_prefix="MATCHER_", env_file=".env", extra="ignore", frozen=True)

    segmenter: Literal["rjieba", "jieba"] = Field(
        default="rjieba", description="斷詞引擎：rjieba（快）或 jieba（參考實作，結果相同）。"
    )
    max_characters: int = Field(
        default=2_000_000,
        gt=0,
        description="一份文件最多的字數（Unicode 字元）；更長的文件得到清楚的錯誤。",
    )


def load_settings() -> Settings:
    """The settings of the environment.

    Raises:
        MatcherError: with every setting that cannot be used, what is allowed and what was received.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "；".join(
            f"MATCHER_{str(one['loc'][0]).upper()} 收到「{one['input']}」（{one['msg']}）"
            for one in error.errors()
        )
        raise MatcherError(f"設定不能用：{wrong}。") from error
