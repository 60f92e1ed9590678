"""Findings that are followed are, row for row, those that are written whole."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

import nouns
from secondsource.model import Document, Entity, EntityMention, Opposition, Origin, Position, Question
from secondsource.store import Store, verify
from secondsource.store.findings import Sealing
from secondsource.store.rows import question_row
from secondsource.store.seals import seal
from secondsource.text import sha256

TABLES = {
    "entities": "id",
    "questions": "id",
    "entity_clusters": "entity, document, cluster",
    "entity_heads": "entity",
    "entity_claims": "entity, role, claim",
    "question_heads": "question",
    "question_links": "question, kind, target",
    "question_words": "id",
}
NAMES = ["Orlesk Port", "Varn Works", "Quell Shipping", "the harbour office", "Ines Vard"]
TEXTS = [f"{name} said that {n} crates were moved." for n, name in enumerate(NAMES * 3)]

Case = tuple[list[Entity], list[Question]]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "case")
    for text in TEXTS:
        _put(made, text, "2031-04-01")
    yield made
    made.close()


def _put(store: Store, text: str, published: str) -> None:
    document = nouns.document(text, f"{sha256(text.encode())[:8]}.txt")
    store.blobs.add(text.encode())
    store.add_document(replace(document, reading=replace(document.reading, published=published)))
    name = text.partition(" said")[0]
    told = nouns.extraction(text, "crates", name)
    mention = nouns.mention(text, name, f"m-{name}")
    store.add_extraction(document.id, replace(told, mentions=(mention,)), extractor="1")


def _entity(name: str, documents: Sequence[Document], dice: random.Random) -> Entity:
    names = (name, name.upper()) if dice.random() < 0.3 else (name,)
    mentions = (EntityMention(one.id, f"m-{name}", names, 1) for one in documents if name in one.text)
    return Entity(f"e-{name}", name, "Company", names, tuple(mentions))


def _question(number: int, store: Store, dice: random.Random) -> Question:
    claims = dice.sample(store.claims(), k=dice.randint(1, 4))
    held, documents = tuple(one.id for one in claims), tuple(dict.fromkeys(one.document for one in claims))
    origin = Origin(f"source {number}", dice.random() < 0.5, "named", documents, held)
    against = (Opposition("Orlesk", claims[0].document, claims[0].id),) if dice.random() < 0.3 else ()
    position = Position("yes", "", held, documents, 1, 1, (origin,), against, (), 3, "F", ("one origin",))
    about = tuple(f"e-{name}" for name in dice.sample(NAMES, k=2))
    text, status = f"Were {number} crates moved?", "contested" if against else "single-origin"
    return Question(f"q-{number}", text, status, "is it so", (position,), documents, about)  # type: ignore[arg-type]


def _next(before: Case, store: Store, dice: random.Random) -> Case:
    """Some of what there was, some of it otherwise, in nearly the order that it had."""
    kept = [one for one in before[1] if dice.random() < 0.8]
    asked = {one.id: one for one in kept}
    for number in dice.sample(range(40), k=6):
        asked[f"q-{number}"] = _question(number, store, dice)
    questions = [*asked.values()]
    for _ in range(3):
        questions.insert(dice.randrange(len(questions)), questions.pop())
    entities = [one for one in before[0] if dice.random() < 0.7]
    there = {one.name for one in entities}
    documents = store.documents()
    entities += [
        _entity(name, documents, dice) for name in NAMES if name not in there and dice.random() < 0.8
    ]
    return entities, questions


def _held(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store._database.reading() as connection:
        return {
            table: [
                tuple(row)
                for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY {order}").all()
            ]
            for table, order in TABLES.items()
        }


def _told(store: Store) -> object:
    return store.finding.last_payload("assessment")


def _found(store: Store) -> list[list[str]]:
    words = ("crates", "source", "orlesk", "harbour OR works", "vard")
    return [[hit.id for hit in store.finding.search("question", word).items] for word in words]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_followed_is_what_is_written_whole(case: Store, seed: int) -> None:
    dice = random.Random(seed)
    now: Case = ([], [])
    for step in range(8):
        if step == 3:  # another process writes in between
            other = Store.open(case.path)
            other.replace_findings(*_next(now, case, dice))
            other.close()
        if step == 4:
            _put(case, TEXTS[seed], "2032-01-01")
        if step == 5:
            case.judgements.replace_entities(now[0][:-1])
        now = _next(now, case, dice) if step != 6 else now
        case.replace_findings(*now)
        followed = _held(case), _told(case), _found(case)
        assert case.entities() == now[0]
        assert case.questions() == now[1]
        with case._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO question_words (question_words) VALUES ('integrity-check')"
            )
        fresh = Store.open(case.path)
        fresh.replace_findings(*now)
        assert (_held(fresh), _told(fresh), _found(fresh)) == followed
        fresh.close()


def test_only_rows_that_are_otherwise_are_written(case: Store) -> None:
    dice = random.Random(1)
    entities, questions = _next(([], []), case, dice)
    case.replace_findings(entities, questions)
    with case._database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE told (what)")
        for table in ("entities", "questions", "question_links", "entity_clusters"):
            for event in ("INSERT", "DELETE"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER told_{table}_{event} AFTER {event} ON {table} "
                    f"BEGIN INSERT INTO told VALUES ('{event} {table}'); END"
                )
    case.replace_findings(entities, questions)
    told = sa.text("SELECT what, count(*) FROM told GROUP BY what")
    with case._database.reading() as connection:
        assert connection.execute(told).all() == []
    came = _question(99, case, dice)
    case.replace_findings(entities, [came, *questions])
    with case._database.reading() as connection:
        found = {row[0]: row[1] for row in connection.execute(told)}
    assert found.pop("INSERT question_links") > 0
    assert found == {"INSERT questions": 1}
    assert [one.id for one in case.questions()] == [came.id, *(one.id for one in questions)]


def test_what_the_ledger_is_told_of_followed_findings_is_what_verify_reads(case: Store) -> None:
    dice = random.Random(5)
    now = _next(([], []), case, dice)
    for _ in range(4):
        case.replace_findings(*now)
        now = _next(now, case, dice)
    assert [one for one in verify(case) if one.kind in ("assessment", "question", "entity")] == []
    with case._database.writing() as connection:
        connection.exec_driver_sql("UPDATE questions SET ordinal = ordinal + 1 WHERE ordinal = 1")
    assert {one.kind for one in verify(case)} >= {"question"}


def test_a_seal_made_of_parts_is_the_seal_of_the_row(case: Store) -> None:
    made = replace(_question(3, case, random.Random(2)), text='“Ü” "x" \n\u2028?')
    for ordinal in (0, 7, 123_456):
        assert Sealing(question_row((0, made))).seal(ordinal) == seal(question_row((ordinal, made)))
