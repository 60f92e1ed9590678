"""Files into a case: each once, each on its own, and what cannot be read with the reason."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from secondsource.config import Config
from secondsource.errors import CaseError
from secondsource.ingest import find, ingest
from secondsource.model import Progress
from secondsource.store import Store
from secondsource.text import sha256

WORDS = "The ministry said that 12 crates were moved to Kezra."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "case")
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def pdf(words: str, password: str | None = None) -> bytes:
    page = io.BytesIO()
    canvas = Canvas(page, encrypt=StandardEncryption(password) if password else None)
    canvas.drawString(72, 720, words)
    canvas.save()
    return page.getvalue()


def _outcomes(store: Store, *paths: Path | str, retry: bool = False) -> dict[str, str]:
    report = ingest(store, paths, retry=retry)
    return {Path(arrival.path).name: arrival.outcome for arrival in report.arrivals}


# Finding


def _found(*paths: Path) -> list[str]:
    return [found.path.name for found in find(paths)]


def test_folders_are_read_to_any_depth_by_name(folder: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WORDS)
    assert _found(folder) == ["a.txt", "b.txt", "c.txt"]


def test_hidden_and_lock_files_are_passed_over_unless_named(folder: Path) -> None:
    for name in (".hidden.txt", ".git/config", "~$open.docx", "seen.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(WORDS)
    assert _found(folder) == ["seen.txt"]
    assert _found(folder / ".hidden.txt") == [".hidden.txt"]


def test_a_case_inside_the_folder_is_not_taken_in(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    assert _outcomes(store, tmp_path) == {"a.txt": "read"}
    assert _outcomes(store, tmp_path) == {"a.txt": "known"}


def test_a_link_that_leads_back_up_is_walked_once(folder: Path) -> None:
    (folder / "a.txt").write_text(WORDS)
    (folder / "again").symlink_to(folder)
    assert _found(folder) == ["a.txt"]


def test_sidecars_are_not_documents_and_other_json_is(folder: Path) -> None:
    (folder / "a.txt").write_text(WORDS)
    (folder / "a.json").write_text('{"publisher": "The Gazette"}')
    (folder / "alone.json").write_text('{"publisher": "The Gazette"}')
    (folder / "b.txt").write_text(WORDS)
    (folder / "b.json").write_text("[1, 2]")
    assert _found(folder) == ["a.txt", "alone.json", "b.json", "b.txt"]
    assert _found(folder / "a.json", folder / "a.txt") == ["a.txt"]


# Reading


def test_a_file_is_kept_with_its_text_and_its_bytes(store: Store, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_bytes(WORDS.encode())
    (arrival,) = ingest(store, [path]).arrivals
    (document,) = store.documents()
    assert (arrival.outcome, arrival.document) == ("read", sha256(WORDS.encode()))
    assert (document.id, document.path, document.text) == (arrival.document, str(path), WORDS)
    assert (document.status, document.reason, document.media_type) == ("read", None, "text/plain")
    assert document.size == len(WORDS)
    assert document.text_sha256 == sha256(WORDS.encode())
    assert store.blobs.get(document.id) == WORDS.encode()


def test_the_same_bytes_are_kept_once_and_it_says_so(store: Store, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(WORDS)
    first, second = ingest(store, [folder]).arrivals
    assert (first.outcome, second.outcome) == ("read", "known")
    assert second.note == f"{folder}/b.txt is already in the case as {folder}/a.txt"
    (third, _) = ingest(store, [folder]).arrivals
    assert third.note == f"{folder}/a.txt is already in the case"
    (document,) = store.documents()
    assert store.arrivals(document.id) == [f"{folder}/a.txt", f"{folder}/b.txt"]
    assert len([path for path in (store.path / "bytes").rglob("*") if path.is_file()]) == 1


def test_a_sidecar_tells_what_the_file_cannot(store: Store, folder: Path) -> None:
    (folder / "a.txt").write_text(WORDS)
    sidecar = json.dumps({"publisher": "The Gazette", "date": "2026-03-04 (approx.)"})
    (folder / "a.json").write_text(sidecar)
    assert _outcomes(store, folder) == {"a.txt": "read"}
    (document,) = store.documents()
    assert (document.publisher, document.published) == ("The Gazette", "2026-03-04")
    assert document.reading.published_how == "sidecar file"
    assert store.sidecar_sha256(document.id) == sha256(sidecar.encode())
    assert store.blobs.get(sha256(sidecar.encode())) == sidecar.encode()


def test_a_sidecar_put_right_is_read_again(store: Store, folder: Path) -> None:
    (folder / "a.txt").write_text(WORDS)
    assert _outcomes(store, folder) == {"a.txt": "read"}
    (folder / "a.json").write_text('{"publisher": "The Gazette"}')
    assert _outcomes(store, folder) == {"a.txt": "read"}
    assert [document.publisher for document in store.documents()] == ["The Gazette"]
    assert _outcomes(store, folder) == {"a.txt": "known"}


# What cannot be read


NOT_A_ZIP = b"This was never a Word document."


BAD = {
    "empty.txt": (b"", "empty", "empty"),
    "blank.txt": (b" \n\t\n", "empty", "white space"),
    "binary.txt": (bytes(range(256)) * 40, "failed", "text"),
    "broken.pdf": (pdf(WORDS)[:300], "failed", "PDF"),
    "locked.pdf": (pdf(WORDS, "secret"), "failed", "password"),
    "scanned.pdf": (pdf(""), "empty", "text"),
    "not-a-zip.docx": (NOT_A_ZIP, "failed", "Word document"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_kept_with_its_reason(store: Store, folder: Path, name: str) -> None:
    data, outcome, reason = BAD[name]
    (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(WORDS)
    assert _outcomes(store, folder) == {name: outcome, "good.txt": "read"}
    kept = {Path(document.path).name: document for document in store.documents()}
    bad = kept[name]
    assert bad.status == outcome
    assert bad.text == ""
    assert bad.reason is not None
    assert str(folder / name) in bad.reason
    assert reason in bad.reason
    assert store.blobs.get(bad.id) == data
    assert kept["good.txt"].text == WORDS


def test_text_in_an_old_encoding_is_read_or_says_why_not(store: Store, folder: Path) -> None:
    words = "“Il a été dit que…”, déclara le ministère à Orléans. " * 8
    (folder / "old.txt").write_bytes(words.encode("cp1252"))
    (arrival,) = ingest(store, [folder]).arrivals
    (document,) = store.documents()
    assert (arrival.outcome, document.text) == ("read", words) or (
        arrival.outcome == "failed" and "encoding" in str(arrival.note)
    )


def test_a_missing_path_is_named_and_nothing_is_kept_for_it(store: Store, folder: Path) -> None:
    (folder / "good.txt").write_text(WORDS)
    report = ingest(store, [folder / "none.txt", folder / "good.txt" / "below", folder])
    assert [arrival.outcome for arrival in report.arrivals] == ["missing", "missing", "read"]
    assert report.arrivals[0].note == f"{folder}/none.txt: there is no such file or folder"
    assert [document.path for document in store.documents()] == [f"{folder}/good.txt"]


def test_a_folder_with_nothing_in_it_says_so(store: Store, folder: Path) -> None:
    (arrival,) = ingest(store, [folder]).arrivals
    assert (arrival.outcome, arrival.note) == ("missing", f"{folder}: the folder holds no file to read")


def test_a_file_over_the_limit_is_refused_by_name_and_not_kept(store: Store, folder: Path) -> None:
    (folder / "big.txt").write_text(WORDS * 100)
    (arrival,) = ingest(store, [folder], config=Config(file_limit=1024)).arrivals
    assert arrival.outcome == "failed"
    assert f"{folder}/big.txt has" in str(arrival.note)
    assert "SECONDSOURCE_FILE_LIMIT_MB" in str(arrival.note)
    assert not (store.path / "bytes").exists()


def test_a_pipe_is_not_waited_for(store: Store, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (arrival,) = ingest(store, [folder]).arrivals
    assert (arrival.outcome, arrival.note) == ("failed", f"{folder}/pipe.txt is not a regular file")


def test_a_name_that_is_not_utf8_is_written_as_escapes(store: Store, folder: Path) -> None:
    path = os.fsencode(folder) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text(WORDS)
    assert _outcomes(store, folder) == {"caf\\xe9.txt": "read"}
    assert [document.path for document in store.documents()] == [f"{folder}/caf\\xe9.txt"]


@pytest.fixture
def as_nobody(folder: Path) -> Iterator[None]:
    """The rights of a user who is not root, since root may read everything."""
    if os.geteuid():
        yield
        return
    for parent in (folder, *takewhile(lambda one: not one.stat().st_mode & 0o001, folder.parents)):
        parent.chmod(0o777)
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.usefixtures("as_nobody")
def test_what_may_not_be_opened_is_kept_as_failed_and_retried(tmp_path: Path, folder: Path) -> None:
    (folder / "good.txt").write_text(WORDS)
    (folder / "closed.txt").write_text("Closed words.")
    (folder / "closed.txt").chmod(0)
    (folder / "shut").mkdir()
    (folder / "shut" / "inner.txt").write_text("Inner words.")
    (folder / "shut").chmod(0)
    store = Store.open(tmp_path / "other-case")
    assert _outcomes(store, folder) == {"good.txt": "read", "closed.txt": "failed", "shut": "failed"}
    reasons = [document.reason for document in store.documents("failed")]
    assert reasons == [
        f"{folder}/{name} cannot be opened: Permission denied" for name in ("closed.txt", "shut")
    ]
    (folder / "closed.txt").chmod(0o600)
    (folder / "shut").chmod(0o700)
    assert _outcomes(store, retry=True) == {"closed.txt": "read", "inner.txt": "read"}
    assert store.documents("failed") == []
    store.close()


# Again


def test_what_failed_is_left_alone_until_it_is_retried(store: Store, folder: Path) -> None:
    (folder / "a.docx").write_bytes(NOT_A_ZIP)
    assert _outcomes(store, folder) == {"a.docx": "failed"}
    (arrival,) = ingest(store, [folder]).arrivals
    assert arrival.outcome == "failed"
    assert str(arrival.note).endswith("`secondsource ingest --retry` reads it again")
    assert _outcomes(store, retry=True) == {"a.docx": "failed"}


def test_a_file_put_right_takes_the_place_of_its_failure(store: Store, folder: Path) -> None:
    path = folder / "a.pdf"
    path.write_bytes(b"%PDF-1.4 cut off")
    assert _outcomes(store, folder) == {"a.pdf": "failed"}
    path.write_bytes(pdf(WORDS))
    assert _outcomes(store, retry=True) == {"a.pdf": "read"}
    assert [(document.path, document.status) for document in store.documents()] == [(str(path), "read")]


def test_kept_bytes_are_retried_where_the_file_is_gone(store: Store, folder: Path) -> None:
    path = folder / "a.pdf"
    path.write_bytes(b"%PDF-1.4 cut off")
    assert _outcomes(store, folder) == {"a.pdf": "failed"}
    path.unlink()
    assert _outcomes(store, retry=True) == {"a.pdf": "failed"}
    assert len(store.documents("failed")) == 1


# Order, interruption


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_the_order_of_arrival_changes_nothing_but_the_paths(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_bytes(text.encode())
        paths.append(path)
    kept = []
    for name, order in (("one", paths), ("two", paths[::-1])):
        store = Store.open(folder / name)
        ingest(store, order)
        kept.append({(document.id, document.status, document.text) for document in store.documents()})
        store.close()
    assert kept[0] == kept[1]


def test_stopping_keeps_what_was_done(store: Store, folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{WORDS} {number}")

    def stop(step: Progress) -> None:
        if step.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(store, [folder], progress=stop)
    assert [Path(document.path).name for document in store.documents()] == ["0.txt", "1.txt", "2.txt"]
    assert list(_outcomes(store, folder).values()) == ["known"] * 3 + ["read"] * 2


def test_progress_is_told_before_each_file_and_at_the_end(store: Store, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"{WORDS} {name}")
    steps: list[Progress] = []
    ingest(store, [folder], progress=steps.append)
    assert [(step.stage, step.done, step.total, Path(step.name).name) for step in steps] == [
        ("read", 0, 2, "a.txt"),
        ("read", 1, 2, "b.txt"),
        ("read", 2, 2, ""),
    ]


def test_a_killed_ingest_loses_nothing_and_goes_on(tmp_path: Path, folder: Path) -> None:
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"{WORDS} {number}")
    code = (
        "from secondsource.ingest import ingest; from secondsource.store import Store; "
        f"ingest(Store.open({str(tmp_path / 'case')!r}), [{str(folder)!r}])"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    for _ in range(3000):
        if len(list((tmp_path / "case" / "bytes").glob("*/*"))) > 20 or process.poll() is not None:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    store = Store.open(tmp_path / "case")
    before = len(store.documents())
    assert 0 < before < 400
    assert all(document.text_sha256 == sha256(document.text.encode()) for document in store.documents())
    outcomes = list(_outcomes(store, folder).values())
    assert outcomes.count("known") == before
    assert outcomes.count("read") == 400 - before
    store.close()


def test_a_full_disk_is_an_error_of_the_case(store: Store, folder: Path) -> None:
    (folder / "a.txt").write_text(WORDS)
    shutil.rmtree(store.path / "bytes", ignore_errors=True)
    (store.path / "bytes").write_text("in the way")
    with pytest.raises(CaseError, match="cannot be written"):
        ingest(store, [folder])
