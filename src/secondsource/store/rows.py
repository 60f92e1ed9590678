"""Nouns as rows of their tables, and the statements that put them there."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from secondsource.contract import claim_to_json, mention_to_json
from secondsource.model import (
    JSON,
    Capture,
    Claim,
    Document,
    Entity,
    Extraction,
    ListEdition,
    ListEntity,
    ListMention,
    Mention,
    Question,
    Reading,
    Span,
)
from secondsource.records import from_json, to_json
from secondsource.store import schema
from secondsource.store.seals import digest as digest
from secondsource.store.seals import seal as seal
from secondsource.text import overlap

_AT_ONCE = 5_000


def document_row(document: Document) -> JSON:
    body = to_json(document.reading)
    return {
        "id": document.id,
        "path": document.path,
        "status": document.status,
        "reason": document.reason,
        "media_type": document.media_type,
        "size": document.size,
        "text": body.pop("text"),
        "text_sha256": document.text_sha256,
        "first_seen": document.first_seen,
        "body": body,
    }


_PLAIN = ("path", "status", "reason", "media_type", "size", "text_sha256", "first_seen")
OF_DOCUMENT = (*_PLAIN, "text", "body")
"""The columns that `document_of` needs besides the id."""


def document_of(row: Mapping[str, Any]) -> Document:
    """The document that `document_row` wrote."""
    reading = from_json(Reading, {**row["body"], "text": row["text"]})
    return Document(row["id"], **{name: row[name] for name in _PLAIN}, reading=reading)


def claim_row(position: tuple[int, Claim]) -> JSON:
    ordinal, claim = position
    # The path belongs to the document; a claim taken out again is given the one it has then.
    return {
        "id": claim.id,
        "document": claim.document,
        "ordinal": ordinal,
        "voice": claim.voice,
        "stance": claim.stance,
        "source_kind": claim.source_kind,
        "source_name": claim.source_name,
        "body": claim_to_json(claim, ""),
    }


def mention_row(document: str) -> Callable[[tuple[int, Mention]], JSON]:
    def row(position: tuple[int, Mention]) -> JSON:
        ordinal, mention = position
        return {
            "document": document,
            "ordinal": ordinal,
            "cluster": mention.entity,
            "name": mention.name,
            "schema": mention.schema,
            "body": mention_to_json(mention),
        }

    return row


def cluster_rows(extraction: Extraction) -> Iterator[JSON]:
    """Which names stand in a claim's content and which in its source, by their spans."""
    names = _Names(extraction.mentions)
    for claim in extraction.claims:
        for role, excerpt in (("content", claim.content), ("source", claim.source)):
            for cluster in sorted(names.within(excerpt.spans if excerpt else ())):
                yield {"claim": claim.id, "cluster": cluster, "role": role}


class _Names:
    """The names of a text by where they stand, so that a long text is not searched whole."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._places = sorted(
            (span, mention.entity) for mention in mentions for span in mention.excerpt.spans
        )
        self._longest = max((span.end - span.start for span, _ in self._places), default=0)

    def within(self, spans: Iterable[Span]) -> set[str]:
        return {cluster for span in spans for place, cluster in self._near(span) if overlap(span, place)}

    def _near(self, span: Span) -> list[tuple[Span, str]]:
        first = bisect_left(self._places, (Span(span.start - self._longest, 0), ""))
        return self._places[first : bisect_left(self._places, (Span(span.end, 0), ""))]


def entity_row(position: tuple[int, Entity]) -> JSON:
    ordinal, entity = position
    columns = {"id": entity.id, "ordinal": ordinal, "name": entity.name, "schema": entity.schema}
    return {**columns, "body": to_json(entity)}


def member_rows(entities: Iterable[Entity]) -> Iterator[JSON]:
    """Which clusters of which documents an entity is made of."""
    for entity in entities:
        for mention in entity.mentions:
            yield {"entity": entity.id, "document": mention.document, "cluster": mention.entity}


def question_row(position: tuple[int, Question]) -> JSON:
    ordinal, question = position
    columns = {"id": question.id, "ordinal": ordinal, "text": question.text, "status": question.status}
    return {**columns, "body": to_json(question)}


def list_entity_row(list: str, position: tuple[int, ListEntity]) -> JSON:
    ordinal, entity = position
    columns = {"list": list, "id": entity.id, "ordinal": ordinal, "schema": entity.schema}
    return {**columns, "body": to_json(entity)}


def pointer_rows(list: str, entity: ListEntity) -> Iterator[JSON]:
    for property, target in dict.fromkeys(entity.points):
        yield {"list": list, "target": target, "property": property, "id": entity.id}


def list_mention_row(document: str, position: tuple[int, ListMention]) -> JSON:
    ordinal, mention = position
    columns = {"document": document, "ordinal": ordinal, "list": mention.list, "entry": mention.id}
    return {**columns, "body": to_json(mention)}


def unmentioned(document: str) -> sa.Executable:
    """Takes out the listed names of a document, whose text may be another now."""
    return sa.delete(schema.list_mentions).where(schema.list_mentions.c.document == document)


def edition_row(edition: ListEdition, companions: Mapping[str, str]) -> JSON:
    columns = {"name": edition.name, "sha256": edition.sha256, "imported_at": edition.imported_at}
    return {**columns, "companions": dict(companions), "in_force": True, "body": to_json(edition)}


def sealed(table: sa.Table, row: JSON) -> JSON:
    return row | {"seal": seal(row)} if "seal" in table.c else row


_CAPTURE = ("kind", "origin", "parent", "by", "version", "captured", "record")


def arrival(capture: Capture) -> sa.Executable:
    """Notes how a document came; what was noted of the same document and path before stays."""
    said = {name: getattr(capture, name) for name in ("document", "path", *_CAPTURE)}
    row = said | {"seen_at": capture.at}
    return sqlite_insert(schema.arrivals).values(row).on_conflict_do_nothing()


def capture_of(row: Mapping[str, Any]) -> Capture:
    """The capture that `arrival` wrote; what older cases do not say of it is "unknown"."""
    said = {name: row[name] for name in ("document", "path", *_CAPTURE)}
    for name, otherwise in (("kind", "file"), ("origin", row["path"]), ("by", ""), ("version", "")):
        said[name] = said[name] or otherwise
    return Capture(**said, at=row["seen_at"])


def ingest_entry(row: Mapping[str, Any], capture: Capture) -> JSON:
    """What the ledger says of a document's coming."""
    what = ("status", "reason", "media_type", "size", "text_sha256", "sidecar_sha256")
    how = ("document", "path", "kind", "origin", "parent", "captured", "record")
    said = {name: row[name] for name in what} | {name: getattr(capture, name) for name in how}
    return {name: value for name, value in said.items() if value is not None}


def upsert(table: sa.Table, row: JSON) -> sa.Executable:
    """Puts a row in, or in the place of the one with its key; rows that hang on it stay."""
    keys = [column.name for column in table.primary_key]
    put = sealed(table, row)
    changed = {name: value for name, value in put.items() if name not in keys}
    return sqlite_insert(table).values(put).on_conflict_do_update(index_elements=keys, set_=changed)


def insert(connection: sa.Connection, table: sa.Table, rows: Iterable[JSON]) -> JSON:
    """Puts many rows in, some thousands with a statement.

    Returns how many they are and the digest of their seals, for the ledger.
    """
    count, told, waiting = 0, hashlib.sha256(), iter(rows)
    while prepared := [sealed(table, row) for row in islice(waiting, _AT_ONCE)]:
        connection.execute(sa.insert(table), prepared)
        # As `digest` of all seals, which for a long list are not in memory together.
        told.update(("\n" * bool(count) + "\n".join(row.get("seal", "") for row in prepared)).encode())
        count += len(prepared)
    return {"count": count, "digest": told.hexdigest()}
