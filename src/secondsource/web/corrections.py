"""Forms by which a person corrects claims, and takes corrections back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.amendment import Change
from secondsource.errors import SecondSourceError
from secondsource.model import SourceKind, Stance
from secondsource.web.api import Here
from secondsource.web.pages import page
from secondsource.web.work import begin

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

SEE_OTHER = 303


class Asked(BaseModel):
    """A correction as its form gives it."""

    words: Annotated[str, Field(max_length=20_000)] = ""
    near: int = 0
    source: Annotated[str, Field(max_length=2_000)] = ""
    name: Annotated[str, Field(max_length=500)] = ""
    kind: SourceKind = "person"
    stance: Stance = "asserts"
    reason: Annotated[str, Field(max_length=2_000)] = ""
    seen: str = ""

    @property
    def change(self) -> Change:
        return Change(self.words, self.near, self.source, self.name, self.kind, self.stance)


@router.post("/documents/{document}/claims")
def add(request: Request, desk: Here, document: str, given: Annotated[Asked, Form()]) -> Response:
    """Put in a claim that was overlooked."""
    try:
        made = desk.add_claim(document, given.change, given.reason)
    except SecondSourceError as error:
        return refused(request, error, f"/documents/{document}", given)
    return RedirectResponse(f"/documents/{document}#{made.claim.id}", SEE_OTHER)


@router.post("/claims/{id}")
def edit(request: Request, desk: Here, id: str, given: Annotated[Asked, Form()]) -> Response:
    """Let a claim read otherwise."""
    try:
        made = desk.edit_claim(id, given.change, given.reason, given.seen)
    except SecondSourceError as error:
        return refused(request, error, f"/claims/{id}", given)
    after = made.after or made.claim
    return RedirectResponse(f"/documents/{made.document}#{after.id}", SEE_OTHER)


@router.post("/claims/{id}/delete")
def delete(request: Request, desk: Here, id: str, given: Annotated[Asked, Form()]) -> Response:
    """Take out what is no claim."""
    try:
        made = desk.delete_claim(id, given.reason, given.seen)
    except SecondSourceError as error:
        return refused(request, error, f"/claims/{id}", given)
    return RedirectResponse(f"/documents/{made.document}#corrections", SEE_OTHER)


@router.post("/judgements/claims/{number}/undo")
def undo(request: Request, desk: Here, number: int) -> Response:
    """Take a correction back."""
    try:
        made = desk.undo(number)
    except SecondSourceError as error:
        return refused(request, error, "/judgements", None)
    return RedirectResponse(f"/documents/{made.document}#corrections", SEE_OTHER)


def refused(request: Request, error: SecondSourceError, back: str, given: Asked | None) -> HTMLResponse:
    """The page that says why a correction was not kept, with what was written in it."""
    return page(request, "refused.html", error.status, section="", reason=str(error), back=back, given=given)


@router.post("/derive")
def derive(desk: Here) -> Response:
    """Carry the case through to questions again, with every correction."""
    begin(desk)
    return RedirectResponse("/documents#work", SEE_OTHER)
