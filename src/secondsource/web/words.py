"""Search in documents and claims, with what was found in its place; and views that were saved."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from secondsource.desk import Desk
from secondsource.errors import SecondSourceError
from secondsource.store.finding import MOST, Hit, Page
from secondsource.web.api import Here
from secondsource.web.pages import address, page
from secondsource.web.questions import At

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

A_PAGE = 20
A_FEW = 10

Kind = Literal["", "document", "claim"]


@router.get("/search")
def search(
    request: Request,
    desk: Here,
    q: Annotated[str, Query(max_length=1000)] = "",
    kind: Kind = "",
    at: At = 0,
) -> HTMLResponse:
    found, refused = {}, ""
    try:
        found = hits(desk, q, kind, at) if q.strip() else {}
    except SecondSourceError as error:
        refused = str(error)
    ids = {each: [hit.id for hit in page_.items] for each, page_ in found.items()}
    claims = desk.finding.claims(ids.get("claim", ()))
    shown = [*ids.get("document", ()), *(claim.document for claim in claims.values())]
    return page(
        request,
        "search.html",
        section="Search",
        q=q,
        kind=kind,
        found=found,
        refused=refused,
        most=MOST,
        claims=claims,
        documents=desk.finding.heads(shown),
        here=lambda kind, at: address("/search", {"q": q, "kind": kind}, at=at),
    )


def hits(desk: Desk, q: str, kind: Kind, at: int) -> dict[str, Page[Hit]]:
    """Documents and claims that hold the words: a few of each, or a page of one ``kind``."""
    if kind:
        return {kind: desk.finding.search(kind, q, at, A_PAGE)}
    return {
        "document": desk.finding.search("document", q, 0, A_FEW),
        "claim": desk.finding.search("claim", q, 0, A_FEW),
    }
