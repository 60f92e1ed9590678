"""Screening over HTTP in the shapes of yente, so that its clients and OpenRefine work unchanged.

The addresses are those of yente 5 under ``/yente``, since the desk has pages of its own under
``/entities``: a client is given ``http://127.0.0.1:8400/yente`` as its base address.  A dataset is
a list in force; ``default`` is all of them.  Every match is kept in the case like any screening.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from secondsource.desk import Desk
from secondsource.ftm import designation_id
from secondsource.index import ALGORITHM
from secondsource.listing import stale
from secondsource.model import JSON, ListEdition, Match
from secondsource.screen import THRESHOLD, Asked
from secondsource.web.api import Here
from secondsource.web.ftm import MATCHABLE, Example, asked, scored
from secondsource.web.scope import MOST_QUERIES, MOST_RESULTS, REFUSED, Editions, Scope, editions_of

router = APIRouter(tags=["screening"])

BEST = "best"


class MatchBody(BaseModel):
    """Several examples to look for at once, each under a key of the asker's."""

    model_config = ConfigDict(extra="ignore")

    queries: dict[str, Example]
    weights: dict[str, float] = Field(default_factory=dict)
    config: dict[str, Any] = Field(default_factory=dict)


class Matching(Scope):
    """How many results, from which score one is a match, and by which way of comparing.

    As with yente, results at or under ``cutoff`` are left out, or under ``threshold`` where that is lower.
    """

    limit: int = Field(default=5, ge=1, le=MOST_RESULTS)
    threshold: float = Field(default=THRESHOLD, ge=0, le=1)
    cutoff: float = Field(default=THRESHOLD, ge=0, le=1)
    algorithm: str = BEST


@router.post("/match/{dataset}", responses=REFUSED)
def match(desk: Here, dataset: str, body: MatchBody, wanted: Annotated[Matching, Query()]) -> JSONResponse:
    """Whom on the lists each example may mean."""
    editions = editions_of(desk, dataset)
    _check(body, wanted)
    examples = {key: (example, example.cleaned()) for key, example in body.queries.items()}
    names = {key: asked(told, example.schema_) for key, (example, told) in examples.items()}
    every = dataset == "default" and wanted.plain
    found = _matches(desk, names, wanted, every=every) if editions else {}
    answers = {key: _answer(found.get(key, []), examples[key], wanted, dataset, editions) for key in examples}
    # A response of its own: FastAPI would walk through every value of it once more.
    told = {"responses": answers, "limit": wanted.limit}
    return JSONResponse(told, headers={"x-batch-size": str(len(body.queries))})


def _check(body: MatchBody, wanted: Matching) -> None:
    if not body.queries:
        raise HTTPException(400, "No queries provided.")
    if len(body.queries) > MOST_QUERIES:
        raise HTTPException(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    if wanted.algorithm not in (BEST, ALGORITHM):
        raise HTTPException(400, f"Unknown algorithm: {wanted.algorithm}")
    if body.config:
        raise HTTPException(400, f"Unknown configuration: {', '.join(sorted(body.config))}")
    for example in body.queries.values():
        if example.schema_ not in MATCHABLE:
            raise HTTPException(400, f"Cannot match entities of type {example.schema_!r}")


def _matches(
    desk: Desk, names: dict[str, list[Asked]], wanted: Matching, *, every: bool
) -> dict[str, list[Match]]:
    """The matches of each example: of all its names, the best of each entry, best first.

    Where results of ``every`` list count, no more need to be found than are wanted.
    """
    keys = [key for key, asked in names.items() for _ in asked]
    asked_for = (one for asked in names.values() for one in asked)
    most = min(MOST_RESULTS, wanted.limit + (0 if every else wanted.limit + 10))
    screenings = desk.screen_many(asked_for, limit=most, threshold=wanted.threshold)
    found: dict[str, dict[str, Match]] = {}
    for key, screening in zip(keys, screenings, strict=True):
        best = found.setdefault(key, {})
        for one in screening.results:
            id = designation_id(one.designation)
            if id not in best or one.score > best[id].score:
                best[id] = one
    return {key: sorted(best.values(), key=lambda one: -one.score) for key, best in found.items()}


def _answer(
    found: list[Match],
    example: tuple[Example, dict[str, list[str]]],
    wanted: Matching,
    dataset: str,
    editions: Editions,
) -> JSON:
    kept = [
        one
        for one in found
        if one.score > min(wanted.cutoff, wanted.threshold)
        and wanted.holds(one.designation, dataset, editions)
    ]
    over = sum(one.score >= wanted.threshold for one in kept)
    query, told = example
    return {
        "status": 200,
        "results": [scored(one, editions) for one in kept[: wanted.limit]],
        "total": {"value": over, "relation": "eq"},
        "query": {"id": query.id, "schema": query.schema_, "properties": told},
    }


@router.get("/catalog")
@router.get("/manifest", include_in_schema=False)
def catalog(desk: Here) -> JSON:
    """The lists in force as datasets; ``outdated`` are those older than their publishers' rhythm."""
    editions = desk.lists()
    late = [edition.name for edition in editions if stale(edition)]
    return {
        "datasets": [_dataset(edition) for edition in editions],
        "current": [edition.name for edition in editions if edition.name not in late],
        "outdated": late,
        "index_stale": bool(late),
    }


def _dataset(edition: ListEdition) -> JSON:
    published = f"{edition.published}T00:00:00" if edition.published else edition.imported_at[:19]
    return {
        "name": edition.name,
        "title": f"{edition.name} ({edition.layout or 'list'})",
        "version": edition.sha256[:16],
        "entity_count": edition.designations,
        "thing_count": edition.designations,
        "updated_at": published,
        "last_export": edition.imported_at[:19],
        "publisher": {"name": edition.authority},
        "license": edition.licence,
        "load": True,
        "index_current": True,
        "index_version": edition.sha256[:16],
        "children": [],
    }


@router.get("/algorithms")
def algorithms() -> JSON:
    """The one way of comparing that there is."""
    told = (
        "Names word by word: which word met which, rare words weighing more (docs/decisions/0009, 0010). "
        "Birth dates, countries and identifiers lift or lower the score."
    )
    docs = {"name_match": {"description": told, "coefficient": 1.0, "url": None}}
    return {
        "algorithms": [{"name": ALGORITHM, "description": told, "docs": docs}],
        "default": ALGORITHM,
        "best": ALGORITHM,
    }


@router.get("/healthz")
@router.get("/readyz")
def healthy() -> dict[str, str]:
    return {"status": "ok"}


@router.post("/updatez", responses={403: {"description": "Lists are updated by `secondsource lists update`"}})
def update() -> JSON:
    raise HTTPException(403, "Lists are updated by `secondsource lists update` on this machine.")


def parsed(text: str) -> dict[str, Any]:
    """JSON of a form field.  Raises HTTPException where it is none, or no object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "Cannot decode query.") from error
    if not isinstance(found, dict):
        raise HTTPException(400, "Cannot decode query.")
    return found
