"""The page on which a name is screened, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse

from secondsource.days import day
from secondsource.errors import SecondSourceError
from secondsource.listing import stale
from secondsource.model import Match, MatchJudgement, Screening
from secondsource.names import LONGEST, normalise
from secondsource.screen import KINDS
from secondsource.screen.qualifiers import Qualifiers
from secondsource.web.api import Here
from secondsource.web.pages import page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MOST_WAITING = 50


class Decision(BaseModel):
    """A decision on a name and an entry, and the search that the page showed."""

    query: str = Field(min_length=1, max_length=LONGEST)
    list: str
    entry: str
    decision: Literal["positive", "negative", "unsure"]
    reason: str = Field(default="", max_length=2_000)
    name: str = Field(default="", max_length=LONGEST)
    schema_: str = Field(default="", alias="schema")
    born: str = Field(default="", max_length=40)
    entity: str = Field(default="", max_length=100)


@router.get("/screening")
def screening(
    request: Request,
    desk: Here,
    name: str = "",
    schema: str = "",
    born: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """A form for a name, its potential matches with reasons, the lists in force, and the queue."""
    found, refused, shown = None, "", {"name": name, "schema": schema, "born": born}
    editions = desk.lists()
    if name.strip() and editions:
        try:
            found = desk.screen(name.strip(), schema=schema or None, qualifiers=_known(born.strip()))
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
        search={name: value for name, value in shown.items() if value},
        refused=refused,
        lists=[(edition, stale(edition)) for edition in editions],
        queue=waiting[:MOST_WAITING],
        open=len(waiting),
    )


def _known(born: str) -> Qualifiers:
    """Raises SecondSourceError for what is no date: a screening that left it out would seem to know it."""
    if born and day(born) is None:
        raise SecondSourceError(f"“{born}” is no date: a year or a day, as 1961 or 1961-03-02")
    return Qualifiers(tuple(filter(None, [day(born)])))


@router.post("/screening/decision")
def decide(desk: Here, told: Annotated[Decision, Form()]) -> RedirectResponse:
    """Keep what a person decides of a match, and go back to where it was shown."""
    desk.judge_match(told.query, told.list, told.entry, told.decision, reason=told.reason.strip())
    if told.entity:
        return RedirectResponse(f"/entities/{quote(told.entity, safe='')}#matches", status_code=303)
    shown = {"name": told.name, "schema": told.schema_, "born": told.born}
    back = urlencode({name: value for name, value in shown.items() if value})
    return RedirectResponse(f"/screening?{back}" if back else "/screening", status_code=303)


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
