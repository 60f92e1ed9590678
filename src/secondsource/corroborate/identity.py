"""Who is meant: names of a document resolved to the entities of the case.

A name that no entity holds stands for itself, by its words in any order: "Oshmara's foreign
ministry" and "Ministry of Foreign Affairs of Oshmara" are one body.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from secondsource.corroborate.lexicon import lexicon
from secondsource.model import Claim, Document, Entity, Mention
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
_SCHEMA_OF_BODY = frozenset({"Company", "Organization", "PublicBody", "LegalEntity", "Country", "Person"})


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """A name by its words in any order, articles and the ending of a nationality left out."""
    return " ".join(sorted({_stem(word) for word in words(plain(name))} - _STOP))


def _stem(word: str) -> str:
    return _NATION.sub("", word) if len(word) > 5 else word


def _possessive(phrase: str) -> str:
    return re.sub(r"'s?\b", "", plain(phrase))


def is_pronoun(name: str | None) -> bool:
    return name is not None and name.casefold() in _PRONOUNS


class Identity:
    """Looks names up: first among the document's own mentions, then in the whole case."""

    def __init__(
        self, documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]
    ) -> None:
        self.entities = {entity.id: entity for entity in entities}
        self.documents = {document.id: document for document in documents}
        self._here: dict[tuple[str, str], str] = {}
        self._cluster: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        self._inside: dict[tuple[str, str], frozenset[str]] = {}
        self._by_word: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for entity in sorted(entities, key=lambda entity: (len(entity.documents), entity.id), reverse=True):
            self._learn(entity)
        self._states = self._seats()
        self._unresolved(claims)

    def _seats(self) -> dict[str, str]:
        """Seats of government with the state of the case that they stand for."""
        seats = lexicon().seats
        by_name = {entity.name.casefold(): entity.id for entity in self.entities.values()}
        return {
            entity.id: by_name[seats[entity.name.casefold()]]
            for entity in self.entities.values()
            if seats.get(entity.name.casefold()) in by_name
        }

    def _learn(self, entity: Entity) -> None:
        for part in entity.mentions:
            self._cluster[part.document, part.entity] = entity.id
            for name in part.names:
                for word in words(_possessive(name)) if self.is_body(entity.id) else ():
                    self._by_word[part.document, word][name] = entity.id
                self._here.setdefault((part.document, name_key(name)), entity.id)
        for name in (entity.name, *entity.names):
            self._anywhere.setdefault(name_key(name), entity.id)

    def _unresolved(self, claims: Iterable[Claim]) -> None:
        """Clusters that no entity took stand for their name."""
        for claim in claims:
            for mention in claim.mentions:
                known = self._cluster.get((claim.document, mention.entity))
                made = known or self._anywhere.get(name_key(mention.name)) or f"name:{name_key(mention.name)}"
                self._cluster.setdefault((claim.document, mention.entity), made)
                self._here.setdefault((claim.document, name_key(mention.excerpt.text)), made)
                self._here.setdefault((claim.document, name_key(mention.name)), made)

    def of_mention(self, document: str, mention: Mention) -> str:
        """The entity of a mention, by its cluster in the document."""
        known = self._cluster.get((document, mention.entity))
        if known:
            return self._states.get(known, known)
        return self.of_name(document, mention.name) or f"name:{name_key(mention.name)}"

    def of_name(self, document: str, name: str | None) -> str | None:
        """The entity that a name or phrase means in a document; None where it means none."""
        key = name_key(name or "")
        if not key or is_pronoun(name):
            return None
        known = self._here.get((document, key)) or self._anywhere.get(key)
        return self._states.get(known, known) if known else None

    def within(self, document: str, phrase: str) -> frozenset[str]:
        """The entities that a phrase names among its words: "Chinese authorities" names China."""
        asked = (document, phrase)
        if asked not in self._inside:
            self._inside[asked] = frozenset(self._named_in(document, phrase))
        return self._inside[asked]

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
        named = self._by_word.get((document, noun), {}).items()
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

    def is_body(self, key: str) -> bool:
        """True for an entity that can act and speak: an organisation, a state, a person."""
        entity = self.entities.get(key)
        return entity is None or entity.schema in _SCHEMA_OF_BODY
