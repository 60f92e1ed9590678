"""What pages are found by: heads of documents and claims, links of questions, and words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from secondsource.store import searching

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_heads",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        _of("document_heads", "document"),
        sa.PrimaryKeyConstraint("document", name="pk_document_heads"),
    )
    for name in ("publisher", "published"):
        op.create_index(f"ix_document_heads_{name}", "document_heads", [name])
    op.create_table(
        "claim_times",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        _of("claim_times", "claim"),
        sa.PrimaryKeyConstraint("claim", name="pk_claim_times"),
    )
    op.create_index("ix_claim_times_start", "claim_times", ["start"])
    op.create_table(
        "question_heads",
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _of("question_heads", "question"),
        sa.PrimaryKeyConstraint("question", name="pk_question_heads"),
    )
    op.create_index("ix_question_heads_moved", "question_heads", ["moved", "weight"])
    op.create_index("ix_question_heads_shared", "question_heads", ["shared", "moved", "weight"])
    op.create_table(
        "entity_heads",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"], ["entities.id"], name="fk_entity_heads_entity_entities", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity", name="pk_entity_heads"),
    )
    op.create_index("ix_entity_heads_documents", "entity_heads", ["documents", "weight"])
    op.create_table(
        "question_links",
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        _of("question_links", "question"),
        sa.PrimaryKeyConstraint("question", "kind", "target", name="pk_question_links"),
    )
    op.create_index("ix_question_links_target", "question_links", ["kind", "target"])
    op.create_table(
        "entity_claims",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name="fk_entity_claims_claim_claims", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity", "role", "claim", name="pk_entity_claims"),
    )
    op.create_index("ix_entity_claims_claim", "entity_claims", ["claim"])
    op.create_index("ix_entity_clusters_document", "entity_clusters", ["document", "cluster"])
    searching.make(op.get_bind())
    searching.fill(op.get_bind())


def _of(table: str, parent: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{parent}_{parent}s"
    return sa.ForeignKeyConstraint([parent], [f"{parent}s.id"], name=name, ondelete="CASCADE")
