"""What descriptions of operations have in common."""

from typing import Any

from api import problems as p
from api.openapi.fragments import Fragment

PUBLIC = (p.INTERNAL,)
"""The problems of an operation that anybody may call."""

CALLED = (p.UNAUTHORIZED, p.FOREIGN, p.TOO_MANY, p.INTERNAL, p.STORE)
"""The problems of one that needs a key."""

SENT = (p.MALFORMED, p.SLOW_BODY, p.TOO_LARGE, p.MEDIA, p.INVALID, p.BUSY, p.TIMEOUT)
"""The problems of one that takes a body."""

FILE = "檔案：PDF、DOCX、DOC、ODT、RTF、HTML、TXT、圖片、郵件，或只含一個檔案的 ZIP。"
"""What a file may be."""


def operation(
    name: str,
    tag: str,
    summary: str,
    description: str,
    responses: dict[int | str, Fragment],
    extra: Fragment | None = None,
) -> dict[str, Any]:
    """The arguments of a route."""
    return {
        "operation_id": name,
        "tags": [tag],
        "summary": summary,
        "description": description,
        "response_model": None,  # answers are encoded once; what validates them again costs ten times that
        "responses": responses,
        "openapi_extra": extra,
    }


def body(content: dict[str, Fragment]) -> Fragment:
    """A body that must be there, by media type."""
    return {"requestBody": {"required": True, "content": content}}
