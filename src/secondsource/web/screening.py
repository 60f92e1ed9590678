"""The page on which a name is screened, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from secondsource.desk.lists import stale
from secondsource.errors import SecondSourceError
from secondsource.lists.entry import day
from secondsource.model import Match, MatchJudgement, Screening
from secondsource.names import normalise
from secondsource.screen import KINDS
from secondsource.screen.qualifiers import Qualifiers
from secondsource.web.api import Here
from secondsource.web.pages import page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MOST_WAITING = 50


@router.get("/screening")
def screening(
    request: Request,
    desk: Here,
    name: str = "",
    schema: str = "",
    born: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """A form for a name, its potential matches with reasons, the lists in force, and the queue."""
    found, refused = None, ""
    editions = desk.lists()
    if name.strip() and editions:
        known = Qualifiers(tuple(filter(None, [day(born)])))
        try:
            found = desk.screen(name.strip(), schema=schema or None, qualifiers=known)
        except SecondSourceError as error:
            refused = str(error)
    waiting = undecided(desk.screenings(), desk.match_judgements())
    return page(
        request,
        "screening.html",
        section="Screening",
        name=name,
        schema=schema,
        born=born,
        kinds=KINDS,
        found=found,
        refused=refused,
        lists=[(edition, stale(edition)) for edition in editions],
        queue=waiting[:MOST_WAITING],
        open=len(waiting),
    )


def undecided(screenings: Iterable[Screening], judgements: Iterable[MatchJudgement]) -> list[Match]:
    """The potential matches of each name's last screening that nobody has decided on, the strongest first."""
    decided = {(normalise(one.query), one.list, one.designation) for one in judgements}
    last = {normalise(one.query): one for one in screenings}
    matches = [
        match
        for query, one in last.items()
        for match in one.results
        if match.match and (query, match.designation.list, match.designation.id) not in decided
    ]
    return sorted(matches, key=lambda match: -match.score)
