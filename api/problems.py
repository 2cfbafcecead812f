"""What is told when something goes wrong: problem details after RFC 9457, in one shape on every route."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the last part of its ``type``, its status and its title."""

    name: str
    status: int
    title: str

    @property
    def uri(self) -> str:
        """The ``type``, which stays the same for good."""
        return f"/problems/{self.name}"


MALFORMED = Kind("malformed", 400, "請求的內容不合格式")
UNAUTHORIZED = Kind("unauthorized", 401, "需要有效的金鑰")
FORBIDDEN = Kind("forbidden", 403, "這把金鑰沒有這個權限")
FOREIGN = Kind("foreign-origin", 403, "只接受本機的呼叫")
NOT_FOUND = Kind("not-found", 404, "沒有這個網址")
UNKNOWN_STANDARD = Kind("unknown-standard", 404, "沒有這份職能基準")
NO_BATCH = Kind("unknown-batch", 404, "找不到這一批")
METHOD = Kind("method-not-allowed", 405, "這個網址不接受這種方法")
SLOW_BODY = Kind("slow-body", 408, "請求的內容傳得太慢")
CONFLICT = Kind("conflict", 409, "已有同代碼而內容不同的職能基準")
IDEMPOTENCY = Kind("idempotency-conflict", 409, "這個 Idempotency-Key 已用於另一個請求")
TOO_LARGE = Kind("too-large", 413, "超過大小限制")
MEDIA = Kind("unsupported-media-type", 415, "不支援這種內容")
INVALID = Kind("invalid", 422, "欄位的值不對")
UNREADABLE = Kind("unreadable", 422, "檔案讀不出來")
NO_STANDARD = Kind("not-a-standard", 422, "這不是 iCAP 職能基準文件")
TOO_MANY = Kind("too-many-requests", 429, "請求太頻繁")
HEADERS = Kind("headers-too-large", 431, "請求的標頭太長")
INTERNAL = Kind("internal", 500, "服務發生意外")
BUSY = Kind("busy", 503, "服務忙碌")
STORE = Kind("store-unavailable", 503, "資料庫連不上")
NOT_READY = Kind("not-ready", 503, "服務還沒準備好")
TIMEOUT = Kind("timeout", 504, "處理超過時限")

KINDS = tuple(kind for kind in list(globals().values()) if isinstance(kind, Kind))
"""Every kind of problem."""


_PLAIN = re.compile(r"[A-Za-z0-9_.+-]{1,40}")


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong with a field: never its value, which may be personal, unless it is a plain option's."""

    field: str
    message: str
    allowed: Sequence[str | int] | None = None
    received: str | None = None


def plain(text: str) -> str:
    """A name or value that a client gave where it is a plain word, as those of fields and options are; empty
    where it is none, as it may be content then."""
    return text if _PLAIN.fullmatch(text) else ""


class Problem(Exception):  # noqa: N818 - the standard's word
    """Ends a request with this problem. ``detail`` is a sentence in Chinese without content of documents."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(kind.name)
        self.kind, self.detail, self.errors = kind, detail, tuple(errors)
        self.headers = dict(headers or {})
        self.code = code

    def body(self, instance: str, request_id: str) -> bytes:
        """The problem as JSON. ``instance`` is the path of the request."""
        content: dict[str, Any] = {
            "type": self.kind.uri,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": instance,
            "errors": self.errors,
            "request_id": request_id,
        }
        if self.code:
            content["code"] = self.code
        return msgspec.json.encode(content)


def retry_after(seconds: float) -> dict[str, str]:
    """The header that says when to try again."""
    return {"Retry-After": str(max(1, round(seconds + 0.5)))}
