"""The cue lexicon, read from ``cues.toml``: which words attribute, and how.

The classes follow PARC 3.0 (source, cue, content); what a cue does to stance and
certainty is data, one row a cue, so that adding one needs no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from secondsource.model import BasisKind, Certainty, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """One attributing word or phrase: its class, what it takes, and what it does to the claim.

    ``takes`` holds "clause", "quote", "object", "object-as", "object-of", "complement"
    or a preposition; ``prepositions`` gives those that bring a stance of their own.
    ``negated`` and ``unable`` are the stances of the cue after "not" and "could not", None
    where it then attributes nothing.  ``factive`` cues take their content for granted.
    """

    lemma: str
    kind: str
    stance: Stance
    takes: frozenset[str]
    certainty: Certainty | None = None
    hearer: bool = False
    needs_document: bool = False
    needs_speaker: bool = False
    particle: str | None = None
    prepositions: Mapping[str, Stance] = field(default_factory=dict)
    factive: bool = False
    negated: Stance | None = None
    unable: Stance | None = None
    impersonal: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The lemmas of a phrase, first to last."""
        return tuple(self.lemma.split())

    @property
    def around(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of a framing before its source and after it."""
        before, _, after = self.lemma.partition("{}")
        return tuple(before.split()), tuple(after.removeprefix("'s").split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every cue by lemma, and the nouns that are documents with what kind of basis they give.

    ``phrases`` are by their first lemma, those of more words first; ``framings`` are phrases
    around the source, whose place in them is "{}"; ``support`` are verbs that only carry a noun,
    and ``states`` those that carry only a noun of what somebody knows, infers or thinks.
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    phrases: Mapping[str, tuple[Cue, ...]]
    framings: Mapping[str, tuple[Cue, ...]]
    documents: Mapping[str, BasisKind]
    support: frozenset[str]
    states: frozenset[str]

    def carries(self, verb: str, noun: Cue) -> bool:
        """True where a verb's subject holds the noun that is its object ("issued a warning")."""
        return verb in self.support or (verb in self.states and noun.kind in _HELD)


_HELD = frozenset({"perception", "inference", "judgement"})
_STANCED_PREPOSITIONS = ("for", "on")


def _cue(lemma: str, row: Mapping[str, Any], classes: Mapping[str, Any]) -> Cue:
    base = classes[row["class"]]
    sources = row.get("sources", base.get("sources"))
    return Cue(
        lemma=lemma,
        kind=row["class"],
        stance=row.get("stance", base["stance"]),
        takes=frozenset(row.get("takes", base["takes"])),
        certainty=row.get("certainty"),
        hearer=row.get("hearer", False),
        needs_document=sources == "document",
        needs_speaker=sources == "speaker",
        particle=row.get("particle"),
        prepositions={name: row[name] for name in _STANCED_PREPOSITIONS if name in row},
        factive=row.get("factive", False),
        negated=row.get("negated"),
        unable=row.get("unable"),
        impersonal=row.get("impersonal", False),
    )


def _by_first_word(cues: Iterable[Cue]) -> Mapping[str, tuple[Cue, ...]]:
    """Phrases by their first word, the longest first, so that the fullest that fits is found."""
    found: dict[str, list[Cue]] = {}
    for cue in sorted(cues, key=lambda cue: (-len(cue.words), cue.lemma)):
        found.setdefault(cue.words[0], []).append(cue)
    return {first: tuple(cues) for first, cues in found.items()}


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon.  Raises KeyError where a row names a class that does not exist."""
    data = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8"))
    kinds: dict[str, BasisKind] = {"written": "documents", "recorded": "imagery", "measured": "data"}
    cues = {
        section: {lemma: _cue(lemma, row, data["class"]) for lemma, row in data[section].items()}
        for section in ("verb", "noun", "adjective", "phrase", "preposition")
    }
    return Lexicon(
        verbs=cues["verb"],
        nouns=cues["noun"],
        adjectives=cues["adjective"],
        phrases=_by_first_word(cues["phrase"].values()),
        framings=_by_first_word(cues["preposition"].values()),
        documents={noun: kinds[kind] for kind, nouns in data["documents"].items() for noun in nouns},
        support=frozenset(data["support"]["verbs"]),
        states=frozenset(data["support"]["states"]),
    )
