"""Nouns as JSON and back, by their type hints."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from secondsource.model import JSON

Noun = TypeVar("Noun")
Make = Callable[[Any], Any]


def to_json(noun: Any) -> JSON:
    """A frozen value of `secondsource.model` as plain objects, lists and scalars."""
    return {name: _plain(getattr(noun, name)) for name in _names(cast(Any, type(noun)))}


def from_json(kind: type[Noun], row: Mapping[str, Any]) -> Noun:
    """The value of type ``kind`` that `to_json` wrote.

    A field that came to be later has its default in rows that were written before.  Raises
    KeyError or TypeError where the row was not written by it.
    """
    fields = _fields(cast(Any, kind))
    return kind(**{name: made(row[name]) for name, made, late in fields if name in row or not late})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return to_json(value)
    if type(value) is tuple:
        return tuple(map(_plain, value))
    # A span, a box or a date holds scalars only, and is written as a list.
    return dict(value) if isinstance(value, dict) else value


@cache
def _fields(kind: Any) -> tuple[tuple[str, Make, bool], ...]:
    """The name of each field, what makes its value, and whether it has a default."""
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return tuple(
        (one.name, _maker(hints[one.name]), one.default is not dataclasses.MISSING) for one in fields
    )


def _maker(hint: Any) -> Make:
    if isinstance(hint, types.UnionType):
        options = [option for option in typing.get_args(hint) if option is not types.NoneType]
        hint = options[0] if len(options) == 1 else None
    if isinstance(hint, type) and issubclass(hint, tuple):
        return lambda value: None if value is None else hint(*value)
    if dataclasses.is_dataclass(hint):
        return lambda value: None if value is None else from_json(cast(type[Any], hint), value)
    if typing.get_origin(hint) is tuple:
        made = _maker(typing.get_args(hint)[0])
        return lambda value: None if value is None else tuple(map(made, value))
    return lambda value: value
