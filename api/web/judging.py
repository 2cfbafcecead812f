"""A recruiter's own word on an item of a candidate, or on one sentence of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, cast

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from api.batches.judgements import judge
from api.service import Service
from api.web.candidates import candidates
from api.web.opened import Opened, ServiceOf, no_candidate, unknown
from api.web.pages import PageRoute, leads_to
from api.web.view import View
from api.web.visit import fields
from matcher.batch.judgement import Verdict
from matcher.export.cells import STATUS_WORDS

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_SENTENCE = re.compile(r"(\S+) (\d{1,9}) (\d{1,9}) ?(confirmed|rejected)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a form says: on an item with a note, or on the sentence at ``span``."""

    item: str
    verdict: Verdict | None
    note: str = ""
    span: tuple[int, int] | None = None

    @classmethod
    def by(cls, form: FormData) -> Self:
        """What is said by the fields of an item, or by the button of a sentence.

        Raises:
            Problem: the button says nothing that it could say.
        """
        said: Mapping[str, str] = {name: str(value).strip() for name, value in form.items()}
        if "sentence" not in said:
            status = said.get("status", "")
            verdict = cast(Verdict, status) if status in STATUS_WORDS else None
            return cls(said.get("item", ""), verdict, said.get("note", ""))
        match = _SENTENCE.fullmatch(said["sentence"])
        if match is None:
            raise unknown()
        item, start, end, rest = match.groups()
        return cls(item, cast(Verdict | None, rest), span=(int(start), int(end)))

    @property
    def place(self) -> str:
        """Where on the page it is."""
        return f"said-{self.item}-{self.span[0]}" if self.span else f"judge-{self.item}"


@router.post("/batches/{batch}/candidates/{number}/judge")
async def judge_item(request: Request, view: Opened, service: ServiceOf, number: int) -> Response:
    """Keep what the recruiter says, and lead back to where they said it."""
    said = _Said.by(await fields(request))
    await run_sync(_judge, service, view, number, said)
    return leads_to(f"{view.home}/candidates/{number}{view.query}#{said.place}")


def _judge(service: Service, view: View, number: int, said: _Said) -> None:
    try:
        (candidate,) = candidates(service.store, view, [number])
    except KeyError:
        raise no_candidate() from None
    items = {item.code: item for item in candidate.page.report.items}
    item = items.get(said.item)
    spans = {(evidence.start, evidence.end) for evidence in item.evidence} if item else set()
    if item is None or (said.span and said.span not in spans):
        raise unknown()
    judge(service.store, number, said.item, said.verdict, said.note, said.span)
