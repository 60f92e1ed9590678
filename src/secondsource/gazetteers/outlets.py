"""Outlets: the news agencies, papers and broadcasters that texts commonly cite, and whose copy they share."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_PARENTHESIS = re.compile(r"\(([^)]*)\)")
_WEB = re.compile(r"\.(?:com|org|net|info|co\.uk)$")
_TAIL = re.compile(r"(?: news)? agency$| newspaper$")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A medium: its names, the fullest first, its country's ISO 3166-1 code, who owns it, whose copy it
    shares."""

    names: tuple[str, ...]
    country: str
    owner: str
    group: str | None = None

    @property
    def name(self) -> str:
        return self.names[0]


def outlet_key(name: str) -> str:
    """What two spellings of one outlet's name have in common, lower case.

    >>> outlet_key("The Skerrin Times"), outlet_key("Fars News Agency (FNA)")
    ('skerrin times', 'fars')
    """
    bare = " ".join(_PARENTHESIS.sub(" ", name).replace("’", "'").casefold().split())
    bare = _WEB.sub("", bare.removeprefix("the ").removesuffix("'s"))
    return _TAIL.sub("", bare) or bare


def outlet(name: str) -> Outlet | None:
    """The shipped outlet that ``name`` names; None for any other."""
    return _by_key().get(outlet_key(name))


@cache
def outlets() -> tuple[Outlet, ...]:
    """The shipped outlets."""
    return tuple(
        Outlet(tuple(row["names"]), row["country"], row["owner"], row.get("group"))
        for row in _data()["outlets"]
    )


@cache
def outlet_words() -> frozenset[str]:
    """Words that the names of outlets are, or end with."""
    return frozenset(_data()["outlet_words"])


@cache
def houses() -> Mapping[str, tuple[str, ...]]:
    """Owners with the outlets that are one side for it; "state:Iran" for what that state owns or directs."""
    return {owner: tuple(owned) for owner, *owned in _data()["houses"]}


@cache
def _by_key() -> Mapping[str, Outlet]:
    return {outlet_key(name): one for one in outlets() for name in one.names}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("outlets.toml").read_text("utf-8"))
