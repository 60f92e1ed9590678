"""A list as one CSV file with column names: the layout of OpenSanctions' ``targets.simple.csv``.

Column names decide, their order does not matter and unknown ones are passed over, so any
small list can be kept this way.  ``id`` and ``name`` must be there; ``schema``, ``aliases``,
``birth_date``, ``countries``, ``addresses``, ``identifiers``, ``program_ids`` or ``sanctions``, and
``listed`` (the day of listing; the others have it in no column) are used where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from secondsource.errors import ListError
from secondsource.lists.table import rows, values
from secondsource.model import Designation

REQUIRED = ("id", "name")
UNKNOWN_KIND = "LegalEntity"
"""FollowTheMoney's kind for a person or a body, where a list does not say which."""


def is_simple(first: list[str]) -> bool:
    return set(REQUIRED) <= {cell.casefold() for cell in first}


def read(text: str, name: str) -> tuple[tuple[Designation, ...], tuple[str, ...]]:
    """The entries of the file, and remarks on it; rows with one ``id`` are one entry.

    Raises ListError for a row of another width, an entry without id or name, and a file
    without entries.
    """
    table = rows(text, name)
    columns = [cell.casefold() for cell in next(table)[1]]
    entries: dict[str, Designation] = {}
    for line, cells in table:
        if len(cells) != len(columns):
            raise ListError(
                f"{name}, line {line}: {len(cells)} columns instead of {len(columns)}: is it cut short?"
            )
        entry = _entry(dict(zip(columns, cells, strict=True)), f"{name}, line {line}")
        entries[entry.id] = _merged(entries[entry.id], entry) if entry.id in entries else entry
    if not entries:
        raise ListError(f"{name}: column names and not a single entry")
    return tuple(entries.values()), ()


def _entry(cells: Mapping[str, str], place: str) -> Designation:
    for column in REQUIRED:
        if not cells[column]:
            raise ListError(f"{place}: an entry without {column}")
    return Designation(
        id=cells["id"],
        list="",
        name=cells["name"],
        schema=cells.get("schema") or UNKNOWN_KIND,
        aliases=tuple(alias for alias in values(cells.get("aliases", "")) if alias != cells["name"]),
        programmes=values(cells.get("program_ids", "")) or values(cells.get("sanctions", "")),
        countries=values(cells.get("countries", "")),
        remarks=cells.get("remarks") or None,
        birth_dates=values(cells.get("birth_date", "")),
        identifiers=values(cells.get("identifiers", "")),
        addresses=values(cells.get("addresses", "")),
        listed=cells.get("listed") or None,
    )


def _merged(first: Designation, again: Designation) -> Designation:
    names = (*first.aliases, again.name, *again.aliases)
    return replace(first, aliases=tuple(dict.fromkeys(name for name in names if name != first.name)))
