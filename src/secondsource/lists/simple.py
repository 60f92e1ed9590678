"""A list as one CSV file with column names: the layout of OpenSanctions' ``targets.simple.csv``.

Column names decide, their order does not matter and unknown ones are passed over, so any
small list can be kept this way.  ``id`` and ``name`` must be there; ``schema``, ``aliases``,
``birth_date``, ``countries``, ``addresses``, ``identifiers``, ``program_ids`` or ``sanctions``, and
``listed`` (the day of listing; the others have it in no column) are used where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from secondsource.errors import ListError
from secondsource.lists.file import ListFile
from secondsource.lists.repeated import once
from secondsource.lists.table import values
from secondsource.model import Designation

REQUIRED = ("id", "name")
UNKNOWN_KIND = "LegalEntity"
"""FollowTheMoney's kind for a person or a body, where a list does not say which."""


def is_simple(first: list[str]) -> bool:
    return set(REQUIRED) <= {cell.casefold() for cell in first}


def read(file: ListFile, name: str = "") -> Iterator[Designation]:
    """The entries of the file, as those of the list ``name``; rows with one ``id`` are one entry.

    Raises ListError for a row of another width and an entry without id or name.
    """
    columns = [cell.casefold() for cell in next(file.rows())[1]]
    yield from once(file.column(columns.index("id")), lambda: _entries(file, name))


def _entries(file: ListFile, name: str) -> Iterator[Designation]:
    for line, cells in _cells(file):
        for column in REQUIRED:
            if not cells[column]:
                raise ListError(f"{file.name}, line {line}: an entry without {column}")
        yield _entry(cells, name)


def _cells(file: ListFile) -> Iterator[tuple[int, dict[str, str]]]:
    table = file.rows()
    columns = [cell.casefold() for cell in next(table)[1]]
    for line, cells in table:
        if len(cells) != len(columns):
            raise file.refused(f"{len(cells)} columns instead of {len(columns)}: is it cut short?", line)
        yield line, dict(zip(columns, cells, strict=True))


def _entry(cells: Mapping[str, str], list: str) -> Designation:
    return Designation(
        id=cells["id"],
        list=list,
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
        topics=values(cells.get("topics", "")),
    )
