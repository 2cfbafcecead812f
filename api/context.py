"""What surrounds every answer: its request id, its headers, its line in the log, and its metrics."""

import re
from time import monotonic
from uuid import uuid4

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import add_headers, send_problem
from api.logs import ACCESS, ERRORS, request_id
from api.metrics import Metrics
from api.problems import INTERNAL, Problem

_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""The methods that a route may take."""

_GONE = 499  # the client left before there was an answer

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Context:
    """The outermost ASGI middleware; whatever goes wrong inside, there is an answer and a line in the log."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = monotonic(), 0
        own = scope.setdefault("state", {})
        own["request_id"] = _request_id(scope)
        token = request_id.set(own["request_id"])

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                add_headers(message, {"X-Request-Id": own["request_id"], **_HEADERS})
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            status = status or _GONE
        except Exception as error:
            ERRORS.error("unexpected", exc_info=error)
            if status:
                raise  # half an answer is out: only closing the connection tells the client
            await send_problem(
                Problem(INTERNAL, "這是程式的錯誤，已記錄；請回報 request_id。"), scope, answer
            )
        finally:
            self._note(scope, status, monotonic() - start)
            request_id.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "(none)")
        method = scope["method"] if scope["method"] in METHODS else "(other)"
        self._metrics.requests.labels(route, method, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        fields = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        if key := scope["state"].get("key"):
            fields["key"] = key
        ACCESS.info("request", extra={"fields": fields})


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            return bytes(value).decode()
    return uuid4().hex
