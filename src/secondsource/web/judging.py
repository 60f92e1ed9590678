"""The queue of entity pairs that wait for a person, and what people judged of entities."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.desk import Desk
from secondsource.errors import NotFound, SecondSourceError
from secondsource.resolve.entities import said
from secondsource.web.api import Here
from secondsource.web.corrections import SEE_OTHER, refused
from secondsource.web.pages import address, page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

QUEUE = "/judgements/entities"
AHEAD = 10
"""So many pairs are listed behind the one that is asked about."""

LATEST = 20


class Verdict(BaseModel):
    """What a person decided of a pair, as the form gives it."""

    decision: Literal["positive", "negative", "unsure"]
    reason: Annotated[str, Field(max_length=2_000)] = ""


@router.get(QUEUE)
def queue(request: Request, desk: Here, skip: Annotated[int, Field(ge=0, le=200)] = 0) -> HTMLResponse:
    """The pair to be decided, with the evidence side by side, those behind it, and what was decided."""
    waiting = desk.candidates(skip + AHEAD + 1)[skip:]
    made = desk.judgements()
    return page(
        request,
        "judging.html",
        section="Judgements",
        pair=waiting[0] if waiting else None,
        evidence=[desk.evidence(side) for side in (waiting[0].left, waiting[0].right)] if waiting else [],
        ahead=waiting[1:],
        skip=skip,
        latest=[(one, said(one)) for one in made[-LATEST:]],
        total=len(made),
        conflicts={one.judgement: one for one in desk.conflicts()},
        waiting=desk.unassessed(),
    )


@router.post(QUEUE + "/{id}")
def judge(
    request: Request, desk: Here, id: str, given: Annotated[Verdict, Form()], skip: int = 0
) -> Response:
    """Keep a verdict, and go on to the next pair."""
    try:
        desk.judge_pair(desk.candidate(id), given.decision, reason=given.reason)
    except SecondSourceError as error:
        return refused(request, error, QUEUE, None)
    return RedirectResponse(f"{QUEUE}?skip={skip}" if skip else QUEUE, SEE_OTHER)


@router.post(QUEUE + "/{id}/undo")
def undo(request: Request, desk: Here, id: str, entity: Annotated[str, Form()] = "") -> Response:
    """Take a judgement back; on the page of an ``entity``, go on there."""
    try:
        made = desk.undo_judgement(id)
    except SecondSourceError as error:
        return refused(request, error, QUEUE, None)
    return RedirectResponse(_page_of(desk, entity, made.left.name) if entity else f"{QUEUE}#made", SEE_OTHER)


class ByHand(BaseModel):
    """What a person says of one entity, as a form on its page gives it.

    ``value`` is the other entity, by name or id, the name or the kind; ``documents`` are those that
    name another thing.
    """

    verdict: Literal["positive", "negative", "unsure", "split", "rename", "alias", "retype"]
    value: Annotated[str, Field(max_length=500)] = ""
    documents: list[str] = Field(default_factory=list)
    reason: Annotated[str, Field(max_length=2_000)] = ""


@router.post("/entities/{id}")
def by_hand(request: Request, desk: Here, id: str, given: Annotated[ByHand, Form()]) -> Response:
    """Merge an entity with another, split it, or give it another name or kind."""
    try:
        name = desk.entity(id).name
        _judge(desk, id, given)
    except SecondSourceError as error:
        return refused(request, error, f"/entities/{id}", None)
    return RedirectResponse(_page_of(desk, id, name), SEE_OTHER)


def _judge(desk: Desk, id: str, given: ByHand) -> None:
    value, reason = given.value.strip(), given.reason.strip()
    match given.verdict:
        case "split":
            desk.split(id, given.documents, reason=reason)
        case "rename":
            desk.rename(id, value, reason=reason)
        case "alias":
            desk.alias(id, value, reason=reason)
        case "retype":
            desk.retype(id, value, reason=reason)
        case decision:
            desk.judge(id, value, decision, reason=reason)


def _page_of(desk: Desk, id: str, name: str = "") -> str:
    """The page of the entity that a thing is part of now; where it is none, of all that bear ``name``."""
    with suppress(NotFound):
        return f"/entities/{desk.entity(id).id}#judgements"
    return address("/entities", {"q": name})
