"""Who is meant: names of a document resolved to the entities of the case.

A name that no entity holds stands for itself, by its words in any order: "Oshmara's foreign
ministry" and "Ministry of Foreign Affairs of Oshmara" are one body.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.where import Where
from secondsource.gazetteers.outlets import houses
from secondsource.model import Claim, Document, Entity, EntityMention, Mention
from secondsource.text import plain, words

_STOP = frozenset(words("the a an of for in on at and s its their his her our mr mrs ms dr affairs"))
_NATION = re.compile(r"(?<=[a-z]{3})(?:ians?|eans?|ans?|ese|ish|i|n)$")
_ITSELF = frozenset(
    words(
        "authorities government officials state regime side leadership administration authority official "
        "republic"
    )
)
_THE = re.compile(r"\b[Tt]he ([a-z]+)\b(?! of\b)")
_PRONOUNS = frozenset(words("it he she they we i you this that who which them him her us one there"))
FIRST = frozenset({"i", "we", "us"})
"""Pronouns of whoever speaks."""
_HIMSELF: dict[str, frozenset[str]] = {
    "person": FIRST | {"he", "she", "him", "her"},
    "anonymous": FIRST | {"he", "she", "him", "her", "they", "them"},
    "document": FIRST,
    **dict.fromkeys(("organisation", "government", "outlet"), FIRST | {"it", "they", "them"}),
}
_SEVERAL = re.compile(r"\b[a-z]+(?<![sui])s$|\b[Pp]olice$")
_SCHEMA_OF_BODY = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Country", "Person"})


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """A name by its words in any order, articles and the ending of a nationality left out."""
    return " ".join(sorted({_stem(word) for word in words(plain(name))} - _STOP))


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    return _NATION.sub("", word) if len(word) > 5 else word


def _possessive(phrase: str) -> str:
    return re.sub(r"'s?\b", "", plain(phrase))


def is_pronoun(name: str | None) -> bool:
    return name is not None and name != "US" and name.casefold() in _PRONOUNS


def acts_himself(claim: Claim) -> bool:
    """True where the pronoun that acts can stand for whoever speaks: "the firm said it sold them".

    By kind and number: not in "authorities suspect that it cut the cable" nor in "she said that it sank".
    """
    agent = claim.frame.agent
    if agent is None or not is_pronoun(agent):
        return False
    several = claim.source is not None and _SEVERAL.search(claim.source.text)
    return agent.casefold() in _HIMSELF.get(claim.source_kind, frozenset()) - ({"it"} if several else set())


@dataclass(frozen=True, slots=True)
class Named:
    """What changed of whom names mean: the documents in which, and entities that are otherwise.

    Of these, ``shown`` go by another name, are of another kind, came or went.
    """

    documents: set[str]
    entities: set[str]
    shown: set[str]


class _Here:
    """Who is meant in one document: by cluster, by name, and by a word of a body's name.

    ``contested`` are entities that have one name here: the larger one of the case has it.
    """

    def __init__(self) -> None:
        self.clusters: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.by_word: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.inside: dict[str, frozenset[str]] = {}
        self.contested: set[str] = set()

    def learn(self, entity: str, part: EntityMention, *, is_body: bool) -> None:
        self.clusters[part.entity] = entity
        for name in part.names:
            for word in words(_possessive(name)) if is_body else ():
                self._contest(entity, self.by_word[word].get(name))
                self.by_word[word][name] = entity
            self._contest(entity, self.names.setdefault(name_key(name), entity))

    def _contest(self, entity: str, other: str | None) -> None:
        if other is not None and other != entity:
            self.contested |= {entity, other}


class Identity:
    """Looks names up: first among the document's own mentions, then in the whole case.

    Documents and entities come and go; `follow` tells what that changes.
    """

    def __init__(self) -> None:
        self.documents: Mapping[str, Document] = {}
        self.entities: Mapping[str, Entity] = {}
        self._claims: Mapping[str, tuple[Claim, ...]] = {}
        self._parts: defaultdict[str, dict[str, list[EntityMention]]] = defaultdict(dict)
        self._size: dict[str, int] = {}
        self._here: dict[str, _Here] = {}
        self._having: defaultdict[str, set[str]] = defaultdict(set)
        self._anywhere: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._where = Where(_stem)

    def follow(
        self,
        documents: Mapping[str, Document],
        claims: Mapping[str, tuple[Claim, ...]],
        entities: Mapping[str, Entity],
        changed: Collection[str],
    ) -> Named:
        """Take in documents that ``changed``, with their claims, and entities."""
        before, self.entities = self.entities, entities
        self.documents, self._claims = documents, claims
        for id in changed:
            if id in documents:
                self._where.put(documents[id], claims.get(id, ()))
            else:
                self._where.drop(id)
        altered = [id for id in before.keys() | entities.keys() if _differ(before.get(id), entities.get(id))]
        touched, asked = set(changed), set[str]()
        for id in altered:
            touched |= self._relearn(id, before.get(id), entities.get(id), asked)
        keys = self._hold(asked) | self._seats()
        touched |= self._where.holding(keys) if before else set()
        if keys & _owners():
            touched |= documents.keys()
        for id in touched:
            self._here.pop(id, None)
        shown = {id for id in altered if _shown(before.get(id)) != _shown(entities.get(id))}
        return Named(touched & documents.keys(), set(altered), shown)

    def _relearn(self, id: str, old: Entity | None, new: Entity | None, asked: set[str]) -> set[str]:
        """Put an entity in another's place: the documents that it touches, and the names ``asked`` again."""
        was, now = _by_document(old), _by_document(new)
        touched = {document for document in was.keys() | now.keys() if was.get(document) != now.get(document)}
        for document in touched:
            self._parts[document].pop(id, None)
            if document in now:
                self._parts[document][id] = now[document]
        names = [_keys(entity) for entity in (old, new)]
        for key in names[0] - names[1]:
            self._having[key].discard(id)
        for key in names[1] - names[0]:
            self._having[key].add(id)
        asked |= names[0] ^ names[1]
        if self._size.get(id) != len(now):
            self._size[id] = len(now)
            asked |= {key for key in names[1] if len(self._having[key]) > 1}
            touched |= {d for d in now if d in self._here and id in self._here[d].contested}
        if old and new and old.schema != new.schema:
            touched |= now.keys()
        if new and old and names[0] != names[1] and self._schema(id) == "Country":
            touched |= self._where.holding(names[0] | names[1])  # `key` leaves out a state's names
        return touched

    def _hold(self, asked: Iterable[str]) -> set[str]:
        """Settle which entity has each name; those that another has now."""
        changed = set()
        for key in asked:
            best = max(self._having[key], key=lambda id: (self._size[id], id), default=None)
            if best != self._anywhere.get(key):
                changed.add(key)
                self._anywhere[key] = best or ""
            if not best:
                self._anywhere.pop(key, None)
        return changed

    def _seats(self) -> set[str]:
        """Let seats of government stand for states of the case; the names of those that do otherwise now."""
        seats = lexicon().seats
        names = {*seats, *seats.values()}
        named = [entity for entity in self.entities.values() if entity.name.casefold() in names]
        ranked = sorted(named, key=lambda entity: (self._size[entity.id], entity.id))
        by_name = {entity.name.casefold(): entity.id for entity in ranked}
        found = {
            by_name[seat]: by_name[state] for seat, state in seats.items() if {seat, state} <= by_name.keys()
        }
        before, self._states = self._states, found
        moved = {id for id in before.keys() | found.keys() if before.get(id) != found.get(id)}
        return {key for id in moved for key in _keys(self.entities.get(id))}

    def prepare(self, documents: Iterable[str]) -> None:
        """Find out who is meant in documents, so that what changes of it is noticed."""
        for document in documents:
            self._table(document)

    def _table(self, document: str) -> _Here:
        """Who is meant in a document; clusters that no entity took stand for their name."""
        if document not in self._here:
            self._here[document] = self._made(document)
        return self._here[document]

    def _made(self, document: str) -> _Here:
        here, parts = _Here(), self._parts.get(document, {})
        for id in sorted(parts, key=lambda id: (self._size[id], id), reverse=True):
            for part in parts[id]:
                here.learn(id, part, is_body=self.is_body(id))
        for claim in self._claims.get(document, ()):
            for mention in claim.mentions:
                known = here.clusters.get(mention.entity)
                key = name_key(mention.name)
                made = known or self._anywhere.get(key) or f"name:{key}"
                here.clusters.setdefault(mention.entity, made)
                here.names.setdefault(name_key(mention.excerpt.text), made)
                here.names.setdefault(key, made)
        return here

    def named_in(self, documents: Iterable[str]) -> set[str]:
        """The entities that documents name."""
        return {id for document in documents for id in self._parts.get(document, ())}

    def of_mention(self, document: str, mention: Mention) -> str:
        """The entity of a mention, by its cluster in the document."""
        known = self._table(document).clusters.get(mention.entity)
        if known:
            return self._states.get(known, known)
        return self.of_name(document, mention.name) or f"name:{name_key(mention.name)}"

    def of_name(self, document: str, name: str | None) -> str | None:
        """The entity that a name or phrase means in a document; None where it means none."""
        key = name_key(name or "")
        if not key or is_pronoun(name):
            return None
        known = self._table(document).names.get(key) or self._anywhere.get(key)
        return self._states.get(known, known) if known else None

    def within(self, document: str, phrase: str) -> frozenset[str]:
        """The entities that a phrase names among its words: "Chinese authorities" names China."""
        inside = self._table(document).inside
        if phrase not in inside:
            inside[phrase] = frozenset(self._named_in(document, phrase))
        return inside[phrase]

    def _named_in(self, document: str, phrase: str) -> Iterator[str]:
        parts = re.findall(r"[\w-]+", _possessive(phrase))
        starts = [at for at, part in enumerate(parts) if part[:1].isupper()]
        for start in starts:
            for end in range(start + 1, min(start + 6, len(parts)) + 1):
                entity = self.of_name(document, " ".join(parts[start:end]))
                if entity:
                    yield entity

    def meant(self, document: str, text: str, start: int) -> frozenset[str]:
        """The bodies that a text at ``start`` takes up again by a word of their name.

        "The ministry" is the one that was named last before it.
        """
        nouns = {noun.casefold() for noun in _THE.findall(plain(text))}
        found = (self._last_named(document, noun, start) for noun in sorted(nouns))
        return frozenset(body for body in found if body)

    def _last_named(self, document: str, noun: str, start: int) -> str | None:
        named = self._table(document).by_word.get(noun, {}).items()
        text = self.documents[document].text
        at, body = max(((text.rfind(name, 0, start), body) for name, body in named), default=(-1, ""))
        return body if at >= 0 else None

    def key(self, document: str, name: str) -> str:
        """The entity of a name, or the name's own words where there is none.

        A state's name in it counts as that state: "the Chinese foreign ministry" and "China's
        foreign ministry" are one body, and "Chinese authorities" are China itself.
        """
        known = self.of_name(document, name)
        if known:
            return known
        states = {body for body in self.within(document, name) if self._schema(body) == "Country"}
        if len(states) != 1:
            return f"name:{name_key(name)}"
        state = next(iter(states))
        named = {name_key(one) for one in self.names(state)}
        rest = [word for word in words(_possessive(name)) if name_key(word) not in named | {""}]
        if not [word for word in rest if word not in _STOP | _ITSELF]:
            return state
        return f"name:{name_key(' '.join(rest))} {state}"

    def states(self, document: str, name: str) -> frozenset[str]:
        """The states that a name names: the one whose body a ministry is."""
        return frozenset(body for body in self.within(document, name) if self._schema(body) == "Country")

    def _schema(self, key: str) -> str:
        if key not in self.entities:
            return ""
        is_state = self.entities[key].name.casefold() in lexicon().seats.values()
        return "Country" if is_state else self.entities[key].schema

    def display(self, key: str, otherwise: str) -> str:
        """The name that an entity goes by, else the words given."""
        entity = self.entities.get(key)
        return entity.name if entity else otherwise

    def names(self, key: str) -> tuple[str, ...]:
        """Every name of an entity, the longest first; none for a bare name."""
        entity = self.entities.get(key)
        return tuple(sorted({entity.name, *entity.names}, key=lambda n: (-len(n), n))) if entity else ()

    def is_of_state(self, key: str) -> bool:
        """True for a state and for a body of one among the entities of the case."""
        return self._schema(key) in {"Country", "PublicBody"}

    def is_body(self, key: str) -> bool:
        """True for an entity that can act and speak: an organisation, a state, a person."""
        entity = self.entities.get(key)
        return entity is None or _is_body(entity)


def _is_body(entity: Entity) -> bool:
    return entity.schema in _SCHEMA_OF_BODY


def _differ(one: Entity | None, other: Entity | None) -> bool:
    return one is not other and one != other


def _shown(entity: Entity | None) -> tuple[str, str] | None:
    return (entity.name, entity.schema) if entity else None


def _keys(entity: Entity | None) -> set[str]:
    return {name_key(name) for name in (entity.name, *entity.names)} if entity else set()


def _by_document(entity: Entity | None) -> dict[str, list[EntityMention]]:
    found: defaultdict[str, list[EntityMention]] = defaultdict(list)
    for part in entity.mentions if entity else ():
        found[part.document].append(part)
    return found


@cache
def _owners() -> set[str]:
    """The names of states that own outlets, which no text need name."""
    return {name_key(owner.removeprefix("state:")) for owner in houses() if owner.startswith("state:")}
