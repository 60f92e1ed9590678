"""Which names are worth comparing: those of the same consonants, and short forms with what they end."""

from __future__ import annotations

from collections.abc import Iterator

from secondsource import names
from secondsource.resolve.links import telling_words
from secondsource.resolve.nodes import Seed

CROWD = 100
"""More names than this of the same consonants are not compared: a name that common tells nobody."""

LONG = 5
"""A word of at least so many letters is looked for by its first and its last three as well."""

_PREFIX = 4
Key = tuple[str, ...]


def blocks(seed: Seed) -> set[Key]:
    """Keys that names which can agree word by word share: the consonants of all words, with one
    long word by its first or its last letters instead, or of the whole written together."""
    return {(seed.kind, *key) for key in _keys(seed)}


def _keys(seed: Seed) -> Iterator[Key]:
    words = [names.given_name(word) for word in telling_words(seed.name)]
    bones = [names.skeleton(word) for word in words]
    yield ("words", *sorted(bones))
    yield ("together", names.skeleton(seed.name.joined))
    for at, word in enumerate(words):
        if len(word) >= LONG:
            others = sorted(bones[:at] + bones[at + 1 :])
            yield ("begins", *others, word[:3])
            yield ("ends", *others, word[-3:])


def clues(seed: Seed) -> set[Key]:
    """What short forms of the seed are found by; a short form's `lookups` meet them."""
    name = seed.name
    found: set[Key] = {("name", key) for key in seed.aliases}
    if seed.kind == "Person":
        found.update(_of_person(name.tokens))
        return {(seed.kind, *clue) for clue in found}
    found |= {("ends", *name.tokens[at:]) for at in range(1, len(name.tokens))}
    found |= {("letters", letters) for letters in names.acronyms(name)}
    if seed.kind == "Location":
        found.add(("people", name.joined[:_PREFIX]))
    return {(seed.kind, *clue) for clue in found}


def _of_person(tokens: tuple[str, ...]) -> Iterator[Key]:
    *given, family = tokens
    if given:
        yield ("family", family)
    if tokens[0] in names.LEADING_SURNAMES:
        yield ("family", tokens[0])
    for word in given:
        yield ("given", family, word[0])
        yield ("given", family, *_begins(word))


def _begins(word: str) -> tuple[str, ...]:
    return ("as", names.skeleton(names.given_name(word))[:2])


def lookups(seed: Seed) -> set[Key]:
    """What the seed, as a short form, is looked up by among the `clues` of fuller names."""
    name = seed.name
    found: set[Key] = {("name", name.key)}
    if seed.kind == "Person":
        found.add(_as_person(name.tokens))
    elif name.tokens:
        found |= {("ends", *name.tokens), ("letters", name.joined)}
    if seed.kind == "Location":
        found.add(("people", name.joined[:_PREFIX]))
    return {(seed.kind, *key) for key in found}


def _as_person(tokens: tuple[str, ...]) -> Key:
    if len(tokens) < 2:
        return ("family", *tokens)
    first, family = tokens[0], tokens[-1]
    return ("given", family, first) if len(first) == 1 else ("given", family, *_begins(first))
