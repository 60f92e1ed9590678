"""The entities, documents and mentions of a case as statements, and as the entities that these make.

Every name comes with the document that has it.  Each cluster of a document's names is a *Mention*, or where
FollowTheMoney's Mention cannot resolve to that kind of thing (a vessel, a place) a *Documentation*, so that
each entity leads back to its documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from secondsource.ftm.statement import Statement, by_thing, put_together
from secondsource.gazetteers import Known, known
from secondsource.model import JSON, Document, Entity, EntityMention, Judgement
from secondsource.text import content_id, words

KINDS: Mapping[str, str] = {
    "Person": "Person",
    "Company": "Company",
    "Organization": "Organization",
    "PublicBody": "PublicBody",
    "LegalEntity": "LegalEntity",
    "Vessel": "Vessel",
    "Airplane": "Airplane",
    "Vehicle": "Vehicle",
    "Event": "Event",
    "Address": "Address",
    "Country": "PublicBody",
    "Location": "Address",
    "Product": "Asset",
    "Thing": "Asset",
}
"""FollowTheMoney's kind for each of ours: states stand for their governments, places for addresses."""

_LEGAL = frozenset({"Person", "Company", "Organization", "PublicBody", "LegalEntity"})
_ALWAYS_NAMED = _LEGAL | {"Vessel", "Event"}
_LONGEST = {"name": 384, "notes": 65_000, "string": 1_024, "url": 4_096}
"""FollowTheMoney's own limits, in characters: a longer value is no value to it."""

_ENDS = {"read": "success", "container": "success", "empty": "success", "failed": "failure"}


class Exported(NamedTuple):
    """What is exported: documents by id, kinds of mentions by document and cluster, judgements by id."""

    entities: Iterable[Entity]
    documents: Mapping[str, Document]
    kinds: Mapping[tuple[str, str], str]
    judgements: Mapping[str, Judgement]


def entities(case: Exported) -> Iterator[JSON]:
    """The entities of a case, its documents, and what ties the two together, one object each."""
    known_as = {one.id: (one.name, one.referents) for one in case.entities}
    for held in by_thing(statements(case)):
        caption, referents = known_as.get(held[0].canonical, (_caption(held), ()))
        yield put_together(held, caption, referents)


def _caption(held: Iterable[Statement]) -> str:
    told = {one.prop: one.value for one in held}
    return next(told[prop] for prop in ("title", "fileName", "name", "role") if prop in told)


def statements(case: Exported) -> Iterator[Statement]:
    """The same as statements, those of one thing together."""
    for document in case.documents.values():
        yield from _of_document(document)
    for entity in case.entities:
        yield from _of_entity(entity, case)
        for part in entity.mentions:
            yield from _tie(entity, part, case)


def _of_document(document: Document) -> Iterator[Statement]:
    reading = document.reading
    told: list[tuple[str, str | None]] = [
        ("fileName", document.path),
        ("title", reading.title),
        ("mimeType", document.media_type),
        ("fileSize", str(document.size)),
        ("publisher", reading.publisher),
        ("publishedAt", _moment(reading.published)),
        ("retrievedAt", _moment(document.first_seen)),
        ("sourceUrl", _address(reading.url)),
        ("processingStatus", _ENDS[document.status]),
        ("processingError", document.reason if document.status == "failed" else None),
        *(("author", author) for author in reading.authors),
    ]
    seen = _moment(document.first_seen) or ""
    for prop, value in told:
        if value := _worded(value, _LONGEST["string"]):
            yield Statement(document.id, document.id, "Document", prop, value, document.path, seen)


def _of_entity(entity: Entity, case: Exported) -> Iterator[Statement]:
    schema = KINDS.get(entity.schema, "LegalEntity")
    for part in entity.mentions:
        document = case.documents[part.document]
        told = (_tie_id(part), schema), (document.path, _moment(document.first_seen) or "")
        names = sorted(dict.fromkeys(part.names), key=lambda name: name != entity.name)
        yield from (_stated(entity.id, *told, *_named(name, entity)) for name in names if _fits(name))
        yield _stated(entity.id, *told, "proof", document.id)
        if url := _address(document.reading.url):
            yield _stated(entity.id, *told, "sourceUrl", url)
    yield from _of_the_whole(entity, schema, case)


def _of_the_whole(entity: Entity, schema: str, case: Exported) -> Iterator[Statement]:
    """What no document states: names that a person gave, what tables know, why the names are one."""
    own = entity.id, schema
    given = {case.judgements[id].value: id for id in entity.judgements}
    stated = {name for part in entity.mentions for name in part.names}
    for name in (name for name in dict.fromkeys((entity.name, *entity.names)) if name not in stated):
        if _fits(name):
            yield _stated(entity.id, own, (given.get(name, "resolution"), ""), *_named(name, entity))
    if found := _known(entity):
        yield from (_stated(entity.id, own, ("gazetteer", ""), *told) for told in _place(found, schema))
    if schema == "Address":
        yield _stated(entity.id, own, ("resolution", ""), "full", _worded(entity.name, _LONGEST["name"]))
    for reason in entity.reasons:
        yield _stated(entity.id, own, ("resolution", ""), "notes", _worded(reason, _LONGEST["notes"]))


def _stated(thing: str, of: tuple[str, str], by: tuple[str, str], prop: str, value: str) -> Statement:
    return Statement(thing, *of, prop, value, *by)


def _named(name: str, entity: Entity) -> tuple[str, str]:
    """The property that a name is stated under, and the name; a word of a fuller name is a weak one."""
    text = " ".join(name.split())
    if name == entity.name:
        return "name", text
    alone = len(words(name)) == 1 and len(words(entity.name)) > 1
    return ("weakAlias" if alone else "alias"), text


def _known(entity: Entity) -> Known | None:
    found = known(entity.name)
    return found if found and found.schema == entity.schema else None


def _place(found: Known, schema: str) -> Iterator[tuple[str, str]]:
    if found.country:
        yield "country", found.country
    if schema == "Address" and found.at:
        yield from (("latitude", str(found.at[0])), ("longitude", str(found.at[1])))


def _tie(entity: Entity, part: EntityMention, case: Exported) -> Iterator[Statement]:
    """The Mention of an entity in a document, or the Documentation of it."""
    document, id = case.documents[part.document], _tie_id(part)
    legal = KINDS.get(entity.schema, "LegalEntity") in _LEGAL
    by = document.path, _moment(document.first_seen) or ""
    told = [("document", document.id), ("resolved" if legal else "entity", entity.id)]
    if legal:
        kind = case.kinds.get((part.document, part.entity), entity.schema)
        told += [("name", " ".join(name.split())) for name in part.names if _fits(name)]
        told.append(("detectedSchema", KINDS.get(kind, "LegalEntity")))
    else:
        told.append(("role", "mention"))
    of = id, "Mention" if legal else "Documentation"
    yield from (_stated(id, of, by, prop, value) for prop, value in told)


def _tie_id(part: EntityMention) -> str:
    return content_id("ftm", part.document, part.entity)


def _fits(name: str) -> bool:
    return 0 < len(" ".join(name.split())) <= _LONGEST["name"]


def _worded(value: str | None, longest: int) -> str:
    return " ".join((value or "").split())[:longest]


def _moment(stated: str | None) -> str | None:
    """A date or time as FollowTheMoney has it: no finer than the second, in UTC, without saying so."""
    return stated[:19].removesuffix("Z") if stated else None


def _address(url: str | None) -> str | None:
    """An address on the web that is one; None for any other."""
    if not url or len(url) > _LONGEST["url"]:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
