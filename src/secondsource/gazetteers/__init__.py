"""The gazetteers: what a name is known to be, from tables that ship with the package.

States with their adjectives and seats, waters and regions, bodies, companies, weapons, ships, outlets, and
towns with where they lie.  Rows are facts of common knowledge (``docs/gazetteers.md`` says where each table
is from), and a name stands in one where it alone tells what the thing is.  Towns tell less: there is a Batman
and a Reading, so that `town` is asked about a name that something else has found.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from secondsource.gazetteers.known import Found as Found
from secondsource.gazetteers.known import Known as Known
from secondsource.gazetteers.known import Phrases as Phrases
from secondsource.gazetteers.known import longest, plain
from secondsource.gazetteers.outlets import Outlet as Outlet
from secondsource.gazetteers.outlets import outlet as outlet
from secondsource.gazetteers.outlets import outlet_key as outlet_key
from secondsource.gazetteers.outlets import outlets as outlets
from secondsource.gazetteers.watch import WatchList as WatchList
from secondsource.gazetteers.watch import read_watch_list as read_watch_list


@dataclass(frozen=True, slots=True)
class Town:
    """A town: its name, ISO 3166-1 code in lower case, latitude and longitude in degrees, and people."""

    name: str
    country: str
    at: tuple[float, float]
    population: int


def known(form: str) -> Known | None:
    """What ``form`` is known to be, written as the tables have it or in capitals; None for any other."""
    return _forms().get(plain(form))


def town(form: str) -> Town | None:
    """The largest town that is called so, or spelled so; None where there is none."""
    return next(iter(towns(form)), None)


def towns(form: str) -> tuple[Town, ...]:
    """All towns that are called so, or spelled so, the largest first."""
    return tuple(map(_town, _towns().get(plain(form), ())))


def find(text: str) -> list[Found]:
    """The known forms in ``text``, the longest at each place, none overlapping, in reading order."""
    return longest(_phrases().places(plain(text)), _forms())


@cache
def _forms() -> Mapping[str, Known]:
    """Every form with what it is; of two rows with one form, the first table's."""
    table: dict[str, Known] = {}
    for form, what in (*_states(), *_regions(), *_things(), *_outlets()):
        table.setdefault(plain(form), what)
    for form, what in list(table.items()):
        if what.role in ("name", "seat") and what.schema in ("Country", "Location") and len(form) > 3:
            table.setdefault(form.upper(), what)
    return table


@cache
def _phrases() -> Phrases:
    return Phrases(_forms())


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _split(row: str) -> list[str]:
    return [form.strip() for form in row.split("|")]


def _states() -> Iterator[tuple[str, Known]]:
    for code, row in _table("states.toml").items():
        at = tuple(row["at"]) if "at" in row else None
        state = Known(row["name"], "Country", "name", code, at)
        yield from ((form, state) for form in (row["name"], *row.get("also", ())))
        yield from ((form, replace(state, role="people")) for form in row.get("people", ()))
        for seat in row.get("seats", ()):
            yield seat, Known(seat, "Location", "seat", code, at, row["name"])


def _regions() -> Iterator[tuple[str, Known]]:
    table = _table("regions.toml")
    for forms, latitude, longitude in (*table["waters"], *table["regions"]):
        first, *_ = names = _split(forms)
        yield from ((form, Known(first, "Location", at=(latitude, longitude))) for form in names)


def _things() -> Iterator[tuple[str, Known]]:
    for schema, countries in _table("names.toml").items():
        for code, rows in countries.items():
            for names in map(_split, rows):
                what = Known(names[0], schema, country=None if code == "any" else code)
                yield from ((form, what) for form in names)


def _outlets() -> Iterator[tuple[str, Known]]:
    for one in outlets():
        yield from ((form, Known(one.name, "Organization", "outlet")) for form in one.names if len(form) > 2)


@cache
def _towns() -> Mapping[str, Sequence[str]]:
    """The rows of the table of towns by every name they have, the largest town first."""
    table = plain(resources.files(__package__).joinpath("places.tsv").read_text("utf-8"))
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for line in table.splitlines():
        name, others, _ = line.split("\t", 2) if line[0] != "#" else ("", "", "")
        for form in (name, *others.split("|")) if others else (name,):
            rows[form].append(line)
    for spelled, code in _table("regions.toml")["spellings"]:
        first, *also = _split(spelled)
        for form in also:
            rows[form][:0] = _in_country(rows[first], code)
    return rows


def _in_country(rows: Iterable[str], code: str) -> list[str]:
    return [row for row in rows if row.split("\t")[2] == code]


def _town(row: str) -> Town:
    name, _, country, latitude, longitude, population = row.split("\t")
    return Town(name, country, (float(latitude), float(longitude)), int(population))
