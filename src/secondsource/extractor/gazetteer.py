"""The gazetteer, read from ``gazetteer.toml``: what kind of thing a name or noun is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from secondsource.gazetteers import outlets
from secondsource.model import SourceKind
from secondsource.text import words


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names and head nouns by kind, lower case."""

    outlets: frozenset[str]
    outlet_words: frozenset[str]
    outlet_names: frozenset[str]
    government: frozenset[str]
    government_names: frozenset[str]
    people: frozenset[str]
    roles: frozenset[str]
    state_offices: frozenset[str]
    worldwide: frozenset[str]
    offices: frozenset[str]
    speakers: frozenset[str]
    organisations: frozenset[str]
    firms: frozenset[str]
    not_sources: frozenset[str]
    bodies: frozenset[str]
    states: frozenset[str]
    procedural: frozenset[str]
    no_firms: frozenset[str]

    def is_outlet(self, name: str) -> bool:
        """True for the name of an outlet, or a phrase that ends as outlets' names do."""
        whole = name.lower().replace("’", "'").strip()
        own = whole, whole.removesuffix("'s").strip()
        return any(one in self.outlets or one.removeprefix("the ") in self.outlets for one in own)

    def names_government(self, text: str) -> bool:
        """True where ``text`` holds the name of a state body."""
        padded = f" {' '.join(words(text))} "
        return any(f" {name} " in padded for name in self.government_names)

    def kind_of_noun(self, lemma: str) -> SourceKind | None:
        """The kind of source that a head noun names; None where it tells nothing."""
        if lemma in self.outlet_words:
            return "outlet"
        if lemma in self.organisations:
            return "organisation"
        if lemma in self.government:
            return "government"
        if lemma in self.people or lemma in self.roles:
            return "anonymous"
        return None


@cache
def given_names() -> frozenset[str]:
    """Given names of persons, lower case."""
    lines = resources.files(__package__).joinpath("given_names.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    data = tomllib.loads(resources.files(__package__).joinpath("gazetteer.toml").read_text("utf-8"))
    data["outlets"] += [name.lower().removeprefix("the ") for one in outlets() for name in one.names]
    return Gazetteer(**{field: frozenset(values) for field, values in data.items()})
