"""The ledger against itself, and what a case holds against its ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from secondsource.model import JSON, Discrepancy
from secondsource.records import to_json
from secondsource.store import schema
from secondsource.store.ledger import TEXTS, Entry, Head
from secondsource.store.store import Store
from secondsource.store.summaries import ordered, seals, summed


def audit(store: Store, head: Head | None = None) -> Iterator[Discrepancy]:
    """What is not as the ledger says, and where the ledger is not what it was.

    ``head`` is one that somebody kept: the entries up to its size must lead to its root.
    """
    entries = list(store.ledger.entries())
    yield from _entries(entries)
    if head is not None:
        yield from _head(store, entries, head)
    latest = _latest(entries)
    yield from _texts(store, latest)
    yield from _runs(store, latest)
    yield from _findings(store, latest)
    yield from _judgements(store, entries)


def _entries(entries: Iterable[Entry]) -> Iterator[Discrepancy]:
    for number, entry in enumerate(entries):
        if entry.number != number:
            what = f"entry {number} of the ledger is gone: the next is {entry.number}"
            yield Discrepancy("ledger", str(number), what)
            return
        if entry.leaf.hex() != entry.hash:
            what = f"entry {number} of the ledger was put in as {entry.hash} and is now {entry.leaf.hex()}"
            yield Discrepancy("ledger", str(number), what)


def _head(store: Store, entries: list[Entry], head: Head) -> Iterator[Discrepancy]:
    if head.size > len(entries):
        what = f"the ledger has {len(entries)} entries, and had {head.size} when its head was kept"
        yield Discrepancy("ledger", str(head), what)
    elif (found := store.ledger.head(head.size)) != head:
        what = f"the first {head.size} entries of the ledger lead to {found.root}, not to {head.root}"
        yield Discrepancy("ledger", str(head), what)


def _said(entries: Iterable[Entry]) -> Iterator[tuple[str, JSON]]:
    """The kind and payload of each entry; one that is none any more is named already: its hash is another."""
    for entry in entries:
        try:
            fields = entry.fields
            yield fields["kind"], fields["payload"]
        except (ValueError, KeyError, TypeError):
            continue


def _latest(entries: Iterable[Entry]) -> dict[tuple[str, str], JSON]:
    """The last payload on each thing: by kind, and by what names it."""
    found: dict[tuple[str, str], JSON] = {}
    for kind, payload in _said(entries):
        subject = "document" if kind in (*TEXTS, "removal") else kind
        name = payload.get("document") or payload.get("name") or payload.get("screening") or ""
        found[subject, name] = {**payload, "gone": kind == "removal"}
    return found


def _texts(store: Store, latest: dict[tuple[str, str], JSON]) -> Iterator[Discrepancy]:
    columns = schema.documents.c
    query = sa.select(columns.id, columns.path, columns.status, columns.text_sha256)
    kept = {row["id"]: row for row in store.rows(query)}
    said = {name: payload for (kind, name), payload in latest.items() if kind == "document"}
    for id, row in kept.items():
        entry = said.get(id)
        if entry is None or entry["gone"]:
            yield Discrepancy("document", id, f"{row['path']}: no entry of the ledger says that it came in")
        elif (entry["text_sha256"], entry["status"]) != (row["text_sha256"], row["status"]):
            what = f"{row['path']}: the ledger says {entry['status']} with the text {entry['text_sha256']}"
            yield Discrepancy("document", id, f"{what}, the case {row['status']} with {row['text_sha256']}")
    for id, entry in said.items():
        if id not in kept and not entry["gone"]:
            yield Discrepancy(
                "document", id, f"{entry.get('path', id)} is in the ledger, and gone from the case"
            )


def _runs(store: Store, latest: dict[tuple[str, str], JSON]) -> Iterator[Discrepancy]:
    """Extraction runs, by the seals of what they gave."""
    claims, mentions = seals(store, schema.claims), seals(store, schema.mentions)
    for row in store.rows(sa.select(schema.extractions)):
        id = row["document"]
        entry = latest.get(("extraction", id))
        made = {"claims": summed(claims.get(id, [])), "mentions": summed(mentions.get(id, []))}
        if entry is None:
            yield Discrepancy("extraction", id, f"no entry of the ledger is on the claims of document {id}")
        for name, found in made.items():
            if entry is not None and entry[name] != found:
                what = f"the ledger says {entry[name]['count']} {name} of document {id}, the case has others"
                yield Discrepancy("extraction", id, f"{what} ({found['count']})")


def _judgements(store: Store, entries: Iterable[Entry]) -> Iterator[Discrepancy]:
    """Judgements against what the ledger was told of each, and of those that were undone."""
    told: dict[str, JSON] = {}
    for kind, payload in _said(entries):
        if kind == "entity-judgement":
            told[payload["id"]] = {**payload, "undone": bool(payload["undone"])}
        elif kind == "entity-judgement-undone":
            told.get(payload["judgement"], {})["undone"] = True
    for one in store.judgements.all():
        entry_of = told.pop(one.id, None)
        if entry_of != json.loads(json.dumps({**to_json(one), "undone": bool(one.undone)})):
            what = "is not as the ledger was told" if entry_of else "is in no entry of the ledger"
            yield Discrepancy("judgement", one.id, f"the judgement {what}")
    for id in told:
        yield Discrepancy("judgement", id, "the judgement is in the ledger, and gone from the case")


def _findings(store: Store, latest: dict[tuple[str, str], JSON]) -> Iterator[Discrepancy]:
    """The assessment in force, the lists in force, and every screening."""
    assessed = latest.get(("assessment", ""))
    if assessed and (followed := latest.get(("entities", ""))):
        assessed = assessed | {"entities": followed["entities"]}
    for name, table in (("entities", schema.entities), ("questions", schema.questions)):
        found = ordered(store, table)
        if (assessed[name] if assessed else summed([])) != found:
            yield Discrepancy("assessment", name, f"the {name} are not those that the ledger was told of")
    for edition in store.lists():
        entry = latest.get(("list", edition.name))
        found = ordered(store, schema.designations, schema.designations.c.list == edition.name)
        around = ordered(store, schema.list_entities, schema.list_entities.c.list == edition.name)
        said = entry and (entry["sha256"], entry["designations"], entry.get("entities", summed([])))
        if said and said != (edition.sha256, found, around):
            what = f"list {edition.name} is not the one that the ledger was told of"
            yield Discrepancy("list", edition.name, what)
    for row in store.rows(sa.select(schema.screenings.c.id, schema.screenings.c.seal)):
        entry = latest.get(("screening", row["id"]))
        if entry and entry["seal"] != row["seal"]:
            what = f"screening {row['id']} is not the one that the ledger was told of"
            yield Discrepancy("screening", row["id"], what)
