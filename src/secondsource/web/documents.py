"""The list of documents, one document with its claims, its original bytes, and its pages as pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.errors import NotFound
from secondsource.model import Block, Document, ListMention, Span
from secondsource.readers.drawing import size
from secondsource.text import overlap
from secondsource.web.api import Here
from secondsource.web.highlight import passages
from secondsource.web.pages import DeskLinks, address, page
from secondsource.web.questions import At
from secondsource.web.work import carry_on

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

PDF = "application/pdf"


@router.get("/documents")
def documents(
    request: Request, desk: Here, status: str = "", publisher: str = "", at: At = 0
) -> HTMLResponse:
    if desk.exists:
        carry_on(desk)
    counts = Counter(desk.finding.statuses()) if desk.exists else Counter()
    found = desk.finding.documents(status, publisher, at) if counts else None
    asked = {"status": status, "publisher": publisher}
    return page(
        request,
        "documents.html",
        section="Documents",
        status=status,
        publisher=publisher,
        counts=counts,
        total=counts.total(),
        found=found,
        work=desk.work(),
        waiting=desk.uploads(),
        pending=desk.pending,
        limit=desk.config.file_limit,
        here=lambda at: address("/documents", asked, at=at),
    )


@router.get("/documents/{id}")
def document(request: Request, desk: Here, id: str) -> HTMLResponse:
    found = desk.document(id)
    claims, names = desk.claims(found.id), desk.names_of(found.id)
    return page(
        request,
        "document.html",
        section="Documents",
        document=found,
        claims=claims,
        captures=desk.captures(found.id),
        members=desk.members(found.id),
        versions=desk.versions(found.id),
        numbers={claim.id: number for number, claim in enumerate(claims, 1)},
        passages=passages(found.text, found.reading.blocks, claims),
        asked=desk.finding.bearing("claim", [claim.id for claim in claims]),
        entities=desk.finding.entities_in(claims),
        judgements=desk.claim_judgements(found.id),
        seen={claim.id: desk.seen(claim) for claim in claims},
        waiting=desk.unassessed(),
        pages=page_count(found),
        mentions=by_place(desk.list_mentions_of(found.id)),
        looked=desk.lists_looked_for(),
        odd=[one for one in names if one.flags],
        taken=[one for one in names if one.references],
    )


def by_place(mentions: Iterable[ListMention]) -> list[list[ListMention]]:
    """Listed names, those of one place in the text together: many entries may have one name."""
    return [list(held) for _, held in groupby(mentions, key=lambda one: (one.start, one.end))]


def page_count(document: Document) -> int:
    """How many pages can be shown as pictures: those of a PDF, as far as its words stand on them."""
    if document.media_type != PDF:
        return 0
    return max((block.page or 0 for block in document.reading.blocks), default=0)


@router.get("/documents/{id}/bytes")
def original(desk: Here, id: str) -> Response:
    """The bytes as they came, to be saved and never to be run or shown by the browser."""
    found = desk.document(id)
    name = found.path.rsplit("/", 1)[-1]
    return Response(
        desk.original(found),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


Number = Annotated[int, Path(ge=1, le=5000)]


@router.get("/documents/{id}/pages/{number}.png")
def picture(desk: Here, id: str, number: Number) -> Response:
    """A page of a PDF as a picture, drawn in the confined process that reads files."""
    return Response(desk.page_picture(desk.document(id), number), media_type="image/png")


@router.get("/documents/{id}/pages/{number}")
def printed(request: Request, desk: Here, id: str, number: Number) -> HTMLResponse:
    """A page of a PDF as it looks, with the boxes that its words and claims were read from."""
    found = desk.document(id)
    last = page_count(found)
    if number > last:
        raise NotFound(f"{found.path} has no page {number} that can be shown")
    claims = desk.claims(found.id)
    blocks = [block for block in found.reading.blocks if block.page == number and block.box]
    return page(
        request,
        "printed.html",
        section="Documents",
        document=found,
        number=number,
        last=last,
        size=size(desk.page_picture(found, number)),
        boxes=[
            (block, [one for one in claims if any(overlap(at, window(block)) for at in one.content.spans)])
            for block in blocks
        ],
        numbers={claim.id: place for place, claim in enumerate(claims, 1)},
    )


@router.get("/claims/{id}")
def claim(desk: Here, id: str) -> RedirectResponse:
    return RedirectResponse(DeskLinks().claim(desk.claim(id)))


def window(block: Block) -> Span:
    return Span(block.start, block.end)
