"""What the timeline, the network and the ledger are drawn from: sums and pages, in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from secondsource.store import schema
from secondsource.store.ledger import Entry
from secondsource.store.lookups import Lookups

STRONGEST = 120
"""Links that a page draws; an export has them all."""
_MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What a chart is of: claims on an entity, of a question, or of the whole case, within dates."""

    entity: str = ""
    question: str = ""
    since: str = ""
    until: str = ""


class Moment(NamedTuple):
    """Something at a time: a claim's event, or a document's publication."""

    start: str
    end: str | None
    claim: str | None
    document: str


class Link(NamedTuple):
    """A link between two entities: ``kind`` is "says of", or the class of what is said to be between
    them, and ``claim`` the one that says so first by its id, out of ``claims`` that do."""

    one: str
    other: str
    kind: str
    claims: int
    claim: str


_START = {"publication": schema.document_heads.c.published, "events": schema.claim_times.c.start}


class Charts(Lookups):
    """Reads for pictures, and for the tables that stand beside them."""

    def months(self, of: str, scope: Scope) -> list[tuple[str, int]]:
        """How many events or publications each month has, by month ("2031-04")."""
        query = _moments(of, scope).with_only_columns(_START[of].label("start"), maintain_column_froms=True)
        held = query.subquery()
        month = sa.func.substr(held.c.start, 1, 7)
        counted = sa.select(month, sa.func.count()).group_by(month)
        return self.kept(f"months {of} {scope}", lambda: [(row[0], row[1]) for row in self._rows(counted)])

    def moments(self, of: str, scope: Scope, at: int = 0, size: int = _MANY) -> Iterator[Moment]:
        """Events ("events") or publications by their time, the newest first."""
        query = _moments(of, scope)
        ordered = query.order_by(sa.desc("start"), sa.asc("document"), sa.asc("claim"))
        return (Moment(*row) for row in self._rows(ordered.limit(size).offset(at)))

    def links(self, scope: Scope, limit: int = STRONGEST) -> list[Link]:
        """The links between entities that claims make, those that most claims make first."""
        name = f"links {scope} {limit}"
        return self.kept(name, lambda: [Link(*row) for row in self._rows(_links(scope).limit(limit))])

    def entries(self, kind: str, at: int, size: int) -> tuple[list[Entry], int]:
        """Entries of the ledger, the last first, and how many there are; those of one kind where given."""
        table = schema.ledger.c
        query = sa.select(table.number, table.entry, table.hash)
        if kind:
            query = query.where(table.kind == kind)
        found = self._rows(query.order_by(table.number.desc()).limit(size).offset(at))
        return [Entry(*row) for row in found], self._count(query)

    def entry_kinds(self) -> list[tuple[str, int]]:
        """The kinds of entries of the ledger, and how many of each."""
        column = schema.ledger.c.kind
        query = sa.select(column, sa.func.count()).group_by(column).order_by(column)
        return self.kept("kinds of entries", lambda: [(row[0], row[1]) for row in self._rows(query)])


def _moments(of: str, scope: Scope) -> sa.Select[Any]:
    if of == "publication":
        heads = schema.document_heads.c
        query = sa.select(
            heads.published.label("start"), sa.null().label("end"), sa.null().label("claim"), heads.document
        ).where(heads.published.is_not(None))
        return _dated(query.where(*_documents(scope)), heads.published, scope)
    times, claims = schema.claim_times.c, schema.claims.c
    query = sa.select(
        times.start.label("start"), times.end.label("end"), times.claim.label("claim"), claims.document
    ).join(schema.claims, claims.id == times.claim)
    narrowed = query.where(*([times.claim.in_(_claims(scope))] if scope.entity or scope.question else []))
    return _dated(narrowed, times.start, scope)


def _dated(query: sa.Select[Any], column: sa.ColumnElement[Any], scope: Scope) -> sa.Select[Any]:
    query = query.where(column >= scope.since) if scope.since else query
    return query.where(column < f"{scope.until}\x7f") if scope.until else query


def _documents(scope: Scope) -> list[sa.ColumnElement[bool]]:
    heads, members, links = schema.document_heads.c, schema.entity_clusters.c, schema.question_links.c
    tests: list[sa.ColumnElement[bool]] = []
    if scope.entity:
        tests.append(heads.document.in_(sa.select(members.document).where(members.entity == scope.entity)))
    if scope.question:
        asked = sa.select(links.target).where(links.question == scope.question, links.kind == "document")
        tests.append(heads.document.in_(asked))
    return tests


def _claims(scope: Scope) -> sa.Select[Any]:
    """The ids of the claims that an entity or a question has."""
    named, links = schema.entity_claims.c, schema.question_links.c
    if scope.question:
        asked = sa.select(links.target).where(links.question == scope.question, links.kind == "claim")
        if not scope.entity:
            return asked
        return sa.select(named.claim).where(named.entity == scope.entity, named.claim.in_(asked))
    return sa.select(named.claim).where(named.entity == scope.entity)


def _links(scope: Scope) -> sa.Select[Any]:
    """Who says something of whom, and what is said to be between two that one claim names."""
    named, heads, claims = schema.entity_claims.c, schema.entity_heads.c, schema.claims.c
    most = sa.select(heads.entity).order_by(heads.documents.desc(), heads.weight.desc()).limit(40)
    narrow = bool(scope.entity or scope.question)
    # Set aside first: joined with itself as it stands, SQLite goes through all pairs of entities.
    base = sa.select(named.entity, named.role, named.claim)
    base = base.where(named.claim.in_(_claims(scope)) if narrow else named.entity.in_(most))
    held = base.cte("held").prefix_with("MATERIALIZED", dialect="sqlite")
    one, other = held.alias("one"), held.alias("other")
    says = one.c.role == "source"
    class_ = sa.func.coalesce(sa.func.json_extract(claims.body, "$.frame.predicate_class"), "named together")
    kind = sa.case((says, "says of"), else_=class_).label("kind")
    count = sa.func.count().label("count")
    return (
        sa.select(one.c.entity, other.c.entity, kind, count, sa.func.min(one.c.claim))
        .select_from(one)
        .join(other, (other.c.claim == one.c.claim) & (other.c.role == "content"))
        .join(schema.claims, claims.id == one.c.claim)
        .where(one.c.entity != other.c.entity, sa.or_(says, one.c.entity < other.c.entity))
        .group_by(one.c.entity, other.c.entity, kind)
        .order_by(count.desc(), one.c.entity, other.c.entity)
    )
