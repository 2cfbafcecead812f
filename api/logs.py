"""Logs as lines of JSON, without what documents, file names or keys say."""

import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The request that is being answered, for lines that are written meanwhile."""

ACCESS = logging.getLogger("api.access")
ERRORS = logging.getLogger("api.errors")


class JsonLines(logging.Formatter):
    """A record as one line. Of an exception: its type and where it arose, not its message, which may quote
    a document."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, without a line end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if current := request_id.get():
            line["request_id"] = current
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return msgspec.json.encode(line).decode()


def _message(record: logging.LogRecord) -> str:
    """What the record says; of a traceback, as uvicorn passes on of a failed start, the end."""
    message = record.getMessage()
    return message.rstrip().splitlines()[-1] if message.startswith("Traceback ") else message


def told(error: BaseException) -> dict[str, Any]:
    """The type of an exception, of its causes, and the places that it came through."""
    types, seen = [], set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        types.append(type(one).__name__)
        seen.add(id(one))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return {"types": types, "at": _places(error.__traceback__)}


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "api.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "api": {"level": "INFO"},
        "uvicorn": {"level": "WARNING"},
        "python_multipart": {"level": "CRITICAL"},  # it tells bytes of what it cannot read
    },
}
"""For `logging.config.dictConfig`, in every process of the service."""
