"""What pages and lists ask of a case: a page at a time, in SQL, and never the whole case.

Documents come here without their texts and blocks, since a list shows neither.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import sqlalchemy as sa

from secondsource.model import Claim, Document, Entity, Question
from secondsource.records import from_json
from secondsource.store import schema
from secondsource.store.charts import Charts
from secondsource.store.searching import expression

Noun = TypeVar("Noun")
Kind = Literal["document", "claim", "question"]

A_PAGE = 50
MOST = 5_000
"""So many of what a search finds are ranked; where more are found, the count says so."""

_OPEN, _CLOSE = "\x02", "\x03"  # around the words that were found: no text that was read holds them


@dataclass(frozen=True, slots=True)
class Page(Generic[Noun]):
    """Some of many: ``items`` from the one numbered ``at`` (from 0) on, out of ``total``."""

    items: tuple[Noun, ...]
    total: int
    at: int = 0
    size: int = A_PAGE

    @property
    def before(self) -> int | None:
        """Where the page before begins; None on the first."""
        return max(0, self.at - self.size) if self.at else None

    @property
    def after(self) -> int | None:
        """Where the next page begins; None on the last."""
        return self.at + self.size if self.at + self.size < self.total else None


class Hit(NamedTuple):
    """Something that was found by its words: its id, and the words around as (text, found) pieces."""

    id: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are wanted; a field that is empty asks for nothing.

    ``q`` is written as for a search; ``since`` and ``until`` are ISO dates between which a report
    was published; ``every`` also lets in what one report alone says unopposed.
    """

    q: str = ""
    entity: str = ""
    publisher: str = ""
    since: str = ""
    until: str = ""
    status: str = ""
    every: str = ""

    @property
    def any(self) -> bool:
        """True where something is asked for."""
        return bool(self.q or self.entity or self.publisher or self.since or self.until or self.status)


class Finding(Charts):
    """Pages of the nouns of one case."""

    # Questions

    def questions(self, wanted: Wanted, at: int = 0, size: int = A_PAGE) -> Page[Question]:
        """The questions wanted, those that moved last first: by the date of their newest report."""
        heads = schema.question_heads.c
        query = sa.select(heads.question).where(*self._asked(wanted))
        if not (wanted.any or wanted.every):
            query = query.where(heads.shared)
        total = self._count(query)
        if not (total or wanted.any or wanted.every):  # nothing is shared: then all there is
            return self.questions(Wanted(every="1"), at, size)
        ordered = query.order_by(heads.moved.desc(), heads.weight.desc()).limit(size).offset(at)
        ids = [row.question for row in self._rows(ordered)]
        kept = self._nouns(Question, schema.questions, ids)
        return Page(tuple(kept[id] for id in ids), total, at, size)

    def _asked(self, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
        heads, links = schema.question_heads.c, schema.question_links.c
        tests: list[sa.ColumnElement[bool]] = []
        if wanted.entity:
            of = sa.select(links.question).where(links.kind == "entity", links.target == wanted.entity)
            tests.append(heads.question.in_(of))
        if wanted.status:
            tests.append(heads.status == wanted.status)
        if wanted.publisher or wanted.since or wanted.until:
            tests.append(heads.question.in_(self._reported(wanted)))
        if wanted.q:
            match = sa.text("SELECT id FROM question_words WHERE question_words MATCH :match")
            asked = match.bindparams(match=expression(wanted.q, "question")).columns(sa.column("id", sa.Text))
            tests.append(heads.question.in_(sa.select(asked.subquery())))
        return tests

    def _reported(self, wanted: Wanted) -> sa.Select[Any]:
        """Questions with a report by that publisher in that time."""
        links, heads = schema.question_links.c, schema.document_heads.c
        documents = sa.select(heads.document)
        if wanted.publisher:
            documents = documents.where(heads.publisher == wanted.publisher)
        if wanted.since:
            documents = documents.where(heads.published >= wanted.since)
        if wanted.until:
            documents = documents.where(heads.published < f"{wanted.until}\x7f")
        return sa.select(links.question).where(links.kind == "document", links.target.in_(documents))

    def documents(
        self, status: str = "", publisher: str = "", at: int = 0, size: int = A_PAGE
    ) -> Page[Document]:
        """Documents without their text by date of publication, those without a date last."""
        table, heads = schema.documents.c, schema.document_heads.c
        query = sa.select(table.id).join(schema.document_heads, heads.document == table.id)
        if status:
            query = query.where(table.status == status)
        if publisher:
            query = query.where(heads.publisher == publisher)
        total = self._count(query)
        order = (heads.published.is_(None), heads.published.desc(), table.path)
        ids = [row.id for row in self._rows(query.order_by(*order).limit(size).offset(at))]
        found = self.heads(ids)
        return Page(tuple(found[id] for id in ids), total, at, size)

    def publishers(self, limit: int = 200) -> list[tuple[str, int]]:
        """Who put documents out, and how many, the most first."""
        column, count = schema.document_heads.c.publisher, sa.func.count()
        query = sa.select(column, count).where(column.is_not(None)).group_by(column)
        ordered = query.order_by(count.desc(), column).limit(limit)
        return self.kept(f"publishers {limit}", lambda: [(row[0], row[1]) for row in self._rows(ordered)])

    # Claims and entities

    def claims_with(self, entity: str, role: str, at: int = 0, size: int = A_PAGE) -> Page[Claim]:
        """The claims that name an entity in their ``role``, "content" or "source", the newest first."""
        ids: list[str] = self.kept(f"claims with {entity} {role}", lambda: self._claims_with(entity, role))
        found = self.claims(shown := ids[at : at + size])
        return Page(tuple(found[id] for id in shown if id in found), len(ids), at, size)

    def _claims_with(self, entity: str, role: str) -> list[str]:
        named, heads, claims = schema.entity_claims.c, schema.document_heads.c, schema.claims.c
        query = (
            sa.select(named.claim)
            .where(named.entity == entity, named.role == role)
            .join(schema.claims, claims.id == named.claim)
            .join(schema.document_heads, heads.document == claims.document)
            .order_by(heads.published.desc(), claims.document, claims.ordinal)
        )
        return [row.claim for row in self._rows(query)]

    def entity(self, id: str) -> tuple[Entity, int] | None:
        """An entity, without its mentions, and the number of documents that name it."""
        table, heads = schema.entities.c, schema.entity_heads.c
        body = sa.func.json_set(table.body, "$.mentions", sa.func.json("[]"), type_=sa.JSON).label("body")
        query = sa.select(body, heads.documents).join(schema.entity_heads, heads.entity == table.id)
        found = self._rows(query.where(table.id == id))
        return (from_json(Entity, found[0].body), found[0].documents) if found else None

    def naming(self, entity: str, limit: int = 30) -> list[Document]:
        """The documents that name an entity, without their texts, the newest first."""
        ids: list[str] = self.kept(f"naming {entity} {limit}", lambda: self._naming(entity, limit))
        found = self.heads(ids)
        return [found[id] for id in ids if id in found]

    def _naming(self, entity: str, limit: int) -> list[str]:
        members, heads = schema.entity_clusters.c, schema.document_heads.c
        query = (
            sa.select(members.document)
            .join(schema.document_heads, heads.document == members.document)
            .where(members.entity == entity)
            .distinct()
            .order_by(heads.published.desc(), members.document)
            .limit(limit)
        )
        return [row.document for row in self._rows(query)]

    def entities(
        self,
        q: str = "",
        at: int = 0,
        size: int = A_PAGE,
        *,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> Page[tuple[Entity, int]]:
        """Entities, without their mentions, and the number of documents that name each; the most named first.

        With ``q``, those that have it in one of their names; ``only`` some ids, or ``without`` some.
        """
        table, heads = schema.entities.c, schema.entity_heads.c
        names = sa.func.json_extract(table.body, "$.names", type_=sa.JSON).label("names")
        query = sa.select(heads.entity, heads.documents).where(heads.entity.not_in(without))
        if only is not None:
            query = query.where(heads.entity.in_(only))
        if q:
            query = query.join(schema.entities, table.id == heads.entity)
            query = query.where(sa.cast(names, sa.Text).contains(q, autoescape=True))
        total = self._count(query)
        chosen = query.order_by(heads.documents.desc(), heads.weight.desc()).limit(size).offset(at).subquery()
        shown = (
            sa.select(table.id, table.name, table.schema, names, chosen.c.documents)
            .join(chosen, chosen.c.entity == table.id)
            .order_by(chosen.c.documents.desc(), table.ordinal)
        )
        found = self._rows(shown)
        items = ((Entity(row.id, row.name, row.schema, tuple(row.names), ()), row.documents) for row in found)
        return Page(tuple(items), total, at, size)

    def spoken_of(self, ids: Collection[str]) -> set[str]:
        """Those of the entities that stand in the content of a claim."""
        clusters, members = schema.claim_clusters.c, schema.entity_clusters.c
        query = (
            sa.select(members.entity)
            .distinct()
            .join(schema.claims, schema.claims.c.document == members.document)
            .join(
                schema.claim_clusters,
                (clusters.claim == schema.claims.c.id) & (clusters.cluster == members.cluster),
            )
            .where(clusters.role == "content", members.entity.in_(ids))
        )
        return {row.entity for row in self._rows(query)}

    def of_schemata(self, schemata: Sequence[str], limit: int) -> list[tuple[Entity, int]]:
        """Entities of these kinds, without mentions, and how many documents name each; the most first."""
        table, heads = schema.entities.c, schema.entity_heads.c
        names = sa.func.json_extract(table.body, "$.names", type_=sa.JSON).label("names")
        query = (
            sa.select(table.id, table.name, table.schema, names, heads.documents)
            .join(schema.entity_heads, heads.entity == table.id)
            .where(table.schema.in_(schemata))
            .order_by(heads.documents.desc(), heads.weight.desc())
            .limit(limit)
        )
        return [
            (Entity(row.id, row.name, row.schema, tuple(row.names), ()), row.documents)
            for row in self._rows(query)
        ]

    def asked_about(self, limit: int = 200) -> list[tuple[str, str]]:
        """Ids and names of the entities that most questions are about, by name."""
        return self.kept(f"asked about {limit}", lambda: self._asked_about(limit))

    def _asked_about(self, limit: int) -> list[tuple[str, str]]:
        links, table = schema.question_links.c, schema.entities.c
        count = sa.func.count()
        most = (
            sa.select(links.target, count.label("n"))
            .where(links.kind == "entity")
            .group_by(links.target)
            .order_by(count.desc(), links.target)
            .limit(limit)
            .subquery()
        )
        query = sa.select(table.id, table.name).join(most, most.c.target == table.id)
        named = [(row.id, row.name) for row in self._rows(query)]
        return sorted(named, key=lambda one: one[1].casefold())

    # Words

    def search(self, kind: Kind, query: str, at: int = 0, size: int = 20) -> Page[Hit]:
        """What holds the words of ``query``, with the words in their place; the best fit first (BM25).

        ``total`` stops at `MOST`; what so many hold is not ranked, and the last taken in stands first.
        Raises SecondSourceError where the query asks for nothing.
        """
        values = {"match": expression(query, kind), "most": MOST, "size": size, "at": at}
        counted = (
            f"SELECT count(*) FROM (SELECT 1 FROM {kind}_words WHERE {kind}_words MATCH :match LIMIT :most)"
        )
        total = int(self._rows(sa.text(counted), values)[0][0])
        ranked = sa.text(_RANKED[kind].format(order="rowid DESC" if total >= MOST else "rank"))
        found = self._rows(ranked, values) if total else []
        return Page(tuple(Hit(row[0], _pieces(row[1])) for row in found), total, at, size)


def _ranked(kind: str, id: str, join: str, ties: str = "") -> str:
    # The inner query ranks ids alone: the words around are only cut out for those that are shown.
    words = f"{kind}_words"
    order = f"ORDER BY {words}.{{order}}{ties}"
    return (
        f"SELECT {id}, snippet({words}, -1, char(2), char(3), '…', 28) FROM {words} {join} "
        f"WHERE {words} MATCH :match AND {words}.rowid IN (SELECT {words}.rowid FROM {words} "
        f"{join if ties else ''} WHERE {words} MATCH :match {order} LIMIT :size OFFSET :at) {order}"
    )


_RANKED = {
    "document": _ranked(
        "document", "documents.id", "JOIN documents ON documents.rowid = document_words.rowid"
    ),
    "claim": _ranked("claim", "claims.id", "JOIN claims ON claims.rowid = claim_words.rowid"),
    # A question's words may have been put in later than those of one that stands behind it.
    "question": _ranked(
        "question",
        "question_words.id",
        "JOIN questions ON questions.id = question_words.id",
        ", questions.ordinal",
    ),
}


def _pieces(marked: str | None) -> tuple[tuple[str, bool], ...]:
    """Words with marks in them, cut at the marks."""
    pieces: list[tuple[str, bool]] = []
    for number, part in enumerate((marked or "").split(_OPEN)):
        inside, closed, outside = part.partition(_CLOSE) if number else ("", "", part)
        pieces += [(inside, True)] if number and closed else []
        pieces += [(outside, False)] if outside else []
    return tuple(pieces)
