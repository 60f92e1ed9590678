"""Documents and claims by hand, in as few words as a test needs.

A claim is made over a real document text: ``claim(document, "words of the content")`` finds
the words in the text, so that every excerpt is what the document holds there.
"""

from __future__ import annotations

import re
from typing import Any

from secondsource.corroborate import corroborate
from secondsource.extractor import Extractor
from secondsource.model import (
    Basis,
    Claim,
    Document,
    Entity,
    EntityMention,
    Excerpt,
    Frame,
    Mention,
    Quantity,
    Question,
    Reading,
)
from secondsource.resolve import resolve
from secondsource.text import content_id, sha256


def document(text: str, publisher: str | None = None, published: str | None = None, **head: Any) -> Document:
    """A document read without fault; its id is a hash of its words, publisher and date."""
    key = sha256(f"{publisher}|{published}|{text}".encode())
    path = head.pop("path", f"{key[:8]}.txt")
    reading = Reading(text, publisher=publisher, published=published, **head)
    text_hash = sha256(text.encode())
    return Document(
        key, path, "read", None, "text/plain", len(text), reading, text_hash, "2025-01-01T00:00:00Z"
    )


def ask(extractor: Extractor, *texts: str) -> list[Question]:
    """The questions of reports by one outlet each, a day apart, as the program reads and asks them."""
    claims: list[Claim] = []
    mentions: dict[str, list[Mention]] = {}
    documents: list[Document] = []
    for number, text in enumerate(texts):
        publisher = ("Meldwire", "Quell Courier", "Salla Post", "Hill Herald")[number]
        one = document(text, publisher, f"2031-05-0{number + 1}", path=f"{number}.txt")
        found = extractor.extract(one.id, one.text, publisher=publisher, published=one.published)
        documents.append(one)
        claims += found.claims
        mentions[one.id] = list(found.mentions)
    return corroborate(documents, claims, resolve(mentions))


def excerpt(document: Document, words: str) -> Excerpt:
    """The first place where ``words`` stand in the document."""
    start = document.text.index(words)
    return Excerpt.of(document.text, [(start, start + len(words))])


def claim(
    document: Document,
    content: str,
    source: str | None = None,
    kind: str = "outlet",
    *,
    frame: str = "",
    names: tuple[str, ...] = (),
    quantities: tuple[tuple[float | None, float | None, str], ...] = (),
    **rest: Any,
) -> Claim:
    """A claim of ``document``; ``frame`` is "agent predicate object", a dot for what is missing.

    ``quantities`` are (low, high, unit); ``names`` are the names inside the content.
    """
    where = excerpt(document, content)
    agent, predicate, target = (None if part == "." else part for part in (frame or ". . .").split())
    known = {"stance": "asserts", "certainty": None, "basis": None, "via": (), "cue": None} | rest
    known["via"] = tuple(excerpt(document, relay) for relay in known["via"])
    known["cue"] = excerpt(document, known["cue"]) if known["cue"] else None
    if known["basis"]:
        basis_kind, words = known["basis"]
        known["basis"] = Basis(basis_kind, excerpt(document, words))
    negated, modal = known.pop("negated", False), known.pop("modal", None)
    name = known.pop("source_name", source)
    return Claim(
        id=content_id("c", document.id, content, source, known["stance"]),
        document=document.id,
        voice="attributed" if source else "own",
        content=where,
        source=excerpt(document, source) if source else None,
        source_name=name,
        source_kind=kind,  # type: ignore[arg-type]
        mentions=tuple(mention(document, name) for name in names),
        quantities=tuple(
            Quantity(where, low if low == high else None, low, high, unit, low != high)
            for low, high, unit in quantities
        ),
        time=None,
        rule="by-hand",
        frame=Frame(
            (predicate or "").replace("_", " "),
            _spaced(agent),
            _spaced(target),
            negated,
            modal,
            _lemmas(content),
        ),
        **known,
    )


def mention(document: Document, name: str, schema: str = "Organization") -> Mention:
    return Mention(excerpt(document, name), schema, f"m-{name.casefold()}", name, "name")


def entity(name: str, *aliases: str, schema: str = "Company", documents: tuple[Document, ...]) -> Entity:
    """An entity under all its names in every one of ``documents``."""
    names = (name, *aliases)
    return Entity(
        content_id("e", name),
        name,
        schema,
        names,
        tuple(EntityMention(d.id, f"m-{n.casefold()}", (n,), 1) for d in documents for n in names),
    )


def _spaced(part: str | None) -> str | None:
    return part.replace("_", " ") if part else None


def _lemmas(content: str) -> tuple[str, ...]:
    """The content words as the extractor would give them, for the words that the tests use."""
    forms = {"delivered": "deliver", "deliveries": "delivery", "produced": "produce", "built": "build"}
    words = (word.lower() for word in re.findall(r"[\w-]+", content))
    kept = (
        word for word in words if word not in {"the", "a", "an", "to", "are", "is", "was", "by", "of", "it"}
    )
    return tuple(forms.get(word) or _singular(word) for word in kept)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word
