"""What all routes of pages have in common: whatever happens, the answer is a page."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api.logs import ERRORS
from api.problems import NOT_FOUND, STORE, Problem
from api.store import StoreError
from api.web.rendering import page
from api.web.visit import SignedOut, begin, keep_cookie

SEE_OTHER = 303


class PageRoute(APIRoute):
    """A route whose errors are pages, too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, with its cookie kept and its errors told."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await _answered(request, answer)
            keep_cookie(request, response)
            return response

        return handle


async def _answered(request: Request, answer: Callable[..., Coroutine[Any, Any, Response]]) -> Response:
    try:
        begin(request)
        return await answer(request)
    except SignedOut:
        return leads_to("/sign-in")
    except Problem as problem:
        return problem_page(request, problem)
    except StoreError as error:
        ERRORS.error("store", exc_info=error)
        return problem_page(request, Problem(STORE, str(error)))
    except (HTTPException, RequestValidationError):
        return problem_page(request, Problem(NOT_FOUND, "網址可能打錯，或這份資料已經刪除。"))


def problem_page(request: Request, problem: Problem) -> Response:
    """The page of a problem."""
    response = page(request, "problem.html", problem.kind.status, problem=problem)
    response.headers.update(problem.headers)
    return response


def leads_to(path: str) -> Response:
    """Send the browser to another page; going back does not send the form again."""
    return RedirectResponse(path, SEE_OTHER)
