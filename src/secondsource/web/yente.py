"""Screening over HTTP in the shapes of yente, so that its clients and OpenRefine work unchanged.

The addresses are those of yente 5 under ``/yente``, since the desk has pages of its own under
``/entities``: a client is given ``http://127.0.0.1:8400/yente`` as its base address.  A dataset is
a list in force; ``default`` is all of them.  Every match is kept in the case like any screening.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from secondsource.desk import Desk
from secondsource.desk.lists import stale
from secondsource.errors import NotFound
from secondsource.index import ALGORITHM
from secondsource.model import JSON, Designation, ListEdition, Match
from secondsource.screen import CUTOFF, KINDS, THRESHOLD, Asked
from secondsource.web.api import Here
from secondsource.web.ftm import MATCHABLE, Example, asked, entity, entity_id, scored

router = APIRouter(tags=["screening"])

MOST_QUERIES = 100
MOST_RESULTS = 500
MOST_OFFSET = 9_499
BEST = "best"
Editions = dict[str, ListEdition]
Names = Annotated[list[str], Query()]


class MatchBody(BaseModel):
    """Several examples to look for at once, each under a key of the asker's."""

    model_config = ConfigDict(extra="ignore")

    queries: dict[str, Example]
    weights: dict[str, float] = Field(default_factory=dict)
    config: dict[str, Any] = Field(default_factory=dict)


class Scope(BaseModel):
    """Which lists are looked through, and what is left out of the results."""

    include_dataset: list[str] = Field(default_factory=list)
    exclude_dataset: list[str] = Field(default_factory=list)
    exclude_schema: list[str] = Field(default_factory=list)
    exclude_entity_ids: list[str] = Field(default_factory=list, max_length=50)
    changed_since: str | None = None

    def holds(self, entry: Designation, dataset: str, editions: Editions) -> bool:
        wanted = dataset == "default" or entry.list in (dataset, *self.include_dataset)
        changed = not self.changed_since or editions[entry.list].imported_at >= self.changed_since
        return wanted and changed and not self._excluded(entry)

    @property
    def plain(self) -> bool:
        """True where nothing is left out, so that as many need to be found as are wanted."""
        chosen = self.include_dataset, self.exclude_dataset, self.exclude_schema, self.exclude_entity_ids
        return not any(chosen) and not self.changed_since

    def _excluded(self, entry: Designation) -> bool:
        return (
            entry.list in self.exclude_dataset
            or entry.schema in self.exclude_schema
            or not {entity_id(entry), entry.id}.isdisjoint(self.exclude_entity_ids)
        )


class Matching(Scope):
    """How many results, from which score one is a match, and by which way of comparing."""

    limit: int = Field(default=5, ge=1, le=MOST_RESULTS)
    threshold: float = Field(default=THRESHOLD, ge=0, le=1)
    cutoff: float = Field(default=0.0, ge=0, le=1)
    algorithm: str = BEST
    topics: list[str] = Field(default_factory=list)


class Searching(Scope):
    """Words to look for, and which page of the results."""

    q: str = Field(default="", max_length=10_000)
    schema_: str = Field(default="Thing", alias="schema")
    countries: list[str] = Field(default_factory=list)
    limit: int = Field(default=10, ge=0, le=MOST_RESULTS)
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET)


REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"description": "What is asked makes no sense"},
    404: {"description": "No such list or entity, or no case yet"},
}


def editions_of(desk: Desk, dataset: str) -> Editions:
    editions = {edition.name: edition for edition in desk.lists()}
    if dataset != "default" and dataset not in editions:
        raise HTTPException(404, f"No such dataset: {dataset}")
    return editions


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
            id = entity_id(one.designation)
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


@router.get("/search/{dataset}", responses=REFUSED)
def search(desk: Here, dataset: str, wanted: Annotated[Searching, Query()]) -> JSON:
    """Entries whose names are like the words ``q``; without any, all of them."""
    editions = editions_of(desk, dataset)
    if wanted.schema_ not in KINDS:
        raise HTTPException(400, f"Invalid schema: {wanted.schema_}")
    found = [
        entry
        for entry in _searched(desk, wanted, bool(editions))
        if wanted.holds(entry, dataset, editions)
        and (not wanted.countries or not set(wanted.countries).isdisjoint(entry.countries))
    ]
    page = found[wanted.offset : wanted.offset + wanted.limit]
    return {
        "results": [entity(entry, editions) for entry in page],
        "facets": {name: _facet(label, values) for name, label, values in _facets(found)},
        "total": {"value": len(found), "relation": "eq"},
        "limit": wanted.limit,
        "offset": wanted.offset,
    }


def _searched(desk: Desk, wanted: Searching, listed: bool) -> Iterator[Designation]:
    words = wanted.q.strip()
    if not listed:
        return
    if words and any(map(str.isalnum, words)):
        schema = None if wanted.schema_ == "Thing" else wanted.schema_
        for one in desk.screener().find(words[:500], schema, MOST_RESULTS):
            if one.score >= CUTOFF:
                yield one.designation
    elif not words:
        kinds = (entry for entry in desk.store().designations() if wanted.schema_ in ("Thing", entry.schema))
        yield from islice(kinds, MOST_OFFSET + MOST_RESULTS)


def _facets(found: list[Designation]) -> Iterator[tuple[str, str, list[str]]]:
    yield "countries", "Countries", [country for entry in found for country in entry.countries]
    yield "topics", "Topics", []
    yield "datasets", "Data sources", [entry.list for entry in found]


def _facet(label: str, values: Iterable[str]) -> JSON:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:50]
    return {
        "label": label,
        "values": [{"name": name, "label": name, "count": count} for name, count in ranked],
    }


@router.get("/entities/{id}", responses=REFUSED)
def one_entity(desk: Here, id: str, nested: bool = True) -> JSON:
    """One entry.  ``nested`` is taken as yente takes it; entries here have no entities around them."""
    return entity(_entry(desk, id), editions_of(desk, "default"))


def _entry(desk: Desk, id: str) -> Designation:
    list, _, rest = id.partition(":")
    found = desk.store().designation(list, rest) if rest else None
    found = found or next(iter(desk.store().designations_of(id)), None)
    if found is None:
        raise NotFound(f"{id}: no list in force has that entry")
    return found


@router.get("/entities/{id}/adjacent", responses=REFUSED)
def adjacent(desk: Here, id: str) -> JSON:
    """One entry, and what is around it: nothing, for lists are kept without their relations."""
    return {"entity": entity(_entry(desk, id), editions_of(desk, "default")), "adjacent": {}}


@router.get("/entities/{id}/adjacent/{prop}", responses=REFUSED)
def adjacent_by(
    desk: Here,
    id: str,
    prop: str,
    limit: Annotated[int, Query(ge=0, le=MOST_RESULTS)] = 10,
    offset: Annotated[int, Query(ge=0, le=MOST_OFFSET)] = 0,
) -> JSON:
    _entry(desk, id)
    return {"results": [], "total": {"value": 0, "relation": "eq"}, "limit": limit, "offset": offset}


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
