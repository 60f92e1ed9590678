"""Classes of predicates and names of things, read from ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Predicate:
    """A class of words for one kind of event: "assemble", "build", "production"."""

    name: str
    near: frozenset[str]
    able: bool
    grows: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables by lemma; a phrase is written with spaces ("hand over")."""

    predicates: dict[str, Predicate]
    verbs: dict[str, str]
    nouns: dict[str, str]
    converse: frozenset[str]
    things: dict[str, str]
    broader: dict[str, str]
    light: frozenset[str]
    saying: frozenset[str]
    epistemic: frozenset[str]
    anaphors: frozenset[str]
    rebuttals: frozenset[str]
    seats: dict[str, str]
    spoken: tuple[tuple[re.Pattern[str], str], ...]

    def classes(self, lemmas: Sequence[str], text: str = "") -> dict[str, str]:
        """The classes that a run of lemmas names, each with the first phrase that names it.

        A noun of event before a thing only tells its kind, "attack drones" is no attack, but
        for an "of" between them in the ``text``: "assembly of drones".
        """
        found: dict[str, str] = {}
        for phrase, after in phrases(lemmas):
            name = self.verbs.get(phrase) or self.nouns.get(phrase)
            if name and phrase not in self.light and not self._tells_kind(phrase, after, text):
                found.setdefault(name, phrase)
        return found

    def _tells_kind(self, phrase: str, after: str, text: str) -> bool:
        if phrase in self.things:
            return True
        compound = phrase in self.nouns and after in self.things
        return compound and not re.search(rf"\b{re.escape(phrase[:-1])}\w{{0,3}} of\b", text, re.IGNORECASE)

    def in_text(self, text: str) -> dict[str, str]:
        """The classes that verbs with a particle name in a text: "put the drones together"."""
        return {name: match[0].casefold() for regex, name in self.spoken if (match := regex.search(text))}

    def class_of(self, predicate: str) -> str | None:
        """The class of a predicate lemma, verb or noun of event; None where the table has none."""
        return (
            self.verbs.get(predicate) or self.nouns.get(predicate) or self.verbs.get(predicate.split(" ")[0])
        )

    def thing(self, noun: str) -> str | None:
        """What a noun or phrase names, under one word: "uav" is "drone"."""
        lower = noun.casefold()
        return self.things.get(lower) or self.things.get(lower.split(" ")[-1])

    def alike(self, one: str, other: str) -> bool:
        """True where two things are one, or one is a kind of the other, or of one kind."""
        return one == other or self.broader.get(one) == other or self.broader.get(other) == one


def phrases(lemmas: Sequence[str], longest: int = 3) -> list[tuple[str, str]]:
    """Every run of up to ``longest`` lemmas with the lemma after it, the longest first at each place."""
    low = [lemma.casefold() for lemma in lemmas] + [""]
    return [
        (" ".join(low[start : start + size]), low[start + size])
        for start in range(len(low) - 1)
        for size in range(min(longest, len(low) - 1 - start), 0, -1)
    ]


@cache
def lexicon() -> Lexicon:
    """The shipped tables."""
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    rows: dict[str, dict[str, Any]] = data["predicate"]
    sets = {name: frozenset(words) for name, words in data["words"].items()}
    return Lexicon(
        predicates={name: _predicate(name, row) for name, row in rows.items()},
        verbs={
            verb: name for name, row in rows.items() for verb in [*row["verbs"], *row.get("converse", [])]
        },
        nouns={noun: name for name, row in rows.items() for noun in row["nouns"]},
        converse=frozenset(verb for row in rows.values() for verb in row.get("converse", [])),
        things={word: name for name, words in data["thing"].items() for word in words},
        broader=data["broader"],
        seats={seat.casefold(): state.casefold() for state, seats in data["seats"].items() for seat in seats},
        spoken=tuple(
            (_spoken(verb, data["forms"]), name)
            for name, row in rows.items()
            for verb in [*row["verbs"], *row.get("converse", [])]
            if " " in verb
        ),
        **sets,
    )


def _predicate(name: str, row: dict[str, Any]) -> Predicate:
    return Predicate(name, frozenset(row["near"]), row.get("able", False), row.get("grows", False))


def _spoken(phrase: str, forms: dict[str, list[str]]) -> re.Pattern[str]:
    first, rest = phrase.split(" ", 1)
    regular = [first, f"{first}s", f"{first}ed", f"{first}ing"]
    return re.compile(
        rf"\b(?:{'|'.join(forms.get(first, regular))})(?: [\w-]+){{0,3}}? {rest}\b", re.IGNORECASE
    )
