"""Entities and questions put in the place of earlier ones; only rows that are otherwise are written.

What is stored is compared by seals, which are read each time.  The first time that a store writes,
everything is written, so that a process begins with rows that are what it was given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import sqlalchemy as sa

from secondsource.model import JSON, Entity, Question
from secondsource.store import rows, schema, searching
from secondsource.store.seals import digest, written

_AT_ONCE = 5_000


class _Noun(Protocol):
    @property
    def id(self) -> str: ...


Noun = TypeVar("Noun", bound=_Noun)


class Sealing:
    """Seals of one row at whatever place it stands: all of it but its ordinal is hashed once."""

    def __init__(self, row: Mapping[str, object]) -> None:
        parts = {name: f'"{name}":{written(row[name])}' for name in sorted(row)}
        before = ",".join([part for name, part in parts.items() if name < "ordinal"])
        after = "".join([f",{part}" for name, part in parts.items() if name > "ordinal"])
        self._before = hashlib.sha256(f'{{{before},"ordinal":'.encode())
        self._after = f"{after}}}"

    def seal(self, ordinal: int) -> str:
        """As `rows.seal` of the row with that ordinal."""
        told = self._before.copy()
        told.update(f"{ordinal}{self._after}".encode())
        return told.hexdigest()


@dataclass(slots=True)
class _Changes(Generic[Noun]):
    """What a table must be told."""

    seals: list[str] = field(default_factory=list)
    otherwise: list[tuple[int, Noun]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    moved: list[JSON] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def told(self) -> JSON:
        """How many rows there are and the digest of their seals, for the ledger."""
        return {"count": len(self.seals), "digest": digest(self.seals)}

    @property
    def nouns(self) -> list[Noun]:
        return [noun for _, noun in self.otherwise]


class _Table(Generic[Noun]):
    """A table of nouns in their order, each sealed with its ordinal."""

    def __init__(self, table: sa.Table, row: Callable[[tuple[int, Noun]], JSON]) -> None:
        self._table = table
        self._row = row
        self._known: dict[str, tuple[Noun, Sealing]] = {}

    def changes(self, connection: sa.Connection, nouns: Sequence[Noun]) -> _Changes[Noun]:
        """How the rows that stand there differ from those of ``nouns``."""
        columns, made = self._table.c, _Changes[Noun]()
        query = sa.select(columns.id, columns.ordinal, columns.seal)
        stored = {row[0]: (row[1], row[2]) for row in connection.execute(query)}
        self._known = {noun.id: self._sealing(noun) for noun in nouns}
        for ordinal, noun in enumerate(nouns):
            sealing, before = self._known[noun.id][1], stored.pop(noun.id, None)
            made.seals.append(sealing.seal(ordinal))
            if before is None or sealing.seal(before[0]) != before[1]:
                made.otherwise.append((ordinal, noun))
                made.replaced += [noun.id] if before else []
            elif before[0] != ordinal:
                made.moved.append({"moved": noun.id, "to": ordinal, "sealed": made.seals[-1]})
        made.gone = [*stored]
        return made

    def write(self, connection: sa.Connection, changes: _Changes[Noun]) -> None:
        """Rows that hang on those which are gone or otherwise go with them."""
        key, seals = self._table.c.id, changes.seals
        searching.delete(connection, key, [*changes.gone, *changes.replaced])
        if changes.moved:
            move = sa.update(self._table).where(key == sa.bindparam("moved"))
            sets: dict[str, sa.BindParameter[object]] = {
                "ordinal": sa.bindparam("to"),
                "seal": sa.bindparam("sealed"),
            }
            connection.execute(move.values(sets), changes.moved)
        for start in range(0, len(changes.otherwise), _AT_ONCE):
            some = changes.otherwise[start : start + _AT_ONCE]
            connection.execute(
                sa.insert(self._table), [self._row(one) | {"seal": seals[one[0]]} for one in some]
            )

    def _sealing(self, noun: Noun) -> tuple[Noun, Sealing]:
        known = self._known.get(noun.id)
        return known if known and known[0] is noun else (noun, Sealing(self._row((0, noun))))


class Findings:
    """The entities and questions of one case."""

    def __init__(self) -> None:
        self._entities = _Table[Entity](schema.entities, rows.entity_row)
        self._questions = _Table[Question](schema.questions, rows.question_row)
        self._written = False

    def replace(
        self, connection: sa.Connection, entities: Sequence[Entity], questions: Sequence[Question]
    ) -> JSON:
        """Put them in the place of what stands there; what the ledger is to be told of both."""
        if not self._written:
            searching.clear(connection)
            for table in (schema.entity_clusters, schema.entities, schema.questions):
                connection.execute(sa.delete(table))
        named = self._entities.changes(connection, entities)
        asked = self._questions.changes(connection, questions)
        renamed = _renamed(connection, named.nouns) | {*named.gone}
        self._entities.write(connection, named)
        rows.insert(connection, schema.entity_clusters, rows.member_rows(named.nouns))
        self._questions.write(connection, asked)
        touched = [one for one in questions if renamed.intersection(one.entities)]
        touched = [*{one.id: one for one in (*asked.nouns, *touched)}.values()]
        searching.put_entities(connection, entities, named.nouns, named.gone)
        searching.put_questions(connection, questions, asked.nouns)
        taken = [*asked.gone, *asked.replaced, *(one.id for one in touched)]
        searching.put_words(connection, touched, entities, taken)
        self._written = True
        return {"entities": named.told, "questions": asked.told}


def _renamed(connection: sa.Connection, entities: Iterable[Entity]) -> set[str]:
    """Those of the entities whose names, by which questions are found, are not the stored ones."""
    table = schema.entities.c
    names = sa.func.json_extract(table.body, "$.names", type_=sa.JSON)
    found: set[str] = set()
    waiting = {one.id: [*one.names] for one in entities}
    for ids in searching.portions([*waiting]):
        rows_ = connection.execute(sa.select(table.id, names).where(table.id.in_(ids)))
        stored = {row[0]: row[1] for row in rows_}
        found |= {id for id in ids if stored.get(id) != waiting[id]}
    return found
