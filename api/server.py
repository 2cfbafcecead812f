"""Starts the service: an address, a check that it may be open there, and uvicorn."""

import errno
import os
import socket
import tempfile
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.local import is_loopback
from api.logs import CONFIG
from api.metrics import share
from api.protocol import LimitedProtocol
from api.store import Store
from api.store.keys import any_key
from matcher.errors import MatcherError
from matcher.serving import Serving
from matcher.settings import Settings

_GRACE = 10  # seconds for requests to end when the service is stopped
_REASONS = {
    errno.EADDRINUSE: "已有程式在用",
    errno.EACCES: "沒有權限",
    errno.EADDRNOTAVAIL: "這台電腦沒有這個位址",
}
_FAILED = 3  # uvicorn's status of a service that did not start


def listen(serving: Serving) -> socket.socket:
    """A socket bound to the address of the service, which does not listen yet.

    Raises:
        MatcherError: there is no such address here, or its port is taken.
    """
    host, port = serving.host.strip("[]"), serving.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # elsewhere it would let two services have the same port
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except BaseException:
            bound.close()
            raise
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
        raise MatcherError(
            f"無法綁定 {serving.host} 的埠 {port}：{reason}；請換一個 --host 或 --port。"
        ) from error
    return bound


def is_open(settings: Settings, bound: socket.socket) -> bool:
    """Whether the service needs no keys: none was ever made, and it is bound to this machine alone.

    Raises:
        MatcherError: none was ever made, and others could reach it.
    """
    with Store(settings.database_url) as store:
        if any_key(store):
            return False
    host = bound.getsockname()[0]
    if not is_loopback(host):
        raise MatcherError(
            f"{host} 不是本機位址，而還沒有任何金鑰，任何人都能使用：請先執行 matcher keys create，或改用"
            " --host 127.0.0.1。"
        )
    return True


def serve(settings: Settings, bound: socket.socket) -> int:
    """Serve until stopped; the exit status."""
    if settings.serve.workers == 1:
        server = uvicorn.Server(configuration(create_app(settings)))
        with suppress(KeyboardInterrupt):
            server.run(sockets=[bound])
        return 0 if server.started else _FAILED
    # What the options say, for the processes that read the settings anew.
    os.environ |= {
        f"MATCHER_SERVE_{key.upper()}": str(value) for key, value in asdict(settings.serve).items()
    }
    with tempfile.TemporaryDirectory(prefix="matcher-metrics-") as folder:
        share(folder)
        group = Multiprocess(
            configuration("api.app:create_app", factory=True, workers=settings.serve.workers), sockets=[bound]
        )
        group.run()
    return _FAILED if any(process.exitcode == _FAILED for process in group.processes) else 0


def configuration(app: Any, **more: Any) -> uvicorn.Config:
    """How uvicorn serves an application; ``more`` wins."""
    settings: dict[str, Any] = {
        "loop": "asyncio" if os.name == "nt" else "uvloop",
        "http": LimitedProtocol,
        "ws": "none",
        "log_config": CONFIG,
        "access_log": False,  # `api.context` writes it, without queries and addresses
        "server_header": False,
        "timeout_graceful_shutdown": _GRACE,
    }
    return uvicorn.Config(app, **{**settings, **more})
