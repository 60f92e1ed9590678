"""What people judged of entities, and the entities that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from secondsource.contract import mention_from_json
from secondsource.errors import NotFound
from secondsource.model import JSON, Entity, Judgement, Mention, Question
from secondsource.records import from_json, to_json
from secondsource.store import rows, schema, searching
from secondsource.store.database import Database
from secondsource.store.ledger import Ledger
from secondsource.store.moments import now
from secondsource.text import content_id

MADE, UNDONE, FOLLOWED = "entity-judgement", "entity-judgement-undone", "entities"
"""Kinds of ledger entries: a judgement was made, was undone, and entities followed before questions did."""


class Judgements:
    """The judgements of a case.  None is ever taken out; one that is undone stays and says when."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger

    def all(self) -> list[Judgement]:
        """Every judgement, the oldest first, those that were undone as well."""
        table = schema.judgements
        query = sa.select(table.c.body, table.c.undone).order_by(table.c.number)
        with self._database.reading() as connection:
            found = connection.execute(query).all()
        return [replace(from_json(Judgement, row.body), undone=row.undone) for row in found]

    def add(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Keep judgements as the newest, in their order; those that are kept already are passed over.

        One without an id is given its own, and one without a time that of now.
        """
        kept: list[Judgement] = []
        with self._database.writing() as connection:
            table = schema.judgements.c
            known = set(connection.scalars(sa.select(table.id)))
            number = connection.scalar(sa.select(sa.func.max(table.number)))
            for one in judgements:
                number = 0 if number is None else int(number) + 1
                made = _identified(one, number)
                if made.id not in known:
                    known.add(made.id)
                    connection.execute(rows.upsert(schema.judgements, _row(made, number)))
                    self._ledger.record(connection, MADE, to_json(made))
                    kept.append(made)
        return kept

    def undo(self, id: str) -> Judgement:
        """Take a judgement back, which is obeyed no more.

        Raises NotFound where none that stands has the id.
        """
        found = next((one for one in self.all() if one.id == id and one.undone is None), None)
        if found is None:
            raise NotFound(f"{id}: no judgement that stands in this case has that id")
        moment = now()
        with self._database.writing() as connection:
            table = schema.judgements
            connection.execute(sa.update(table).where(table.c.id == id).values(undone=moment))
            self._ledger.record(connection, UNDONE, {"judgement": id})
        return replace(found, undone=moment)

    # What follows

    def extracted(self) -> dict[str, str]:
        """When, and by which extractor, each document's mentions were found."""
        table = schema.extractions.c
        with self._database.reading() as connection:
            found = connection.execute(sa.select(table.document, table.extractor, table.at)).all()
        return {row.document: f"{row.extractor} {row.at}" for row in found}

    def mentions(self, documents: Iterable[str]) -> dict[str, list[Mention]]:
        """The mentions of some documents in reading order."""
        table = schema.mentions.c
        found: dict[str, list[Mention]] = {}
        with self._database.reading() as connection:
            for document in documents:
                query = sa.select(table.body).where(table.document == document).order_by(table.ordinal)
                found[document] = [mention_from_json(body) for body in connection.scalars(query)]
        return found

    def replace_entities(self, entities: Sequence[Entity]) -> None:
        """Put entities in the place of the earlier ones; questions stay as they were counted."""
        with self._database.writing() as connection:
            for table in (schema.entity_clusters, schema.entities):
                connection.execute(sa.delete(table))
            named = rows.insert(connection, schema.entities, map(rows.entity_row, enumerate(entities)))
            rows.insert(connection, schema.entity_clusters, rows.member_rows(entities))
            asked = sa.select(schema.questions.c.body).order_by(schema.questions.c.ordinal)
            questions = [from_json(Question, body) for body in connection.scalars(asked)]
            searching.put_findings(connection, questions, entities)
            self._ledger.record_change(connection, FOLLOWED, {"entities": named})

    def follow(self, connection: sa.Connection, named: JSON) -> None:
        """Note which entities questions were counted with, where others followed judgements before."""
        table = schema.ledger.c
        if connection.scalar(sa.select(sa.func.count()).where(table.kind == FOLLOWED)):
            self._ledger.record_change(connection, FOLLOWED, {"entities": named})


def _identified(judgement: Judgement, number: int) -> Judgement:
    made = replace(judgement, at=judgement.at or now())
    body = {name: value for name, value in to_json(made).items() if name not in ("id", "undone")}
    return replace(made, id=made.id or content_id("j", number, body))


def _row(judgement: Judgement, number: int) -> JSON:
    body = to_json(judgement)
    undone = body.pop("undone")
    columns = {name: body[name] for name in ("id", "kind", "decision", "by", "at")}
    return {"number": number, **columns, "undone": undone, "body": body}
