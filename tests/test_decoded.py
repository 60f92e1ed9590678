"""What was read before is not decoded again, and what is otherwise shows, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

import nouns
from secondsource.contract import claim_from_json
from secondsource.model import JSON, Claim, Document
from secondsource.store import Store, verify
from secondsource.store import decoded as reading
from secondsource.text import sha256

TEXTS = [f"The ministry said that {number} crates were moved." for number in range(9)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "case")
    yield made
    made.close()


def _put(store: Store, text: str, **changed: str) -> Document:
    document = replace(nouns.document(text, f"{sha256(text.encode())[:9]}.txt"), **changed)  # type: ignore[arg-type]
    store.blobs.add(text.encode())
    store.add_document(document)
    store.add_extraction(document.id, nouns.extraction(text, "crates", "The ministry"), extractor="1")
    return document


def _same(before: list[object], now: list[object]) -> set[int]:
    """The places in ``now`` of what is the same object as one before."""
    held = {id(one) for one in before}
    return {place for place, one in enumerate(now) if id(one) in held}


def test_what_did_not_change_is_the_same_object_and_what_came_is_in_its_place(store: Store) -> None:
    for text in TEXTS[:5]:
        _put(store, text)
    documents, claims = store.documents("read", held=True), store.claims(held=True)
    came = _put(store, TEXTS[7])
    both, said = store.documents("read", held=True), store.claims(held=True)
    assert [one.path for one in both] == sorted(one.path for one in [*documents, came])
    assert [claim.document for claim in said] == [one.id for one in both]
    assert _same([*documents], [*both]) == {place for place, one in enumerate(both) if one.id != came.id}
    assert _same([*claims], [*said]) == {place for place, one in enumerate(said) if one.document != came.id}
    assert store.claims(came.id) == [one for one in said if one.document == came.id]


def test_what_another_process_wrote_and_took_out_shows(store: Store) -> None:
    documents = [_put(store, text) for text in TEXTS[:4]]
    held = store.documents(held=True), store.claims(held=True)
    with_other = Store.open(store.path)
    text = TEXTS[1]
    told = nouns.extraction(text, "crates were moved", "The ministry")
    with_other.add_extraction(documents[1].id, told, extractor="2")
    with_other.remove_document(documents[2].id)
    with_other.close()
    assert {one.id for one in store.documents(held=True)} == {
        one.id for one in documents if one is not documents[2]
    }
    assert store.claims(documents[1].id) == list(told.claims)
    fresh = Store.open(store.path)
    assert (fresh.documents(), fresh.claims()) == (store.documents(held=True), store.claims(held=True))
    fresh.close()
    assert len(held[1]) == 4


def test_more_than_one_query_names_are_read_in_their_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 3)
    held = [_put(store, TEXTS[0])], store.documents(held=True), store.claims(held=True)
    for text in TEXTS[1:]:
        _put(store, text)
    fresh = Store.open(store.path)
    assert fresh.documents() == store.documents(held=True)
    assert fresh.claims() == store.claims(held=True)
    assert len(store.claims(held=True)) == len(TEXTS)
    assert held
    fresh.close()


def test_only_what_is_otherwise_is_decoded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[str] = []

    def make(row: JSON) -> Claim:
        decoded.append(row["id"])
        return claim_from_json(row)

    monkeypatch.setattr("secondsource.store.store.claim_from_json", make)
    for text in TEXTS[:4]:
        _put(store, text)
    held = store.claims(held=True)
    decoded.clear()
    assert store.claims(held=True) == held
    assert decoded == []
    came = _put(store, TEXTS[5])
    now = store.claims(held=True)
    assert decoded == [claim.id for claim in now if claim.document == came.id]


def test_what_nobody_holds_is_let_go_of(store: Store) -> None:
    _put(store, TEXTS[0])
    said = store.claims(held=True)
    assert len(store._claims_read._held) == 1
    del said
    assert len(store._claims_read._held) == 0


def test_what_is_shown_or_checked_is_what_stands_there_though_the_seal_is_the_same(store: Store) -> None:
    _put(store, TEXTS[0])
    held = store.claims(held=True), store.documents(held=True)
    with store._database.writing() as connection:
        changed = "UPDATE claims SET body = replace(body, '\"crates\"', '\"crowds\"')"
        assert connection.execute(sa.text(changed)).rowcount == 1
        connection.execute(sa.text("UPDATE documents SET text = replace(text, 'crates', 'crowds')"))
    assert store.claims(held=True) == held[0]
    assert [claim.content.text for claim in store.claims()] == ["crowds"]
    assert ["crowds" in document.text for document in store.documents()] == [True]
    assert {one.kind for one in verify(store)} >= {"document", "claim"}
