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
    names = {one.id: " ".join(one.names) for one in entities}
    connection.exec_driver_sql("DELETE FROM question_words")
    every = list(questions)
    dates = dict(
        connection.execute(
            sa.select(schema.document_heads.c.document, schema.document_heads.c.published)
        ).all()
    )
    for table, made in (
        (schema.question_heads, [_head(place, one, dates) for place, one in enumerate(every)]),
        (schema.question_links, [row for one in every for row in _links(one)]),
        (schema.entity_heads, [_entity_head(place, one) for place, one in enumerate(entities)]),
    ):
        connection.execute(sa.delete(table))
        if made:
            connection.execute(sa.insert(table), made)
    put_named(connection)
    words = [_words(one, names) for one in every]
    if words:
        text = "INSERT INTO question_words (id, text, answers, names) VALUES (:id, :text, :answers, :names)"
        connection.execute(sa.text(text), words)


def put_named(connection: sa.Connection, document: str | None = None) -> None:
    """Put which entities claims name in the place of what was there; those of one document where given."""
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
    )
    if document is None:
        connection.execute(sa.delete(schema.entity_claims))
    else:
        named = named.where(claims.document == document)
    connection.execute(sa.insert(schema.entity_claims).from_select(["entity", "role", "claim"], named))


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
