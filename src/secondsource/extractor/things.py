"""What kind of thing a name is by the words beside it, read from ``kinds_of_things.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Things:
    """Words by the kind of thing they tell, lower case."""

    nouns: Mapping[str, str]
    belongings: Mapping[str, str]
    places: Mapping[str, float]
    verbs: Mapping[str, str]
    nothing: frozenset[str]
    short: frozenset[str]


@cache
def things() -> Things:
    """The shipped words."""
    data = tomllib.loads(resources.files(__package__).joinpath("kinds_of_things.toml").read_text("utf-8"))
    by_word = {
        section: {word: kind for kind, words in data[section].items() for word in words}
        for section in ("noun", "has", "verb")
    }
    return Things(
        by_word["noun"],
        by_word["has"],
        data["before"],
        by_word["verb"],
        frozenset(data["nothing"]["words"]),
        frozenset(data["short"]["words"]),
    )
