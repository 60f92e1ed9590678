"""The names that somebody wants screened, from a CSV file of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from secondsource.errors import ListError
from secondsource.lists.table import decode, rows


class Asked(NamedTuple):
    """A name to screen, the kind of thing it names where the file says so, and its line."""

    line: int
    name: str
    schema: str | None


COLUMNS = ("query", "name")


def names_in(
    data: bytes, name: str, column: str | None = None, schema_column: str | None = None
) -> Iterator[Asked]:
    """The names in a column of the CSV file ``name``, whose first row has the column names.

    Where no ``column`` is given it is the first there is of `COLUMNS`.  Empty cells are left
    out.  Raises ListError where the file is not CSV or has no such column.
    """
    table = rows(decode(data, name), name)
    _, head = next(table, (0, []))
    at = _column(head, (column,) if column else COLUMNS, name)
    kind = _column(head, (schema_column,), name) if schema_column else None
    for line, cells in table:
        cells += [""] * (len(head) - len(cells))
        if cells[at]:
            yield Asked(line, cells[at], None if kind is None else cells[kind] or None)


def _column(head: list[str], wanted: tuple[str, ...], name: str) -> int:
    columns = [cell.casefold() for cell in head]
    for column in wanted:
        if column.casefold() in columns:
            return columns.index(column.casefold())
    given = ", ".join(head) or "none"
    raise ListError(f"{name}: there is no column “{'” or “'.join(wanted)}”; its columns are: {given}")
