"""The tables of a case.

What was collected (documents, list editions) and what a person did (screenings) is
kept; claims, mentions, entities and questions are derived and can be made again.
A noun is kept whole as JSON in ``body``, beside the columns that are searched by, and
under a ``seal``: the SHA-256 of its row, by which a change made later is seen.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _body() -> sa.Column[object]:
    return sa.Column("body", sa.JSON, nullable=False)


def _seal() -> sa.Column[str]:
    return sa.Column("seal", sa.Text, nullable=False)


def _parent(name: str, table: str, *, key: bool = True) -> sa.Column[str]:
    target = sa.ForeignKey(f"{table}.{'document' if table == 'extractions' else 'id'}", ondelete="CASCADE")
    return sa.Column(name, sa.Text, target, primary_key=key, nullable=False, index=not key)


KINDS = {
    "documents": "document",
    "claims": "claim",
    "mentions": "mention",
    "entities": "entity",
    "questions": "question",
    "list_editions": "list",
    "designations": "designation",
    "list_entities": "list entity",
    "list_mentions": "list mention",
    "screenings": "screening",
    "text_versions": "text version",
    "judgements": "judgement",
}
"""What a row of each sealed table is called."""

documents = sa.Table(
    "documents",
    metadata,
    _key("id"),
    sa.Column("path", sa.Text, nullable=False, index=True),
    _text("status"),
    _text("reason", null=True),
    _text("media_type"),
    _number("size"),
    _text("text"),
    _text("text_sha256"),
    _text("sidecar_sha256", null=True),
    _text("first_seen"),
    _body(),
    _seal(),
)

arrivals = sa.Table(
    "arrivals",
    metadata,
    _parent("document", "documents"),
    _key("path"),
    _text("seen_at"),
    *(_text(name, null=True) for name in ("kind", "origin", "parent", "by", "version", "captured", "record")),
)

text_versions = sa.Table(
    "text_versions",
    metadata,
    _parent("document", "documents"),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _text("text_sha256"),
    _text("previous", null=True),
    _text("reason"),
    _text("by"),
    _text("at"),
    _body(),
    _seal(),
)

# Not sealed: an entry's own hash, and the tree above it, say the same and more.
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    _text("entry"),
    _text("hash"),
)

extractions = sa.Table(
    "extractions",
    metadata,
    _parent("document", "documents"),
    _text("extractor"),
    _text("at"),
)

claims = sa.Table(
    "claims",
    metadata,
    _key("id"),
    _parent("document", "extractions", key=False),
    _number("ordinal"),
    _text("voice"),
    _text("stance"),
    _text("source_kind"),
    _text("source_name", null=True),
    _body(),
    _seal(),
)

mentions = sa.Table(
    "mentions",
    metadata,
    _parent("document", "extractions"),
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    _text("cluster"),
    _text("name"),
    _text("schema"),
    _body(),
    _seal(),
)

claim_clusters = sa.Table(
    "claim_clusters",
    metadata,
    _parent("claim", "claims"),
    _key("cluster"),
    _key("role"),
)

entities = sa.Table(
    "entities",
    metadata,
    _key("id"),
    _number("ordinal"),
    _text("name"),
    _text("schema"),
    _body(),
    _seal(),
)

entity_clusters = sa.Table(
    "entity_clusters",
    metadata,
    _parent("entity", "entities"),
    _key("document"),
    _key("cluster"),
    sa.Index("ix_entity_clusters_document", "document", "cluster"),
)

questions = sa.Table(
    "questions",
    metadata,
    _key("id"),
    _number("ordinal"),
    _text("text"),
    _text("status"),
    _body(),
    _seal(),
)

list_editions = sa.Table(
    "list_editions",
    metadata,
    _key("name"),
    _key("sha256"),
    _text("imported_at"),
    sa.Column("companions", sa.JSON, nullable=False),
    sa.Column("in_force", sa.Boolean, nullable=False),
    _body(),
    _seal(),
)

designations = sa.Table(
    "designations",
    metadata,
    _key("list"),
    _key("id"),
    _number("ordinal"),
    _text("name"),
    _body(),
    _seal(),
)

list_entities = sa.Table(
    "list_entities",
    metadata,
    _key("list"),
    _key("id"),
    _number("ordinal"),
    _text("schema"),
    _body(),
    _seal(),
)

# Which entities point at which: said by their bodies as well, and here so that it can be asked.
list_pointers = sa.Table(
    "list_pointers",
    metadata,
    _key("list"),
    _key("target"),
    _key("property"),
    _key("id"),
)

list_mentions = sa.Table(
    "list_mentions",
    metadata,
    _parent("document", "documents"),
    sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
    _text("list"),
    _text("entry"),
    _body(),
    _seal(),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False, index=True),
    *(_text(name) for name in ("kind", "decision", "by", "at")),
    _text("undone", null=True),
    _body(),
    _seal(),
)

screenings = sa.Table(
    "screenings",
    metadata,
    _key("id"),
    _text("query"),
    _text("at"),
    _body(),
    _seal(),
)

# What pages are found by: read off the rows above, by SQLite itself or when findings are
# replaced, and made again at will.  See `secondsource.store.searching`.

document_heads = sa.Table(
    "document_heads",
    metadata,
    _parent("document", "documents"),
    _text("title", null=True),
    sa.Column("publisher", sa.Text, nullable=True, index=True),
    sa.Column("published", sa.Text, nullable=True, index=True),
)

claim_times = sa.Table(
    "claim_times",
    metadata,
    _parent("claim", "claims"),
    sa.Column("start", sa.Text, nullable=True, index=True),
    _text("end", null=True),
)

question_heads = sa.Table(
    "question_heads",
    metadata,
    _parent("question", "questions"),
    _text("moved"),
    _number("weight"),
    _text("status"),
    _number("reports"),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Index("ix_question_heads_moved", "moved", "weight"),
    sa.Index("ix_question_heads_shared", "shared", "moved", "weight"),
)

entity_claims = sa.Table(
    "entity_claims",
    metadata,
    _key("entity"),
    _key("role"),
    sa.Column("claim", sa.Text, sa.ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True, index=True),
)

entity_heads = sa.Table(
    "entity_heads",
    metadata,
    _parent("entity", "entities"),
    _number("documents"),
    _number("weight"),
    sa.Index("ix_entity_heads_documents", "documents", "weight"),
)

question_links = sa.Table(
    "question_links",
    metadata,
    _parent("question", "questions"),
    _key("kind"),
    _key("target"),
    sa.Index("ix_question_links_target", "kind", "target"),
)
