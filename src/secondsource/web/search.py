"""Searching entries by the words of their names, as yente's ``/search`` does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import Field

from secondsource import names
from secondsource.countries import as_codes, country_name
from secondsource.desk import Desk
from secondsource.ftm import designation, designation_id
from secondsource.model import JSON, Designation
from secondsource.screen import CUTOFF, KINDS
from secondsource.web.api import Here
from secondsource.web.scope import MOST_OFFSET, MOST_RESULTS, REFUSED, Scope, editions_of, values_of

router = APIRouter(tags=["screening"])

Facet = Literal["countries", "topics", "datasets", "schema", "identifiers", "names", "genders"]
LABELS: dict[Facet, str] = {
    "countries": "Countries",
    "topics": "Topics",
    "datasets": "Data sources",
    "schema": "Types",
    "identifiers": "Identifiers",
    "names": "Names",
    "genders": "Genders",
}
USUAL: tuple[Facet, ...] = ("countries", "topics", "datasets")
MOST_VALUES = 50
MOST_LISTED = MOST_OFFSET + MOST_RESULTS
_FIELD = re.compile(r"(?:^|\s)(countries|topics|datasets|schema|identifiers|programId|birthDate):(\S+)")
_TIMES = ("first_seen", "last_seen", "last_change")


class Searching(Scope):
    """Words to look for, what else must hold, in which order, and which page of the results."""

    q: str = Field(default="", max_length=10_000)
    schema_: str = Field(default="Thing", alias="schema")
    countries: list[str] = Field(default_factory=list)
    datasets: list[str] = Field(default_factory=list)
    filter: list[str] = Field(default_factory=list)
    filter_op: Literal["OR", "AND"] = "OR"
    sort: list[str] = Field(default_factory=list)
    fuzzy: bool = False
    simple: bool = False
    target: bool | None = None
    facets: list[Facet] = Field(default_factory=lambda: list(USUAL))
    limit: int = Field(default=10, ge=0, le=MOST_RESULTS)
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET)

    def filters(self) -> dict[str, set[str]]:
        """The values that an entry must have, by field; of one field any of them will do."""
        wanted: dict[str, set[str]] = {}
        pairs = [one.partition(":")[::2] for one in self.filter]
        pairs += [] if self.simple else _FIELD.findall(self.q)
        pairs += [("countries", value) for value in self.countries]
        pairs += [("datasets", value) for value in self.datasets]
        for field, value in pairs:
            if not field or not value:
                raise HTTPException(400, "A filter has the form field:value")
            values = as_codes([value]) if field == "countries" else (value,)
            wanted.setdefault(field, set()).update(values)
        return wanted

    def words(self) -> str:
        return (self.q if self.simple else _FIELD.sub(" ", self.q)).strip()


@router.get("/search/{dataset}", responses=REFUSED)
def search(desk: Here, dataset: str, wanted: Annotated[Searching, Query()]) -> JSON:
    """Entries whose names hold the words ``q``, with ``fuzzy`` those whose names are like them; without
    any words all of them, page by page."""
    editions = editions_of(desk, dataset)
    if wanted.schema_ not in KINDS:
        raise HTTPException(400, f"Invalid schema: {wanted.schema_}")
    filters = wanted.filters()

    def admitted(entry: Designation) -> bool:
        return wanted.holds(entry, dataset, editions) and _meets(
            entry, filters, every=wanted.filter_op == "AND"
        )

    every = _looked_through(desk, wanted, dataset) if editions and wanted.target is not False else ()
    found = list(islice(filter(admitted, every), MOST_LISTED))
    results = in_order([designation(entry, editions) for entry in found], wanted.sort)
    return {
        "results": results[wanted.offset : wanted.offset + wanted.limit],
        "facets": {name: _facet(name, found) for name in wanted.facets},
        "total": {"value": len(found), "relation": "gte" if len(found) >= MOST_LISTED else "eq"},
        "limit": wanted.limit,
        "offset": wanted.offset,
    }


def _looked_through(desk: Desk, wanted: Searching, dataset: str) -> Iterator[Designation]:
    words = wanted.words()
    if words and not any(map(str.isalnum, words)):
        return
    if words and "*" not in words:
        held = _like if wanted.fuzzy else holding(words)
        found = {designation_id(one): one for one in _named(desk, wanted, words) if held(one)}
        yield from found.values()
        return
    held = holding(words) if words else _like  # no name is like the beginning of a word
    one = None if dataset == "default" or wanted.include_dataset else dataset
    wide = wanted.schema_ == "Thing"
    for entry in desk.store().designations(one):
        if (wide or names.same_kind(wanted.schema_, entry.schema)) and held(entry):
            yield entry


def _named(desk: Desk, wanted: Searching, words: str) -> Iterator[Designation]:
    """Entries whose names are like the words, the likest first; then, unless these may be spelled otherwise,
    every other that holds the rarest of them: the likest are some sixty, and more are called Kim."""
    screener, schema = desk.screener(), wanted.schema_
    likest = screener.find(words[: names.LONGEST], None if schema == "Thing" else schema, MOST_RESULTS)
    yield from (one.designation for one in likest if one.score >= CUTOFF)
    if not wanted.fuzzy:
        held = screener.holding(names.normalise(words).split())
        yield from (entry for entry in held if names.same_kind(schema, entry.schema))


def _like(entry: Designation) -> bool:
    return True


def holding(words: str) -> Callable[[Designation], bool]:
    """Whether one name of an entry holds every word, in any script; a word that ends in * is a beginning."""
    begins = {names.normalise(word) for word in words.split() if word.endswith("*")} - {""}
    whole = set(names.normalise(" ".join(word for word in words.split() if not word.endswith("*"))).split())

    def holds(entry: Designation) -> bool:
        for name in (entry.name, *entry.aliases):
            said = set(names.normalise(name).split())
            if whole <= said and all(any(one.startswith(begin) for one in said) for begin in begins):
                return True
        return False

    return holds


def _meets(entry: Designation, filters: dict[str, set[str]], *, every: bool) -> bool:
    """True where the entry has a value of each field; with ``every``, all of them."""
    for field, wanted in filters.items():
        values = set(values_of(entry, field))
        if not (wanted <= values if every else wanted & values):
            return False
    return True


def in_order(results: list[JSON], sort: Sequence[str]) -> list[JSON]:
    """In the order of ``field:asc`` or ``field:desc``, the first counting most; without a value last."""
    for one in reversed(sort):
        field, _, order = one.partition(":")
        known = [each for each in results if _key(each, field)]
        known.sort(key=lambda each: _key(each, field), reverse=order == "desc")
        results = known + [each for each in results if not _key(each, field)]
    return results


def _key(result: JSON, field: str) -> str:
    if field in (*_TIMES, "caption", "id", "schema"):
        return str(result[field] or "")
    values = result["properties"].get(field) or result.get(field) or ()
    return min(map(str, values), default="") if isinstance(values, (list, tuple)) else str(values)


def _facet(name: Facet, found: Iterable[Designation]) -> JSON:
    counts = Counter(value for entry in found for value in set(values_of(entry, name)))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]
    said = country_name if name == "countries" else str
    return {
        "label": LABELS[name],
        "values": [{"name": value, "label": said(value), "count": count} for value, count in ranked],
    }
