"""Runs the migrations on the connection that `secondsource.store.database` hands over."""

from __future__ import annotations

from alembic import context

from secondsource.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
