"""Every limit and switch of the HTTP service, with its unit and default."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field

_MIB = 1024 * 1024
_DAY = 86_400  # seconds
_MOST = 2**53
_ORIGINS = r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?|,)*$"


def _number(description: str, least: int = 1, most: int = _MOST) -> Any:
    """What the setting says of itself; its field below says it to programmers."""
    return Field(ge=least, le=most, description=description)


@dataclass(frozen=True, slots=True)
class Serving:
    """What a service listens on, and what a request may cost. ``body_bytes`` is ``MATCHER_SERVE_BODY_BYTES``.

    Every service process counts queues and rates for itself.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")  # a misspelt setting is told, not passed over

    host: Annotated[str, Field(min_length=1, description="服務綁定的位址。")] = "127.0.0.1"
    """The address that the service listens on: a name or an IP address."""
    port: Annotated[int, _number("服務的埠號；0 由系統選。", 0, 65_535)] = 8000
    """The port; 0 lets the system choose one."""
    workers: Annotated[int, _number("服務程序數。", 1, 64)] = 1
    """Service processes; they share the port, and among them the processes that read and score."""
    body_bytes: Annotated[int, _number("一個請求的內容最多多少位元組；超過 → 413。")] = 32 * _MIB
    """Bytes of a request's body, counted as they arrive → 413."""
    body_seconds: Annotated[float, _number("一個請求的內容最多傳幾秒；超過 → 408。", 1, _DAY)] = 60.0
    """Seconds in which a request's body must have arrived → 408."""
    request_seconds: Annotated[float, _number("內容到齊後，一個請求最多處理幾秒；超過 → 504。", 1, _DAY)] = (
        90.0
    )
    """Seconds from a request's last byte to the first of its answer → 504."""
    files: Annotated[int, _number("一次比對最多幾份履歷；超過 → 413。", 1, 10_000)] = 50
    """Résumés in one request → 413."""
    batch_body_bytes: Annotated[
        int, _number("送一批檔案的請求（multipart/form-data）最多多少位元組；超過 → 413。")
    ] = 512 * _MIB
    """Bytes of a form that makes a batch, counted as they arrive → 413."""
    batch_body_seconds: Annotated[float, _number("送一批檔案的請求最多傳幾秒；超過 → 408。", 1, _DAY)] = 900.0
    """Seconds in which such a form must have arrived → 408."""
    batch_unpacked_bytes: Annotated[
        int, _number("一批的檔案一共最多多少位元組，ZIP 以解開後計；超過 → 413。")
    ] = 1024 * _MIB
    """Bytes of all files of a batch, those in ZIPs unpacked → 413."""
    batch_files: Annotated[int, _number("一批最多幾個檔案，ZIP 以裡面的計；超過 → 413。", 1, 100_000)] = 2_000
    """Files of a batch, those in ZIPs counted one by one → 413."""
    batch_days: Annotated[int, _number("一批的結果留幾天，到期就刪除。", 1, 3_650)] = 30
    """Days after which a batch is erased."""
    queue: Annotated[int, _number("一個服務程序裡最多幾個請求同時進行與等候；超過 → 503。")] = 100
    """Requests that one service process holds at a time, waiting ones included → 503."""
    requests_per_minute: Annotated[
        int, _number("每把金鑰每分鐘最多幾個請求，各服務程序分開計；超過 → 429；0 不限。", 0)
    ] = 6_000
    """Requests of one key a minute and service process, 0 for any number → 429."""
    cors_origins: Annotated[
        str,
        Field(
            pattern=_ORIGINS,
            description="哪些網站的網頁可以呼叫，例如 https://ats.example.com，以逗號分隔；空白是都不行。",
        ),
    ] = ""
    """Origins whose pages may call, with commas between them; none for the empty text."""

    @property
    def origins(self) -> frozenset[str]:
        """The origins of ``cors_origins``."""
        return frozenset(filter(None, self.cors_origins.split(",")))
