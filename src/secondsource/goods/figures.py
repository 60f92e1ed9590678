"""What is said of an item: its figures as intervals, its properties as yes or no.

A distance that is called a range is not always the range that the lists define, which is
one-way in still air (note to USML VIII, MTCR Annex definitions): `RANGE_KINDS` says what each kind
of distance tells of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

from secondsource.errors import SecondSourceError
from secondsource.goods import amounts
from secondsource.goods.amounts import Interval

RangeKind = Literal["one-way", "radius", "datalink", "ferry", "flown", "unknown"]
RANGE_KINDS: dict[RangeKind, str] = {
    "one-way": "a one-way range",
    "radius": "a radius: the one-way range is at least twice as far, and how much farther is not stated",
    "datalink": "the reach of a data link, which says nothing of the range",
    "ferry": "a ferry range: the range with a payload is no more, and how much less is not stated",
    "flown": "a distance that was flown: the range is no less, and how much more is not stated",
    "unknown": "a range of a kind that is not stated",
}
CODES = ("hs", "hs_version")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure that rules may ask for: its dimension, or none for a property that is yes or no."""

    name: str
    said: str
    dimension: str | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount: what it leaves possible of the parameter, and the words it came in.

    Of a range, ``kind`` says which kind it is, and ``stated`` is the distance as it was reported.
    """

    interval: Interval
    words: str
    kind: RangeKind | None = None
    stated: Interval | None = None

    @property
    def needs(self) -> str | None:
        """What to ask for where the amount itself is not what is missing."""
        return "range_kind" if self.kind == "unknown" else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one item.

    ``joint`` is False where the amounts are greatest values that were reported apart: a
    range and a payload then need not be had together.
    """

    amounts: Mapping[str, Figure] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    joint: bool = True

    @property
    def names(self) -> frozenset[str]:
        return frozenset((*self.amounts, *self.flags, *self.codes))


def common() -> dict[str, Definition]:
    """The figures that any rule may ask for (``figures.toml``)."""
    return dict(_common())


@cache
def _common() -> dict[str, Definition]:
    text = resources.files(__package__).joinpath("figures.toml").read_text("utf-8")
    return definitions(tomllib.loads(text))


def unit_of(name: str) -> str:
    """The unit that a common figure is compared in.  Raises KeyError where it is none."""
    return amounts.base_unit(str(_common()[name].dimension))


def definitions(data: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, Definition]:
    """The tables ``figures`` and ``flags`` of a rule file."""
    found = {name: Definition(name, **row) for name, row in data.get("figures", {}).items()}
    return found | {name: Definition(name, row["said"]) for name, row in data.get("flags", {}).items()}


def of_range(interval: Interval, kind: RangeKind, words: str) -> Figure:
    """The one-way range that a reported distance of a kind leaves possible."""
    bounds = {
        "one-way": interval,
        "radius": Interval(interval.low and 2 * interval.low, None, low_open=interval.low_open),
        "flown": Interval(interval.low, None, low_open=interval.low_open),
        "ferry": Interval(None, interval.high, high_open=interval.high_open),
    }
    return Figure(bounds.get(kind, Interval()), words, kind, interval)


def from_pairs(
    pairs: Iterable[str],
    known: Mapping[str, Definition],
    *,
    range_kind: RangeKind = "one-way",
    joint: bool = True,
) -> Figures:
    """The figures that ``name=value`` words give, as typed on a command line.

    Raises SecondSourceError for a name that no rule asks for, one given twice, or a value
    that is no amount of its dimension.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not value.strip():
            raise SecondSourceError(f"“{pair}” is not of the form name=value")
        if name in given:
            raise SecondSourceError(f"{name} is given twice: give rival figures one check each")
        if name not in known and name not in CODES:
            raise SecondSourceError(f"no rule asks for “{name}”: known are {', '.join(sorted(known))}, hs")
        given[name] = value.strip()
    codes: dict[str, str] = {name: given.pop(name) for name in CODES if name in given}
    flags = {name: _flag(name, given.pop(name)) for name in list(given) if known[name].dimension is None}
    found = {name: _figure(known[name], value, range_kind) for name, value in given.items()}
    return Figures(found, flags, codes, joint)


def _flag(name: str, value: str) -> bool:
    if value.lower() not in _YES:
        raise SecondSourceError(f"{name} is yes or no, not “{value}”")
    return _YES[value.lower()]


def _figure(definition: Definition, value: str, range_kind: RangeKind) -> Figure:
    interval = amounts.parse(value, str(definition.dimension))
    return (
        of_range(interval, range_kind, value)
        if definition.name == "range"
        else Figure(interval, value, stated=interval)
    )
