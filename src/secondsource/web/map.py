"""Places that the documents name, on boundaries that ship with the program: nothing is fetched.

A place is shown under the name that its sources give it.  Where the tables know no coordinates for a
name, it stands in the list beside the map and on no guess.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from secondsource.gazetteers import town
from secondsource.model import Entity
from secondsource.web.api import Here
from secondsource.web.pages import page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MOST = 300
SCHEMATA = ("GeoPolitical", "Country", "Location", "Address", "Place")


class Place(NamedTuple):
    """An entity that is a place, how many documents name it, and where it lies in degrees, if known."""

    entity: Entity
    documents: int
    at: tuple[float, float] | None


@cache
def states() -> dict[str, tuple[float, float]]:
    """The middle of each state, as latitude and longitude, by its name in lower case (Natural Earth)."""
    made = files("secondsource").joinpath("web", "static", "states.json").read_text("utf-8")
    return {name.casefold(): (at[0], at[1]) for name, at in json.loads(made).items()}


def located(names: tuple[str, ...]) -> tuple[float, float] | None:
    """Where the first of these names lies that the tables know; None where they know none."""
    for name in names:
        found = states().get(name.casefold().removeprefix("the "))
        known = None if found else town(name)
        if found or known:
            return found or (known.at if known else None)
    return None


@router.get("/map")
def map_(request: Request, desk: Here) -> HTMLResponse:
    """Places on the map, and every place in the table."""
    found = [
        Place(entity, documents, located(entity.names))
        for entity, documents in desk.finding.of_schemata(SCHEMATA, MOST)
    ]
    return page(
        request,
        "map.html",
        section="Map",
        places=found,
        placed=[place for place in found if place.at],
        most=MOST,
    )
