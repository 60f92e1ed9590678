"""Every stored hash and span checked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from secondsource.model import Claim, Discrepancy, Document, Extraction, ListMention, Progress
from secondsource.store.audit import audit
from secondsource.store.ledger import Head
from secondsource.store.log import FILE
from secondsource.store.quotes import difference, excerpts
from secondsource.store.store import Store
from secondsource.text import sha256


def verify(
    store: Store, progress: Callable[[Progress], None] | None = None, head: Head | None = None
) -> Iterator[Discrepancy]:
    """What in the case is no longer what it was when it was put in.

    Checked are the database file, the seal of every record, every file of bytes against its
    name, every text against its hash, every excerpt of every claim and mention against its
    document, that what a question or entity rests on is still there, and all of it against
    the ledger; with a ``head`` that was kept, the ledger against that.
    """
    problem = store.unsealed()
    if problem:
        yield Discrepancy("case", str(store.path), f"{FILE}: {problem}")
    yield from (Discrepancy("case", str(store.path), line) for line in store.damage())
    for kind, id in store.broken():
        yield Discrepancy(kind, id, f"the record of this {kind} was changed after it was stored")
    documents = store.documents()
    mentions = store.mentions()
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in store.claims():
        claims[claim.document].append(claim)
    bytes_, sidecars, listed = _Bytes(store), store.sidecars(), store.list_mentions()
    for done, document in enumerate(documents):
        if progress:
            progress(Progress("verify", done, len(documents), document.path))
        yield from _of_document(bytes_, document, sidecars.get(document.id))
        said = Extraction(tuple(claims[document.id]), tuple(mentions.get(document.id, ())))
        yield from _words(document, said)
        yield from _mentioned(document, listed.get(document.id, ()))
    yield from _lists(store, bytes_)
    yield from bytes_.others()
    yield from _indexes(store)
    yield from _findings(store)
    yield from audit(store, head)


class _Bytes:
    """Every file of bytes, read once and against its name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[str, str | None] = {}

    def problem(self, digest: str) -> str | None:
        """What is wrong with the bytes of that name; None where nothing is."""
        if digest not in self._found:
            self._found[digest] = self._read(digest)
        return self._found[digest]

    def _read(self, digest: str) -> str | None:
        data = self._store.blobs.get(digest)
        if data is None:
            return f"the bytes {digest} are gone from the case"
        found = sha256(data)
        return None if found == digest else f"the bytes kept as {digest} now have the SHA-256 {found}"

    def others(self) -> Iterator[Discrepancy]:
        """What is wrong with bytes that nothing asked for yet."""
        for digest in self._store.blobs.digests():
            if digest not in self._found and (problem := self.problem(digest)):
                yield Discrepancy("bytes", digest, problem)


def _of_document(bytes_: _Bytes, document: Document, sidecar: str | None) -> Iterator[Discrepancy]:
    unread = document.status == "failed" and document.size == 0
    for digest in (None if unread else document.id, sidecar):
        problem = digest and bytes_.problem(digest)
        if problem:
            kind = "sidecar" if digest != document.id else "bytes"
            yield Discrepancy(kind, document.id, f"{document.path}: {problem}")


def _indexes(store: Store) -> Iterator[Discrepancy]:
    """Indexes of lists are made from them again at will; one that changed would find other names."""
    for path in sorted((store.path / "index").rglob("*")):
        seal = path.with_name(f"{path.name}.sha256")
        lonely = path.suffix == ".sha256" and not path.with_suffix("").exists()
        if lonely or (path.is_file() and path.suffix != ".sha256"):
            stated = seal.read_text("utf-8", "replace") if seal.exists() else ""
            found = f"{sha256(path.read_bytes())}  {path.name}\n"
            if stated != found:
                name = str(path.relative_to(store.path))
                what = f"{name} was sealed as “{stated.strip()}” and is “{found.strip()}”; delete the folder"
                yield Discrepancy("index", name, f"{what} {path.parent.name} to have it made again")


def _words(document: Document, said: Extraction) -> Iterator[Discrepancy]:
    found = sha256(document.text.encode())
    if found != document.text_sha256:
        what = f"{document.path}: the text had the SHA-256 {document.text_sha256} and now has {found}"
        yield Discrepancy("text", document.id, what)
    for owner, excerpt in excerpts(said):
        problem = difference(document.text, excerpt)
        if problem:
            kind, _, id = owner.partition(" ")
            yield Discrepancy(kind, id, f"{document.path}: {owner} {problem}")


def _mentioned(document: Document, mentions: Iterable[ListMention]) -> Iterator[Discrepancy]:
    for one in mentions:
        if document.text[one.start : one.end] != one.text:
            what = f"{document.path}: the listed name “{one.text}” does not stand at {one.start}–{one.end}"
            yield Discrepancy("list mention", document.id, what)


def _lists(store: Store, bytes_: _Bytes) -> Iterator[Discrepancy]:
    for digest, name in store.list_files().items():
        problem = bytes_.problem(digest)
        if problem:
            yield Discrepancy("list", name, f"list {name}: {problem}")


def _judged(store: Store) -> set[str]:
    """Claims that a person altered or took out: questions rest on others once they are derived again."""
    payloads = (entry.fields["payload"] for entry in store.ledger.entries("claim-judgement"))
    return {said["id"] for each in payloads for name in ("before", "after") if (said := each.get(name))}


def _findings(store: Store) -> Iterator[Discrepancy]:
    documents, claims = set(store.paths()), {claim.id for claim in store.claims()} | _judged(store)
    for question in store.questions():
        rests = {id for position in question.positions for id in position.claims}
        for id in sorted(rests - claims):
            yield Discrepancy(
                "question", question.id, f"question {question.id} rests on claim {id}, which is gone"
            )
    for entity in store.entities():
        for id in sorted(set(entity.documents) - documents):
            what = f"entity {entity.name} is named in document {id}, which is gone"
            yield Discrepancy("entity", entity.id, what)
