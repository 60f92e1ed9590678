"""The ledger: what was done to a case, entry after entry, none ever altered.

::

    store.ledger.append("judgement", {"match": "m-1", "decision": "negative", "reason": "…"})
    record(connection, "list", {...})       # the same, inside a transaction that is under way

An entry is canonical JSON with ``kind``, ``payload``, ``at`` (UTC), ``by`` and ``version``; its
hash is a leaf of a Merkle tree (`secondsource.merkle`).  Whoever keeps a *head*, the size of the
ledger and its root, can tell later whether what came before was altered or taken out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from secondsource import merkle
from secondsource.errors import NotFound, ReadError
from secondsource.model import JSON
from secondsource.store import schema
from secondsource.store.database import Database, plain
from secondsource.store.log import enter
from secondsource.text import canonical


class Head(NamedTuple):
    """The state of a ledger: how many entries, and the root over them; printed ``SIZE:ROOT``."""

    size: int
    root: str

    def __str__(self) -> str:
        return f"{self.size}:{self.root}"

    @classmethod
    def parse(cls, words: str) -> Head:
        """Raises ReadError where ``words`` are not a head as it is printed."""
        size, _, root = words.strip().partition(":")
        if not size.isdecimal() or len(root) != 64 or set(root) - set("0123456789abcdef"):
            raise ReadError(f"{words!r} is no head of a ledger: it has the form SIZE:ROOT")
        return cls(int(size), root)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number (from 0), its words and their hash as they are stored."""

    number: int
    words: str
    hash: str

    @property
    def fields(self) -> JSON:
        """The entry's ``kind``, ``payload``, ``at``, ``by`` and ``version``."""
        fields: JSON = json.loads(self.words)
        return fields

    @property
    def leaf(self) -> bytes:
        return merkle.leaf(self.words.encode())


class Ledger:
    """The ledger of one case; ``by`` is who the entries made here are by."""

    def __init__(self, database: Database, by: str) -> None:
        self._database = database
        self.by = by

    def append(self, kind: str, payload: Mapping[str, Any]) -> int:
        """Add an entry in a transaction of its own; its number."""
        with self._database.writing() as connection:
            return self.record(connection, kind, payload)

    def record(self, connection: sa.Connection, kind: str, payload: Mapping[str, Any]) -> int:
        """Add an entry within a transaction, so that it stands if and only if the thing was done."""
        return self.record_all(connection, kind, [payload])

    def record_all(self, connection: sa.Connection, kind: str, payloads: Iterable[Mapping[str, Any]]) -> int:
        """Add an entry for each payload, within a transaction; the number of the last one."""
        return enter(plain(connection), kind, payloads, self.by)

    def record_change(self, connection: sa.Connection, kind: str, payload: Mapping[str, Any]) -> None:
        """As `record`, but for a payload that is that of the last entry of its kind."""
        table = schema.ledger.c
        last = sa.select(table.entry).where(table.kind == kind).order_by(table.number.desc()).limit(1)
        before = connection.scalar(last)
        if before is None or canonical(json.loads(before)["payload"]) != canonical(payload):
            self.record(connection, kind, payload)

    def size(self) -> int:
        """How many entries there are."""
        with self._database.reading() as connection:
            last = connection.scalar(sa.select(sa.func.max(schema.ledger.c.number)))
        return 0 if last is None else int(last) + 1

    def entries(self, kind: str | None = None, after: int = -1) -> Iterator[Entry]:
        """The entries in order that stand ``after`` a number; those of one ``kind`` where it is given."""
        table = schema.ledger
        query = sa.select(table).where(table.c.number > after).order_by(table.c.number)
        if kind is not None:
            query = query.where(schema.ledger.c.kind == kind)
        with self._database.reading() as connection:
            for row in connection.execute(query):
                yield Entry(row.number, row.entry, row.hash)

    def head(self, size: int | None = None) -> Head:
        """The head as it is, or as it was when there were ``size`` entries, from the entries' words.

        Raises NotFound where there are not so many.
        """
        leaves = [entry.leaf for entry in self.entries()]
        if size is not None and size > len(leaves):
            raise NotFound(f"the ledger has {len(leaves)} entries, not {size}")
        kept = leaves if size is None else leaves[:size]
        return Head(len(kept), merkle.root(kept).hex())

    def prove(self, document: str) -> JSON:
        """That the last entry on a document's text stands in the ledger, for `check_proof`.

        Raises NotFound where no entry names the document.
        """
        entries = list(self.entries())
        about = [one for one in entries if names(one, document)]
        if not about:
            raise NotFound(f"{document}: no entry of the ledger is on that document")
        leaves = [entry.leaf for entry in entries]
        entry = about[-1]
        return {
            "entry": entry.words,
            "number": entry.number,
            "size": len(leaves),
            "root": merkle.root(leaves).hex(),
            "path": [step.hex() for step in merkle.inclusion(entry.number, leaves)],
        }


TEXTS = ("ingest", "text", "adopted")
"""The kinds of entries that say what a document's text is."""


def names(entry: Entry, document: str) -> bool:
    """True where ``entry`` says what the text of ``document`` is."""
    fields = entry.fields
    return fields["kind"] in TEXTS and fields["payload"].get("document") == document


def check_proof(proof: Mapping[str, Any]) -> Entry:
    """The entry that a proof shows to stand under its root; needs no case.

    Raises ReadError where the proof has not the form of one, or does not lead to the root.
    """
    try:
        entry = Entry(int(proof["number"]), str(proof["entry"]), "")
        path = [bytes.fromhex(step) for step in proof["path"]]
        found = merkle.root_from_inclusion(entry.number, int(proof["size"]), entry.leaf, path).hex()
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(f"this is no proof of inclusion: {error}") from None
    if found != proof["root"]:
        raise ReadError(f"the entry leads to the root {found}, not to {proof['root']}")
    return entry
