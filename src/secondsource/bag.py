"""A case as one archive in the form of BagIt (RFC 8493), and back.

::

    NAME/bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
    NAME/data/case.sqlite             the database, as it is at that moment
    NAME/data/bytes/ab/cdef…          the evidentiary copies, by their SHA-256
    NAME/data/texts/DOCUMENT.txt      the working copies
    NAME/data/documents.jsonl, claims.jsonl, questions.jsonl, ledger.jsonl, ledger.head

Whoever has no Second Source checks it with ``tar xf`` and ``sha256sum -c manifest-sha256.txt``.
The texts and the JSON lines are for reading; a case is restored from the database and the bytes.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from secondsource.contract import claim_to_json, document_to_json, question_to_json
from secondsource.errors import CaseError, ReadError
from secondsource.model import Progress
from secondsource.store import FILE, Store
from secondsource.text import canonical

Watch = Callable[[Progress], None]
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
WRITABLE = (FILE, "bytes/")  # of a bag's data: what a case is restored from
CHUNK = 1 << 20


def pack(store: Store, target: Path, progress: Watch | None = None) -> Path:
    """Write the case as a bag to the TAR file ``target``; the path it has.

    Raises CaseError where there is a file already, or it cannot be written.
    """
    if target.exists():
        raise CaseError(f"{target}: there is a file already")
    name = target.name.partition(".")[0] or "case"
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory() as folder, tarfile.open(temporary, "w") as archive:
            _write(_Bag(archive, name), store, Path(folder), progress or (lambda _: None))
        os.replace(temporary, target)
    except OSError as error:
        raise CaseError(f"{target}: cannot be written: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)
    return target


class _Bag:
    """A bag that is being written: every file with its hash, the manifests last."""

    def __init__(self, archive: tarfile.TarFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._manifest: dict[str, str] = {}

    def add(self, path: str, data: bytes) -> None:
        entry = tarfile.TarInfo(f"{self._name}/{path}")
        entry.size, entry.mode = len(data), 0o644
        self._archive.addfile(entry, io.BytesIO(data))
        self._manifest[path] = hashlib.sha256(data).hexdigest()

    def lines(self, path: str, rows: Iterator[object]) -> None:
        self.add(path, "".join(f"{canonical(row)}\n" for row in rows).encode())

    def close(self) -> None:
        payload = {path: digest for path, digest in self._manifest.items() if path.startswith("data/")}
        self.add(MANIFEST, _listed(payload))
        tags = {path: digest for path, digest in self._manifest.items() if path not in payload}
        self.add(TAGS, _listed(tags))


def _listed(digests: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def _write(bag: _Bag, store: Store, folder: Path, progress: Watch) -> None:
    copy = folder / FILE
    # SQLite's own copy: one state of the case, whoever writes meanwhile.
    with closing(sqlite3.connect(store.path / FILE)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
    bag.add(f"data/{FILE}", copy.read_bytes())
    digests = list(store.blobs.digests())
    for done, digest in enumerate(digests):
        progress(Progress("pack", done, len(digests), digest))
        bag.add(f"data/bytes/{digest[:2]}/{digest[2:]}", store.blobs.get(digest) or b"")
    paths = store.paths()
    documents = store.documents()
    for document in documents:
        if document.text:
            bag.add(f"data/texts/{document.id}.txt", document.text.encode())
    bag.lines("data/documents.jsonl", map(document_to_json, documents))
    bag.lines("data/claims.jsonl", (claim_to_json(one, paths[one.document]) for one in store.claims()))
    bag.lines("data/questions.jsonl", (question_to_json(one, paths) for one in store.questions()))
    bag.add("data/ledger.jsonl", "".join(f"{entry.words}\n" for entry in store.ledger.entries()).encode())
    bag.add("data/ledger.head", f"{store.ledger.head()}\n".encode())
    bag.add("bagit.txt", BAGIT)
    bag.add("bag-info.txt", f"Bagging-Software: Second Source\nLedger-Head: {store.ledger.head()}\n".encode())
    bag.close()


def unpack(archive: Path, folder: Path) -> None:
    """Restore the case of a bag to ``folder``, after every file was checked against the manifest.

    Raises CaseError where the folder holds anything, ReadError where the archive is no bag of a
    case or a file is not what its manifest says; nothing is left behind then.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CaseError(f"{folder}: is not empty; a case is restored to a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unpacking-") as place:
        try:
            with tarfile.open(archive, "r:") as bag:
                _restore(bag, Path(place), str(archive))
        except (tarfile.TarError, OSError, EOFError) as error:
            raise ReadError(f"{archive} is not a readable archive: {error}") from None
        if folder.exists():
            folder.rmdir()
        shutil.move(Path(place) / "case", folder)


def _restore(bag: tarfile.TarFile, place: Path, name: str) -> None:
    manifest, found = _manifest(bag, name), dict[str, str]()
    (place / "case").mkdir()
    for entry in bag:
        path = str(PurePosixPath(*PurePosixPath(entry.name).parts[1:]))
        if not entry.isfile() or ".." in PurePosixPath(entry.name).parts:
            raise ReadError(f"{name}: {entry.name} is not a plain file of a bag")
        if path.startswith("data/"):
            kept = path.removeprefix("data/") if path.removeprefix("data/").startswith(WRITABLE) else None
            found[path] = _copied(bag, entry, place / "case" / kept if kept else None)
    for path in sorted(manifest.keys() | found.keys()):
        if manifest.get(path) != found.get(path):
            stated, has = manifest.get(path, "no such file"), found.get(path, "no such file")
            raise ReadError(f"{name}: {path}: the manifest says {stated}, the archive has {has}")
    if f"data/{FILE}" not in found:
        raise ReadError(f"{name} is not the bag of a case: it holds no {FILE}")


def _manifest(bag: tarfile.TarFile, name: str) -> dict[str, str]:
    entry = next((one for one in bag if PurePosixPath(one.name).name == MANIFEST), None)
    file = bag.extractfile(entry) if entry else None
    if file is None:
        raise ReadError(f"{name} is not a bag: it holds no {MANIFEST}")
    lines = (line.partition("  ") for line in file.read().decode("utf-8", "replace").splitlines())
    return {path: digest for digest, _, path in lines}


def _copied(bag: tarfile.TarFile, entry: tarfile.TarInfo, target: Path | None) -> str:
    """The SHA-256 of a member, written to ``target`` where there is one."""
    digest, source = hashlib.sha256(), bag.extractfile(entry)
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    with open(target or os.devnull, "wb") as file:
        while source and (chunk := source.read(CHUNK)):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
