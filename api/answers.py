"""Answers, encoded once."""

from typing import Any

import msgspec
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Message, Scope, Send

from api.problems import MEDIA_TYPE, Problem

JSON = "application/json"
_LONGEST_PATH = 200


def json_answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Values, dataclasses included, as JSON."""
    return Response(msgspec.json.encode(content), status, headers, JSON)


def problem_answer(problem: Problem, scope: Scope) -> Response:
    """A problem as the answer to the request of ``scope``."""
    path = scope.get("raw_path") or scope["path"].encode("ascii", "replace")
    instance = path.decode("ascii", "replace")[:_LONGEST_PATH]
    body = problem.body(instance, scope["state"]["request_id"])
    return Response(body, problem.kind.status, problem.headers, MEDIA_TYPE)


async def send_problem(problem: Problem, scope: Scope, send: Send) -> None:
    """Answer with a problem where no route does."""
    await problem_answer(problem, scope)(scope, _nothing, send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def add_headers(message: Message, headers: dict[str, str]) -> None:
    """Set those headers of the beginning of an answer that it does not have itself."""
    known = MutableHeaders(scope=message)
    for name, value in headers.items():
        known.setdefault(name, value)
