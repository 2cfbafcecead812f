"""Signing in and out, and the language of the pages."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from api.store.sessions import end_session, start_session
from api.web.opened import ServiceOf
from api.web.pages import PageRoute, leads_to
from api.web.rendering import page
from api.web.visit import LANGUAGE, Anyone, fields, new_cookie

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_YEAR = 365 * 86_400  # seconds


@router.get("/sign-in")
async def sign_in_form(request: Request, visitor: Anyone) -> Response:
    """Show the form, to whoever is not signed in."""
    return leads_to("/") if visitor else page(request, "sign_in.html", wrong=False)


@router.post("/sign-in")
async def sign_in(request: Request, service: ServiceOf) -> Response:
    """Sign in with a key."""
    form = await fields(request)
    sent = form.get("key")
    key = await service.keyring.key(sent.strip()) if isinstance(sent, str) else None
    if key is None:
        return page(request, "sign_in.html", 401, wrong=True)
    # Another cookie than before: whoever knew that one is not signed in with it.
    request.state.cookie = await run_sync(start_session, service.store, key.id)
    return leads_to("/")


@router.post("/sign-out")
async def sign_out(request: Request, service: ServiceOf) -> Response:
    """Sign out."""
    await fields(request)
    await run_sync(end_session, service.store, request.state.cookie)
    request.state.cookie = new_cookie()
    return leads_to("/")


@router.post("/language")
async def language(request: Request) -> Response:
    """Choose a language, and stay on the same page."""
    form = await fields(request)
    back = str(form.get("back", "/"))
    inside = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    response = leads_to(back if inside else "/")
    chosen = "en" if form.get("language") == "en" else "zh"
    secure = request.url.scheme == "https"
    response.set_cookie(LANGUAGE, chosen, _YEAR, httponly=True, samesite="strict", secure=secure)
    return response
