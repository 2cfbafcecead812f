"""The HTTP service for tests: applications that are entered, and real servers on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.server import configuration
from api.store import Store
from api.store.keys import Role, create_key
from matcher.reading.limits import Limits
from matcher.serving import Serving
from matcher.settings import Settings

LOCAL = "http://127.0.0.1"
RESUME = "客服專員，五年經驗。每月彙整客訴，訂定客訴處理 SOP 與滿意度指標，並追蹤改善成效。"
POSTING = "客服企劃。工作內容：規劃客戶服務流程，訂定服務指標，分析客訴並提出改善方案。"
CODE = "BAS2421-003v4"


def settings_for(folder: Path, **serve: Any) -> Settings:
    """Settings of a service with one process of each kind, without recognition of pictures, which takes
    seconds, and with its store in ``folder``."""
    return Settings(
        workers=1,
        database_url=f"sqlite:///{folder / 'service.sqlite3'}",
        read=Limits(ocr=False),
        serve=Serving(**serve),
    )


def new_key(settings: Settings, role: Role = "recruiter") -> str:
    """A key in the store of a service."""
    with Store(settings.database_url) as store:
        return str(create_key(store, "測試", role))


def bearer(key: str) -> dict[str, str]:
    """The header that carries a key."""
    return {"Authorization": f"Bearer {key}"}


@contextmanager
def entered(app: FastAPI) -> Iterator[TestClient]:
    """A client of this machine for an application whose processes run."""
    with TestClient(app, base_url=LOCAL, client=("127.0.0.1", 50_000)) as client:
        yield client


@dataclass(frozen=True)
class Served:
    """A server on loopback."""

    app: FastAPI
    port: int

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{LOCAL}:{self.port}"

    def client(self, **more: Any) -> httpx.Client:
        """A client that never waits for ever."""
        return httpx.Client(base_url=self.url, timeout=60, trust_env=False, **more)


@contextmanager
def served(settings: Settings) -> Iterator[Served]:
    """A server with these settings, by the very protocol of ``matcher serve``, in a thread."""
    app = create_app(settings)
    server = uvicorn.Server(configuration(app, log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while thread.is_alive() and not server.started:
                thread.join(0.02)
            assert server.started
            yield Served(app, bound.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client on the machine of a service without keys."""
    with entered(create_app(settings_for(tmp_path_factory.mktemp("open")))) as one:
        yield one


@pytest.fixture(scope="session")
def recruiter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client with the key of a recruiter."""
    settings = settings_for(tmp_path_factory.mktemp("keyed"))
    key = new_key(settings)
    with entered(create_app(settings)) as one:
        one.headers.update(bearer(key))
        yield one
