"""The cue lexicon, read from ``cues.toml``: which words attribute, and how.

The classes follow PARC 3.0 (source, cue, content); what a cue does to stance and
certainty is data, one row a cue, so that adding one needs no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from secondsource.model import BasisKind, Certainty, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """One attributing word: its class, what it takes, and what it does to the claim.

    ``takes`` holds "clause", "quote", "object", "object-as", "object-of", "complement"
    or a preposition; ``prepositions`` gives those that bring a stance of their own.
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every cue by lemma, and the nouns that are documents with what kind of basis they give."""

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    documents: Mapping[str, BasisKind]


_STANCED_PREPOSITIONS = ("for", "on")


def _cue(lemma: str, row: Mapping[str, Any], classes: Mapping[str, Any]) -> Cue:
    base = classes[row["class"]]
    return Cue(
        lemma=lemma,
        kind=row["class"],
        stance=row.get("stance", base["stance"]),
        takes=frozenset(row.get("takes", base["takes"])),
        certainty=row.get("certainty"),
        hearer=row.get("hearer", False),
        needs_document=row.get("sources", base.get("sources")) == "document",
        needs_speaker=row.get("sources", base.get("sources")) == "speaker",
        particle=row.get("particle"),
        prepositions={name: row[name] for name in _STANCED_PREPOSITIONS if name in row},
    )


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon.  Raises KeyError where a row names a class that does not exist."""
    data = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8"))
    kinds: dict[str, BasisKind] = {"written": "documents", "recorded": "imagery", "measured": "data"}
    return Lexicon(
        verbs={lemma: _cue(lemma, row, data["class"]) for lemma, row in data["verb"].items()},
        nouns={lemma: _cue(lemma, row, data["class"]) for lemma, row in data["noun"].items()},
        documents={noun: kinds[kind] for kind, nouns in data["documents"].items() for noun in nouns},
    )
