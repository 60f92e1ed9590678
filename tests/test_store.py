"""A case on disk: kept once, kept whole, opened quickly, and never damaged by what goes wrong."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st

import nouns
from secondsource.config import Config
from secondsource.errors import CaseError, NewerCase
from secondsource.model import (
    Block,
    Designation,
    Document,
    Entity,
    EntityMention,
    Excerpt,
    Extraction,
    ListEdition,
    Match,
    Mention,
    Opposition,
    Origin,
    Position,
    Question,
    Reading,
    Screening,
    Span,
    Undetermined,
)
from secondsource.records import from_json, to_json
from secondsource.store import FILE, Misquotation, Store, verify
from secondsource.store.database import create, upgrade
from secondsource.store.log import REVISION
from secondsource.store.quotes import difference
from secondsource.store.schema import metadata
from secondsource.store.searching import is_index
from secondsource.text import sha256

TEXT = "The ministry said that 12 crates were moved. Orlesk denied it."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "case")
    yield made
    made.close()


def _filled(store: Store) -> tuple[Document, Extraction]:
    document, extraction = nouns.document(TEXT), nouns.extraction(TEXT, "12 crates", "The ministry")
    store.blobs.add(TEXT.encode())
    store.add_document(document)
    store.add_extraction(document.id, extraction, extractor="1")
    return document, extraction


def _question(document: Document, claim: str) -> Question:
    origin = Origin(
        "the ministry", True, "named", (document.id,), (claim,), (Undetermined(document.id, "no"),)
    )
    against = Opposition("Orlesk", document.id, claim, self_interested=True)
    position = Position(
        "12", "12 crates", (claim,), (document.id,), 1, 1, (origin,), (against,), (), 3, "F", ("one origin",)
    )
    return Question(
        "q-1", "How many crates were moved?", "contested", "quantity", (position,), (document.id,)
    )


def test_what_is_put_in_comes_out_equal(store: Store) -> None:
    document, extraction = _filled(store)
    assert store.documents() == [document]
    assert store.document(document.id) == document
    assert tuple(store.claims()) == extraction.claims
    assert tuple(store.claims(document.id)) == extraction.claims
    assert store.claim(extraction.claims[0].id) == extraction.claims[0]
    assert store.mentions() == {document.id: list(extraction.mentions)}
    assert store.paths() == {document.id: "a.txt"}


def test_every_noun_survives_being_json() -> None:
    document = nouns.document(TEXT)
    reading = Reading(TEXT, (Block("title", 0, 4), Block("paragraph", 5, 9, page=2)), publisher="The Gazette")
    for noun in (reading, replace(document, reading=reading), _question(document, "c-1")):
        assert from_json(type(noun), to_json(noun)) == noun


def test_a_case_is_there_after_closing(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "case")) as store:
        document, _ = _filled(store)
    with closing(Store.open(tmp_path / "case", create=False)) as store:
        assert store.documents() == [document]


def test_reading_commands_do_not_make_a_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no case here"):
        Store.open(tmp_path / "case", create=False)
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_in_wal_mode_with_foreign_keys(store: Store) -> None:
    with store._database.reading() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 30_000}


# Bytes


@settings(max_examples=25)  # each waits for the disk
@given(st.binary(max_size=200))
def test_bytes_come_back_by_their_hash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("case")
    with closing(Store.open(folder)) as store:
        digest = store.blobs.add(data)
        assert digest == store.blobs.add(data) == sha256(data)
        assert store.blobs.get(digest) == data
        assert [path for path in (folder / "bytes").rglob("*") if path.is_file()] == [
            store.blobs.path(digest)
        ]


def test_bytes_that_cannot_be_written_are_an_error_and_leave_nothing(store: Store) -> None:
    store.path.joinpath("bytes").write_text("a file where the folder should be")
    with pytest.raises(CaseError, match="cannot be written"):
        store.blobs.add(b"data")


# Documents


def test_a_failed_document_is_listed_by_status(store: Store) -> None:
    failed = nouns.document("x", "broken.pdf", status="failed", reason="broken.pdf is not a PDF")
    store.add_document(failed)
    store.add_document(nouns.document(TEXT))
    assert store.documents("failed") == [failed]
    assert [document.path for document in store.documents()] == ["a.txt", "broken.pdf"]


def test_a_path_that_is_read_at_last_is_no_longer_a_failure(store: Store) -> None:
    store.add_document(nouns.document("broken", "a.txt", status="failed", reason="no"))
    store.add_document(nouns.document("other", "b.txt", status="failed", reason="no"))
    read = nouns.document(TEXT, "a.txt")
    store.add_document(read)
    assert [document.path for document in store.documents("failed")] == ["b.txt"]
    assert store.documents("read") == [read]


def test_a_document_read_again_keeps_when_it_was_first_seen_and_drops_old_claims(store: Store) -> None:
    document, _ = _filled(store)
    store.add_document(replace(document, first_seen="2030-01-01T00:00:00+00:00"))
    assert store.documents() == [document]
    assert store.claims() == []
    assert store.unextracted("1") == {document.id: len(TEXT)}


def test_removing_a_document_takes_what_was_made_from_it(store: Store) -> None:
    document, _ = _filled(store)
    store.remove_document(document.id)
    assert (store.documents(), store.claims(), store.mentions()) == ([], [], {})


def test_the_same_bytes_under_two_paths_are_two_arrivals(store: Store) -> None:
    document, _ = _filled(store)
    store.add_arrival(document.id, "b.txt")
    store.add_arrival(document.id, "b.txt")
    assert store.arrivals(document.id) == ["a.txt", "b.txt"]


# Claims


def test_documents_wait_until_this_extractor_has_seen_them(store: Store) -> None:
    document, _ = _filled(store)
    assert store.unextracted("1") == {}
    assert store.unextracted("2") == {document.id: len(TEXT)}


def test_two_extractions_within_one_second_are_told_apart(store: Store) -> None:
    """What is kept beside the case knows by it which documents to read anew."""
    document, extraction = _filled(store)
    seen = [store.judgements.extracted()[document.id]]
    for _ in range(3):
        store.add_extraction(document.id, extraction, extractor="1")
        seen.append(store.judgements.extracted()[document.id])
    assert len(set(seen)) == 4


@pytest.mark.parametrize(
    "spans",
    [((0, 3),), ((23, 33),), ((9_000, 9_009),), ((5, 5),), ()],
    ids=["other", "off", "out", "bare", "none"],
)
def test_a_misquotation_is_never_kept(store: Store, spans: tuple[tuple[int, int], ...]) -> None:
    document, extraction = _filled(store)
    bad = Excerpt(tuple(Span(*span) for span in spans), "12 crates")
    wrong = replace(extraction.claims[0], id="c-wrong", content=bad)
    with pytest.raises(Misquotation, match="claim c-wrong quotes “12 crates”"):
        store.add_extraction(document.id, Extraction((wrong,), ()))
    with pytest.raises(Misquotation, match="mention Orlesk"):
        store.add_extraction(document.id, Extraction((), (Mention(bad, "Company", "m-1", "Orlesk", "test"),)))
    assert tuple(store.claims()) == extraction.claims


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_slice_of_a_text_is_a_quotation_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quoted = Excerpt.of(text, [(start, end)])
    assert difference(text, quoted) is None
    changed = text[:start] + "".join(chr(ord(character) ^ 1) for character in text[start:end]) + text[end:]
    assert difference(changed, quoted) is not None


def test_claims_are_found_by_who_they_name_and_who_makes_them(store: Store) -> None:
    document, extraction = _filled(store)
    denial = nouns.claim(TEXT, "it", "Orlesk")
    names = (
        *extraction.mentions,
        nouns.mention(TEXT, "Orlesk", "m-2"),
        nouns.mention(TEXT, "crates", "m-3"),
    )
    store.add_extraction(document.id, Extraction((*extraction.claims, denial), names))
    clusters = {"e-ministry": "m-1", "e-orlesk": "m-2", "e-crates": "m-3"}
    entities = [
        Entity(id, id, "Company", (id,), (EntityMention(document.id, cluster, (id,), 1),))
        for id, cluster in clusters.items()
    ]
    store.replace_findings(entities, [])
    assert store.claims_with("e-orlesk", "source") == [denial]
    assert store.claims_with("e-orlesk", "content") == []
    assert store.claims_with("e-crates", "content") == list(extraction.claims)
    assert store.entity("e-crates") == entities[2]
    assert store.entities() == entities


# Findings and lists


def test_findings_are_replaced_together(store: Store) -> None:
    document, extraction = _filled(store)
    question = _question(document, extraction.claims[0].id)
    store.replace_findings([], [question])
    assert store.questions() == [question] == [store.question("q-1")]
    store.replace_findings([], [])
    assert store.questions() == []


def test_a_failure_while_replacing_keeps_the_earlier_findings(store: Store) -> None:
    document, extraction = _filled(store)
    question = _question(document, extraction.claims[0].id)
    store.replace_findings([], [question])
    with pytest.raises(sa.exc.IntegrityError):
        store.replace_findings([], [question, question])
    assert store.questions() == [question]


def _edition(data: bytes, count: int) -> ListEdition:
    return ListEdition("sdn", "An office", "sdn.csv", sha256(data), f"2026-01-0{count}T00:00:00+00:00", count)


def test_a_new_edition_takes_the_place_of_the_last(store: Store) -> None:
    for count in (1, 2):
        entries = [Designation(f"sdn-{n}", "sdn", f"Name {n}", "Company", ("Alias",)) for n in range(count)]
        store.add_list(_edition(bytes([count]), count), entries, {"alt.csv": sha256(b"alt")})
        assert list(store.designations()) == entries
        assert store.lists() == [_edition(bytes([count]), count)]
    assert set(store.list_files()) == {sha256(b"\1"), sha256(b"\2"), sha256(b"alt")}


def test_screenings_are_kept(store: Store) -> None:
    entry = Designation("sdn-1", "sdn", "Name", "Company")
    match = Match("Nam", entry, "Name", 0.9, True, ("one letter differs",))
    screening = Screening("s-1", "Nam", None, (match,), (_edition(b"1", 1),), "2026-01-01T00:00:00+00:00")
    store.add_screenings([screening])
    assert store.screenings() == [screening]


# Revisions


def test_migrations_and_the_short_way_make_the_same_tables() -> None:
    made = []
    for make in (create, upgrade):
        engine = sa.create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection)
            options = {"include_name": lambda name, *_: not is_index(name or "")}
            assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
            schema = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            made.append({name: " ".join(sql.split()) for name, sql in schema})
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == REVISION
        engine.dispose()
    short, long = made
    assert short == long


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    settings = AlembicConfig()
    settings.set_main_option("script_location", "secondsource.store:migrations")
    assert ScriptDirectory.from_config(settings).get_current_head() == REVISION


def _stamp(case: Path, revision: str) -> None:
    with closing(sqlite3.connect(case / FILE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("revision", ["0099", "9999", "a1b2c3"])
def test_a_case_of_a_newer_version_is_refused_and_untouched(tmp_path: Path, revision: str) -> None:
    with closing(Store.open(tmp_path)) as store:
        _filled(store)
    _stamp(tmp_path, revision)
    before = _contents(tmp_path)
    with pytest.raises(NewerCase, match=f"newer version of Second Source.*{revision}"):
        Store.open(tmp_path)
    assert _contents(tmp_path) == before


def test_a_case_from_before_the_first_migration_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    with closing(Store.open(tmp_path)) as store:
        document, _ = _filled(store)
    with closing(Store.open(tmp_path)) as store:
        assert store.documents() == [document]


def test_a_file_that_is_no_case_is_refused_and_untouched(tmp_path: Path) -> None:
    for name, make in {"text": _write_text, "other": _other_database}.items():
        folder = tmp_path / name
        folder.mkdir()
        make(folder / FILE)
        before = _contents(folder)
        with pytest.raises(CaseError, match="cannot be opened as a case: "):
            Store.open(folder)
        assert _contents(folder) == before


def _write_text(path: Path) -> None:
    path.write_text("not a database, " * 100)


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def test_opening_a_current_case_does_not_load_the_migrations(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    code = (
        "import sys; from secondsource.store import Store; "
        f"Store.open({str(tmp_path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_case_whose_making_was_cut_off_is_made_again(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    with closing(Store.open(tmp_path)) as store:
        assert store.documents() == []


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, Config(busy_seconds=1))) as store:
        with closing(sqlite3.connect(tmp_path / FILE)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(CaseError, match="locked"):
                store.add_document(nouns.document(TEXT))
        store.add_document(nouns.document(TEXT))


# Verify


def test_an_untouched_case_has_no_discrepancies(store: Store) -> None:
    _filled(store)
    assert list(verify(store)) == []


def test_verify_names_what_was_changed(store: Store) -> None:
    document, extraction = _filled(store)
    claim = extraction.claims[0]
    store.replace_findings([], [_question(document, "c-gone")])
    store.blobs.path(document.id).write_bytes(b"other bytes")
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = replace(text, '12', '21')")
    found = {(one.kind, one.id): one.what for one in verify(store)}
    assert set(found) == {
        ("bytes", document.id),
        ("text", document.id),
        ("document", document.id),
        ("claim", claim.id),
        ("question", "q-1"),
    }
    assert sha256(b"other bytes") in found["bytes", document.id]
    assert "quotes “12 crates” at 23–32, where the text holds “21 crates”" in found["claim", claim.id]
    assert "c-gone" in found["question", "q-1"]


SMALL = {
    "a stance": ("claims", "body", '"asserts"', '"denies"', "claim"),
    "a publisher": ("documents", "body", "A. Writer", "B. Writer", "document"),
    "a name": ("mentions", "body", '"Organization"', '"Person"', "mention"),
    "a count": ("questions", "body", '"n_min":1', '"n_min":3', "question"),
    "an entity": ("entities", "name", "Orlesk", "Kezra", "entity"),
    "a list": ("list_editions", "body", "An office", "No office", "list"),
    "an entry": ("designations", "name", "Name", "Mane", "designation"),
    "a screening": ("screenings", "query", "Nam", "Man", "screening"),
}


@pytest.mark.parametrize("change", SMALL)
def test_verify_names_a_record_that_was_changed_however_little(store: Store, change: str) -> None:
    document, extraction = _filled(store)
    entity = Entity("e-1", "Orlesk", "Company", ("Orlesk",), (EntityMention(document.id, "m-1", (), 1),))
    store.replace_findings([entity], [_question(document, extraction.claims[0].id)])
    store.blobs.add(b"\1")
    store.add_list(_edition(b"\1", 1), [Designation("1", "sdn", "Name", "Company")], {})
    store.add_screenings([Screening("s-1", "Nam", None, (), (), "2026-01-01T00:00:00+00:00")])
    assert list(verify(store)) == []
    table, column, old, new, kind = SMALL[change]
    with store._database.writing() as connection:
        statement = f"UPDATE {table} SET {column} = replace({column}, ?, ?)"
        assert connection.exec_driver_sql(statement, (old, new)).rowcount == 1
    assert [one.kind for one in verify(store)] == [kind]


def test_verify_names_bytes_that_are_gone(store: Store) -> None:
    document, _ = _filled(store)
    store.add_document(document, sidecar=b'{"publisher": "X"}')
    store.add_list(_edition(b"list", 1), [], {})
    for path in [path for path in (store.path / "bytes").rglob("*") if path.is_file()]:
        path.unlink()
    assert sorted(one.kind for one in verify(store)) == ["bytes", "list", "sidecar"]
    assert all("are gone from the case" in one.what for one in verify(store))
