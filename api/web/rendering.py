"""Pages from templates, in Chinese or English, and the headers that they go out with."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from starlette.responses import Response

from api.web.assets import asset_path
from api.web.english import english
from api.web.said import said_in_english
from api.web.visit import LANGUAGE, token_of
from matcher.export.cells import OUTCOME_WORDS, STATUS_WORDS, VERDICT_WORDS
from matcher.export.page import CONDITIONS
from matcher.export.templating import TEMPLATES, environment
from matcher.scoring.report import CONDITION_WORDS

OWN = Path(__file__).parent / "templates"
HTML = "text/html; charset=utf-8"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # With «no-referrer» browsers send forms with the origin «null», which cannot be told from a stranger's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_WORDS: dict[str, Mapping[Any, str]] = {
    "STATUS_WORDS": STATUS_WORDS,
    "OUTCOME_WORDS": OUTCOME_WORDS,
    "VERDICT_WORDS": VERDICT_WORDS,
    "CONDITION_WORDS": CONDITION_WORDS,
    "CONDITIONS": CONDITIONS,
}


def is_english(request: Request) -> bool:
    """Whether the visitor chose English."""
    return request.cookies.get(LANGUAGE) == "en"


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """The page of a template."""
    asked = is_english(request)
    content = _environment(asked).get_template(template).render(
        english=asked,
        token=token_of(request),
        visitor=getattr(request.state, "visitor", None),
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        **values,
    )  # fmt: skip
    return Response(content, status, HEADERS, HTML)


@cache
def _environment(asked: bool) -> Environment:
    loader: BaseLoader = ChoiceLoader([FileSystemLoader(OWN), FileSystemLoader(TEMPLATES)])
    made = environment().overlay(loader=_English(loader) if asked else loader)
    made.globals = {**made.globals, "asset": asset_path}
    if asked:
        made.filters = {**made.filters, "said": said_in_english}
        for name, words in _WORDS.items():
            made.globals[name] = {key: english(word) for key, word in words.items()}
    return made


class _English(BaseLoader):
    """The same templates with their words in English."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        source, name, fresh = self._loader.get_source(environment, template)
        return english(source), name, fresh
