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
Read = Callable[[Any], Any]

_PLAIN = frozenset((str, int, float, bool, types.NoneType))


def to_json(noun: Any) -> JSON:
    """A frozen value of `secondsource.model` as plain objects, lists and scalars.

    As `dataclasses.asdict`, but what cannot change is not copied: each screened name is
    written with all that it met.
    """
    fields = _fields(cast(Any, type(noun)))
    return {name: _plain(getattr(noun, name)) if deep else getattr(noun, name) for name, _, _, deep in fields}


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return kind(map(_plain, value))
    if isinstance(value, tuple):
        return kind(*map(_plain, value))  # a span, a box, a date
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return to_json(value) if dataclasses.is_dataclass(value) else value


def from_json(kind: type[Noun], row: Mapping[str, Any]) -> Noun:
    """The value of type ``kind`` that `to_json` wrote.

    A field that came to be later has its default in rows that were written before.  Raises
    KeyError or TypeError where the row was not written by it.
    """
    known = (field for field in _fields(cast(Any, kind)) if field[0] in row or not field[2])
    return kind(**{name: read(row[name]) if read else row[name] for name, read, *_ in known})


@cache
def _fields(kind: Any) -> tuple[tuple[str, Read | None, bool, bool], ...]:
    """The name of each field, what reads its value (None where it is taken as it stands), whether it
    has a default, and whether there may be more in its value than scalars."""
    hints = typing.get_type_hints(kind)
    fields = ((one.name, one.default is not dataclasses.MISSING) for one in dataclasses.fields(kind))
    return tuple((name, _reader(hints[name]), late, not _flat(hints[name])) for name, late in fields)


def _flat(hint: Any) -> bool:
    if typing.get_origin(hint) in (types.UnionType, typing.Union, tuple, typing.Literal):
        return all(each is ... or type(each) is str or _flat(each) for each in typing.get_args(hint))
    return hint in _PLAIN


def _reader(hint: Any) -> Read | None:
    if isinstance(hint, types.UnionType):
        options = [option for option in typing.get_args(hint) if option is not types.NoneType]
        hint = options[0] if len(options) == 1 else None
    if isinstance(hint, type) and issubclass(hint, tuple):
        return _or_none(lambda value: hint(*value))  # a span, a box, a date
    if dataclasses.is_dataclass(hint):
        return _or_none(lambda value: from_json(cast(type[Any], hint), value))
    if typing.get_origin(hint) is tuple:
        each = _reader(typing.get_args(hint)[0])
        return _or_none(lambda value: tuple(map(each, value)) if each else tuple(value))
    return None


def _or_none(read: Read) -> Read:
    return lambda value: None if value is None else read(value)
