"""What a case holds of lists and of screenings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import sqlalchemy as sa

from secondsource.model import Designation, ListEdition, Screening
from secondsource.records import from_json
from secondsource.store import rows, schema
from secondsource.store.reads import Reads


class ListStore(Reads):
    """Lists put in force, and what was screened against them."""

    def add_list(
        self, edition: ListEdition, designations: Iterable[Designation], companions: Mapping[str, str]
    ) -> ListEdition:
        """Put an edition in force in place of the last one of its name, which stays on record.

        ``companions`` gives the SHA-256 of each file that was read beside the list's own.  The
        designations are counted as they are taken; where taking them raises, nothing changes.
        """
        table = schema.list_editions
        with self._database.writing() as connection:
            connection.execute(sa.update(table).where(table.c.name == edition.name).values(in_force=False))
            connection.execute(
                sa.delete(schema.designations).where(schema.designations.c.list == edition.name)
            )
            entries = map(rows.designation_row, enumerate(designations))
            put = rows.insert(connection, schema.designations, entries)
            kept = replace(edition, designations=put["count"])
            connection.execute(rows.upsert(table, rows.edition_row(kept, companions)))
            said = {"name": edition.name, "sha256": edition.sha256, "companions": dict(companions)}
            self.ledger.record(connection, "list", said | {"designations": put})
        return kept

    def lists(self) -> list[ListEdition]:
        """The editions in force, by name."""
        table = schema.list_editions
        query = sa.select(table.c.body).where(table.c.in_force).order_by(table.c.name)
        return self._nouns(ListEdition, query)

    def list_files(self) -> dict[str, str]:
        """The SHA-256 of every file a list was read from, with the list's name."""
        files: dict[str, str] = {}
        for row in self.rows(sa.select(schema.list_editions)):
            files |= dict.fromkeys((row["sha256"], *row["companions"].values()), row["name"])
        return files

    def list_companions(self, sha256: str) -> dict[str, str]:
        """The files that were read beside a list file, by name: the SHA-256 of each."""
        table = schema.list_editions
        found = self.rows(sa.select(table.c.companions).where(table.c.sha256 == sha256))
        return dict(found[0]["companions"]) if found else {}

    def designations(self, list: str | None = None) -> Iterator[Designation]:
        """The entries of every list in force, or of one, in the order of names and of the file."""
        table = schema.designations
        query = sa.select(table.c.body).order_by(table.c.list, table.c.ordinal)
        if list is not None:
            query = query.where(table.c.list == list)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=1_000).execute(query):
                yield from_json(Designation, row.body)

    def designation(self, list: str, id: str) -> Designation | None:
        found = self.designations_at([(list, id)])
        return found.get((list, id))

    def designations_at(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Designation]:
        """The entries at these lists and ids, without those that there are not.

        A screened batch asks for hundreds, so that no query is put together for each.
        """
        with self._database.reading() as connection:
            found = ((place, connection.exec_driver_sql(_ENTRY, place).first()) for place in places)
            return {place: from_json(Designation, json.loads(row[0])) for place, row in found if row}

    def designations_of(self, id: str) -> list[Designation]:
        """The entries of all lists that have this id."""
        table = schema.designations
        return self._nouns(Designation, sa.select(table.c.body).where(table.c.id == id))

    def add_screenings(self, screenings: Iterable[Screening]) -> None:
        """Keep what was screened, when and against which editions; one transaction for all of them."""
        put = [rows.sealed(schema.screenings, rows.screening_row(one)) for one in screenings]
        if not put:
            return
        said = [{"screening": row["id"], "query": row["query"], "seal": row["seal"]} for row in put]
        with self._database.writing() as connection:
            connection.execute(sa.insert(schema.screenings).prefix_with("OR REPLACE"), put)
            self.ledger.record_all(connection, "screening", said)

    def screening(self, id: str) -> Screening | None:
        return self._noun(Screening, schema.screenings, id)

    def screenings(self) -> list[Screening]:
        table = schema.screenings
        return self._nouns(Screening, sa.select(table.c.body).order_by(table.c.at, table.c.id))


_ENTRY = "SELECT body FROM designations WHERE list = ? AND id = ?"
