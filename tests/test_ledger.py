"""The ledger of a case: entries, what `verify` finds, proofs for others, versions of texts, packing."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from secondsource import Desk
from secondsource.cli import run
from secondsource.config import Config
from secondsource.errors import CaseError, NotFound, ReadError
from secondsource.store import Head, check_proof, rows, schema
from secondsource.store.custody import TextVersion

Spoil = Callable[[dict[str, object]], dict[str, object]]

WORDS = (
    "The port of Kesh is closed, the harbour office said on Monday.\n\n"
    "“We saw no ship for a week,” the harbour master, Ansel Dorrit, told reporters.\n\n"
    "The ministry of trade denied that the port was closed."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with claims, a container, a failure, a list and a screening."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "a.txt").write_text(WORDS)
    (folder / "a.json").write_text('{"publisher": "Kesh Courier", "published": "2026-04-06"}')
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 cut off")
    shutil.copy(Path(__file__).parent / "files" / "leak.zip", folder / "leak.zip")
    (folder / "list.csv").write_text("id,name,schema\nx-1,Ansel Dorrit,Person\n")
    with Desk(folder / "case", config=Config(user="mira")) as desk:
        desk.ingest([folder / "a.txt", folder / "b.pdf", folder / "leak.zip"])
        desk.add_list(folder / "list.csv")
        desk.screen("Ansel Dorrit")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(made / "case", tmp_path / "case")
    with Desk(tmp_path / "case", config=Config(user="mira")) as desk:
        yield desk


def kinds(desk: Desk) -> list[str]:
    return [entry.fields["kind"] for entry in desk.store().ledger.entries()]


def text(desk: Desk) -> str:
    return next(one.id for one in desk.documents() if one.path.endswith("a.txt"))


def test_everything_that_is_done_is_entered(desk: Desk) -> None:
    found = kinds(desk)
    assert found.count("ingest") == len(desk.documents())
    assert found.count("extraction") == len(desk.documents("read"))
    assert [kind for kind in found if kind not in ("ingest", "extraction")] == [
        "assessment",
        "assessed",
        "list",
        "screening",
    ]
    entry = next(iter(desk.store().ledger.entries()))
    assert entry.fields["by"] == "mira"
    assert entry.words == json.dumps(entry.fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_an_untouched_case_is_as_the_ledger_says(desk: Desk) -> None:
    assert desk.verify() == []
    assert desk.verify(head=str(desk.head())) == []


def test_doing_the_same_again_adds_nothing(desk: Desk, made: Path) -> None:
    before = desk.head()
    desk.ingest([made / "a.txt", made / "leak.zip"])
    assert desk.head() == before


def test_another_part_of_the_program_enters_what_it_does(desk: Desk) -> None:
    """As the judgements on matches do: a kind, and what is to be said of it."""
    number = desk.store().ledger.append(
        "judgement", {"match": "m-1", "decision": "negative", "reason": "another"}
    )
    assert kinds(desk)[number] == "judgement"
    assert desk.verify() == []


def _sql(desk: Desk, *statements: str) -> None:
    desk.close()
    with closing(sqlite3.connect(desk.path / "case.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    (desk.path / "case.sqlite.sha256").unlink()


CHANGES: dict[str, tuple[str, str]] = {
    "an entry altered": (
        "UPDATE ledger SET entry = replace(entry, 'mira', 'nobody') WHERE number = 2",
        "ledger 2",
    ),
    "an entry gone": ("DELETE FROM ledger WHERE number = 1", "ledger 1"),
    "a document gone": ("DELETE FROM documents WHERE path LIKE '%a.txt'", "document"),
    "claims gone": ("DELETE FROM claims WHERE ordinal = 0", "extraction"),
    "questions gone": ("DELETE FROM questions", "assessment questions"),
    "a designation gone": ("DELETE FROM designations", "list"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_differs_is_named(desk: Desk, change: str) -> None:
    statement, named = CHANGES[change]
    _sql(desk, statement)
    assert any(f"{one.kind} {one.id}".startswith(named) for one in desk.verify())


def test_a_record_altered_with_its_seal_is_still_not_what_the_ledger_says(desk: Desk) -> None:
    """Whoever alters a case with this very program's functions is found by the ledger."""
    id = text(desk)
    store = desk.store()
    with store._database.writing() as connection:
        row = dict(
            connection.execute(sa.select(schema.documents).where(schema.documents.c.id == id))
            .mappings()
            .one()
        )
        row |= {"text": "The port is open.", "text_sha256": "0" * 64}
        row.pop("seal")
        connection.execute(rows.upsert(schema.documents, row))
    assert ("document", id) in {(one.kind, one.id) for one in desk.verify()}


def test_a_ledger_made_anew_does_not_lead_to_the_head_that_was_kept(desk: Desk) -> None:
    kept = desk.head()
    _sql(desk, f"DELETE FROM ledger WHERE number = {kept.size - 1}")
    desk.screen("Mira Solveig")
    assert desk.head().size == kept.size
    (found,) = [one for one in desk.verify(head=str(kept)) if one.id == str(kept)]
    assert f"the first {kept.size} entries of the ledger lead to" in found.what
    with pytest.raises(ReadError, match="is no head of a ledger"):
        desk.verify(head="nonsense")


def test_a_shorter_ledger_is_seen_from_the_head(desk: Desk) -> None:
    kept = Head(desk.head().size + 5, "0" * 64)
    (found,) = [one for one in desk.verify(head=str(kept)) if one.kind == "ledger"]
    assert "entries, and had" in found.what


def test_a_flipped_byte_in_any_file_is_found_and_named(desk: Desk) -> None:
    desk.close()
    files = [path for path in desk.path.rglob("*") if path.is_file()]
    assert len(files) > 10
    random.seed(4)
    for path in files:
        whole = path.read_bytes()
        place = random.randrange(len(whole))
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ (1 << random.randrange(8))]) + whole[place + 1 :]
        )
        try:
            with Desk(desk.path) as again:
                found = [f"{one.kind} {one.id} {one.what}" for one in again.verify()]
        except CaseError as error:
            found = [str(error)]
        name = "case.sqlite" if path.name.startswith("case.sqlite") else path.parent.name + path.name
        if path.name == "progress.json":
            name = path.name
        if "index" in path.relative_to(desk.path).parts:
            name = str(path.relative_to(desk.path)).removesuffix(".sha256")
        assert any(name in one for one in found), (path, place, found)
        path.write_bytes(whole)
    with Desk(desk.path) as again:
        assert again.verify() == []


# Proofs


def test_a_proof_is_checked_without_the_case(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id, head = text(desk), desk.head()
    proof = desk.prove(id)
    assert check_proof(proof).fields["payload"]["document"] == id
    assert (proof["size"], proof["root"]) == head
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    original = next(one.path for one in desk.documents() if one.id == id)
    desk.close()
    shutil.rmtree(desk.path)
    assert (
        run(["ledger", "check", str(tmp_path / "proof.json"), "--head", str(head), "--file", original]) == 0
    )
    assert f"leads to {head}" in capsys.readouterr().out
    assert run(["ledger", "check", str(tmp_path / "proof.json"), "--file", __file__]) == 1
    assert run(["ledger", "check", str(tmp_path / "proof.json"), "--head", f"1:{'0' * 64}"]) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda proof: proof | {"entry": proof["entry"].replace("read", "made")},
        lambda proof: proof | {"number": proof["number"] + 1},
        lambda proof: proof | {"path": proof["path"][:-1]},
        lambda proof: proof | {"root": "0" * 64},
        lambda proof: {"entry": "{}"},
        lambda proof: proof | {"size": "many"},
    ],
)
def test_a_proof_that_was_altered_is_refused(desk: Desk, spoil: Spoil) -> None:
    with pytest.raises(ReadError):
        check_proof(spoil(desk.prove(text(desk))))


def test_what_no_entry_is_on_cannot_be_proved(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no entry of the ledger is on that document"):
        desk.prove("0" * 64)


# Versions of a text


def test_a_correction_is_a_new_version_that_points_to_the_old(desk: Desk) -> None:
    id = text(desk)
    before = desk.document(id)
    corrected = before.text.replace("no ship", "no ships")
    made = desk.correct(id, corrected, "a slip")
    after = desk.document(id)
    assert (after.text, after.id, after.first_seen) == (corrected, id, before.first_seen)
    assert made.previous == before.text_sha256
    assert [(one.number, one.reading.text) for one in desk.versions(id)] == [(1, before.text), (2, corrected)]
    assert [corrected[one.start : one.end] for one in after.reading.blocks] == [
        before.text[one.start : one.end].replace("no ship", "no ships") for one in before.reading.blocks
    ]
    assert desk.claims(id) == []
    desk.ingest()
    assert desk.claims(id)
    assert desk.verify() == []
    assert desk.store().blobs.get(id) == WORDS.encode()


def test_reading_a_document_again_does_not_undo_a_correction(desk: Desk, made: Path) -> None:
    id = text(desk)
    desk.correct(id, "The port of Kesh is open, the harbour office said.", "another text")
    path = made / "a.json"
    kept = path.read_text()
    path.write_text('{"publisher": "Kesh Herald"}')
    try:
        desk.ingest([made / "a.txt"])
    finally:
        path.write_text(kept)
    assert desk.document(id).publisher == "Kesh Herald"
    assert desk.document(id).text == "The port of Kesh is open, the harbour office said."
    assert desk.verify() == []


def test_a_correction_needs_a_text_and_a_reason(desk: Desk) -> None:
    id = text(desk)
    for words, reason in (("", "empty"), (WORDS, "the same"), ("other words", " ")):
        with pytest.raises(ReadError):
            desk.correct(id, words, reason)
    with pytest.raises(NotFound):
        desk.correct("0" * 64, "words", "reason")
    assert desk.versions(id) == []


def test_an_altered_version_is_named(desk: Desk) -> None:
    version: TextVersion = desk.correct(text(desk), "The port of Kesh is open.", "another text")
    _sql(desk, "UPDATE text_versions SET reason = 'none' WHERE number = 2")
    assert version.number == 2
    assert ("text version", version.document) in {(one.kind, one.id) for one in desk.verify()}


# Packing


def _tables(case: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(case / "case.sqlite")) as connection:
        return {
            table.name: sorted(connection.execute(f'SELECT * FROM "{table.name}"').fetchall(), key=repr)
            for table in schema.metadata.sorted_tables
        }


def _bytes(case: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(case): path.read_bytes() for path in (case / "bytes").rglob("*") if path.is_file()
    }


def test_a_packed_case_is_restored_identical_and_checked_by_sha256sum(desk: Desk, tmp_path: Path) -> None:
    desk.correct(text(desk), "The port of Kesh is open.", "another text")
    desk.ingest()
    desk.pack(tmp_path / "kesh.tar")
    with Desk(tmp_path / "back") as back:
        back.unpack(tmp_path / "kesh.tar")
        assert back.verify(head=str(desk.head())) == []
    assert _tables(tmp_path / "back") == _tables(desk.path)
    assert _bytes(tmp_path / "back") == _bytes(desk.path)
    subprocess.run(["tar", "xf", "kesh.tar"], cwd=tmp_path, check=True)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        check = ["sha256sum", "--quiet", "-c", manifest]
        done = subprocess.run(check, cwd=tmp_path / "kesh", capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")
    assert (
        tmp_path / "kesh" / "data" / "texts" / f"{text(desk)}.txt"
    ).read_text() == "The port of Kesh is open."
    assert (tmp_path / "kesh" / "data" / "ledger.head").read_text() == f"{desk.head()}\n"


def test_a_bag_with_an_altered_file_is_refused_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.pack(tmp_path / "kesh.tar")
    data = (tmp_path / "kesh.tar").read_bytes()
    (tmp_path / "kesh.tar").write_bytes(data.replace(b"harbour office", b"harbour 0ffice"))
    with pytest.raises(ReadError, match=r"the manifest says [0-9a-f]{64}, the archive has [0-9a-f]{64}"):
        Desk(tmp_path / "back").unpack(tmp_path / "kesh.tar")
    assert not (tmp_path / "back").exists()


def test_a_case_is_not_restored_over_another(desk: Desk, tmp_path: Path) -> None:
    desk.pack(tmp_path / "kesh.tar")
    with pytest.raises(CaseError, match="is not empty"):
        desk.unpack(tmp_path / "kesh.tar")
    with pytest.raises(CaseError, match="there is a file already"):
        desk.pack(tmp_path / "kesh.tar")
    (tmp_path / "none.tar").write_bytes(b"no archive")
    with pytest.raises(ReadError, match="is not a readable archive"):
        Desk(tmp_path / "other").unpack(tmp_path / "none.tar")
