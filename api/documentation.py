"""``/docs``: the documentation to try out, from files of this machine alone."""

from importlib.resources import files

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

router = APIRouter(include_in_schema=False)

# The package has Swagger UI's files; its own application is not used.
_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
    "favicon.png": "image/png",
}
# Swagger UI sets styles by script; scripts and calls are ours alone.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="zh-Hant">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>icap-matcher API</title>
<link rel="icon" href="docs/favicon.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>這個頁面需要 JavaScript；文件本身在 <a href="openapi.json">openapi.json</a>。</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});
"""


@router.head("/docs")
@router.get("/docs")
async def page() -> Response:
    """Give the page."""
    return Response(_PAGE, 200, {"Content-Security-Policy": _POLICY}, "text/html; charset=utf-8")


@router.head("/docs/")
@router.get("/docs/")
async def slash() -> Response:
    """Lead to the page, whose addresses are relative to where it is."""
    return RedirectResponse("../docs")


@router.head("/docs/{name}")
@router.get("/docs/{name}")
async def asset(name: str) -> Response:
    """Give a file of the page."""
    if name == "start.js":
        return Response(_START, media_type="text/javascript; charset=utf-8")
    if name not in _ASSETS:
        raise HTTPException(404)
    content = files("fastapi_offline").joinpath("static", name).read_bytes()
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(content, 200, headers, _ASSETS[name])


@router.head("/openapi.json")
@router.get("/openapi.json")
async def document(request: Request) -> Response:
    """Give the OpenAPI document."""
    return Response(request.app.state.openapi, media_type="application/json")
