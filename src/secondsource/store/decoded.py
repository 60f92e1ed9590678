"""Rows that were read before and are not decoded again as long as their seals are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

import sqlalchemy as sa

Noun = TypeVar("Noun")

_AT_ONCE = 500
"""Ids that one query names; SQLite takes no more than some tens of thousands."""


class Decoded(Generic[Noun]):
    """The nouns of one table that somebody still holds, by the id and seal of their rows.

    Which rows there are, and their seals, is read each time, so that what another process wrote
    shows.  A noun that nobody else holds is let go of: whoever reads a case once needs no more
    memory for it.
    """

    def __init__(self, table: sa.Table, make: Callable[[Mapping[str, Any]], Noun], *columns: str) -> None:
        self._table = table
        self._make = make
        self._needs = [table.c[name] for name in columns]
        self._held: WeakValueDictionary[tuple[str, str], Noun] = WeakValueDictionary()

    def every(self, connection: sa.Connection, query: sa.Select[Any], *, held: bool) -> list[Noun]:
        """The nouns of the rows that ``query`` chooses, which asks for ids and seals, in its order.

        With ``held``, those that were read so before and are as they were are the same objects.
        Without, all are decoded from what stands there now, whether or not it is what was sealed.
        """
        if not (held and self._held):  # where there is nothing to compare with, the rows are read once
            whole = (row._asdict() for row in connection.execute(query.add_columns(*self._needs)))
            return [self._keep(row) if held else self._make(row) for row in whole]
        chosen: list[tuple[str, str]] = [(row[0], row[1]) for row in connection.execute(query)]
        found = {key[0]: noun for key in chosen if (noun := self._held.get(key)) is not None}
        unknown = [id for id, _ in chosen if id not in found]
        for start in range(0, len(unknown), _AT_ONCE):
            found |= self._read(connection, unknown[start : start + _AT_ONCE])
        return [found[id] for id, _ in chosen if id in found]  # one may be gone since the seals were read

    def _read(self, connection: sa.Connection, ids: Sequence[str]) -> dict[str, Noun]:
        columns = self._table.c
        query = sa.select(columns.id, columns.seal, *self._needs).where(columns.id.in_(ids))
        rows = [row._asdict() for row in connection.execute(query)]
        return {row["id"]: self._keep(row) for row in rows}

    def _keep(self, row: Mapping[str, Any]) -> Noun:
        noun = self._held[row["id"], row["seal"]] = self._make(row)
        return noun
