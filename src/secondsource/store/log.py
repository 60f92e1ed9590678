"""The lists in force, the ledger and the log of screenings, on a connection of SQLite's own module.

A `Store` does what is here through its own connection; `QuickLog` does it without one, since the
library that a store needs takes longer to load than one name takes to be screened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from importlib.metadata import version
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any

from secondsource import merkle
from secondsource.errors import CaseError
from secondsource.model import JSON, ListEdition, Screening
from secondsource.records import from_json, to_json
from secondsource.store.fileseal import FileSeal
from secondsource.store.moments import now
from secondsource.store.seals import seal_written, written
from secondsource.text import canonical

FILE = "case.sqlite"
REVISION = "0005"
"""The newest migration this version knows; revisions are numbered in order."""

SEALED_AT_ONCE = 16 * 1024 * 1024


@cache
def program() -> str:
    """The version of Second Source that is at work."""
    return version("secondsource")


def editions(db: sqlite3.Connection) -> list[ListEdition]:
    """The list editions in force, by name."""
    rows = db.execute("SELECT body FROM list_editions WHERE in_force ORDER BY name")
    return [from_json(ListEdition, json.loads(body)) for (body,) in rows]


def payloads(db: sqlite3.Connection, kind: str) -> list[JSON]:
    """The payloads of the ledger's entries of a kind, in their order."""
    rows = db.execute("SELECT entry FROM ledger WHERE kind = ? ORDER BY number", (kind,))
    return [json.loads(entry)["payload"] for (entry,) in rows]


def enter(db: sqlite3.Connection, kind: str, said: Iterable[Mapping[str, Any]], by: str) -> int:
    """Add an entry to the ledger for each payload, within a transaction; the number of the last one."""
    ((last,),) = db.execute("SELECT max(number) FROM ledger").fetchall()
    first, common = (
        0 if last is None else last + 1,
        {"kind": kind, "at": now(), "by": by, "version": program()},
    )
    rows = []
    for number, payload in enumerate(said, first):
        words = canonical({**common, "payload": payload})
        rows.append((number, kind, words, merkle.leaf(words.encode()).hex()))
    db.executemany("INSERT INTO ledger (number, kind, entry, hash) VALUES (?, ?, ?, ?)", rows)
    return first + len(rows) - 1


def keep(db: sqlite3.Connection, screenings: Iterable[Screening], by: str) -> None:
    """Put screenings into the log and the ledger, within a transaction."""
    rows, said = [], []
    for one in screenings:
        body = written(to_json(one))
        sealed = seal_written(at=quoted(one.at), body=body, id=quoted(one.id), query=quoted(one.query))
        rows.append((one.id, one.query, one.at, body, sealed))
        said.append({"screening": one.id, "query": one.query, "seal": sealed})
    db.executemany(
        "INSERT OR REPLACE INTO screenings (id, query, at, body, seal) VALUES (?, ?, ?, ?, ?)", rows
    )
    enter(db, "screening", said, by)


class QuickLog:
    """The log of a case that is up to date, for a command that does nothing but screen.

    Each method opens the file for itself.
    """

    def __init__(self, file: Path, by: str, busy_seconds: int) -> None:
        self._file, self._by, self._busy = file, by, busy_seconds
        self._seal, self._wrote = FileSeal(file), False

    @classmethod
    def open(cls, folder: Path, by: str, busy_seconds: int) -> QuickLog | None:
        """None where there is no case, or where it is one for a whole `Store` to look at: of an earlier
        version, damaged, or without a ledger."""
        made = cls(folder / FILE, by, busy_seconds)
        return made if made._file.is_file() and made._current() else None

    def _current(self) -> bool:
        try:
            with closing(self._connected()) as db:
                ((revision,),) = db.execute("SELECT version_num FROM alembic_version").fetchall()
                kept = db.execute("SELECT 1 FROM ledger LIMIT 1").fetchone()
        except (sqlite3.Error, ValueError):
            return False
        return revision == REVISION and bool(kept)

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=self._busy, isolation_level=None)
        db.execute("PRAGMA synchronous=NORMAL")
        return db

    def lists(self) -> list[ListEdition]:
        with closing(self._connected()) as db:
            return editions(db)

    def payloads(self, kind: str) -> Iterator[JSON]:
        with closing(self._connected()) as db:
            yield from payloads(db, kind)

    def add_screenings(self, screenings: Iterable[Screening]) -> None:
        """As `Store.add_screenings`.  Raises CaseError where the file refuses."""
        try:
            with closing(self._connected()) as db:
                db.execute("BEGIN IMMEDIATE")
                self._seal.break_()
                self._wrote = True
                keep(db, screenings, self._by)
                db.execute("COMMIT")
        except sqlite3.Error as error:
            raise CaseError(f"{self._file}: {error}") from error

    def close(self) -> None:
        """Seal the file again, unless it is so large that hashing it takes longer than screening did:
        then the next whole `Store` that is closed does it."""
        if self._wrote and self._file.stat().st_size <= SEALED_AT_ONCE:
            self._seal.put()
