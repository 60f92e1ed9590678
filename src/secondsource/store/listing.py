"""What a case holds of lists and of screenings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from secondsource.errors import ListError
from secondsource.model import JSON, Designation, ListEdition, ListEntity, ListMention, Screening
from secondsource.records import from_json
from secondsource.store import rows, schema
from secondsource.store.bulk import put_designations
from secondsource.store.database import plain
from secondsource.store.log import editions, keep, payloads
from secondsource.store.reads import Reads


class ListStore(Reads):
    """Lists put in force, and what was screened against them."""

    def add_list(
        self,
        edition: ListEdition,
        designations: Iterable[Designation],
        companions: Mapping[str, str],
        entities: Iterable[ListEntity] = (),
    ) -> ListEdition:
        """Put an edition in force in place of the last one of its name, which stays on record.

        ``companions`` gives the SHA-256 of each file that was read beside the list's own,
        ``entities`` are those of a FollowTheMoney list in full.  Designations are counted, and
        their programmes gathered, as they are taken.  Raises ListError where two have one id;
        whatever is raised, nothing changes.
        """
        try:
            with self._database.writing() as connection:
                return self._put_list(connection, edition, designations, (companions, entities))
        except IntegrityError as error:
            raise ListError(f"{edition.name}: two of its entries have the same id") from error

    def _put_list(
        self,
        connection: sa.Connection,
        edition: ListEdition,
        designations: Iterable[Designation],
        beside: tuple[Mapping[str, str], Iterable[ListEntity]],
    ) -> ListEdition:
        (companions, entities), name = beside, edition.name
        table, programmes = schema.list_editions, set[str]()
        connection.execute(sa.update(table).where(table.c.name == name).values(in_force=False))
        for rest in (schema.designations, schema.list_entities, schema.list_pointers):
            connection.execute(sa.delete(rest).where(rest.c.list == name))
        put = put_designations(connection, _with_programmes(designations, programmes))
        said = {"name": name, "sha256": edition.sha256, "companions": dict(companions), "designations": put}
        if around := self._put_entities(connection, name, entities):
            said["entities"] = around
        kept = replace(edition, designations=put["count"], programmes=tuple(sorted(programmes)))
        connection.execute(rows.upsert(table, rows.edition_row(kept, companions)))
        self.ledger.record(connection, "list", said)
        return kept

    def _put_entities(
        self, connection: sa.Connection, name: str, entities: Iterable[ListEntity]
    ) -> JSON | None:
        pointers: list[JSON] = []

        def passing() -> Iterator[JSON]:
            for position in enumerate(entities):
                pointers.extend(rows.pointer_rows(name, position[1]))
                yield rows.list_entity_row(name, position)
                if len(pointers) > 5_000:
                    _put_pointers(connection, pointers)

        put = rows.insert(connection, schema.list_entities, passing())
        _put_pointers(connection, pointers)
        return put if put["count"] else None

    def list_entity(self, list: str, id: str) -> ListEntity | None:
        """An entity of a list in FollowTheMoney, in full."""
        table = schema.list_entities
        found = self._nouns(ListEntity, sa.select(table.c.body).where(table.c.list == list, table.c.id == id))
        return found[0] if found else None

    def list_pointers(self, list: str, id: str) -> list[tuple[str, str]]:
        """The entities that point at one: the property it shows each under, and the id of each."""
        table = schema.list_pointers
        query = sa.select(table.c.property, table.c.id).where(table.c.list == list, table.c.target == id)
        return [(row["property"], row["id"]) for row in self.rows(query)]

    def lists(self) -> list[ListEdition]:
        """The editions in force, by name."""
        with self._database.reading() as connection:
            return editions(plain(connection))

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

    def replace_list_mentions(
        self, found: Iterable[tuple[str, Iterable[ListMention]]], editions: Iterable[ListEdition]
    ) -> int:
        """Put the listed names of documents, by their ids, in place of all that were found before; how many.

        The ledger says with which editions they were looked for.
        """
        with self._database.writing() as connection:
            connection.execute(sa.delete(schema.list_mentions))
            put = rows.insert(
                connection,
                schema.list_mentions,
                (
                    rows.list_mention_row(document, position)
                    for document, mentions in found
                    for position in enumerate(mentions)
                ),
            )
            lists = [{"name": edition.name, "sha256": edition.sha256} for edition in editions]
            self.ledger.record(connection, "list-mentions", {"lists": lists, "mentions": put})
        return int(put["count"])

    def list_mentions(self) -> dict[str, list[ListMention]]:
        """The listed names in each document that has any, in the order of the text."""
        table, found = schema.list_mentions, dict[str, list[ListMention]]()
        for row in self.rows(sa.select(table).order_by(table.c.document, table.c.ordinal)):
            found.setdefault(row["document"], []).append(from_json(ListMention, row["body"]))
        return found

    def list_mentions_of(self, document: str) -> list[ListMention]:
        table = schema.list_mentions
        query = sa.select(table.c.body).where(table.c.document == document).order_by(table.c.ordinal)
        return self._nouns(ListMention, query)

    def add_screenings(self, screenings: Iterable[Screening]) -> None:
        """Keep what was screened, when and against which editions; one transaction for all of them."""
        with self._database.writing() as connection:
            keep(plain(connection), screenings, self.ledger.by)

    def payloads(self, kind: str) -> list[JSON]:
        """The payloads of the ledger's entries of a kind, in their order."""
        with self._database.reading() as connection:
            return payloads(plain(connection), kind)

    def screening(self, id: str) -> Screening | None:
        return self._noun(Screening, schema.screenings, id)

    def screenings(self) -> list[Screening]:
        table = schema.screenings
        return self._nouns(Screening, sa.select(table.c.body).order_by(table.c.at, table.c.id))


def _with_programmes(entries: Iterable[Designation], programmes: set[str]) -> Iterator[Designation]:
    for entry in entries:
        programmes.update(entry.programmes)
        yield entry


def _put_pointers(connection: sa.Connection, pointers: list[JSON]) -> None:
    if pointers:
        connection.execute(sa.insert(schema.list_pointers).prefix_with("OR IGNORE"), pointers)
        pointers.clear()


_ENTRY = "SELECT body FROM designations WHERE list = ? AND id = ?"
