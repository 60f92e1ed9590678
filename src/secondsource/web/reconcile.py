"""The Reconciliation Service API (W3C community group, version 0.2), for OpenRefine and its like."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request

from secondsource import names
from secondsource.desk import Desk
from secondsource.ftm import designation, designation_id
from secondsource.index import ALGORITHM
from secondsource.model import JSON, Designation
from secondsource.screen import KINDS, Asked
from secondsource.screen.qualifiers import Qualifiers
from secondsource.web.api import Here
from secondsource.web.ftm import MATCHABLE
from secondsource.web.scope import MOST_QUERIES, REFUSED, editions_of, entry_of
from secondsource.web.search import holding
from secondsource.web.yente import parsed

router = APIRouter(tags=["reconciliation"])

PROPERTIES = {
    "name": "Name",
    "alias": "Other name",
    "birthDate": "Birth date",
    "country": "Country",
    "idNumber": "Identifier",
    "address": "Address",
    "programId": "Programme",
    "notes": "Notes",
}
_QUALIFIERS = {"birthDate": 0, "country": 1, "idNumber": 2}
MOST_SUGGESTED = 500
LIKE = 0.5
"""The score from which a name is suggested that does not begin as what was typed."""

_SPACE = "https://followthemoney.tech/ns"


@router.get("/reconcile/{dataset}", responses=REFUSED)
def ask(request: Request, desk: Here, dataset: str, queries: str = "") -> JSON:
    """What the service is, or with ``queries`` the candidates of each."""
    editions_of(desk, dataset)
    return _answers(desk, dataset, queries) if queries else _manifest(request, dataset)


@router.post("/reconcile/{dataset}", responses=REFUSED)
def post(
    request: Request,
    desk: Here,
    dataset: str,
    queries: Annotated[str, Form()] = "",
    extend: Annotated[str, Form()] = "",
) -> JSON:
    editions_of(desk, dataset)
    if extend:
        return _extended(desk, parsed(extend))
    return _answers(desk, dataset, queries) if queries else _manifest(request, dataset)


def _manifest(request: Request, dataset: str) -> JSON:
    base = str(request.base_url).rstrip("/") + "/yente"
    here = f"{base}/reconcile/{dataset}"
    return {
        "versions": ["0.2"],
        "name": f"Second Source: {dataset}",
        "identifierSpace": _SPACE,
        "schemaSpace": _SPACE,
        "documentation": f"{base}/algorithms",
        "batchSize": MOST_QUERIES,
        "view": {"url": f"{base}/entities/{{{{id}}}}"},
        "defaultTypes": [_type(kind) for kind in MATCHABLE],
        "suggest": {
            kind: {"service_url": here, "service_path": f"/suggest/{kind}"}
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/extend/property"},
            "property_settings": [],
        },
    }


def _type(kind: str) -> JSON:
    return {"id": kind, "name": kind}


def _answers(desk: Desk, dataset: str, queries: str) -> JSON:
    asked = parsed(queries)
    if len(asked) > MOST_QUERIES:
        raise HTTPException(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    return {key: {"result": _candidates(desk, dataset, query)} for key, query in asked.items()}


def _candidates(desk: Desk, dataset: str, query: Any) -> list[JSON]:
    if not isinstance(query, dict):
        raise HTTPException(400, "Cannot decode query.")
    name, limit = str(query.get("query") or "")[:500], query.get("limit")
    kinds = query.get("type") or None
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if isinstance(kind, dict):
        kind = kind.get("id")
    if kind is not None and kind not in KINDS:
        raise HTTPException(400, f"Invalid type: {kind}")
    if not any(map(str.isalnum, name)) or not desk.lists():
        return []
    most = limit if isinstance(limit, int) and 0 < limit <= MOST_QUERIES else 5
    told = Asked(name, kind, _known(query.get("properties")))
    screenings = desk.screen_many([told], limit=most, refused=lambda reason: None)
    matches = [one for screening in screenings for one in screening.results]
    return [
        {
            "id": designation_id(one.designation),
            "name": one.designation.name,
            "type": [_type(one.designation.schema)],
            "score": round(100 * one.score, 2),
            "match": one.match,
            "features": [{"id": ALGORITHM, "value": one.score}],
        }
        for one in matches
        if dataset in ("default", one.designation.list)
    ]


def _known(properties: Any) -> Qualifiers:
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for one in properties if isinstance(properties, list) else ():
        if isinstance(one, dict) and one.get("pid") in _QUALIFIERS:
            values = one.get("v")
            found[_QUALIFIERS[one["pid"]]].extend(map(str, values if isinstance(values, list) else [values]))
    return Qualifiers(*map(tuple, found))


@router.get("/reconcile/{dataset}/suggest/entity", responses=REFUSED)
def suggest_entity(
    desk: Here, dataset: str, prefix: str = "", limit: Annotated[int, Query(ge=0, le=500)] = 10
) -> JSON:
    """Entries with a name that has the words typed so far, the last of which may go on; then those whose
    names are like them."""
    editions_of(desk, dataset)
    typed = prefix.strip()[:500]
    every = _typed(desk, typed) if any(map(str.isalnum, typed)) and desk.lists() else ()
    inside = (one for one in every if dataset in ("default", one.list))
    kept = list(islice({designation_id(one): one for one in inside}.values(), limit))
    return {
        "code": "/api/status/ok",
        "status": "200 OK",
        "prefix": prefix,
        "result": [
            {"id": designation_id(one), "name": one.name, "notable": [_type(one.schema)]} for one in kept
        ],
    }


def _typed(desk: Desk, typed: str) -> Iterator[Designation]:
    screener = desk.screener()
    words = names.normalise(typed)
    if words:
        begun = filter(holding(f"{words}*"), screener.beginning(words.split()[-1]))
        yield from sorted(islice(begun, MOST_SUGGESTED), key=lambda entry: len(entry.name))
    yield from (one.designation for one in screener.find(typed, None, MOST_SUGGESTED) if one.score >= LIKE)


@router.get("/reconcile/{dataset}/suggest/type", responses=REFUSED)
def suggest_type(desk: Here, dataset: str, prefix: str = "") -> JSON:
    editions_of(desk, dataset)
    return {"prefix": prefix, "result": [_type(kind) for kind in MATCHABLE if _begins(kind, prefix)]}


@router.get("/reconcile/{dataset}/suggest/property", responses=REFUSED)
def suggest_property(desk: Here, dataset: str, prefix: str = "") -> JSON:
    editions_of(desk, dataset)
    found = [
        {"id": id, "name": name}
        for id, name in PROPERTIES.items()
        if _begins(id, prefix) or _begins(name, prefix)
    ]
    return {"prefix": prefix, "result": found}


def _begins(word: str, prefix: str) -> bool:
    return word.casefold().startswith(prefix.strip().casefold())


@router.get("/reconcile/{dataset}/extend/property", responses=REFUSED)
def extend_property(
    desk: Here, dataset: str, type: str = "Thing", limit: Annotated[int, Query(ge=0, le=500)] = 50
) -> JSON:
    """The properties that entries have, for adding columns to a table."""
    editions_of(desk, dataset)
    return {
        "type": type,
        "limit": limit,
        "properties": [{"id": id, "name": name} for id, name in [*PROPERTIES.items()][:limit]],
    }


def _extended(desk: Desk, asked: dict[str, Any]) -> JSON:
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise HTTPException(400, "Cannot decode query.")
    properties = [one["id"] for one in wanted if isinstance(one, dict) and one.get("id") in PROPERTIES]
    rows = {
        str(id): designation(entry_of(desk, str(id)), editions_of(desk, "default"))["properties"]
        for id in ids
    }
    return {
        "meta": [{"id": id, "name": PROPERTIES[id]} for id in properties],
        "rows": {
            id: {name: [{"str": value} for value in row.get(name, [])] for name in properties}
            for id, row in rows.items()
        },
    }
