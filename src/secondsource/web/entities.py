"""The list of entities, and one entity with what is said of it and by it."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource import names
from secondsource.desk import Desk
from secondsource.desk.judging import SCHEMAS
from secondsource.model import Entity, Screening
from secondsource.resolve.entities import said as said_of
from secondsource.store.finding import Wanted
from secondsource.templates.evidence import Evidence
from secondsource.templates.scripts import by_script
from secondsource.web.api import Here
from secondsource.web.pages import address, page
from secondsource.web.questions import At

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

CLAIMS = 25
DOCUMENTS = 30
QUESTIONS = 20
TEMPORARY = 307  # a judgement that is taken back gives a part its own page again


@router.get("/entities")
def entities(request: Request, desk: Here, q: str = "", media: str = "", at: At = 0) -> HTMLResponse:
    counts = desk.finding.counts()
    known = desk.media()
    sources = [id for id, one in known.items() if not one.in_story]
    return page(
        request,
        "entities.html",
        section="Entities",
        q=q,
        media=known,
        sources=len(known),
        shown="media" if media else "story",
        found=desk.finding.entities(
            q.strip(), at, only=known if media else None, without=() if media else sources
        ),
        warnings=names.warnings,
        total=counts["entities"],
        documents=counts["documents"],
        here=lambda at: address("/entities", {"q": q, "media": media}, at=at),
    )


@router.get("/entities/{id}")
def entity(request: Request, desk: Here, id: str, about: At = 0, by: At = 0) -> Response:
    """One entity; the id of a part leads to the entity that has it now."""
    known = desk.finding.entity(id)
    if known is None:
        return RedirectResponse(f"/entities/{desk.entity(id).id}", TEMPORARY)
    found, count = known
    said = desk.finding.claims_with(found.id, "content", about, CLAIMS)
    says = desk.finding.claims_with(found.id, "source", by, CLAIMS)
    shown = desk.finding.heads(claim.document for claim in (*said.items, *says.items))
    questions = desk.finding.questions(Wanted(entity=found.id, every="1"), 0, QUESTIONS)
    asked = {"about": about, "by": by}
    return page(
        request,
        "entity.html",
        section="Entities",
        entity=found,
        scripts=by_script(found.names),
        warnings=names.warnings,
        medium=desk.media().get(found.id),
        about=said,
        by=says,
        evidence=Evidence.of((*said.items, *says.items), shown.values()),
        questions=questions,
        lists=desk.lists(),
        screenings=screenings_of(desk, found),
        documents=desk.finding.naming(found.id, DOCUMENTS),
        count=count,
        judged=[(one, said_of(one)) for one in desk.judgements() if one.id in found.judgements],
        schemata=SCHEMAS,
        waiting=desk.unassessed(),
        here_about=lambda at: address(f"/entities/{found.id}", asked, about=at) + "#about",
        here_by=lambda at: address(f"/entities/{found.id}", asked, by=at) + "#by",
    )


def screenings_of(desk: Desk, entity: Entity) -> list[Screening]:
    """The last screening of each name of the entity."""
    return last_of(desk.finding.screenings((entity.name, *entity.names)))


def last_of(screenings: Iterable[Screening]) -> list[Screening]:
    return list({one.query.casefold(): one for one in screenings}.values())
