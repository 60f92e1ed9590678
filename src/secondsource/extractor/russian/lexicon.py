"""The Russian lexicon as it is looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from secondsource.model import Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that attributes: its class, its stance, that under “не”, and how it takes its content."""

    kind: str
    stance: Stance
    negated: Stance | None
    takes: frozenset[str]


@cache
def tables() -> Mapping[str, Any]:
    """The tables of ``lexicon.toml``."""
    source = resources.files("secondsource.extractor.russian").joinpath("lexicon.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def cues() -> Mapping[str, Cue]:
    """The verbs that attribute, by lemma."""
    classes = {
        name: Cue(name, row["stance"], row.get("negated"), frozenset(row["takes"]))
        for name, row in tables()["class"].items()
    }
    return {lemma: classes[name] for name, lemmas in tables()["verb"].items() for lemma in lemmas}


@cache
def words(table: str, name: str) -> frozenset[str]:
    """The words of one list of a table."""
    return frozenset(tables()[table][name])


def listed(table: str, word: str) -> str | None:
    """The first list of a table that has ``word``; None where none has."""
    return next((name for name in tables()[table] if word in words(table, name)), None)
