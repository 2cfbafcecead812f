"""The parts that descriptions of operations are made of."""

from typing import Any

from msgspec import Struct
from msgspec.json import schema_components

from api.problems import MEDIA_TYPE, Kind

Fragment = dict[str, Any]

TEMPLATE = "#/components/schemas/{name}"

_RETRY = {"Retry-After": {"description": "幾秒後再試。", "required": True, "schema": {"type": "integer"}}}
_HEADERS: dict[int, Fragment] = {
    401: {"WWW-Authenticate": {"description": "Bearer。", "required": True, "schema": {"type": "string"}}},
    429: _RETRY,
    503: _RETRY,
}


def ref(shape: type | str) -> Fragment:
    """A reference to the schema of a shape."""
    return {"$ref": TEMPLATE.format(name=shape if isinstance(shape, str) else shape.__name__)}


def answer(description: str, shape: type) -> Fragment:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": {"schema": ref(shape)}}}


def problems(*kinds: Kind) -> dict[int | str, Fragment]:
    """The answers of these kinds of problem, by status."""
    found: dict[int | str, Fragment] = {}
    for status in sorted({kind.status for kind in kinds}):
        alike = [kind for kind in kinds if kind.status == status]
        examples = {kind.name: {"summary": kind.title, "value": _example(kind)} for kind in alike}
        found[status] = {
            "description": "；".join(f"{kind.title}（{kind.uri}）" for kind in alike),
            "content": {MEDIA_TYPE: {"schema": ref("ProblemBody"), "examples": examples}},
        }
        if status in _HEADERS:
            found[status]["headers"] = _HEADERS[status]
    return found


def _example(kind: Kind) -> Fragment:
    return {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": "說明這一次是哪裡不對、可以怎麼做。",
        "instance": "/v1/score",
        "errors": [],
        "request_id": "0b5e7a3c9d2f4e6f8a1b3c5d7e9f0a2b",
    }


def query(shape: type[Struct]) -> list[Fragment]:
    """The parameters of a query, one for each field of its shape."""
    properties = _properties(shape)
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema.pop("description", ""),
            "schema": _not_null(schema),
        }
        for name, schema in properties.items()
    ]


def form(
    shape: type[Struct], one: dict[str, str], many: dict[str, str], perhaps: dict[str, str] | None = None
) -> Fragment:
    """A form: files with their descriptions, one in each field of ``one``, some in each of ``many``, and one
    or none in each of ``perhaps``."""
    file = {"type": "string", "format": "binary"}  # what generators of clients take for a file
    files: Fragment = {
        name: {**file, "description": said} for name, said in {**one, **(perhaps or {})}.items()
    }
    files |= {
        name: {"type": "array", "items": file, "minItems": 1, "description": said}
        for name, said in many.items()
    }
    fields = {name: _not_null(schema) for name, schema in _properties(shape).items()}
    return {
        "type": "object",
        "properties": {**files, **fields},
        "required": [*one, *many],
        "additionalProperties": False,
    }


def _properties(shape: type[Struct]) -> Fragment:
    _, components = schema_components([shape], ref_template=TEMPLATE)
    found: Fragment = components[shape.__name__]["properties"]
    return found


def _not_null(schema: Fragment) -> Fragment:
    """The schema of a field that is left out where JSON would say null."""
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    if schema.get("enum"):
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    if schema.get("default", "") is None:
        schema.pop("default")
    return {**schema, **(kinds[0] if kinds else {})}
