"""The timeline and the network: a picture, the table that says the same, and both as files without a cap."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from secondsource.desk import Desk
from secondsource.model import Entity
from secondsource.store.charts import Link, Moment, Scope
from secondsource.store.finding import Page
from secondsource.templates.layout import layout
from secondsource.web.api import Here
from secondsource.web.graphs import FORMATS
from secondsource.web.pages import DeskLinks, address, page
from secondsource.web.questions import At

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

A_PAGE = 50
NODES = 48
"""Entities that the picture of a network shows, those with most claims between them."""
WIDTH, HEIGHT = 900.0, 560.0
EVERY_LINK = 1_000_000

Of = Literal["events", "publication"]
Within = Annotated[Scope, Depends()]


@router.get("/timeline")
def timeline(request: Request, desk: Here, scope: Within, of: Of = "events", at: At = 0) -> HTMLResponse:
    """What is said to have happened when, or what was published when."""
    months = desk.finding.months(of, scope)
    moments = list(desk.finding.moments(of, scope, at, A_PAGE))
    claims = desk.finding.claims(one.claim for one in moments if one.claim)
    return page(
        request,
        "timeline.html",
        section="Timeline",
        of=of,
        scope=scope,
        months=months,
        most=max((count for _, count in months), default=0),
        found=Page(tuple(moments), sum(count for _, count in months), at, A_PAGE),
        claims=claims,
        documents=desk.finding.heads(one.document for one in moments),
        about=about(desk, scope),
        here=lambda at: address("/timeline", scope, of=of, at=at),
        export=address("/timeline.csv", scope, of=of),
    )


def about(desk: Desk, scope: Scope) -> list[tuple[str, str]]:
    """What a chart is narrowed to, as addresses and names."""
    found = [(DeskLinks().entity(one), one.name) for one in desk.finding.named([scope.entity]).values()]
    if scope.question:
        asked = desk.question(scope.question)
        found.append((DeskLinks().question(asked), asked.text))
    return found


@router.get("/timeline.csv")
def timeline_table(desk: Here, scope: Within, of: Of = "events") -> StreamingResponse:
    """Every row of the timeline."""
    head = ("start", "end", "source", "stance", "words", "title", "publisher", "path", "document", "claim")
    return _table("timeline.csv", head, _rows(desk, desk.finding.moments(of, scope)))


def _rows(desk: Desk, moments: Iterator[Moment]) -> Iterator[Sequence[object]]:
    while some := [one for one, _ in zip(moments, range(500), strict=False)]:
        claims = desk.finding.claims(one.claim for one in some if one.claim)
        documents = desk.finding.heads(one.document for one in some)
        for one in some:
            claim, held = claims.get(one.claim or ""), documents[one.document]
            said = (claim.source_name, claim.stance, claim.content.text) if claim else ("", "", "")
            named = (held.title, held.publisher, held.path, held.id, one.claim)
            yield (one.start, one.end, *said, *named)


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingResponse:
    return StreamingResponse(
        _lines(head, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "\ufeff" + _line(head)
    for row in rows:
        yield _line([guarded(cell) for cell in row])


def _line(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def guarded(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


# The network


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the picture, and where it stands."""

    entity: Entity
    x: float
    y: float
    weight: int


@router.get("/network")
def network(request: Request, desk: Here, scope: Within) -> HTMLResponse:
    """Who says something of whom, and what claims say is between whom."""
    links = desk.finding.links(scope)
    entities = desk.finding.named(id for link in links for id in (link.one, link.other))
    nodes = placed(links, entities)
    return page(
        request,
        "network.html",
        section="Network",
        scope=scope,
        edges=links,
        entities=entities,
        claims=desk.finding.claims(link.claim for link in links),
        nodes=nodes,
        drawn=[link for link in links if link.one in nodes and link.other in nodes],
        size=(WIDTH, HEIGHT),
        about=about(desk, scope),
        narrowed=bool(scope.entity or scope.question),
        export=lambda kind: address(f"/network.{kind}", scope),
    )


def placed(links: Sequence[Link], entities: dict[str, Entity]) -> dict[str, Node]:
    """The entities with most claims between them, and where each stands."""
    weights: dict[str, int] = {}
    for link in links:
        for id in (link.one, link.other):
            weights[id] = weights.get(id, 0) + link.claims
    shown = sorted((id for id in weights if id in entities), key=lambda id: (-weights[id], id))[:NODES]
    order = {id: number for number, id in enumerate(shown)}
    edges = [(order[one.one], order[one.other]) for one in links if one.one in order and one.other in order]
    spots = layout(len(shown), edges, WIDTH, HEIGHT)
    return {id: Node(entities[id], *spots[order[id]], weights[id]) for id in shown}


@router.get("/network.{kind}")
def network_file(desk: Here, scope: Within, kind: Literal["csv", "json", "graphml", "gexf"]) -> Response:
    """Every link of the network as a table, as JSON, or for a program for graphs."""
    links = desk.finding.links(scope, EVERY_LINK)
    entities = desk.finding.named(id for link in links for id in (link.one, link.other))
    kept = [link for link in links if link.one in entities and link.other in entities]
    if kind == "csv":
        rows = ((entities[x.one].name, x.kind, entities[x.other].name, x.claims, x.claim) for x in kept)
        return _table("network.csv", ("from", "link", "to", "claims", "first claim"), rows)
    write, media = FORMATS[kind]
    name = f'attachment; filename="network.{kind}"'
    return Response(write(kept, entities), media_type=media, headers={"Content-Disposition": name})
