"""The SQLite file of a case: opened, brought up to date, read and written in transactions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from secondsource.errors import CaseError, NewerCase
from secondsource.store import searching
from secondsource.store.fileseal import FileSeal
from secondsource.store.log import REVISION
from secondsource.store.schema import metadata

BASE = "0000"  # before the first migration: an empty version table


# As Alembic itself makes it, so that the migrations take over from here.
_version = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class Database:
    """One SQLite file in WAL mode.

    Several threads and processes may read while one writes; a second writer waits
    ``busy_seconds``.  Raises CaseError where the file is not a case, NewerCase where a
    newer version made it; neither is changed.
    """

    def __init__(self, path: Path, busy_seconds: int) -> None:
        self.path = path
        self.seal = FileSeal(path)
        self._wrote = False
        revision = _revision(path, busy_seconds)
        self._engine = _engine(path, busy_seconds)
        self._writer = self._engine.execution_options(writing=True)
        if revision != REVISION:
            self._bring_up_to_date(new=revision is None)

    def _bring_up_to_date(self, *, new: bool) -> None:
        with self.writing() as connection:
            if new:
                create(connection)
            else:
                upgrade(connection)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the case throughout."""
        with _refusals(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are kept together at the end, or not at all."""
        with _refusals(self.path), self._writer.begin() as connection:
            self.seal.break_()
            self._wrote = True
            yield connection

    def close(self) -> None:
        """End all connections, and seal the file where this process wrote or nobody has sealed it."""
        self._engine.dispose()
        if self._wrote or not self.seal.path.exists():
            self.seal.put()


def create(connection: sa.Connection) -> None:
    """Make the tables of a new case and note their revision.

    A new case is not walked through the migrations: loading them takes longer than
    reading a document.  A test holds that both ways give the same tables.
    """
    if sa.inspect(connection).has_table("alembic_version"):
        return  # another process made the case while this one waited for the lock
    metadata.create_all(connection)
    searching.make(connection)
    _version.create(connection)
    connection.execute(_version.insert(), {"version_num": REVISION})


def upgrade(connection: sa.Connection) -> None:
    """Walk an older case through the migrations that it has not seen."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", "secondsource.store:migrations")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _revision(path: Path, busy_seconds: int) -> str | None:
    """The revision of the case at ``path``, None where there are no tables yet."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path, timeout=busy_seconds)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise CaseError(f"{path}: cannot be opened as a case: {error}") from error
    return _known(path, str(row[0]) if row else BASE)


def _known(path: Path, revision: str) -> str:
    if not revision.isdecimal() or revision > REVISION:
        raise NewerCase(
            f"{path}: was made by a newer version of Second Source (its tables are at revision "
            f"{revision}, this version knows {REVISION}); nothing was changed"
        )
    return revision


def _engine(path: Path, busy_seconds: int) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_seconds},
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # The driver must not begin transactions itself: `_begin` does, so that a writer takes
    # its lock at once instead of failing when it first writes.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def plain(connection: sa.Connection) -> sqlite3.Connection:
    """The connection of SQLite's own module that a connection stands on."""
    found = connection.connection.dbapi_connection
    assert isinstance(found, sqlite3.Connection)
    return found


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise CaseError(f"{path}: {error.orig}") from error
