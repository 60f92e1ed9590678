"""Entries in full, and what is around them, as yente's ``/entities`` and ``/adjacent`` give it.

Only lists in FollowTheMoney's layout tell of relations; an entry of another list stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from secondsource.desk import Desk
from secondsource.ftm import designation
from secondsource.lists.edges import is_pointer
from secondsource.model import JSON, ListEntity
from secondsource.web.api import Here
from secondsource.web.scope import MOST_OFFSET, MOST_RESULTS, REFUSED, editions_of, entry_of
from secondsource.web.search import in_order

router = APIRouter(tags=["screening"])

Around = dict[str, list[ListEntity | str]]


class Window(BaseModel):
    """Which of the entities around one are given, and in which order."""

    limit: int = Field(default=10, ge=0, le=MOST_RESULTS)
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET)
    sort: list[str] = Field(default_factory=list)

    def page(self, results: list[Any]) -> JSON:
        return {
            "results": results[self.offset : self.offset + self.limit],
            "total": {"value": len(results), "relation": "eq"},
            "limit": self.limit,
            "offset": self.offset,
        }


Wanted = Annotated[Window, Query()]


@router.get("/entities/{id}", responses=REFUSED)
def one_entity(desk: Here, id: str, nested: bool = True) -> JSON:
    """One entry in full; ``nested`` with the entities around it in the properties that lead there."""
    name, found = _in_full(desk, id)
    if found is None:
        return designation(entry_of(desk, id), editions_of(desk, "default"))
    answer = _told(name, found)
    if nested:
        for property, others in _around(desk, name, found).items():
            answer["properties"][property] = [_with_ends(desk, name, other, found.id) for other in others]
    return answer


@router.get("/entities/{id}/adjacent", responses=REFUSED)
def adjacent(desk: Here, id: str, wanted: Wanted) -> JSON:
    """One entry, and of each property that leads to others a page of them."""
    name, found = _in_full(desk, id)
    if found is None:
        return {"entity": designation(entry_of(desk, id), editions_of(desk, "default")), "adjacent": {}}
    around = _around(desk, name, found)
    pages = {each: _page(desk, name, (found, others), wanted) for each, others in around.items()}
    return {"entity": _told(name, found), "adjacent": pages}


@router.get("/entities/{id}/adjacent/{prop}", responses=REFUSED)
def adjacent_by(desk: Here, id: str, prop: str, wanted: Wanted) -> JSON:
    """A page of what one property of an entry leads to."""
    name, found = _in_full(desk, id)
    if found is None:
        return wanted.page([])
    return _page(desk, name, (found, _around(desk, name, found).get(prop, [])), wanted)


def _page(desk: Desk, name: str, seen: tuple[ListEntity, list[ListEntity | str]], wanted: Window) -> JSON:
    found, others = seen
    told = [_with_ends(desk, name, other, found.id) for other in others]
    known = [other for other in told if isinstance(other, dict)]
    return wanted.page(in_order(known, wanted.sort) + [other for other in told if isinstance(other, str)])


def _in_full(desk: Desk, id: str) -> tuple[str, ListEntity | None]:
    """The list that has an entry, and the entry in full; None where the list tells of no relations."""
    store = desk.store()
    name, _, rest = id.partition(":")
    if rest and (found := store.list_entity(name, rest)):
        return name, found
    for edition in desk.lists():
        if found := store.list_entity(edition.name, id):
            return edition.name, found
    entry = entry_of(desk, id)
    return entry.list, store.list_entity(entry.list, entry.id)


def _around(desk: Desk, name: str, found: ListEntity) -> Around:
    """The entities around one, by the property that leads to them; an id where the list does not have it."""
    leads = [*_forward(found), *desk.store().list_pointers(name, found.id)]
    around: Around = {}
    for property, id in leads:
        around.setdefault(property, []).append(desk.store().list_entity(name, id) or id)
    return around


def _forward(found: ListEntity) -> Iterator[tuple[str, str]]:
    for property, values in found.properties.items():
        if is_pointer(found.schema, property):
            yield from ((property, value) for value in values)


def _with_ends(desk: Desk, name: str, other: ListEntity | str, found: str) -> Any:
    """An entity beside another, with what it leads to itself: the other end of an ownership."""
    if isinstance(other, str):
        return _id(name, other)
    answer = _told(name, other)
    for property in {property for property, _ in _forward(other)}:
        ends = [id for id in other.properties[property] if id != found]
        told = [desk.store().list_entity(name, id) for id in ends]
        answer["properties"][property] = [
            _told(name, end) if end else _id(name, id) for end, id in zip(told, ends, strict=True)
        ]
        if not answer["properties"][property]:
            del answer["properties"][property]
    return answer


def _told(name: str, found: ListEntity) -> JSON:
    """An entity in FollowTheMoney's words, its own ids and those it points at told from other lists'."""
    properties = {
        property: [_id(name, value) for value in values] if is_pointer(found.schema, property) else [*values]
        for property, values in found.properties.items()
        if values
    }
    return {
        "id": _id(name, found.id),
        "caption": found.caption,
        "schema": found.schema,
        "properties": properties,
        "datasets": [name],
        "referents": [found.id, *found.referents],
        "target": found.target,
        "first_seen": found.first_seen,
        "last_seen": found.last_seen,
        "last_change": found.last_change,
    }


def _id(name: str, id: str) -> str:
    return f"{name}:{id}"
