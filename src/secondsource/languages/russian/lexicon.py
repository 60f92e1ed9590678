"""The words by which Russian reporting attributes, from ``cues.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

from secondsource.model import BasisKind, Certainty, SourceKind, Stance

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Each table of the file turned about: from a dictionary form to what it stands for."""

    verbs: Mapping[str, Stance]
    certainty: Mapping[str, Certainty]
    unaware: Mapping[str, str]
    phrases: Mapping[str, str]
    about: Words
    sources: Words
    basis: Mapping[str, BasisKind]
    hedges: Mapping[str, Certainty]
    schemas: Words

    def schema(self, name: str) -> str | None:
        """What kind a name's own words show it to be."""
        found = re.findall(r"[\w-]+", name.lower().replace("ё", "е"))
        return next((self.schemas[word] for word in found if word in self.schemas), None)

    def kind(self, lemma: str) -> SourceKind | None:
        """What kind of source a noun is; None for one that is not listed, and for a role."""
        kind = self.sources.get(lemma)
        return next((one for one in get_args(SourceKind) if one == kind), None)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    tables = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8"))
    return Lexicon(**{name: _turned(table) for name, table in tables.items()})


def _turned(table: Mapping[str, str]) -> dict[str, Any]:
    """A table turned about; a word in two rows is the first one's."""
    turned: dict[str, Any] = {}
    for value, words in table.items():
        for word in words.split():
            turned.setdefault(word, value)
    return turned
