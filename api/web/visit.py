"""Who looks at the pages: their cookie, whose batches they see, and that their forms are their own."""

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.callers import Caller, check_rate
from api.local import check_local
from api.problems import FOREIGN, Kind, Problem
from api.service import Service, service_of
from api.store.sessions import LASTS, session_key

COOKIE = "icap_session"
LANGUAGE = "icap_language"

FORM_EXPIRED = Kind("form-expired", 403, "這個表單已經失效")

_SAFE = frozenset({"GET", "HEAD"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_FIELDS = 10


class SignedOut(Exception):  # noqa: N818 - no error: it leads to the form to sign in
    """The service has keys, and the browser is not signed in."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser. ``key`` is the ID of their key, empty on a service without keys."""

    key: str
    inherits: bool = False
    """Whether batches that no key in use has are theirs, too."""

    @property
    def signed_in(self) -> bool:
        """Whether there is something to sign out of."""
        return bool(self.key)


def new_cookie() -> str:
    """A cookie that nobody has."""
    return secrets.token_urlsafe(32)


def begin(request: Request) -> None:
    """Note the cookie of the browser; it gets one with the answer where it has none.

    Raises:
        Problem: another site sent the form.
    """
    cookie = request.cookies.get(COOKIE, "")
    request.state.cookie = cookie if _SHAPE.fullmatch(cookie) else new_cookie()
    origin = request.headers.get("origin")
    own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if request.method not in _SAFE and not own:
        raise Problem(FOREIGN, "這個表單不是從這個網站送出的。")


def keep_cookie(request: Request, response: Response) -> None:
    """Give the browser its cookie where it has another one or none.

    Who comes by a link from another site has one that is only not sent this time: it is not to be replaced.
    """
    cookie, sent = request.state.cookie, request.cookies.get(COOKIE)
    strange = sent is None and request.headers.get("sec-fetch-site") in _ELSEWHERE
    if sent != cookie and not strange:
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )


def token_of(request: Request) -> str:
    """What every form of this browser carries; nobody makes it without its cookie."""
    return sha256(f"form {request.state.cookie}".encode()).hexdigest()


def check_token(request: Request, form: FormData) -> None:
    """Raise a Problem unless the form came from a page of ours in this browser."""
    sent = form.get("token")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), token_of(request).encode()):
        raise Problem(FORM_EXPIRED, "這個頁面開太久了，或瀏覽器擋了 Cookie；請重新整理後再送一次。")


async def fields(request: Request) -> FormData:
    """The fields of a form of ours that has no files.

    Raises:
        Problem: it is no form of ours.
    """
    form = await request.form(max_files=0, max_fields=_FIELDS)
    check_token(request, form)
    return form


async def anyone(request: Request, service: Annotated[Service, Depends(service_of)]) -> Visitor | None:
    """Whoever looks, None for somebody who would have to sign in first.

    Raises:
        Problem: from elsewhere to a service without keys (401, 403), or too often (429).
        StoreError: the store cannot be reached.
    """
    if not await service.keyring.any():
        check_local(request, service.settings.serve.origins)
        request.state.visitor = Visitor("")
        return Visitor("")
    found = await run_sync(session_key, service.store, request.state.cookie)
    if found is None:
        return None
    key, role = found
    request.state.key = key
    check_rate(service, key)
    request.state.visitor = visitor = Visitor(key, Caller(key, role).inherits)
    return visitor


Anyone = Annotated[Visitor | None, Depends(anyone)]
"""A visitor, None for one who is not signed in."""


async def known(visitor: Anyone) -> Visitor:
    """A visitor who may see batches.

    Raises:
        SignedOut: they have to sign in first.
    """
    if visitor is None:
        raise SignedOut
    return visitor


Known = Annotated[Visitor, Depends(known)]
"""A visitor who may see batches."""
