"""Things of a case by their ids, some hundreds with a query; documents without texts and blocks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from secondsource.contract import claim_from_json, mention_from_json
from secondsource.model import JSON, Claim, Document, Entity, Mention, Question, Screening
from secondsource.records import from_json
from secondsource.store import rows, schema
from secondsource.store.database import Database

Noun = TypeVar("Noun")
Kept = TypeVar("Kept")

_MANY = 500
MOST_KEPT = 300


class Lookups:
    """Reads of one case; `secondsource.store.finding` adds those that come a page at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[str, tuple[int, Any]] = {}

    def kept(self, name: str, make: Callable[[], Kept]) -> Kept:
        """What ``make`` gives, made again only where the case has changed: its ledger says so."""
        last = sa.select(sa.func.coalesce(sa.func.max(schema.ledger.c.number), -1))
        now = int(self._rows(last)[0][0])
        known = self._kept.get(name)
        if known is None or known[0] != now:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[name] = (now, make())
        made: Kept = known[1]
        return made

    def counts(self) -> dict[str, int]:
        """How many of each noun the case holds."""
        tables = (schema.documents, schema.claims, schema.entities, schema.questions)
        return self.kept(
            "counts", lambda: {table.name: self._count(sa.select(table.c.id)) for table in tables}
        )

    def _rows(self, query: sa.Executable, values: Mapping[str, Any] | None = None) -> list[Any]:
        with self._database.reading() as connection:
            return list(connection.execute(query, values or {}))

    def _count(self, query: sa.Select[Any]) -> int:
        return int(self._rows(sa.select(sa.func.count()).select_from(query.subquery()))[0][0])

    def _nouns(self, kind: type[Noun], table: sa.Table, ids: Sequence[str]) -> dict[str, Noun]:
        query = sa.select(table.c.id, table.c.body)
        return {
            row.id: from_json(kind, row.body)
            for some in _batches(ids)
            for row in self._rows(query.where(table.c.id.in_(some)))
        }

    def bearing(self, kind: str, ids: Iterable[str]) -> dict[str, list[Question]]:
        """The questions that claims, documents or entities (``kind``) bear on, by the id of each.

        The questions come with their text and status, and without positions.
        """
        links, table = schema.question_links.c, schema.questions.c
        found: dict[str, list[Question]] = defaultdict(list)
        query = (
            sa.select(links.target, table.id, table.text, table.status)
            .join(schema.questions, table.id == links.question)
            .where(links.kind == kind)
            .order_by(table.ordinal)
        )
        for some in _batches(ids):
            for row in self._rows(query.where(links.target.in_(some))):
                found[row.target].append(Question(row.id, row.text, row.status, "", (), ()))
        return found

    def heads(self, ids: Iterable[str]) -> dict[str, Document]:
        """Documents by id, without text and blocks; those that left the case are not there."""
        found = {}
        for some in _batches(ids):
            for row in self._rows(_headed().where(schema.documents.c.id.in_(some))):
                found[row.id] = rows.document_of({**row._mapping, "text": ""})
        return found

    def named(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Entities by id with their name and kind, and without other names and mentions."""
        table = schema.entities.c
        query = sa.select(table.id, table.name, table.schema)
        return {
            row.id: Entity(row.id, row.name, row.schema, (row.name,), ())
            for some in _batches(ids)
            for row in self._rows(query.where(table.id.in_(some)))
        }

    def statuses(self) -> dict[str, int]:
        """How many documents have each status."""
        column = schema.documents.c.status
        return {row[0]: row[1] for row in self._rows(sa.select(column, sa.func.count()).group_by(column))}

    def dates(self, ids: Iterable[str]) -> dict[str, str | None]:
        """When documents were published, by id."""
        heads = schema.document_heads.c
        query = sa.select(heads.document, heads.published)
        return {
            row.document: row.published
            for some in _batches(ids)
            for row in self._rows(query.where(heads.document.in_(some)))
        }

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id; those that left the case are not there."""
        table = schema.claims.c
        return {
            row.id: claim_from_json(row.body)
            for some in _batches(ids)
            for row in self._rows(sa.select(table.id, table.body).where(table.id.in_(some)))
        }

    def with_figures(self) -> list[Claim]:
        """The claims that state a quantity, in reading order, documents by path."""
        table, documents = schema.claims.c, schema.documents.c
        query = (
            sa.select(table.id)
            .join(schema.documents, documents.id == table.document)
            # As `secondsource.store.rows` writes it: searching words is quicker than parsing 150,000 claims.
            .where(sa.cast(table.body, sa.Text).contains('"quantities":[{'))
            .order_by(documents.path, documents.id, table.ordinal)
        )
        ids: list[str] = self.kept("with figures", lambda: [row.id for row in self._rows(query)])
        found = self.claims(ids)
        return [found[id] for id in ids]

    def claim_places(self, ids: Iterable[str]) -> dict[str, tuple[str, int]]:
        """The document of each claim, and its number in it."""
        table = schema.claims.c
        query = sa.select(table.id, table.document, table.ordinal)
        return {
            row.id: (row.document, row.ordinal)
            for some in _batches(ids)
            for row in self._rows(query.where(table.id.in_(some)))
        }

    def mentions(self, document: str) -> list[Mention]:
        """The names in one document, in reading order."""
        table = schema.mentions.c
        query = sa.select(table.body).where(table.document == document).order_by(table.ordinal)
        return [mention_from_json(row.body) for row in self._rows(query)]

    def extractor(self, document: str) -> str:
        """What found the claims of a document; empty where nothing looked for them yet."""
        table = schema.extractions.c
        found = self._rows(sa.select(table.extractor).where(table.document == document))
        return str(found[0].extractor) if found else ""

    def entries_since(self, kind: str, since: str) -> int:
        """How many entries of one kind the ledger has after the last of another."""
        table = schema.ledger.c
        last = sa.select(sa.func.coalesce(sa.func.max(table.number), -1)).where(table.kind == since)
        query = sa.select(table.number).where(table.kind == kind, table.number > last.scalar_subquery())
        return self._count(query)

    def last_payload(self, kind: str) -> JSON:
        """What the last entry of a kind in the ledger says; empty where there is none."""
        table = schema.ledger.c
        query = sa.select(table.entry).where(table.kind == kind).order_by(table.number.desc()).limit(1)
        found = self._rows(query)
        payload: JSON = json.loads(found[0].entry)["payload"] if found else {}
        return payload

    def entities_of(self, documents: Iterable[str]) -> list[Entity]:
        """The entities that documents name, whole, in their order."""
        members, table = schema.entity_clusters.c, schema.entities.c
        found: dict[int, Entity] = {}
        for some in _batches(documents):
            named = sa.select(members.entity).where(members.document.in_(some))
            query = sa.select(table.ordinal, table.body).where(table.id.in_(named))
            found |= {row.ordinal: from_json(Entity, row.body) for row in self._rows(query)}
        return [found[ordinal] for ordinal in sorted(found)]

    def entities_in(self, claims: Sequence[Claim]) -> dict[str, list[tuple[str, str]]]:
        """Ids and names of the entities that claims of one document name, by the id of the claim."""
        members, clusters, table = schema.entity_clusters.c, schema.claim_clusters.c, schema.entities.c
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        if not claims:
            return found
        query = (
            sa.select(clusters.claim, table.id, table.name)
            .select_from(schema.claim_clusters)
            .join(schema.entity_clusters, members.cluster == clusters.cluster)
            .join(schema.entities, table.id == members.entity)
            .where(members.document == claims[0].document)
            .distinct()
            .order_by(table.ordinal)
        )
        for some in _batches(claim.id for claim in claims):
            for row in self._rows(query.where(clusters.claim.in_(some))):
                found[row.claim].append((row.id, row.name))
        return found

    def screenings(self, names: Iterable[str]) -> list[Screening]:
        """The screenings of names, in whatever case they were written, the first first."""
        table = schema.screenings.c
        wanted = {name.casefold() for name in names}
        asked = self._rows(sa.select(table.id, table.query).order_by(table.at, table.id))
        ids = [row.id for row in asked if row.query.casefold() in wanted]
        kept = self._nouns(Screening, schema.screenings, ids)
        return [kept[id] for id in ids]


def _headed() -> sa.Select[Any]:
    table = schema.documents.c
    plain = [column for column in schema.documents.c if column.name not in ("text", "body")]
    body = sa.func.json_remove(table.body, "$.blocks", type_=sa.JSON).label("body")
    return sa.select(*plain, body)


def _batches(ids: Iterable[str]) -> Iterable[Sequence[str]]:
    kept = list(dict.fromkeys(ids))
    return (kept[start : start + _MANY] for start in range(0, len(kept), _MANY))
