"""What was done to the case, what people decided, and the views that they kept."""

from __future__ import annotations

import json
import re
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.errors import SecondSourceError
from secondsource.store.finding import Page
from secondsource.templates import ROOT
from secondsource.web.api import Here
from secondsource.web.pages import address, page
from secondsource.web.questions import At
from secondsource.web.screening import undecided

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

A_PAGE = 50
SEE_OTHER = 303
# A browser reads a backslash as a slash and reads over control characters: "/\\host" leads to that host.
ELSEWHERE = re.compile(r"^(?!/)|^/[/\\]|[\x00-\x1f]")
HIDDEN = ("before", "after", "changed")  # payloads that are whole claims or assessments


@router.get("/ledger")
def ledger(request: Request, desk: Here, kind: str = "", at: At = 0) -> HTMLResponse:
    """The entries of the ledger, the last first, with its head."""
    entries, total = desk.finding.entries(kind, at, A_PAGE)
    return page(
        request,
        "ledger.html",
        section="Ledger",
        kind=kind,
        kinds=desk.finding.entry_kinds(),
        head=desk.finding.kept("head", lambda: str(desk.head())),
        found=Page(tuple(entries), total, at, A_PAGE),
        said=lambda entry: said(entry.fields["payload"]),
        here=lambda at: address("/ledger", {"kind": kind}, at=at),
    )


def said(payload: dict[str, object]) -> list[tuple[str, str]]:
    """What an entry says, in short: names and values, the long ones left out."""
    kept = ((name, value) for name, value in payload.items() if name not in HIDDEN and value is not None)
    return [
        (name.replace("_", " "), value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in kept
    ]


@router.get("/judgements")
def judgements(request: Request, desk: Here, at: At = 0) -> HTMLResponse:
    """What waits for a person's decision, and what was decided."""
    decided = desk.claim_judgements()[::-1]
    documents = desk.finding.heads(one.document for one in decided[at : at + A_PAGE])
    return page(
        request,
        "judgements.html",
        section="Judgements",
        found=Page(tuple(decided[at : at + A_PAGE]), len(decided), at, A_PAGE),
        documents=documents,
        matches=len(undecided(desk.screenings(), desk.match_judgements())),
        waiting=desk.unassessed(),
        ratings=desk.source_ratings()[::-1][:A_PAGE],
        here=lambda at: address("/judgements", {}, at=at),
    )


# Views


@router.get("/views")
def views(request: Request, desk: Here) -> HTMLResponse:
    """The views of this case that were kept, and what was looked at before."""
    return page(request, "views.html", section="Search", views=desk.views(), address=back(request))


@router.post("/views")
def keep(
    desk: Here, name: Annotated[str, Form(max_length=200)], view: Annotated[str, Form(max_length=4000)] = ""
) -> Response:
    """Keep an address of this desk under a name; without an address, forget the name."""
    if view and ELSEWHERE.search(view):
        raise SecondSourceError("A view is an address of this desk: it begins with a slash.")
    desk.keep_view(name, view)
    return RedirectResponse("/views", SEE_OTHER)


def back(request: Request) -> str:
    """The page of this desk that led here, as its address."""
    came = urlsplit(request.headers.get("referer", ""))
    path = came.path.removeprefix(ROOT.get())
    if came.netloc != request.headers.get("host") or path == "/views":
        return ""
    return f"{path}?{came.query}" if came.query else path
