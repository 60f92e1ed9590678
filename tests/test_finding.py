"""What is found by words and by pages: the queries a user writes, and lists that never load the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factory
from newsroom import Newsroom
from secondsource.errors import SecondSourceError
from secondsource.model import Extraction
from secondsource.store import FILE, Store
from secondsource.store.finding import Wanted
from secondsource.store.searching import expression

TABLES = (
    "document_heads",
    "claim_times",
    "question_heads",
    "question_links",
    "entity_heads",
    "entity_claims",
    "judgements",  # came after
)


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom()


@pytest.fixture(scope="module")
def store(room: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    case = tmp_path_factory.mktemp("finding") / "case"
    room.store(case)
    with closing(Store.open(case)) as store:
        yield store


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ("engines", {"wire.html", "copy.txt", "ministry.eml", "port.txt", "hostile.txt"}),
        ("ENGINES shipped", {"wire.html", "copy.txt", "ministry.eml"}),
        ('"papers seen"', {"wire.html"}),
        ('"seen papers"', set()),
        ("aware OR denies", {"ministry.eml", "port.txt"}),
        ("engines -papers -crates", {"copy.txt", "ministry.eml", "port.txt"}),
        ("engines NOT (papers OR crates)", {"copy.txt", "ministry.eml", "port.txt"}),
        ("auth*", {"port.txt"}),
        ("publisher:salla", {"copy.txt"}),
        ("publisher:papers", set()),
        ("אורן", {"hostile.txt"}),
        ("nowhere", set()),
    ],
)
def test_documents_are_found_by_what_a_user_writes(store: Store, query: str, paths: set[str]) -> None:
    found = store.finding.search("document", query)
    heads = store.finding.heads(hit.id for hit in found.items)
    assert {heads[hit.id].path for hit in found.items} == paths
    assert found.total == len(paths)


def test_what_was_found_stands_in_its_place(store: Store, room: Newsroom) -> None:
    (hit,) = store.finding.search("claim", "nerrin source:papers").items
    assert hit.id == room.shipped.id
    assert ("Nerrin", True) in hit.pieces
    assert "".join(text for text, _ in hit.pieces) == room.shipped.content.text


@pytest.mark.parametrize("query", ["", "  ", "-engines", "NOT engines", "()", '""', "* : ^ +"])
def test_a_search_for_nothing_is_said_to_be_one(store: Store, query: str) -> None:
    with pytest.raises(SecondSourceError, match="needs a word"):
        store.finding.search("document", query)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab\"()*-: ORNTAD^+{}~,.;'é\\\n", max_size=30))
def test_no_query_is_an_error_of_the_index(store: Store, query: str) -> None:
    for kind in ("document", "claim", "question"):
        try:
            expression(query, kind)
        except SecondSourceError:
            continue
        store.finding.search(kind, query)


def test_questions_come_a_page_at_a_time_the_last_reported_first(store: Store, room: Newsroom) -> None:
    every = store.finding.questions(Wanted(every="1"), 0, 1)
    assert (every.items, every.total, every.after, every.before) == ((room.question,), 2, 1, None)
    assert store.finding.questions(Wanted(every="1"), 1, 1).items == (room.other,)
    assert store.finding.questions(Wanted()).items == (room.question,)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(publisher="Salla Post"), 1),
        (Wanted(publisher="Nobody"), 0),
        (Wanted(since="2031-04-03"), 1),
        (Wanted(until="2031-04-02"), 1),
        (Wanted(since="2031-04-04"), 0),
        (Wanted(publisher="Salla Post", until="2031-04-02"), 0),
        (Wanted(q="nerrin"), 1),
        (Wanted(q='"port authority"'), 1),
        (Wanted(status="contested"), 1),
    ],
)
def test_questions_are_filtered(store: Store, wanted: Wanted, found: int) -> None:
    assert store.finding.questions(wanted).total == found


def test_lists_come_without_texts(store: Store, room: Newsroom) -> None:
    page = store.finding.documents()
    assert [document.path for document in page.items][:2] == ["copy.txt", "wire.html"]
    assert page.total == 6
    assert all(document.text == "" for document in page.items)
    assert store.finding.statuses() == {"read": 5, "failed": 1}
    assert dict(store.finding.publishers())["Harbour Wire"] == 1


def test_claims_that_name_an_entity_are_counted_and_paged(
    store: Store, room: Newsroom, tmp_path: Path
) -> None:
    names = (factory.mention(room.wire, "Nerrin Works"),)
    with closing(Store.open(tmp_path)) as other:
        other.add_document(room.wire)
        other.add_extraction(room.wire.id, Extraction((room.shipped,), names))
        other.replace_findings([factory.entity("Nerrin Works", documents=(room.wire,))], [])
        page = other.finding.claims_with(room.works.id, "content", 0, 1)
        assert (page.items, page.total) == ((room.shipped,), 1)
        # A document's claims put in anew are found at once, before anything is derived again.
        other.add_extraction(room.wire.id, Extraction((room.shipped,), names))
        assert other.finding.claims_with(room.works.id, "content").total == 1


def test_the_index_follows_the_rows_and_can_be_made_again(room: Newsroom, tmp_path: Path) -> None:
    room.store(tmp_path)
    with closing(Store.open(tmp_path)) as store:
        store.remove_document(room.wire.id)
        assert store.finding.search("claim", "nerrin").total == 1
        store.custody.correct(room.port.id, "The lighthouse keeper waved.", "a test")
        assert store.finding.search("document", "authority").total == 0
        assert store.finding.search("document", "lighthouse").total == 1
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        for kind in ("document", "claim"):
            connection.execute(f"INSERT INTO {kind}_words ({kind}_words) VALUES ('integrity-check')")


def test_a_case_of_the_earlier_revision_is_found_in_too(room: Newsroom, tmp_path: Path) -> None:
    room.store(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        for name, kind in connection.execute(
            "SELECT name, type FROM sqlite_master WHERE type IN ('trigger', 'view')"
        ).fetchall():
            connection.execute(f"DROP {kind} {name}")
        for kind in ("document", "claim", "question"):
            connection.execute(f"DROP TABLE {kind}_words")
        for name in TABLES:
            connection.execute(f"DROP TABLE {name}")
        connection.execute("DROP INDEX ix_entity_clusters_document")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    with closing(Store.open(tmp_path)) as store:
        assert store.finding.search("document", "engines").total == 5
        assert store.finding.questions(Wanted(q="lighthouse")).items == (room.other,)
        assert store.finding.documents().total == 6
