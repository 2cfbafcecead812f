"""HTTP connections: uvicorn's, with limits on the head of a request, which it leaves without any."""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.problems import HEADERS, MALFORMED, MEDIA_TYPE, Kind, Problem

ENDLESS = "endless"
"""The state of a request whose answer goes on as long as there is something to tell."""

_HEAD_BYTES = 65_536
_HEAD_SECONDS = 15.0


class LimitedProtocol(HttpToolsProtocol):
    """One connection: a head that is too long is refused (431), one that does not come is not waited for."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._head = 0
        self._due: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes, and count them while a head is awaited."""
        awaited = self._due is not None
        super().data_received(data)
        self._head = self._head + len(data) if awaited and self._due is not None else 0
        if self._due is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()  # stray bytes between requests have ended uvicorn's own waiting
        if self._head > _HEAD_BYTES and not self.transport.is_closing():
            self._refuse(HEADERS, f"請求的標頭最多 {_HEAD_BYTES:,} 位元組。")

    def on_message_begin(self) -> None:
        """Wait for the rest of a head."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """Answer the request."""
        self._arrived()
        super().on_headers_complete()

    def shutdown(self) -> None:
        """Let an answer come to its end when the service stops, unless it has none."""
        super().shutdown()
        if self.scope is not None and self.scope["state"].get(ENDLESS):
            self.transport.close()

    def send_400_response(self, _msg: str) -> None:
        """Refuse what is no HTTP, in the shape of all other problems."""
        self._refuse(MALFORMED, "這不是正確的 HTTP 請求。")

    def _refuse(self, kind: Kind, detail: str) -> None:
        body = Problem(kind, detail).body("", "")
        head = (
            f"HTTP/1.1 {kind.status} Refused\r\n"
            f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _wait(self) -> None:
        self._arrived()
        self._due = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def _arrived(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
