"""A case on disk: every noun of it put away and taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from secondsource.config import Config
from secondsource.contract import claim_from_json, mention_from_json
from secondsource.errors import CaseError
from secondsource.model import (
    JSON,
    WITHOUT_CLAIMS,
    Capture,
    Claim,
    Document,
    Entity,
    Extraction,
    Mention,
    Question,
)
from secondsource.store import rows, schema, searching
from secondsource.store.blobs import Blobs
from secondsource.store.custody import Custody
from secondsource.store.database import Database
from secondsource.store.decoded import Decoded
from secondsource.store.finding import Finding
from secondsource.store.findings import Findings
from secondsource.store.judgements import Judgements
from secondsource.store.ledger import Ledger
from secondsource.store.listing import ListStore
from secondsource.store.log import FILE, program
from secondsource.store.moments import instant, now
from secondsource.store.quotes import check_quotes


class Store(ListStore):
    """One case: ``case.sqlite`` and the original bytes beside it.

    Every method that writes is one transaction: a process that ends in the middle of it
    leaves the case as it was before.
    """

    def __init__(self, path: Path, database: Database, by: str) -> None:
        self.path = path
        self.blobs = Blobs(path / "bytes")
        self._database = database
        self.ledger = Ledger(database, by)
        self.custody = Custody(database, self.ledger)
        self.finding = Finding(database)
        self._findings = Findings()
        self._claims_read = Decoded(schema.claims, lambda row: claim_from_json(row["body"]), "body")
        self._documents_read = Decoded(schema.documents, rows.document_of, *rows.OF_DOCUMENT)
        self.judgements = Judgements(database, self.ledger)

    @classmethod
    def open(cls, path: str | Path, config: Config | None = None, *, create: bool = True) -> Store:
        """The case in the folder ``path``, made there unless ``create`` is False.

        Raises CaseError where there is no case or it cannot be used, and NewerCase where
        a newer version made it.
        """
        folder = Path(path)
        if not create and not (folder / FILE).is_file():
            raise CaseError(f"{folder}: there is no case here; `secondsource ingest PATH…` starts one")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CaseError(f"{folder}: cannot hold a case: {error.strerror}") from error
        settings = config or Config()
        return cls(folder, Database(folder / FILE, settings.busy_seconds), settings.user)

    def close(self) -> None:
        self._database.close()

    def unsealed(self) -> str | None:
        """How the database file differs from its seal, where it has one; None where it does not."""
        return self._database.seal.difference()

    # Documents

    def add_document(
        self, document: Document, *, sidecar: bytes | None = None, capture: Capture | None = None
    ) -> None:
        """Put a document in, or in the place of what was known of it before.

        What was extracted from an earlier reading of it goes, since its words may differ; a text
        that was corrected by hand stays.  Where it was read, an earlier failure to read the same
        path goes as well.  ``capture`` says how it came; without one, as a file of its path.
        """
        digest = self.blobs.add(sidecar) if sidecar is not None else None
        with self._database.writing() as connection:
            known = self._known(connection, document.id)
            kept = self.custody.reread(connection, known, document) if known else document
            row = rows.document_row(kept) | {"sidecar_sha256": digest}
            connection.execute(_without(kept.id))
            connection.execute(rows.unmentioned(kept.id))
            connection.execute(rows.upsert(schema.documents, row))
            came = capture or self.capture(document.id, document.path)
            connection.execute(rows.arrival(came))
            self.ledger.record(connection, "ingest", rows.ingest_entry(row, came))
            if kept.status == "read":
                self._overcome(connection, kept)

    def capture(self, document: str, path: str, **how: Any) -> Capture:
        """How a document came, now and by the user of this case: as a file, unless ``how`` says otherwise."""
        said = {"kind": "file", "origin": path, "parent": None} | how
        return Capture(document, path, by=self.ledger.by, version=program(), at=now(), **said)

    def _known(self, connection: sa.Connection, document: str) -> JSON | None:
        row = connection.execute(sa.select(schema.documents).where(schema.documents.c.id == document)).first()
        return row._asdict() if row else None

    def _overcome(self, connection: sa.Connection, document: Document) -> None:
        """Take out what could not be read under the same path before."""
        table = schema.documents.c
        same = (table.path == document.path) & (table.id != document.id) & (table.status != "read")
        for id in list(connection.scalars(sa.select(table.id).where(same))):
            self._remove(connection, id, f"the path was read as {document.id}")

    def add_arrival(self, document: str, path: str, capture: Capture | None = None) -> None:
        """Note that a document that is known already came again, under ``path``."""
        came = capture or self.capture(document, path)
        if came.path in self.arrivals(document):
            return
        with self._database.writing() as connection:
            row = self._known(connection, document)
            connection.execute(rows.arrival(came))
            if row:
                self.ledger.record(connection, "ingest", rows.ingest_entry(row, came))

    def remove_document(self, document: str, reason: str = "taken out") -> None:
        """Take a document out with everything that was made from it; its bytes stay."""
        with self._database.writing() as connection:
            self._remove(connection, document, reason)

    def _remove(self, connection: sa.Connection, document: str, reason: str) -> None:
        connection.execute(sa.delete(schema.documents).where(schema.documents.c.id == document))
        self.ledger.record(connection, "removal", {"document": document, "reason": reason})

    def documents(self, status: str | None = None, *, held: bool = False) -> list[Document]:
        """The documents by path, those of one ``status`` where it is given.

        With ``held``, one that somebody still holds is the same object again as long as its seal is the
        same: for what is derived anew, and not for what is shown or checked.
        """
        table = schema.documents.c
        query = sa.select(table.id, table.seal).order_by(table.path, table.id)
        if status is not None:
            query = query.where(table.status == status)
        with self._database.reading() as connection:
            return self._documents_read.every(connection, query, held=held)

    def document(self, id: str) -> Document | None:
        found = self.rows(sa.select(schema.documents).where(schema.documents.c.id == id))
        return rows.document_of(found[0]) if found else None

    def sidecar_sha256(self, document: str) -> str | None:
        """The SHA-256 of the sidecar file that a document was read with."""
        column = schema.documents.c.sidecar_sha256
        found = self.rows(sa.select(column).where(schema.documents.c.id == document))
        return found[0]["sidecar_sha256"] if found else None

    def sidecars(self) -> dict[str, str]:
        """The SHA-256 of the sidecar file of every document that was read with one, by its id."""
        table = schema.documents.c
        query = sa.select(table.id, table.sidecar_sha256).where(table.sidecar_sha256.is_not(None))
        return {row["id"]: row["sidecar_sha256"] for row in self.rows(query)}

    def paths(self) -> dict[str, str]:
        """The path that each document first came under, by its id."""
        query = sa.select(schema.documents.c.id, schema.documents.c.path)
        return {row["id"]: row["path"] for row in self.rows(query)}

    def arrivals(self, document: str) -> list[str]:
        """Every path that a document's bytes came under."""
        query = sa.select(schema.arrivals.c.path).where(schema.arrivals.c.document == document)
        return [row["path"] for row in self.rows(query.order_by(schema.arrivals.c.path))]

    # Claims and mentions

    def unextracted(self, *extractors: str) -> dict[str, int]:
        """The documents that none of ``extractors`` has worked through, by path: id and length of text."""
        table, made = schema.documents, schema.extractions
        # A table of trade has its claims from its rows (``secondsource.trade``), not from sentences.
        by_rows = made.c.extractor.startswith("trade ")
        done = sa.select(made.c.document).where(made.c.extractor.in_(extractors) | by_rows)
        query = sa.select(table.c.id, sa.func.length(table.c.text).label("length"))
        waiting = query.where(table.c.status == "read", table.c.id.not_in(done))
        return {row["id"]: row["length"] for row in self.rows(waiting.order_by(table.c.path, table.c.id))}

    def add_extraction(self, document: str, extraction: Extraction, *, extractor: str = "") -> None:
        """Keep the claims and mentions of a document in place of earlier ones.

        Raises Misquotation, a bug and not a user's error, where an excerpt is not what
        the document's text holds at its spans.
        """
        kept = self.document(document)
        if kept is None:
            raise KeyError(document)
        check_quotes(kept.text, extraction)
        with self._database.writing() as connection:
            connection.execute(_without(document))
            self._tell_reason(connection, kept, extraction)
            made = {"document": document, "extractor": extractor, "at": instant()}
            connection.execute(sa.insert(schema.extractions), made)
            claims = rows.insert(connection, schema.claims, map(rows.claim_row, enumerate(extraction.claims)))
            named = map(rows.mention_row(document), enumerate(extraction.mentions))
            mentions = rows.insert(connection, schema.mentions, named)
            rows.insert(connection, schema.claim_clusters, rows.cluster_rows(extraction))
            searching.put_named(connection, document)
            run = {"document": document, "extractor": extractor, "text_sha256": kept.text_sha256}
            self.ledger.record(connection, "extraction", run | {"claims": claims, "mentions": mentions})

    def _tell_reason(self, connection: sa.Connection, kept: Document, extraction: Extraction) -> None:
        """A document's reason follows what can be read: an extra may have come since it was ingested."""
        ours = kept.reason is None or kept.reason.startswith(WITHOUT_CLAIMS)
        if kept.status == "read" and ours and kept.reason != extraction.reason:
            query = sa.select(schema.documents).where(schema.documents.c.id == kept.id)
            row = dict(connection.execute(query).mappings().one()) | {"reason": extraction.reason}
            connection.execute(rows.upsert(schema.documents, row))

    def claims(self, document: str | None = None, *, held: bool = False) -> list[Claim]:
        """The claims in reading order, documents by path; those of one where it is given.

        ``held`` is as for `documents`.
        """
        claims = schema.claims.c
        joined = schema.claims.join(schema.documents, schema.documents.c.id == claims.document)
        query = sa.select(claims.id, claims.seal).select_from(joined)
        if document is not None:
            query = query.where(claims.document == document)
        ordered = query.order_by(schema.documents.c.path, schema.documents.c.id, claims.ordinal)
        with self._database.reading() as connection:
            return self._claims_read.every(connection, ordered, held=held)

    def claim(self, id: str) -> Claim | None:
        return self.finding.claims([id]).get(id)

    def claims_with(self, entity: str, role: str) -> list[Claim]:
        """The claims that name an entity in their ``role``: "content" or "source"."""
        clusters, members = schema.claim_clusters, schema.entity_clusters
        query = (
            sa.select(schema.claims.c.body)
            .join(schema.documents, schema.documents.c.id == schema.claims.c.document)
            .join(clusters, clusters.c.claim == schema.claims.c.id)
            .join(
                members,
                (members.c.document == schema.claims.c.document) & (members.c.cluster == clusters.c.cluster),
            )
            .where(members.c.entity == entity, clusters.c.role == role)
            .distinct()
        )
        return self._claims(query)

    def mentions(self) -> dict[str, list[Mention]]:
        """Every name in every document, in reading order, by document id."""
        query = sa.select(schema.mentions.c.document, schema.mentions.c.body)
        ordered = query.order_by(schema.mentions.c.document, schema.mentions.c.ordinal)
        found: dict[str, list[Mention]] = {}
        for row in self.rows(ordered):
            found.setdefault(row["document"], []).append(mention_from_json(row["body"]))
        return found

    # Entities and questions

    def replace_findings(self, entities: Sequence[Entity], questions: Sequence[Question]) -> None:
        """Put newly derived entities and questions in the place of the earlier ones, at once."""
        with self._database.writing() as connection:
            made = self._findings.replace(connection, entities, questions)
            self.ledger.record_change(connection, "assessment", made)
            self.judgements.follow(connection, made["entities"])

    def entities(self) -> list[Entity]:
        return self._nouns(Entity, sa.select(schema.entities).order_by(schema.entities.c.ordinal))

    def entity(self, id: str) -> Entity | None:
        return self._noun(Entity, schema.entities, id)

    def questions(self) -> list[Question]:
        return self._nouns(Question, sa.select(schema.questions).order_by(schema.questions.c.ordinal))

    def question(self, id: str) -> Question | None:
        return self._noun(Question, schema.questions, id)

    # Finding

    def ids(self, prefix: str) -> list[str]:
        """Ids of documents, claims, entities and questions that begin with ``prefix``."""
        tables = (schema.documents, schema.claims, schema.entities, schema.questions)
        queries = (sa.select(t.c.id).where(t.c.id.startswith(prefix, autoescape=True)) for t in tables)
        return [row["id"] for row in self.rows(sa.union_all(*queries))]

    def counts(self) -> dict[str, int]:
        """How many of each noun the case holds."""
        tables = (schema.documents, schema.claims, schema.entities, schema.questions)
        every = (sa.select(sa.func.count().label("count")).select_from(table) for table in tables)
        return {table.name: self.rows(query)[0]["count"] for table, query in zip(tables, every, strict=True)}

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong with the file, in its words."""
        with self._database.reading() as connection:
            lines = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return [str(line) for line in lines if line != "ok"]

    def broken(self) -> list[tuple[str, str]]:
        """Rows that are not what was put in, as kind and id; a mention by its document."""
        found = []
        for table in schema.metadata.sorted_tables:
            if "seal" in table.c:
                named = next(name for name in ("id", "document", "name") if name in table.c)
                changed = (row for row in self.rows(sa.select(table)) if row["seal"] != rows.seal(row))
                found += [(schema.KINDS[table.name], str(row[named])) for row in changed]
        return found

    def _claims(self, query: sa.Select[Any]) -> list[Claim]:
        columns = (schema.documents.c.path, schema.documents.c.id, schema.claims.c.ordinal)
        ordered = query.add_columns(*columns).order_by(*columns)
        return [claim_from_json(row["body"]) for row in self.rows(ordered)]


def _without(document: str) -> sa.Executable:
    return sa.delete(schema.extractions).where(schema.extractions.c.document == document)
