"""Rows of a case's tables, and the nouns that they hold."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa

from secondsource.records import from_json
from secondsource.store.database import Database
from secondsource.store.ledger import Ledger

Noun = TypeVar("Noun")


class Reads:
    """What every part of a store reads with."""

    _database: Database
    ledger: Ledger

    def rows(self, query: sa.Executable) -> list[dict[str, Any]]:
        """The rows that a query of the tables in `secondsource.store.schema` gives."""
        with self._database.reading() as connection:
            return [row._asdict() for row in connection.execute(query)]

    def _scalar(self, query: sa.Executable) -> Any:
        with self._database.reading() as connection:
            return connection.scalar(query)

    def _nouns(self, kind: type[Noun], query: sa.Executable) -> list[Noun]:
        return [from_json(kind, row["body"]) for row in self.rows(query)]

    def _noun(self, kind: type[Noun], table: sa.Table, id: str) -> Noun | None:
        found = self._nouns(kind, sa.select(table.c.body).where(table.c.id == id))
        return found[0] if found else None
