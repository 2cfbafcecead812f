"""Who calls, and whether they may: the dependencies of every route that needs a key."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from api.local import check_local
from api.problems import FORBIDDEN, TOO_MANY, UNAUTHORIZED, Problem, retry_after
from api.service import Service, service_of
from api.store.keys import Role

_bearer = HTTPBearer(
    scheme_name="bearer", description="標頭 Authorization: Bearer 加上金鑰。", auto_error=False
)
_header = APIKeyHeader(
    name="X-API-Key", scheme_name="apiKey", description="標頭 X-API-Key 放金鑰。", auto_error=False
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the ID of the key, None on a service of this machine without keys."""

    key: str | None
    role: Role

    @property
    def inherits(self) -> bool:
        """Whether batches that no key in use has are theirs, too."""
        return self.role == "admin"


async def caller(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)] = None,
    header: Annotated[str | None, Security(_header)] = None,
) -> Caller:
    """Whoever may call.

    Raises:
        Problem: without a valid key (401), from elsewhere to a service without keys (401, 403), or too
            often (429).
        StoreError: the store cannot be reached.
    """
    if not await service.keyring.any():
        check_local(request, service.settings.serve.origins)
        return Caller(None, "admin")
    sent = bearer.credentials if bearer else header
    key = await service.keyring.key(sent) if sent else None
    if key is None:
        detail = (
            "這把金鑰不對，或已經停用。" if sent else "請在標頭 Authorization: Bearer 或 X-API-Key 放金鑰。"
        )
        raise Problem(UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"})
    request.state.key = key.id
    check_rate(service, key.id)
    return Caller(key.id, key.role)


def check_rate(service: Service, key: str) -> None:
    """Count a request of that key.

    Raises:
        Problem: the key was used too often (429).
    """
    wait = service.buckets.take(key)
    if wait:
        most = service.buckets.per_minute
        raise Problem(TOO_MANY, f"這把金鑰每分鐘最多 {most} 個請求。", headers=retry_after(wait))


AnyCaller = Annotated[Caller, Depends(caller)]
"""A caller with any key."""


async def administrator(who: AnyCaller) -> Caller:
    """A caller with the key of an administrator.

    Raises:
        Problem: 403 for any other.
    """
    if who.role != "admin":
        raise Problem(FORBIDDEN, "這個操作需要 admin 的金鑰，這把是 recruiter。")
    return who


Admin = Annotated[Caller, Depends(administrator)]
"""A caller with the key of an administrator."""
