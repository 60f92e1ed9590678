"""The entries of a list put into a case, millions of them, as `rows.insert` would: with less work for each.

No statement is compiled for them, and no body is put into JSON twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring as quoted

import sqlalchemy as sa

from secondsource.listing import Designation
from secondsource.model import JSON
from secondsource.records import to_json
from secondsource.store.seals import seal_written, written

_AT_ONCE = 5_000
_PAGES = 64 * 1024
"""KiB of pages that are held while a list is put in: ids come in no order, and with the few that SQLite
holds by itself the pages of their index are written again and again."""

_INSERT = "INSERT INTO designations (list, id, ordinal, name, body, seal) VALUES (?, ?, ?, ?, ?, ?)"
_Row = tuple[str, str, int, str, str, str]


def put_designations(connection: sa.Connection, entries: Iterable[Designation]) -> JSON:
    """How many they are and the digest of their seals, for the ledger."""
    (held,) = connection.exec_driver_sql("PRAGMA cache_size").one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_PAGES}")
    count, told, waiting = 0, hashlib.sha256(), _rows(entries)
    try:
        while batch := list(islice(waiting, _AT_ONCE)):
            connection.exec_driver_sql(_INSERT, batch)
            told.update(("\n" * bool(count) + "\n".join([row[-1] for row in batch])).encode())
            count += len(batch)
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {held}")
    return {"count": count, "digest": told.hexdigest()}


def _rows(entries: Iterable[Designation]) -> Iterator[_Row]:
    for ordinal, entry in enumerate(entries):
        list, id, name, body = entry.list, entry.id, entry.name, written(to_json(entry))
        seal = seal_written(
            body=body, id=quoted(id), list=quoted(list), name=quoted(name), ordinal=str(ordinal)
        )
        yield list, id, ordinal, name, body, seal
