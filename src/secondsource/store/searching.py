"""The words of a case in SQLite's own index (FTS5), and the tables that pages are found by.

Triggers keep what belongs to documents and claims up to date, in the transaction that writes
them; what belongs to questions is written with them.  None of it is evidence: `fill` makes it
again from the rows.  Letters are compared without case and accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from secondsource.errors import SecondSourceError
from secondsource.model import JSON, Entity, Position, Question
from secondsource.records import from_json
from secondsource.store import schema

WORDS = {
    "document": ("title", "publisher", "path", "text"),
    "claim": ("content", "source"),
    "question": ("text", "answers", "names"),
}
"""What may be searched, and the fields of each."""

HEADS = {"document": "document_heads", "claim": "claim_times"}

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"
_HEAD = "json_extract({0}.body, '$.title'), json_extract({0}.body, '$.publisher')"
_SAID = "json_extract({0}.body, '$.content_text'), {0}.source_name"
_TIME = "json_extract({0}.body, '$.time.start'), json_extract({0}.body, '$.time.end')"
_DATED = "json_extract({0}.body, '$.published')"


def _index(kind: str, columns: str) -> Iterator[str]:
    """A table's view and index of words, and the triggers between them."""
    table, names = f"{kind}s", ", ".join(WORDS[kind])
    yield f"CREATE VIEW {kind}_texts AS SELECT {table}.rowid AS id, {_named(kind, columns)} FROM {table}"
    yield (
        f"CREATE VIRTUAL TABLE {kind}_words USING fts5({names}, content = '{kind}_texts', "
        f"content_rowid = 'id', {_TOKENS})"
    )
    put = f"INSERT INTO {kind}_words (rowid, {names}) VALUES (new.rowid, {columns.format('new')});"
    taken = (
        f"INSERT INTO {kind}_words ({kind}_words, rowid, {names}) "
        f"VALUES ('delete', old.rowid, {columns.format('old')});"
    )
    # A conflict clause inside a trigger would give way to that of the statement outside.
    taken += f" DELETE FROM {HEADS[kind]} WHERE {kind} = old.id;"
    put += f" {_heads(kind)}"
    yield f"CREATE TRIGGER {kind}_words_put AFTER INSERT ON {table} BEGIN {put} END"
    yield f"CREATE TRIGGER {kind}_words_taken AFTER DELETE ON {table} BEGIN {taken} END"
    yield f"CREATE TRIGGER {kind}_words_changed AFTER UPDATE ON {table} BEGIN {taken} {put} END"


def _named(kind: str, columns: str) -> str:
    parts = re.split(r", (?![^(]*\))", columns.format(f"{kind}s"))
    return ", ".join(f"{part} AS {name}" for part, name in zip(parts, WORDS[kind], strict=True))


def _heads(kind: str) -> str:
    if kind == "document":
        values = f"new.id, {_HEAD.format('new')}, {_DATED.format('new')}"
        return f"INSERT INTO document_heads VALUES ({values});"
    timed = "WHERE json_extract(new.body, '$.time.start') IS NOT NULL"
    return f"INSERT INTO claim_times SELECT new.id, {_TIME.format('new')} {timed};"


def _statements() -> Iterator[str]:
    yield from _index("document", f"{_HEAD}, {{0}}.path, {{0}}.text")
    yield from _index("claim", _SAID)
    names = ", ".join(WORDS["question"])
    yield f"CREATE VIRTUAL TABLE question_words USING fts5(id UNINDEXED, {names}, {_TOKENS})"


def make(connection: sa.Connection) -> None:
    """Make the index of words and its triggers in a case that has the tables."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


def fill(connection: sa.Connection) -> None:
    """Make again what pages are found by, from the rows of the case."""
    for kind in ("document", "claim"):
        connection.exec_driver_sql(f"INSERT INTO {kind}_words ({kind}_words) VALUES ('rebuild')")
    connection.exec_driver_sql(
        f"INSERT OR REPLACE INTO document_heads SELECT id, {_HEAD.format('documents')}, "
        f"{_DATED.format('documents')} FROM documents"
    )
    connection.exec_driver_sql(
        f"INSERT OR REPLACE INTO claim_times SELECT id, {_TIME.format('claims')} FROM claims "
        "WHERE json_extract(claims.body, '$.time.start') IS NOT NULL"
    )
    questions, entities = (
        connection.execute(sa.select(table.c.body).order_by(table.c.ordinal)).scalars().all()
        for table in (schema.questions, schema.entities)
    )
    asked = [from_json(Question, body) for body in questions]
    put_findings(connection, asked, [from_json(Entity, body) for body in entities])


def is_index(name: str) -> bool:
    """True for the tables that SQLite makes for its index of words, which no migration compares."""
    return re.match(r"(document|claim|question)_words(_|$)", name) is not None


def put_findings(
    connection: sa.Connection, questions: Iterable[Question], entities: Sequence[Entity]
) -> None:
    """Put what questions and entities are found by in the place of what was there; each in its order."""
    every = list(questions)
    clear(connection)
    put_entities(connection, entities, entities, [])
    put_questions(connection, every, every)
    put_words(connection, every, entities, [])


def clear(connection: sa.Connection) -> None:
    """Take out all that questions and entities are found by."""
    connection.exec_driver_sql("DELETE FROM question_words")
    hanging = (schema.question_heads, schema.question_links, schema.entity_heads, schema.entity_claims)
    for table in hanging:
        connection.execute(sa.delete(table))


def put_entities(
    connection: sa.Connection, entities: Sequence[Entity], otherwise: Sequence[Entity], gone: Sequence[str]
) -> None:
    """Put the heads of all entities, and which claims name those that are ``otherwise``."""
    made = [_entity_head(place, one) for place, one in enumerate(entities)]
    _put_heads(connection, schema.entity_heads, made)
    if len(otherwise) == len(entities):
        put_named(connection)
        return
    ids = [one.id for one in otherwise]
    delete(connection, schema.entity_claims.c.entity, [*gone, *ids])
    for some in portions(ids):
        connection.execute(_put_named(schema.entity_clusters.c.entity.in_(some)))


def put_questions(
    connection: sa.Connection, questions: Sequence[Question], otherwise: Iterable[Question]
) -> None:
    """Put the heads of all questions, and the links of those that are ``otherwise``, which have none."""
    columns = schema.document_heads.c
    dates = dict(connection.execute(sa.select(columns.document, columns.published)).all())
    made = [_head(place, one, dates) for place, one in enumerate(questions)]
    _put_heads(connection, schema.question_heads, made)
    if links := [row for one in otherwise for row in _links(one)]:
        connection.execute(sa.insert(schema.question_links), links)


def put_words(
    connection: sa.Connection, otherwise: Iterable[Question], entities: Iterable[Entity], taken: Iterable[str]
) -> None:
    """Put the words that some questions are found by, in the place of those of the ``taken`` ids."""
    gone = set(taken)
    if gone:
        rows = connection.exec_driver_sql("SELECT rowid, id FROM question_words").all()
        if leaving := [(row[0],) for row in rows if row[1] in gone]:
            connection.exec_driver_sql("DELETE FROM question_words WHERE rowid = ?", leaving)
    names = {one.id: " ".join(one.names) for one in entities}
    if words := [_words(one, names) for one in otherwise]:
        text = "INSERT INTO question_words (id, text, answers, names) VALUES (:id, :text, :answers, :names)"
        connection.execute(sa.text(text), words)


def _put_heads(connection: sa.Connection, table: sa.Table, made: Iterable[JSON]) -> None:
    """Put the rows in that are not there as they are; those of what is gone went with it."""
    (key,) = table.primary_key
    stored = {row[key.name]: dict(row) for row in connection.execute(sa.select(table)).mappings()}
    changed = [row for row in made if stored.get(row[key.name]) != row]
    delete(connection, key, [row[key.name] for row in changed if row[key.name] in stored])
    if changed:
        connection.execute(sa.insert(table), changed)


def delete(connection: sa.Connection, column: sa.Column[str], values: Sequence[str]) -> None:
    """Take out the rows that have one of some values in a column."""
    for some in portions(values):
        connection.execute(sa.delete(column.table).where(column.in_(some)))


def portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Values in as many at once as one statement names."""
    return (values[start : start + 500] for start in range(0, len(values), 500))


def put_named(connection: sa.Connection, document: str | None = None) -> None:
    """Put which entities claims name in the place of what was there; those of one document where given."""
    if document is None:
        connection.execute(sa.delete(schema.entity_claims))
        connection.execute(_put_named())
    else:
        connection.execute(_put_named(schema.claims.c.document == document))


def _put_named(*conditions: sa.ColumnElement[bool]) -> sa.Insert:
    held, members, claims = schema.claim_clusters.c, schema.entity_clusters.c, schema.claims.c
    named = (
        sa.select(members.entity, held.role, held.claim)
        .select_from(schema.claim_clusters)
        .join(schema.claims, claims.id == held.claim)
        .join(
            schema.entity_clusters,
            (members.document == claims.document) & (members.cluster == held.cluster),
        )
        .distinct()
        .where(*conditions)
    )
    return sa.insert(schema.entity_claims).from_select(["entity", "role", "claim"], named)


def _against(position: Position) -> tuple[str, ...]:
    return tuple(one.claim for one in (*position.denied_by, *position.unaware))


def _entity_head(place: int, entity: Entity) -> JSON:
    return {"entity": entity.id, "documents": len(entity.documents), "weight": -place}


def _head(place: int, question: Question, dates: Mapping[str, str | None]) -> JSON:
    opposed = any(map(_against, question.positions))
    return {
        "question": question.id,
        "moved": max(((dates.get(id) or "")[:10] for id in _documents(question)), default=""),
        "weight": -place,
        "status": question.status,
        "reports": len(question.documents),
        "shared": opposed or len(question.documents) > 1,
    }


def _documents(question: Question) -> set[str]:
    against = (one.document for each in question.positions for one in (*each.denied_by, *each.unaware))
    return {*question.documents, *against}


def _links(question: Question) -> Iterator[JSON]:
    claims = {id for each in question.positions for id in (*each.claims, *_against(each))}
    for kind, targets in (
        ("claim", claims),
        ("document", _documents(question)),
        ("entity", set(question.entities)),
    ):
        yield from ({"question": question.id, "kind": kind, "target": target} for target in sorted(targets))


def _words(question: Question, names: Mapping[str, str]) -> JSON:
    answers, sources = [], [names.get(id, "") for id in question.entities]
    for position in question.positions:
        answers += [position.value, position.text]
        sources += [origin.name for origin in position.origins]
        sources += [one.source for one in (*position.denied_by, *position.unaware)]
    said = {"answers": " · ".join(answers), "names": " · ".join(dict.fromkeys(sources))}
    return {"id": question.id, "text": question.text, **said}


# What a user writes

_PART = re.compile(r'(-?)(?:(\w+):)?"([^"]*)"?(\*?)|([()])|(-?)(?:(\w+):)?([^\s()"]+)')


def expression(query: str, kind: str) -> str:
    """A user's words as a query for the index of ``kind``.

    All words must be there; ``OR`` between two, ``-`` or ``NOT`` before one, ``"…"`` around a
    phrase, ``*`` at the end of a word's beginning, ``title:`` before a word that stands in that field,
    and brackets mean what they mean elsewhere.  Raises SecondSourceError where nothing is asked for,
    or only what must not be there.
    """
    parts = list(_parts(query, WORDS[kind]))
    found, rest = _either(parts)
    while rest:  # a bracket that nothing opened
        more, rest = _either(rest[1:])
        found = " AND ".join(filter(None, (found, more)))
    if not found:
        raise SecondSourceError("A search needs a word to look for, besides what is to be left out.")
    return found


Part = tuple[str, str]


def _parts(query: str, fields: Iterable[str]) -> Iterator[Part]:
    """Brackets, operators, and terms as the index takes them, those to leave out marked so."""
    for found in _PART.finditer(query):
        not_quoted, field, quoted, star, bracket, not_word, word_field, word = found.groups()
        if bracket:
            yield bracket, bracket
        elif word in ("AND", "OR", "NOT") and not word_field and not not_word:
            yield "operator", word
        else:
            said = quoted if quoted is not None else word
            star = star or ("*" if quoted is None and said.endswith("*") else "")
            term = _term(field or word_field or "", said.rstrip("*"), star, fields)
            if term:
                yield ("without" if not_quoted or not_word else "term"), term


def _term(field: str, said: str, star: str, fields: Iterable[str]) -> str:
    if field and field.lower() not in fields:
        field, said = "", f"{field} {said}"
    if not any(map(str.isalnum, said)):
        return ""
    quoted = said.replace('"', " ")
    return f'{field.lower() + " : " if field else ""}"{quoted}"{star}'


def _either(parts: list[Part]) -> tuple[str, list[Part]]:
    """Alternatives up to the end or a closing bracket, and what is left."""
    found = []
    while True:
        each, parts = _every(parts)
        found += [each] if each else []
        if not parts or parts[0] != ("operator", "OR"):
            break
        parts = parts[1:]
    return (f"({' OR '.join(found)})" if len(found) > 1 else "".join(found)), parts


def _every(parts: list[Part]) -> tuple[str, list[Part]]:
    wanted: list[str] = []
    unwanted: list[str] = []
    negated = False
    while parts and parts[0][0] != ")" and parts[0] != ("operator", "OR"):
        (kind, said), parts = parts[0], parts[1:]
        if kind == "operator":
            negated = said == "NOT"
            continue
        if kind == "(":
            said, parts = _either(parts)
            parts = parts[1:]
        if said:
            (unwanted if negated or kind == "without" else wanted).append(said)
        negated = False
    kept = " AND ".join(wanted)
    if wanted and unwanted:
        kept = f"(({kept}) NOT ({' OR '.join(unwanted)}))"
    return kept, parts
