"""Style sheets and scripts of the pages: all of them are files of this program."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from api.web.english import english
from matcher.export.templating import TEMPLATES

router = APIRouter(include_in_schema=False)

_STATIC = Path(__file__).parent / "static"
_FILES = {
    "report.css": TEMPLATES / "report.css",
    "report.js": TEMPLATES / "report.js",
    "web.css": _STATIC / "web.css",
    "web.js": _STATIC / "web.js",
    "icon.svg": _STATIC / "icon.svg",
}
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_LANGUAGES = ("zh", "en")


def asset_path(name: str, asked: bool) -> str:
    """The address of an asset; another one when its content changes, so that browsers may keep it."""
    language = _LANGUAGES[asked]
    version = blake2b(_content(name, language), digest_size=6).hexdigest()
    return f"/assets/{language}/{version}/{name}"


@cache
def _content(name: str, language: str) -> bytes:
    text = _FILES[name].read_text(encoding="utf-8")
    return (english(text) if language == "en" and name.endswith(".js") else text).encode()


@router.get("/assets/{language}/{version}/{name}")
def asset(language: str, version: str, name: str) -> Response:
    """Give an asset, in whatever version there is."""
    if name not in _FILES or language not in _LANGUAGES:
        raise HTTPException(404)
    current = asset_path(name, language == "en").split("/")[3] == version
    kept = {"Cache-Control": "public, max-age=31536000, immutable" if current else "no-store"}
    return Response(_content(name, language), 200, kept, _TYPES[_FILES[name].suffix])
