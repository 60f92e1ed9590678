"""Which column of a table holds what, by its header or by the user's word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from secondsource.errors import ListError

NUMBERS = ("value", "weight", "quantity")
_MARKS = re.compile(r"[\W_]+")


@cache
def known() -> dict[str, tuple[str, ...]]:
    """What is looked for in a table, each with the names that headers give it."""
    text = resources.files(__package__).joinpath("columns.toml").read_text("utf-8")
    return {role: tuple(names) for role, names in tomllib.loads(text)["columns"].items()}


def found_in(header: Sequence[str], given: Mapping[str, str], name: str) -> dict[str, int]:
    """The position of each column that is looked for; ``given`` says what the user calls some of them.

    Raises ListError where a given column is not there, or none that could be screened is.
    """
    plain = [_plain(cell) for cell in header]
    places = {role: plain.index(word) for role in known() if (word := _first(role, plain)) is not None}
    for role, column in given.items():
        if role not in known():
            raise ListError(f"“{role}” is nothing that is looked for: known are {', '.join(known())}")
        if _plain(column) not in plain:
            raise ListError(f"{name}: there is no column “{column}”: there are {', '.join(header)}")
        places[role] = plain.index(_plain(column))
    if not places.keys() & {"hs", "description", "consignor", "consignee"}:
        raise ListError(
            f"{name}: no column of codes, goods or parties is known among {', '.join(header)}; "
            "name one with --column hs=NAME"
        )
    return places


def _first(role: str, plain: Sequence[str]) -> str | None:
    return next((word for word in known()[role] if word in plain), None)


def _plain(cell: str) -> str:
    return _MARKS.sub(" ", cell.casefold()).strip()
