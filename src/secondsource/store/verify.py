"""Every stored hash and span checked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from secondsource.model import Discrepancy, Document, Extraction, Mention, Progress
from secondsource.store.quotes import difference, excerpts
from secondsource.store.store import Store
from secondsource.text import sha256


def verify(store: Store, progress: Callable[[Progress], None] | None = None) -> Iterator[Discrepancy]:
    """What in the case is no longer what it was when it was put in.

    Checked are the database file, the seal of every record, the bytes of every document,
    sidecar and list against their SHA-256, every text against its hash, every excerpt of
    every claim and mention against its document, and that what a question or entity rests
    on is still there.
    """
    yield from (Discrepancy("case", str(store.path), line) for line in store.damage())
    for kind, id in store.broken():
        yield Discrepancy(kind, id, f"the record of this {kind} was changed after it was stored")
    documents = store.documents()
    mentions = store.mentions()
    for done, document in enumerate(documents):
        if progress:
            progress(Progress("verify", done, len(documents), document.path))
        yield from _bytes(store, document)
        yield from _words(store, document, tuple(mentions.get(document.id, ())))
    yield from _lists(store)
    yield from _findings(store)


def _bytes(store: Store, document: Document) -> Iterator[Discrepancy]:
    unread = document.status == "failed" and document.size == 0
    for digest in (None if unread else document.id, store.sidecar_sha256(document.id)):
        problem = digest and _hash(store, digest)
        if problem:
            kind = "sidecar" if digest != document.id else "bytes"
            yield Discrepancy(kind, document.id, f"{document.path}: {problem}")


def _hash(store: Store, digest: str) -> str | None:
    data = store.blobs.get(digest)
    if data is None:
        return f"the bytes {digest} are gone from the case"
    found = sha256(data)
    return None if found == digest else f"the bytes kept as {digest} now have the SHA-256 {found}"


def _words(store: Store, document: Document, mentions: tuple[Mention, ...]) -> Iterator[Discrepancy]:
    found = sha256(document.text.encode())
    if found != document.text_sha256:
        what = f"{document.path}: the text had the SHA-256 {document.text_sha256} and now has {found}"
        yield Discrepancy("text", document.id, what)
    claims = tuple(store.claims(document.id))
    for owner, excerpt in excerpts(Extraction(claims, mentions)):
        problem = difference(document.text, excerpt)
        if problem:
            kind, _, id = owner.partition(" ")
            yield Discrepancy(kind, id, f"{document.path}: {owner} {problem}")


def _lists(store: Store) -> Iterator[Discrepancy]:
    for digest, name in store.list_files().items():
        problem = _hash(store, digest)
        if problem:
            yield Discrepancy("list", name, f"list {name}: {problem}")


def _findings(store: Store) -> Iterator[Discrepancy]:
    documents, claims = set(store.paths()), {claim.id for claim in store.claims()}
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
