"""Who may call while no key was ever made: programs and pages of this machine, and nobody else."""

import re
from collections.abc import Set
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from api.problems import FOREIGN, UNAUTHORIZED, Problem

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")


def is_loopback(host: str) -> bool:
    """Whether a name or address always means this machine itself."""
    host = host.strip("[]").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_local(request: Request, origins: Set[str]) -> None:
    """Raise a Problem unless the caller is on this machine; a page must be one of ours or of ``origins``.

    A page anywhere may have the browser call 127.0.0.1, under a name of its own that it lets point there (DNS
    rebinding): its ``Host`` or ``Origin`` gives it away.
    """
    ends = (request.client and request.client.host, request.scope["server"] and request.scope["server"][0])
    if not all(end and is_loopback(end) for end in ends):
        raise Problem(
            UNAUTHORIZED,
            "尚未建立金鑰的服務只接受本機的呼叫；請先在服務的電腦執行 matcher keys create。",
            headers={"WWW-Authenticate": "Bearer"},
        )
    host = request.headers.get("host", "")
    match = _HOST.fullmatch(host)
    if not match or not is_loopback(match["name"]):
        raise Problem(FOREIGN, "標頭 Host 要是 localhost 或本機的 IP 位址。")
    origin = request.headers.get("origin")
    if origin is not None and origin not in origins and urlsplit(origin).netloc != host:
        raise Problem(FOREIGN, "標頭 Origin 不是這個服務自己，也不在 MATCHER_SERVE_CORS_ORIGINS 裡。")
