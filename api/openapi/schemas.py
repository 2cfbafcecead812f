"""The schemas of all shapes, made from the very types that are decoded and encoded."""

from typing import Any

from msgspec.json import schema_components

from api import requests, responses
from api.openapi.descriptions import FIELDS, SHAPES
from api.openapi.fragments import TEMPLATE

_ALL = (
    requests.ScoreText,
    requests.MatchTexts,
    requests.BatchTexts,
    requests.StandardText,
    responses.ReportBody,
    responses.MatchBody,
    responses.BatchBody,
    responses.BatchList,
    responses.FilesBody,
    responses.ResultsBody,
    responses.StandardBody,
    responses.StandardList,
    responses.State,
    responses.VersionBody,
    responses.ProblemBody,
)
_RENAMED = {"matcher.scoring.report.Note": "Note", "matcher.standard.Note": "StandardNote"}

_SECTIONS = ("work", "volunteer", "education", "skills", "projects", "certificates", "languages", "awards")

JSON_RESUME: dict[str, Any] = {
    "title": "JsonResume",
    "description": "JSON Resume（https://jsonresume.org/schema），至少有下列其中一個欄位，並且有文字內容。",
    "type": "object",
    "properties": {
        "basics": {"type": ["object", "null"], "description": "姓名、職稱、聯絡方式、自我介紹。"},
        **{name: {"type": ["array", "null"], "items": {"type": "object"}} for name in _SECTIONS},
    },
    "anyOf": [{"required": [name]} for name in ("basics", *_SECTIONS)],
}

JOB_POSTING: dict[str, Any] = {
    "title": "JobPosting",
    "description": "schema.org 的 JobPosting（JSON-LD，https://schema.org/JobPosting）。",
    "type": "object",
    "properties": {
        "@type": {"const": "JobPosting"},
        # Of schema.org's own types: text, a number, a thing with a name, or a list of these.
        "title": {"description": "職稱。"},
        "description": {"description": "工作內容；可以是 HTML。"},
    },
    "required": ["@type", "title", "description"],
}


def components() -> dict[str, Any]:
    """Every schema by its name."""
    _, found = schema_components(_ALL, ref_template=TEMPLATE)
    named = {_RENAMED.get(name, name): _renamed(schema) for name, schema in found.items()}
    for name, schema in named.items():
        schema["title"] = name
        schema["description"] = SHAPES[name]
        for field, said in FIELDS.get(name, {}).items():
            _describe(schema["properties"], field, said)
    return {**named, "JsonResume": JSON_RESUME, "JobPosting": JOB_POSTING}


def _describe(properties: dict[str, Any], field: str, said: str) -> None:
    properties[field] = {**properties[field], "description": said}


def _renamed(value: Any) -> Any:
    """The schema with the names that components have here."""
    if isinstance(value, dict):
        return {key: _renamed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner) for inner in value]
    if isinstance(value, str) and value.startswith("#/"):
        name = value.rsplit("/", 1)[-1]
        return TEMPLATE.format(name=_RENAMED.get(name, name))
    return value
