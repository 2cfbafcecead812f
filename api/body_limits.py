"""How much a request may send, and how long it may take: counted as bytes arrive, whatever it declares."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import send_problem
from api.problems import SLOW_BODY, TIMEOUT, TOO_LARGE, Problem
from matcher.serving import Serving

_MIB = 1024 * 1024
_LINGER = 5.0  # seconds in which a refused client may still send, so that it gets to reading why
_LINGER_BYTES = 64 * _MIB

LARGE = {"/v1/batches", "/batches"}
"""The paths to which forms with the files of a batch are sent."""


class BodyLimits:
    """ASGI middleware: 413 for too many bytes, 408 for a body that does not arrive, 504 for an answer that
    does not begin. FastAPI reads bodies before any code of a route runs, so this stands before it."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Request(scope, receive, send, self._serving)
        try:
            async with request.timed():
                request.begin()
                await self._app(scope, request.receive, request.send)
        except TimeoutError:
            if not request.late or request.answering:
                raise
            await send_problem(request.out_of_time(), scope, request.send)
        except Problem as problem:  # from ``begin``; what is raised later is told by the application
            await send_problem(problem, scope, request.send)


class _Request:
    """One request, and what has come of it so far."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, serving: Serving) -> None:
        headers = dict(scope["headers"])
        self._receive, self._send, self._serving = receive, send, serving
        form = headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")
        large = form and scope["path"] in LARGE
        self._most = serving.batch_body_bytes if large else serving.body_bytes
        self._body_seconds = serving.batch_body_seconds if large else serving.body_seconds
        self._declared = headers.get(b"content-length", b"0")
        self._complete = self._declared == b"0" and b"transfer-encoding" not in headers
        # A client that waits for our leave to send has sent nothing that must be taken.
        self._lingers = b"expect" not in headers
        self._arrived = 0
        self._clock: asyncio.Timeout | None = None
        self.late = False
        self.answering = False

    @asynccontextmanager
    async def timed(self) -> AsyncIterator[None]:
        """The time in which the answer must begin: ends with a TimeoutError, and ``late``, when it is up."""
        clock = asyncio.timeout(None)
        try:
            async with clock:
                self._clock = clock
                yield
        finally:
            self._clock = None
            self.late = clock.expired()

    def begin(self) -> None:
        """Start the clock; raise a Problem for a body that declares itself too large."""
        self._set_clock()
        if self._declared.isdigit() and int(self._declared) > self._most:
            raise self._too_large()

    def out_of_time(self) -> Problem:
        """What to tell when the clock has run out."""
        self._lingers = False
        if self._complete:
            return Problem(TIMEOUT, f"處理超過 {self._serving.request_seconds:g} 秒，已停止；請分批再試。")
        return Problem(SLOW_BODY, f"請求的內容要在 {self._body_seconds:g} 秒內傳完。")

    async def receive(self) -> Message:
        """The next piece of the body, counted."""
        message = await self._receive()
        if message["type"] == "http.request" and not self._complete:
            self._lingers = True
            self._arrived += len(message.get("body", b""))
            if self._arrived > self._most:
                raise self._too_large()
            if not message.get("more_body", False):
                self._complete = True
                self._set_clock()
        return message

    async def send(self, message: Message) -> None:
        """The next piece of the answer."""
        if message["type"] == "http.response.start":
            self.answering = True
            self._set_clock()
            if not self._complete:
                message["headers"] = [*message["headers"], (b"connection", b"close")]
        elif not self._complete and self._lingers and not message.get("more_body", False):
            await self._send({**message, "more_body": True})
            await self._linger()
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    def _set_clock(self) -> None:
        if self._clock is None:
            return
        seconds = self._serving.request_seconds if self._complete else self._body_seconds
        due = None if self.answering else asyncio.get_running_loop().time() + seconds
        self._clock.reschedule(due)

    def _too_large(self) -> Problem:
        most = self._most
        return Problem(TOO_LARGE, f"一個請求的內容最多 {most:,} 位元組（{most / _MIB:g} MB）。")

    async def _linger(self) -> None:
        """Take what the client still sends: whoever closes on unread bytes takes the answer back with it."""
        end, left = monotonic() + _LINGER, _LINGER_BYTES
        while left > 0 and (remaining := end - monotonic()) > 0:
            try:
                message = await asyncio.wait_for(self._receive(), remaining)
            except TimeoutError:
                return
            left -= len(message.get("body", b""))
            if message["type"] == "http.disconnect" or not message.get("more_body", False):
                return
