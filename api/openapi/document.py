"""The whole document."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.openapi.examples import ANSWERS
from api.openapi.schemas import components
from api.problems import MEDIA_TYPE
from matcher import __version__

TAGS = [
    {"name": "scoring", "description": "評分：評一份文件，或比對職缺與履歷；什麼都不留存。"},
    {"name": "batches", "description": "批次：送許多履歷，背後評分，之後取結果；留到到期或刪除。"},
    {"name": "standards", "description": "職能基準：有哪些職能基準，與匯入另一份。"},
    {"name": "service", "description": "服務本身：狀態、指標、版本。"},
]
_DESCRIPTION = (
    "以 iCAP 職能基準比對職缺與履歷。\n\n"
    "金鑰以 `matcher keys create` 建立，放在標頭 `Authorization: Bearer` 或 `X-API-Key`；只在本機、還沒有任何"
    "金鑰的服務不需要。每個回應都有標頭 `X-Request-Id`；請求帶著它來就用同一個。所有錯誤都是 RFC 9457 的問題"
    "說明。"
)
_REQUEST_ID = {
    "X-Request-Id": {"description": "這個請求的代號。", "required": True, "schema": {"type": "string"}}
}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application."""
    found = get_openapi(
        title="icap-matcher",
        version=__version__,
        description=_DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    schemas = found.setdefault("components", {})
    schemas["schemas"] = dict(sorted(components().items()))
    shared: dict[str, Any] = {}
    schemas["responses"] = shared
    for operations in found["paths"].values():
        for operation in operations.values():
            _finish(operation, shared)
    return found


def _finish(operation: dict[str, Any], shared: dict[str, Any]) -> None:
    """Add what all answers have, and put problems that several operations have in one place."""
    for status, response in operation["responses"].items():
        response["headers"] = {**_REQUEST_ID, **response.get("headers", {})}
        # Not with the routes, whose descriptions FastAPI takes every null from.
        example = ANSWERS.get((operation["operationId"], status))
        if example:
            response["content"]["application/json"]["example"] = example
        if problems := response.get("content", {}).get(MEDIA_TYPE):
            name = "-".join(problems["examples"])
            shared[name] = response
            operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}


def as_text(content: dict[str, Any]) -> str:
    """The document as it is kept in ``docs/openapi.json``."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
