"""Files inside files, as documents of a case: each with its path, its parent and how it came."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quine import quine
from secondsource.config import Config
from secondsource.ingest import IngestReport, ingest
from secondsource.ingest import intake as module
from secondsource.store import Store, verify

FILES = Path(__file__).parent / "files"
WORDS = "The port is closed, the ministry said."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "case", Config(user="mira"))
    yield store
    store.close()


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return target.getvalue()


def ingested(store: Store, tmp_path: Path, name: str, data: bytes) -> dict[str, str]:
    path = tmp_path / name
    path.write_bytes(data)
    return outcomes(ingest(store, [path]), tmp_path)


def outcomes(report: IngestReport, folder: Path) -> dict[str, str]:
    return {arrival.path.removeprefix(f"{folder}/"): arrival.outcome for arrival in report.arrivals}


def test_every_member_at_every_depth_is_a_document(store: Store) -> None:
    report = ingest(store, [FILES / "leak.zip"])
    assert outcomes(report, FILES) == {
        "leak.zip": "container",
        "leak.zip!/papers/report.docx": "read",
        "leak.zip!/papers/letter.eml": "read",
        "leak.zip!/papers/shipments.csv": "read",
        "leak.zip!/papers/attached.eml": "read",
        "leak.zip!/papers/attached.eml!/shipments.xlsx": "read",
        "leak.zip!/papers/attached.eml!/note.txt": "read",
    }
    assert report.problems == ()
    assert list(verify(store)) == []


def test_how_a_member_came_is_kept(store: Store) -> None:
    ingest(store, [FILES / "capture.wacz"])
    captures = {capture.path.removeprefix(f"{FILES}/"): capture for capture in store.custody.captures()}
    page = captures["capture.wacz!/archive/data.warc.gz!/https://tarnregister.example/pumps"]
    warc = captures["capture.wacz!/archive/data.warc.gz"]
    outer = captures["capture.wacz"]
    assert (page.kind, warc.kind, outer.kind) == ("response", "member", "file")
    assert (page.parent, warc.parent, outer.parent) == (warc.document, outer.document, None)
    assert page.origin == "https://tarnregister.example/pumps"
    assert (page.captured, page.by) == ("2026-04-07T10:00:00Z", "mira")
    assert str(page.record).startswith("<urn:uuid:")
    assert outer.origin == str(FILES / "capture.wacz")
    assert outer.version
    assert store.custody.members(warc.document)[0] == page.document


def test_an_archive_taken_in_twice_is_known_and_nothing_is_kept_twice(store: Store) -> None:
    ingest(store, [FILES / "leak.zip"])
    before = store.counts(), store.ledger.head()
    (arrival,) = ingest(store, [FILES / "leak.zip"]).arrivals
    assert arrival.outcome == "known"
    assert (store.counts(), store.ledger.head()) == before


def test_an_archive_that_is_its_own_member_is_opened_once(store: Store, tmp_path: Path) -> None:
    found = ingested(store, tmp_path, "r.zip", quine())
    assert found == {"r.zip": "container", "r.zip!/r.zip": "failed"}
    (failed,) = store.documents("failed")
    assert str(failed.reason).endswith("r.zip!/r.zip: is the very file that it is in")


def test_containers_are_opened_to_a_depth(store: Store, tmp_path: Path) -> None:
    data = WORDS.encode()
    for _ in range(module.MAX_DEPTH + 3):
        data = zipped(a__zip=data) if data.startswith(b"PK") else zipped(a__txt=data)
    found = ingested(store, tmp_path, "deep.zip", data)
    assert "failed" in found.values()
    assert len(found) == module.MAX_DEPTH + 2
    (failed,) = store.documents("failed")
    assert f"containers are opened to a depth of {module.MAX_DEPTH}" in str(failed.reason)


def test_one_file_gives_no_more_documents_than_the_limit(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_INSIDE", 3)
    monkeypatch.setattr(module._Outer, "__init__", lambda self, **how: _three(self, **how))
    members = {f"{number}__txt": f"{WORDS} {number}".encode() for number in range(5)}
    found = ingested(store, tmp_path, "many.zip", zipped(**members))
    assert list(found.values()).count("read") == 3
    assert list(found.values()).count("failed") == 2


def test_members_over_the_limit_are_taken_by_a_retry_once_the_limit_allows_them(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = {f"{number}__txt": f"{WORDS} {number}".encode() for number in range(5)}
    inner = zipped(**members)
    with monkeypatch.context() as patched:
        patched.setattr(module._Outer, "__init__", lambda self, **how: _three(self, **how))
        found = ingested(store, tmp_path, "outer.zip", zipped(inner__zip=inner))
        assert list(found.values()).count("failed") == 3
    (tmp_path / "outer.zip").unlink()
    report = ingest(store, retry=True)
    assert [one.outcome for one in report.arrivals].count("read") == 3
    assert store.documents("failed") == []
    assert len(store.documents("read")) == 5


def _three(outer: module._Outer, **how: object) -> None:
    outer.ancestors, outer.left, outer.room, outer.how = (), 3, module.MAX_BYTES, {}
    for name, value in how.items():
        setattr(outer, name, value)


def test_a_locked_member_is_named_and_the_others_are_read(store: Store, tmp_path: Path) -> None:
    data = bytearray(zipped(a__txt=WORDS.encode(), b__txt=WORDS.upper().encode()))
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    found = ingested(store, tmp_path, "locked.zip", bytes(data))
    assert found == {"locked.zip": "container", "locked.zip!/a.txt": "failed", "locked.zip!/b.txt": "read"}
    (failed,) = store.documents("failed")
    assert failed.reason == f"{tmp_path}/locked.zip!/a.txt: is password-protected"


def test_a_hostile_name_leads_nowhere(store: Store, tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../escape.txt", WORDS)
        archive.writestr("/etc/escape.txt", WORDS + " Again.")
    before = set(tmp_path.parent.iterdir())
    found = ingested(store, tmp_path, "names.zip", target.getvalue())
    assert list(found.values()) == ["container", "read", "read"]
    assert set(tmp_path.parent.iterdir()) == before
    assert not Path("/etc/escape.txt").exists()


def test_a_container_goes_in_after_its_members(store: Store) -> None:
    """Or one that was stopped in the middle would be known, and never completed."""
    ingest(store, [FILES / "leak.tar.gz"])
    entries = [entry.fields["payload"]["path"] for entry in store.ledger.entries()]
    assert [path.rpartition("/")[2] for path in entries] == ["report.odt", "typed.rtf", "leak.tar.gz"]


def test_without_isolation_files_are_read_in_the_same_process(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (arrival,) = ingest(store, [tmp_path / "a.txt"], config=Config(isolated=False)).arrivals
    assert arrival.outcome == "read"
