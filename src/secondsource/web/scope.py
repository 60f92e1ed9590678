"""Which lists and entries a request is about, as yente's parameters say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi import HTTPException
from pydantic import BaseModel, Field

from secondsource.countries import as_codes
from secondsource.desk import Desk
from secondsource.errors import NotFound
from secondsource.ftm import designation_id
from secondsource.model import Designation, ListEdition

Editions = dict[str, ListEdition]

MOST_QUERIES = 100
MOST_RESULTS = 500
MOST_OFFSET = 9_499
MOST_EXCLUDED = 50
MOMENT = r"^\d{4}-\d{2}(-\d{2}([T ]\d{2}(:\d{2}(:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?)?)?)?$"

REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"description": "What is asked makes no sense"},
    404: {"description": "No such list or entity, or no case yet"},
}


class Scope(BaseModel):
    """Which lists are looked through, and what is left out of the results."""

    include_dataset: list[str] = Field(default_factory=list)
    exclude_dataset: list[str] = Field(default_factory=list)
    exclude_schema: list[str] = Field(default_factory=list)
    exclude_entity_ids: list[str] = Field(default_factory=list, max_length=MOST_EXCLUDED)
    topics: list[str] = Field(default_factory=list)
    changed_since: str | None = Field(default=None, pattern=MOMENT)

    def holds(self, entry: Designation, dataset: str, editions: Editions) -> bool:
        wanted = dataset == "default" or entry.list in (dataset, *self.include_dataset)
        changed = not self.changed_since or editions[entry.list].imported_at >= self.changed_since
        marked = not self.topics or not set(self.topics).isdisjoint(entry.topics)
        return wanted and changed and marked and not self._excluded(entry)

    @property
    def plain(self) -> bool:
        """True where nothing is left out, so that as many need to be found as are wanted."""
        chosen = self.include_dataset, self.exclude_dataset, self.exclude_schema, self.exclude_entity_ids
        return not any(chosen) and not self.changed_since and not self.topics

    def _excluded(self, entry: Designation) -> bool:
        return (
            entry.list in self.exclude_dataset
            or entry.schema in self.exclude_schema
            or not {designation_id(entry), entry.id}.isdisjoint(self.exclude_entity_ids)
        )


def editions_of(desk: Desk, dataset: str) -> Editions:
    editions = {edition.name: edition for edition in desk.lists()}
    if dataset != "default" and dataset not in editions:
        raise HTTPException(404, f"No such dataset: {dataset}")
    return editions


def entry_of(desk: Desk, id: str) -> Designation:
    """The entry with an id of ours, or with one that a list in force gives.  Raises NotFound."""
    list, _, rest = id.partition(":")
    found = desk.store().designation(list, rest) if rest else None
    found = found or next(iter(desk.store().designations_of(id)), None)
    if found is None:
        raise NotFound(f"{id}: no list in force has that entry")
    return found


def values_of(entry: Designation, field: str) -> Iterator[str]:
    """What an entry has in a field by which entries are filtered, counted and sorted.

    Raises HTTPException for a field that there is not.
    """
    if field not in FIELDS:
        raise HTTPException(400, f"No such field: {field}; there are {', '.join(FIELDS)}")
    return iter(FIELDS[field](entry))


FIELDS: dict[str, Callable[[Designation], Iterable[str]]] = {
    "countries": lambda entry: as_codes(entry.countries),
    "topics": lambda entry: entry.topics,
    "datasets": lambda entry: (entry.list,),
    "schema": lambda entry: (entry.schema,),
    "identifiers": lambda entry: entry.identifiers,
    "names": lambda entry: (entry.name, *entry.aliases),
    "name": lambda entry: (entry.name,),
    "caption": lambda entry: (entry.name,),
    "addresses": lambda entry: entry.addresses,
    "birthDate": lambda entry: entry.birth_dates if entry.schema == "Person" else (),
    "dates": lambda entry: entry.birth_dates,
    "programId": lambda entry: entry.programmes,
    "genders": lambda entry: (),
    "first_seen": lambda entry: filter(None, (entry.listed,)),
}
