"""Chain of custody: how each document's bytes came here, and every version of its working text.

The bytes are the evidentiary copy and are never altered.  The text is a working copy: a
correction (of OCR, of boilerplate) is a new version that points to the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from secondsource.errors import NotFound, ReadError
from secondsource.model import JSON, Capture, Document, Reading
from secondsource.records import from_json, to_json
from secondsource.revision import reblocked
from secondsource.store import rows, schema
from secondsource.store.database import Database
from secondsource.store.ledger import Ledger
from secondsource.store.moments import now
from secondsource.text import sha256


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a document's working text.

    ``number`` counts from 1, which is what the reader made of the bytes; ``previous`` is the
    SHA-256 of the version before, ``reason`` why there is another, ``by`` and ``at`` who made it when.
    """

    document: str
    number: int
    text_sha256: str
    previous: str | None
    reason: str
    by: str
    at: str
    reading: Reading


class Custody:
    """The captures and text versions of a case."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger

    def captures(self, document: str | None = None) -> list[Capture]:
        """How documents came into the case, by path; those of one where its id is given."""
        table = schema.arrivals
        query = sa.select(table).order_by(table.c.path, table.c.document)
        if document is not None:
            query = query.where(table.c.document == document)
        with self._database.reading() as connection:
            return [rows.capture_of(row._asdict()) for row in connection.execute(query)]

    def members(self, document: str) -> list[str]:
        """The documents that came as a part of ``document``, by their path in it."""
        table = schema.arrivals.c
        query = sa.select(table.document).where(table.parent == document).order_by(table.path)
        with self._database.reading() as connection:
            return list(dict.fromkeys(connection.scalars(query)))

    def versions(self, document: str) -> list[TextVersion]:
        """Every version of a document's text, the first first; none where there is one alone."""
        table = schema.text_versions
        query = sa.select(table).where(table.c.document == document).order_by(table.c.number)
        with self._database.reading() as connection:
            return [_version(row._asdict()) for row in connection.execute(query)]

    def correct(self, document: str, text: str, reason: str) -> TextVersion:
        """Put ``text`` in the place of a document's working text, as a new version of it.

        What was extracted from the earlier text goes; `secondsource.extract` makes it anew.
        Raises NotFound, and ReadError for a text that is empty, unchanged or has no reason.
        """
        with self._database.writing() as connection:
            query = sa.select(schema.documents).where(schema.documents.c.id == document)
            row = connection.execute(query).mappings().first()
            if row is None:
                raise NotFound(f"{document}: no document of this case has that id")
            known = rows.document_of(dict(row))
            _check(known, text, reason)
            reading = replace(known.reading, text=text, blocks=reblocked(known.reading, text))
            return self.supersede(connection, dict(row), reading, reason)

    def supersede(self, connection: sa.Connection, row: JSON, reading: Reading, reason: str) -> TextVersion:
        """Within a transaction: ``reading`` in the place of that of a document's ``row``."""
        old = rows.document_of(row)
        number = self._last(connection, old) + 1
        new = replace(old, reading=reading, text_sha256=sha256(reading.text.encode()))
        made = TextVersion(
            old.id, number, new.text_sha256, old.text_sha256, reason, self._ledger.by, now(), reading
        )
        rows.insert(connection, schema.text_versions, [_row(made)])
        connection.execute(sa.delete(schema.extractions).where(schema.extractions.c.document == old.id))
        connection.execute(rows.unmentioned(old.id))
        kept = {"sidecar_sha256": row["sidecar_sha256"]}
        connection.execute(rows.upsert(schema.documents, rows.document_row(new) | kept))
        said = {name: getattr(made, name) for name in ("document", "number", "text_sha256", "previous")}
        self._ledger.record(connection, "text", said | {"reason": reason, "status": new.status})
        return made

    def reread(self, connection: sa.Connection, row: JSON, document: Document) -> Document:
        """``document`` as it is to be kept where its ``row`` is there already.

        The first moment it was seen stays, and a text that was corrected.  Where the bytes are
        read as other words than before, the earlier text stays as a version.
        """
        known, document = rows.document_of(row), replace(document, first_seen=row["first_seen"])
        if not (known.status == document.status == "read") or known.text == document.text:
            return document
        corrected = sa.select(schema.text_versions.c.number).where(
            schema.text_versions.c.document == document.id
        )
        if connection.execute(corrected).first():
            reading = replace(document.reading, text=known.text, blocks=known.reading.blocks)
            return replace(document, reading=reading, text_sha256=known.text_sha256)
        self.supersede(connection, row, document.reading, "read again")
        return document

    def _last(self, connection: sa.Connection, old: Document) -> int:
        """The number of the last version; the first is put down now, if there was only that."""
        table = schema.text_versions.c
        last = connection.scalar(sa.select(sa.func.max(table.number)).where(table.document == old.id))
        if last is not None:
            return int(last)
        first = TextVersion(
            old.id, 1, old.text_sha256, None, "as it was read", self._ledger.by, old.first_seen, old.reading
        )
        rows.insert(connection, schema.text_versions, [_row(first)])
        return 1


def _check(known: Document, text: str, reason: str) -> None:
    if known.status != "read":
        raise ReadError(f"{known.path} has no text to correct: {known.reason}")
    if not text.strip() or not reason.strip():
        raise ReadError(f"{known.path}: a correction has a text and a reason")
    if text == known.text:
        raise ReadError(f"{known.path}: this is the text that it has")


def _row(version: TextVersion) -> JSON:
    row = to_json(version)
    return {"body": row.pop("reading"), **row}


def _version(row: dict[str, Any]) -> TextVersion:
    plain = ("document", "number", "text_sha256", "previous", "reason", "by", "at")
    return TextVersion(**{name: row[name] for name in plain}, reading=from_json(Reading, row["body"]))
