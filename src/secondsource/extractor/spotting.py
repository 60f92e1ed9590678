"""Where names stand in one paragraph: known ones, those told by their shape, and the model's.

Each place is given once.  A known name or a shape goes before the model's guess, and the longer before the
shorter: “Russia's defence ministry” is one name, and not Russia's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Entity

from secondsource.extractor import shapes
from secondsource.extractor.gazetteer import given_names
from secondsource.extractor.naming import ADJECTIVE, LABELS, Name, has_given_name, schema_of
from secondsource.extractor.paragraphs import Paragraph
from secondsource.extractor.things import things
from secondsource.gazetteers import Found, Known, WatchList, find, known
from secondsource.names import unmixed
from secondsource.text import plain, trim, words

_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)$")
_TRAILING = re.compile(r"(?: (?:of|and|for|the|in|at|on|to|by|over|&))+$")
_TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "tomorrow",
    ]
)
_EDGE = ' \t\r\n\u00a0,;:–—-!?…“”"„«»`'
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z'/ -]{2,30})(?:,[^(–—-]{1,40})?\s*"
    r"(?:\((?P<outlet>[A-Z][\w .&-]{1,30})\)\s*[–—-]|[–—-]{1,2} )"
)
_WORD = re.compile(r" ([A-Z][a-z]+)\b(?! [A-Z])")
_AND = re.compile(r"(\w+),? and ")
_OF_PEOPLE = re.compile(r"[A-Z][a-z]+(?:n|ese|ish|i)")
_TITLE = 120
_HEADLINE = 0.6
WIDE = frozenset({"LegalEntity", "Organization"})
"""Kinds under which lists have firms, ministries and movements alike."""
BODIES = frozenset({"Company", "Organization", "PublicBody"})
LONGEST = 120
"""Code points of the longest name: what is longer is a list that lost its commas, or no name at all."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a paragraph that may be a name; the lower ``rank`` goes first, then the longer one."""

    start: int
    end: int
    schema: str
    how: str
    rank: int
    known: Known | None = None


def spotted(paragraph: Paragraph, watch: WatchList | None = None) -> list[Name]:
    """The names of one paragraph in reading order, none overlapping."""
    text = plain(unmixed(paragraph.text))
    hits = find(text)
    found = paragraph.doc.ents
    entities = {one.end_char: one.start_char for one in found if len(one) == 1}
    told = [*_known(hits, text), *_shaped(text, hits, entities, _peoples(paragraph, text))]
    spots = [
        *_listed(text, watch, told),
        *told,
        *_dateline(text),
        *_modelled(text, found),
    ]
    chosen: list[_Spot] = []
    taken: set[int] = set()
    for spot in sorted(spots, key=lambda one: (one.rank, one.start - one.end, one.start)):
        if spot.end - spot.start <= LONGEST and taken.isdisjoint(range(spot.start, spot.end)):
            taken.update(range(spot.start, spot.end))
            chosen.append(spot)
    made = (_name(paragraph, spot) for spot in sorted(chosen, key=lambda one: one.start))
    return [one for one in made if one is not None]


def _peoples(paragraph: Paragraph, text: str) -> dict[int, int]:
    """Capitalised words that end as adjectives of states do: “Belmarran”, by where they end."""
    spans = (paragraph.doc.char_span(*one.span()) for one in _OF_PEOPLE.finditer(text))
    tokens = (one[0] for one in spans if one is not None and len(one) == 1)
    return {
        token.idx + len(token.text): token.idx
        for token in tokens
        if token.pos_ in {"PROPN", "ADJ"} and not token.is_stop and _OF_PEOPLE.fullmatch(token.text)
    }


def is_headline(text: str) -> bool:
    """True for words in title case or capitals, in which nothing tells a name from a common word."""
    if len(text) > _TITLE and ". " in text:
        return False
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > _HEADLINE * len(long)


def _name(paragraph: Paragraph, spot: _Spot) -> Name | None:
    inner = trim(paragraph.text, spot.start, spot.end, _EDGE)
    if inner is None or inner.end - inner.start < 2:
        return None
    span, form = paragraph.at(*inner), paragraph.text[slice(*inner)]
    if form.endswith(".") and form[-3:-1] in {"Co", "td", "nc", "rp"} and _ends_sentence(paragraph, span.end):
        span, form = span._replace(end=span.end - 1), form[:-1]
    return Name(span, form, spot.schema, spot.how, spot.known)


def _ends_sentence(paragraph: Paragraph, end: int) -> bool:
    rest = paragraph.text[end - paragraph.offset :].lstrip()
    return not rest or rest[0].isupper()


def _listed(text: str, watch: WatchList | None, told: Sequence[_Spot]) -> Iterator[_Spot]:
    """Names of a user's own, and those of lists, but for one that is a part of a longer name."""
    for hit in watch.find(text) if watch else ():
        spot = _Spot(hit.start, hit.end, hit.known.schema, "list", 0, hit.known)
        if hit.known.role != "listed":
            yield spot
        elif not any(_holds(other, spot) for other in told):
            yield replace(spot, schema=_narrower(spot, text, told))


def _holds(other: _Spot, spot: _Spot) -> bool:
    longer = other.end - other.start > spot.end - spot.start
    return longer and other.start <= spot.start and spot.end <= other.end


def _narrower(spot: _Spot, text: str, told: Sequence[_Spot]) -> str:
    """A list's kind, or the narrower one that the words tell where the list only says that it is a body."""
    if spot.schema not in WIDE:
        return spot.schema
    same = (one.schema for one in told if (one.start, one.end) == (spot.start, spot.end))
    narrow = next((schema for schema in same if schema in BODIES), None)
    return narrow or (schema_of("ORG", text[spot.start : spot.end]) or ("Organization", ""))[0]


def _known(hits: Sequence[Found], text: str) -> Iterator[_Spot]:
    """Known names; a body's with the state that it is of, where that stands before it in one name."""
    of_states = {hit.end + 1: hit.start for hit in hits if hit.known.schema == "Country"}
    for hit in hits:
        place = hit.known.schema in ("Country", "Location")
        body = hit.known.schema == "PublicBody" and " " in text[hit.start : hit.end]
        start = (
            of_states.get(hit.start, hit.start)
            if body and text[hit.start - 1 : hit.start] == " "
            else hit.start
        )
        firm = shapes.LEGAL_FORM.match(text, hit.end) if hit.known.schema == "Company" else None
        rank = 4 if hit.known.role == "outlet" else 3 if place else 1
        end = firm.end() if firm else hit.end
        yield _Spot(start, end, hit.known.schema, "gazetteer", rank, hit.known)


def _shaped(
    text: str, hits: Sequence[Found], entities: dict[int, int], peoples: dict[int, int]
) -> Iterator[_Spot]:
    """What the shapes of names tell; ``entities`` and ``peoples`` are words that may be a state's."""
    fitting = shapes.fitting(text)
    of_states = {hit.end: hit.start for hit in hits if hit.known.schema in ("Country", "Location")}
    for pattern, schema in ((shapes.FIRM, "Company"), (shapes.BODY, None), (shapes.PLACE, "Location")):
        for shape in pattern.finditer(text) if pattern in fitting else ():
            for start, end in _bodies(text, *_unpossessed(text, *shape.span())):
                if shapes.OFFICE.match(text, start):
                    continue
                start = start if schema == "Location" else _from_state(text, start, of_states)
                told = (schema_of("ORG", text[start:end]) or ("Organization", ""))[0]
                yield _Spot(start, end, schema if schema and told != "PublicBody" else told, "rule", 2)
    for end, start in (of_states | entities | peoples).items():
        if body := shapes.SMALL.match(text, end):
            yield _Spot(start, body.end(), "PublicBody", "rule", 2)
    for pattern, schema in ((shapes.WORKS, "Company"), (shapes.PLACE_OF, "Location")):
        for shape in pattern.finditer(text):
            yield _Spot(*shape.span("name"), schema, "rule", 2 if schema == "Company" else 4)
    for shape in shapes.DESIGNATION.finditer(text):
        yield _Spot(*shape.span(), "Product", "rule", 2)
    for shape in shapes.SHIP.finditer(text) if shapes.SHIP in fitting else ():
        yield from _ship(shape)
    yield from _persons(text)
    yield from _of_office(text) if shapes.ROLE in fitting else ()


def _dateline(text: str) -> Iterator[_Spot]:
    """The town and the agency that a report opens with: “TEHRAN (FNA) -”."""
    if shape := _DATELINE.match(text):
        yield _Spot(*shape.span("place"), "Location", "rule", 3)
        if shape["outlet"]:
            yield _Spot(*shape.span("outlet"), "Organization", "rule", 3)


def _unpossessed(text: str, start: int, end: int) -> tuple[int, int]:
    tail = _POSSESSIVE.search(text[start:end])
    return start, start + tail.start() if tail else end


def _bodies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bodies in one shape: “Orlesk Works and Tarvesk Trading Company” are two."""
    for joint in _AND.finditer(text, start, end):
        if joint[1] in shapes.ENDINGS:
            yield start, joint.end(1)
            start = joint.end()
    yield start, end


def _from_state(text: str, start: int, of_states: Mapping[int, int]) -> int:
    """Where a body's name begins with the state it is of: “Cuba's Ministry”, “French Maritime Prefecture”."""
    for gap in (" ", "'s "):
        before = of_states.get(start - len(gap))
        if before is not None and text[start - len(gap) : start] == gap:
            return before
    return start


def _ship(shape: re.Match[str]) -> Iterator[_Spot]:
    group = shape.lastgroup or "name"
    form = shape[group]
    tail = _TRAILING.search(form)
    if tail and group == "first":
        return  # “Three of the six ships”, “Hall 4 of the boat works”
    end = shape.start(group) + (tail.start() if tail else len(form))
    first = words(form)[:1]
    if first and first[0] not in _TIMES and not _is_known_else(form) and not _LEADING.match(form + " "):
        yield _Spot(shape.start(group), end, "Vessel", "rule", 2)


def _is_known_else(form: str) -> bool:
    """True for what begins with a state, a people or a body: “ship Russian sailors”, “vessel US
    officials”."""
    first = known(form.split()[0]) or known(" ".join(form.split()[:2]))
    whole = known(form)
    if whole is not None:
        return whole.schema != "Vessel"
    return first is not None and (first.role == "people" or first.schema in {"Country", "PublicBody"})


def _persons(text: str) -> Iterator[_Spot]:
    """Persons told by a given name (“Ines Vardholm”)."""
    for shape in shapes.PERSON.finditer(text):
        if shape["given"].lower() in given_names() and has_given_name(f"{shape['given']} {shape['rest']}"):
            yield _Spot(*shape.span("name"), "Person", "gazetteer", 2)


def _of_office(text: str) -> Iterator[_Spot]:
    """Persons told by the office before a name (“minister Haidar Abadi”)."""
    for shape in shapes.ROLE.finditer(text):
        name = shape["name"]
        if shape["role"].lower() not in shapes.TITLES or name.split()[-1].lower() in _TIMES:
            continue
        if not _is_known_else(name) and not _names_body(name):
            yield _Spot(*shape.span("name"), "Person", "rule", 2)


def _names_body(form: str) -> bool:
    return words(form)[0] in shapes.TITLES or any(
        word in things().short or things().nouns.get(word) in {"PublicBody", "Organization", "Person"}
        for word in words(form)
    )


def _modelled(text: str, found: Iterable[Entity]) -> Iterator[_Spot]:
    """The model's names, without article and possessive; in a headline, persons with a given name only."""
    headline = is_headline(text)
    yield from _before_towns(text, found)
    for spot in (_of_model(text, one.label_, *piece) for one in found for piece in _pieces(text, one)):
        if spot is None:
            continue
        form = text[spot.start : spot.end]
        if not headline or (" " not in form and spot.schema != "Organization") or _is_persons(form, spot):
            yield spot


def _before_towns(text: str, found: Iterable[Entity]) -> Iterator[_Spot]:
    """A person whose family name is a town's: “Valeska Paris”, which the model cuts in two."""
    for entity in found:
        if entity.label_ in {"PERSON", "GPE"} and len(entity) == 1:
            after = _WORD.match(text, entity.end_char)
            town = known(after[1]) if after and known(entity.text) is None else None
            if after and town is not None and town.role == "seat":
                yield _Spot(entity.start_char, after.end(1), "Person", "rule", 2)


def _is_persons(form: str, spot: _Spot) -> bool:
    """True for two words of a headline that are a person's: by a given name, or as the model has it."""
    parts = form.split()
    apart = not any(known(part) for part in parts) and all(part.isalpha() for part in parts)
    return has_given_name(form) or (spot.schema == "Person" and len(parts) == 2 and apart)


def _pieces(text: str, entity: Entity) -> Iterator[tuple[int, int]]:
    """Where the model's name stands, in two where it ran on over a comma: “Osk, Wim Tack”."""
    start, end = entity.start_char, entity.end_char
    comma = text.find(", ", start, end) if entity.label_ in {"GPE", "LOC", "PERSON"} else -1
    if comma > start and text[comma + 2 : end][:1].isupper():
        yield from ((start, comma), (comma + 2, end))
    else:
        yield start, end


def _of_model(text: str, label: str, start: int, end: int) -> _Spot | None:
    if label not in LABELS:
        return None
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    for ending in (_POSSESSIVE, _TRAILING):
        tail = ending.search(text[start:end])
        end = start + tail.start() if tail else end
    form = text[start:end]
    kind = schema_of(label, form) if start < end else None
    if kind is None or "\n" in form or not any(letter.isupper() for letter in form):
        return None
    if label == "NORP" and " " not in form:
        return _Spot(start, end, "Country", ADJECTIVE, 4)
    if form[0] in "@#" or "http" in form or (words(form) and set(words(form)) <= things().nothing):
        return None
    of_place = kind[0] == "Person" and " " in form and known(form.split()[-1]) is not None
    return _Spot(start, end, *kind, 2 if of_place else 4)
