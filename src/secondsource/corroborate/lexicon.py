"""Classes of what is done, from the one table of deeds, and names of things, from ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from secondsource.gazetteers.deeds import Matter, deeds


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables by lemma; a phrase is written with spaces ("hand over")."""

    predicates: Mapping[str, Matter]
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
    denying: frozenset[str]
    verdicts: frozenset[str]
    homographs: frozenset[str]
    beginnings: frozenset[str]
    seats: dict[str, str]
    spoken: re.Pattern[str]
    spoken_classes: tuple[str, ...]
    first_words: frozenset[str]

    def classes(self, lemmas: Sequence[str], text: str = "") -> dict[str, str]:
        """The classes that a run of lemmas names, each with the first phrase that names it.

        A noun of event before a thing only tells its kind, "attack drones" is no attack, but
        for a preposition between them in the ``text``: "assembly of drones".
        """
        found: dict[str, str] = {}
        for phrase, after in self._phrases(lemmas):
            verb = None if phrase in self.homographs else self.verbs.get(phrase)
            name = verb or self.nouns.get(phrase)
            if name and phrase not in self.light and not self._tells_kind(phrase, after, text):
                found.setdefault(name, phrase)
        return found

    def _phrases(self, lemmas: Sequence[str], longest: int = 3) -> Iterator[tuple[str, list[str]]]:
        """Runs of up to ``longest`` lemmas that may name something, each with the one after it.

        The longest comes first at each place.
        """
        low = [lemma.casefold() for lemma in lemmas]
        for start in (at for at, word in enumerate(low) if word.split(" ", 1)[0] in self.beginnings):
            for end in range(min(start + longest, len(low)), start, -1):
                yield " ".join(low[start:end]), low[end : end + 1]

    def _tells_kind(self, phrase: str, after: Sequence[str], text: str) -> bool:
        if phrase in self.things:
            return True
        if phrase not in self.nouns or not any(word in self.things for word in after):
            return False
        stem = re.escape(phrase[:-1])
        return not re.search(rf"\b{stem}\w{{0,3}} (?:of|on|to|by|from|in|with|at|for)\b", text, re.IGNORECASE)

    def in_text(self, text: str) -> dict[str, str]:
        """The classes that verbs with a particle name in a text: "put the drones together"."""
        found: dict[str, str] = {}
        if not self.first_words & set(text.casefold().split()):
            return found
        for match in self.spoken.finditer(text):
            found.setdefault(self.spoken_classes[(match.lastindex or 1) - 1], match[0].casefold())
        return found

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


@cache
def lexicon() -> Lexicon:
    """The shipped tables."""
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    rows = [(row, row.matter) for row in deeds().rows if row.matter]
    phrased = [(verb, name) for row, name in rows for verb in row.told if " " in verb]
    verbs = {verb: name for row, name in rows for verb in row.told}
    nouns = {noun: name for row, name in rows for noun in row.nouns}
    sets = {name: frozenset(words) for name, words in data["words"].items()}
    return Lexicon(
        predicates=deeds().matters,
        verbs=verbs,
        nouns=nouns,
        beginnings=frozenset(phrase.split(" ", 1)[0] for phrase in (*verbs, *nouns)),
        converse=frozenset(verb for row, _ in rows for verb in row.converse),
        things={word: name for name, words in data["thing"].items() for word in words},
        broader=data["broader"],
        seats={seat.casefold(): state.casefold() for state, seats in data["seats"].items() for seat in seats},
        spoken=re.compile(
            "|".join(f"({_spoken(verb, data['forms'])})" for verb, _ in phrased), re.IGNORECASE
        ),
        spoken_classes=tuple(name for _, name in phrased),
        first_words=frozenset(form for verb, _ in phrased for form in _forms(verb, data["forms"])),
        **sets,
    )


def _forms(phrase: str, forms: dict[str, list[str]]) -> list[str]:
    first = phrase.split(" ", 1)[0]
    return forms.get(first, [first, f"{first}s", f"{first}ed", f"{first}ing"])


def _spoken(phrase: str, forms: dict[str, list[str]]) -> str:
    rest = phrase.split(" ", 1)[1]
    return rf"\b(?:{'|'.join(_forms(phrase, forms))})(?: [\w'’-]+){{0,4}}? {rest}\b"
