"""What is done, under its verbs and nouns: events are read, and questions compared, by this one table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Deed:
    """Words for one deed: lemmas of verbs, those told from the receiver's side (``converse``), nouns.

    ``kind`` is what an event is called, ``matter`` what reports are compared by; either may be None.
    """

    kind: str | None
    matter: str | None
    verbs: tuple[str, ...]
    converse: tuple[str, ...]
    nouns: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """Every verb, from either side."""
        return (*self.verbs, *self.converse)


@dataclass(frozen=True, slots=True)
class Matter:
    """What reports are compared by: the ``near`` ones often tell of the same from another side.

    ``able`` is true where "can" and "does" say the same, ``grows`` for counts that rise as an event goes on.
    """

    name: str
    near: frozenset[str]
    able: bool
    grows: bool


@dataclass(frozen=True, slots=True)
class Deeds:
    """The table: its rows, the prepositions that bring a receiver by kind, and the matters by name."""

    rows: tuple[Deed, ...]
    recipient: Mapping[str, frozenset[str]]
    matters: Mapping[str, Matter]


@cache
def deeds() -> Deeds:
    """The table that comes with the package, ``deeds.toml``."""
    data = tomllib.loads(resources.files(__package__).joinpath("deeds.toml").read_text("utf-8"))
    return Deeds(
        rows=tuple(
            Deed(
                row.get("kind"),
                row.get("matter"),
                tuple(row.get("verbs", ())),
                tuple(row.get("converse", ())),
                tuple(row.get("nouns", ())),
            )
            for row in data["deed"]
        ),
        recipient={name: frozenset(row["recipient"]) for name, row in data["kind"].items()},
        matters={
            name: Matter(name, frozenset(row["near"]), row.get("able", False), row.get("grows", False))
            for name, row in data["matter"].items()
        },
    )
