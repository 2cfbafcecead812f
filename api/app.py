"""The application: ``create_app(settings)``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from api import documentation
from api.body_limits import BodyLimits
from api.context import Context
from api.handlers import add_handlers
from api.metrics import Metrics, leave
from api.openapi.document import as_text, document
from api.routes import batches, match, score, service, standards
from api.service import Service
from api.web.added import add_pages
from matcher import __version__
from matcher.settings import Settings, load_settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; without ``settings``, with those of the environment.

    Nothing is opened before the server starts its lifespan, and everything is closed at its end.

    Raises:
        MatcherError: a setting of the environment cannot be used.
    """
    settings = settings or load_settings()
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = await run_sync(Service(settings, metrics).__enter__)
        app.state.service = opened
        try:
            yield
        finally:
            await run_sync(opened.__exit__, None, None, None)
            leave()

    app = FastAPI(
        title="icap-matcher",
        version=__version__,
        lifespan=lifespan,
        middleware=_middleware(settings, metrics),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    for module in (score, match, batches, standards, service, documentation):
        app.include_router(module.router)
    add_pages(app)
    add_handlers(app)
    app.state.openapi = as_text(document(app)).encode()
    return app


def _middleware(settings: Settings, metrics: Metrics) -> list[Middleware]:
    """Outermost first."""
    found = [Middleware(Context, metrics=metrics)]
    origins = settings.serve.origins
    if origins:
        found.append(
            Middleware(
                CORSMiddleware,
                allow_origins=sorted(origins),
                allow_methods=["GET", "POST", "DELETE"],
                allow_headers=[
                    "Authorization",
                    "Content-Type",
                    "Idempotency-Key",
                    "X-API-Key",
                    "X-Request-Id",
                ],
                expose_headers=["Content-Disposition", "Location", "Retry-After", "X-Request-Id"],
            )
        )
    return [*found, Middleware(BodyLimits, serving=settings.serve)]
