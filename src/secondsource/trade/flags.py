"""Flags that a user defines: routes, codes and words that are worth a look, as data.

::

    [[flag]]
    name = "through Velmond to Drovia"
    weight = 25
    via = ["Velmond", "VM"]
    destination = ["Drovia", "DV"]

A flag is raised where every column it speaks of holds one of its values, in full and whatever
the case; ``hs`` values are the beginnings of codes, ``terms`` words of a description.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondsource.errors import ListError

EXACT = ("origin", "departure", "destination", "via", "consignor", "consignee")
_KEYS = {"name", "weight", "hs", "terms", *EXACT}
Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason of the user's: what it is called, how far it moves a row up, what each column must hold."""

    name: str
    weight: int
    tests: Mapping[str, Test]


def load(path: str | Path, weight: int) -> tuple[Flag, ...]:
    """The flags in a file; ``weight`` is that of a flag without one.  Raises ListError for a bad one."""
    try:
        data = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ListError(f"{path}: cannot be read as flags: {error}") from error
    rows = data.get("flag")
    if not isinstance(rows, list) or not rows:
        raise ListError(f"{path}: there is no [[flag]] in it")
    return tuple(_flag(row, f"{path}, flag {at}", weight) for at, row in enumerate(rows, 1))


def _flag(row: Mapping[str, Any], where: str, weight: int) -> Flag:
    if not row.get("name"):
        raise ListError(f"{where}: it has no name")
    if unknown := row.keys() - _KEYS:
        raise ListError(f"{where}: “{min(unknown)}” means nothing in a flag")
    tests = {_column(key): _test(key, row[key], where) for key in row if key not in ("name", "weight")}
    if not tests:
        raise ListError(f"{where}: it asks for nothing")
    if not isinstance(row.get("weight", 1), int):
        raise ListError(f"{where}: its weight is a whole number")
    return Flag(row["name"], row.get("weight", weight), tests)


def _column(key: str) -> str:
    return "description" if key == "terms" else key


def _test(key: str, values: Any, where: str) -> Test:
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise ListError(f"{where}: {key} is a list of words")
    if key == "hs":
        prefixes = tuple(re.sub(r"\D", "", value) for value in values)
        return lambda cell: re.sub(r"\D", "", cell).startswith(prefixes)
    if key == "terms":
        words = re.compile(rf"\b(?:{'|'.join(map(re.escape, values))})\b", re.I)
        return lambda cell: words.search(cell) is not None
    wanted = {value.strip().casefold() for value in values}
    return lambda cell: cell.strip().casefold() in wanted


def raised(flags: Sequence[Flag], cells: Mapping[str, str]) -> list[Flag]:
    """The flags that a row raises; ``cells`` are its columns by what they hold."""
    return [
        flag
        for flag in flags
        if all(column in cells and test(cells[column]) for column, test in flag.tests.items())
    ]
