"""Kinds of events: the same deed under its verbs and nouns, and how each kind takes its recipient."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from spacy.tokens import Token

from secondsource.extractor.paragraphs import lemma
from secondsource.gazetteers.deeds import deeds

_CORE = ("dobj", "attr", "nsubjpass", "nsubj", "pobj")


@dataclass(frozen=True, slots=True)
class Predicates:
    """Verbs and nouns by class, and how each class takes its recipient.

    ``recipient`` holds the prepositions of a class that bring the receiver; a verb among
    ``converse`` has it for its agent.  ``light`` verbs leave it to a noun to say what is done.
    """

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    converse: frozenset[str]
    light: frozenset[str]
    recipient: Mapping[str, frozenset[str]]
    places: frozenset[str]
    placing: frozenset[str]


@cache
def predicates() -> Predicates:
    """The kinds that come with the package."""
    data = tomllib.loads(resources.files(__package__).joinpath("predicates.toml").read_text("utf-8"))
    rows = [(row, row.kind) for row in deeds().rows if row.kind]
    return Predicates(
        verbs={word: kind for row, kind in rows for word in row.told},
        nouns={word: kind for row, kind in rows for word in row.nouns},
        converse=frozenset(word for row, _ in rows for word in row.converse),
        light=frozenset(data["light"]),
        recipient=deeds().recipient,
        places=frozenset(data["places"]["nouns"]),
        placing=frozenset(data["places"]["prepositions"]),
    )


@dataclass(frozen=True, slots=True)
class Event:
    """What is done: its class, None where none fits, and the verb or noun that says it."""

    kind: str | None
    token: Token

    @property
    def converse(self) -> bool:
        """True for a verb that tells the event from its receiver's side ("buy", "import")."""
        return self.token.pos_ == "VERB" and lemma(self.token) in predicates().converse


def event(verb: Token) -> Event:
    """The event that a verb, or the noun beside one that says little, stands for."""
    table = predicates()
    if verb.pos_ in {"NOUN", "PROPN"}:
        return Event(table.nouns.get(lemma(verb)), verb)
    word = _with_particle(verb)
    phrased = (f"{word} {lemma(child)}" for child in verb.children if child.dep_ == "dobj")
    kind = next((table.verbs[phrase] for phrase in phrased if phrase in table.verbs), None)
    if kind or (word in table.verbs and word not in table.light):
        return Event(kind or table.verbs[word], verb)
    noun = _event_noun(verb) if word in table.light else None
    if noun is not None:
        return Event(table.nouns[lemma(noun)], noun)
    return Event(table.verbs.get(word), verb)


def _with_particle(verb: Token) -> str:
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    return f"{lemma(verb)} {particle}".strip()


def _event_noun(verb: Token) -> Token | None:
    """The noun that says what is done, in "carried out an attack" and "delivery took place"."""
    nouns = [
        child
        for role in _CORE
        for child in verb.children
        if child.dep_ == role and child.pos_ == "NOUN" and lemma(child) in predicates().nouns
    ]
    return nouns[0] if nouns else None
