"""How many rows a table holds and one hash over their seals: what the ledger says of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from secondsource.model import JSON
from secondsource.store import rows, schema
from secondsource.store.store import Store


def seals(store: Store, table: sa.Table) -> dict[str, list[str]]:
    """The seals of a table's rows in their order, by document."""
    found: dict[str, list[str]] = {}
    query = sa.select(table.c.document, table.c.seal).order_by(table.c.document, table.c.ordinal)
    for row in store.rows(query):
        found.setdefault(row["document"], []).append(row["seal"])
    return found


def summed(seals: list[str]) -> JSON:
    """As `rows.insert` says it of rows that it put in."""
    return {"count": len(seals), "digest": rows.digest(seals)}


def ordered(store: Store, table: sa.Table, *conditions: Any) -> JSON:
    """The sum over a table's rows in their order, those that meet all conditions."""
    query = sa.select(table.c.seal).where(*conditions).order_by(table.c.ordinal)
    return summed([row["seal"] for row in store.rows(query)])


def adopt(store: Store) -> None:
    """Enter what a case of an earlier version holds, which kept no ledger."""
    if store.ledger.size() or not store.counts()["documents"]:
        return
    for document in store.documents():
        said = {"document": document.id, "path": document.path, "status": document.status}
        store.ledger.append("adopted", said | {"text_sha256": document.text_sha256})
    claims, mentions = seals(store, schema.claims), seals(store, schema.mentions)
    for row in store.rows(sa.select(schema.extractions).order_by(schema.extractions.c.document)):
        id = row["document"]
        made = {"claims": summed(claims.get(id, [])), "mentions": summed(mentions.get(id, []))}
        store.ledger.append("extraction", {"document": id, "extractor": row["extractor"]} | made)
    found = {"entities": ordered(store, schema.entities), "questions": ordered(store, schema.questions)}
    store.ledger.append("assessment", found)
