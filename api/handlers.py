"""Every exception that ends a request, as a problem."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from api.answers import problem_answer
from api.context import METHODS
from api.logs import ERRORS
from api.problems import INVALID, MALFORMED, METHOD, NOT_FOUND, STORE, Problem, retry_after
from api.store import StoreError

_RETRY = 5  # seconds after which the store may be back


def add_handlers(app: FastAPI) -> None:
    """Make every error of the application's routes a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(StoreError, _store)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - what it is registered for
    return problem_answer(error, request.scope)


async def _store(request: Request, error: Exception) -> Response:
    ERRORS.error("store", exc_info=error)
    return problem_answer(Problem(STORE, str(error), headers=retry_after(_RETRY)), request.scope)


async def _invalid(request: Request, _error: Exception) -> Response:
    return problem_answer(Problem(INVALID, "參數的值不對。"), request.scope)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    headers = dict(error.headers or {})
    if error.status_code == NOT_FOUND.status:
        problem = Problem(NOT_FOUND, "請看 /docs 有哪些網址。", headers=headers)
    elif error.status_code == METHOD.status:
        allowed = ", ".join(sorted(_methods(request)))
        problem = Problem(METHOD, f"這個網址只接受 {allowed}。", headers={**headers, "Allow": allowed})
    else:
        problem = Problem(MALFORMED, "請求不合格式。", headers=headers)
    return problem_answer(problem, request.scope)


def _methods(request: Request) -> set[str]:
    """The methods that any route of the path takes; Starlette tells those of the first route alone."""
    return {
        method
        for method in METHODS
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
