"""Nouns as JSON and back, by their type hints."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast

from secondsource.model import JSON

Noun = TypeVar("Noun")


def to_json(noun: Any) -> JSON:
    """A frozen value of `secondsource.model` as plain objects, lists and scalars."""
    return dataclasses.asdict(noun)


def from_json(kind: type[Noun], row: Mapping[str, Any]) -> Noun:
    """The value of type ``kind`` that `to_json` wrote.

    A field that came to be later has its default in rows that were written before.  Raises
    KeyError or TypeError where the row was not written by it.
    """
    fields = _fields(cast(Any, kind))
    return kind(**{name: _value(hint, row[name]) for name, hint, late in fields if name in row or not late})


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """The name and type of each field, and whether it has a default."""
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return tuple((one.name, hints[one.name], one.default is not dataclasses.MISSING) for one in fields)


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        (hint,) = (option for option in typing.get_args(hint) if option is not types.NoneType)
    if isinstance(hint, type) and issubclass(hint, tuple):
        return hint(*value)  # a span, a box, a date
    if dataclasses.is_dataclass(hint):
        return from_json(cast(type[Any], hint), value)
    if typing.get_origin(hint) is tuple:
        return tuple(_value(typing.get_args(hint)[0], item) for item in value)
    return value
