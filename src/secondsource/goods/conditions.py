"""The machine condition of a rule, with three answers: yes, no, and what it takes to tell (Kleene, 1938).

A condition is a word or a table::

    "range >= 300 km"                 an amount against a threshold
    "beyond_sight"                    a property
    "clause 9A012"                    another clause of the regime, or any below it
    { all = […] }  { any = […] }  { not = … }
    { joint = […] }                   as `all`, where the amounts must be had together
    { unread = "what is missing" }    a clause whose text was not to be had

Telling more about an item never turns a yes into a no or back: every operation is monotone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from secondsource.errors import SecondSourceError
from secondsource.goods import amounts
from secondsource.goods.figures import RANGE_KINDS, Definition, Figures

_COMPARISON = re.compile(r"(\w+)\s*(>=|<=|>|<)\s*(.+)")
_SAID = {
    ">=": ("at or over", "under"),
    ">": ("over", "not over"),
    "<": ("under", "not under"),
    "<=": ("at or under", "over"),
}
PAYLOAD_AT_RANGE = "payload_at_range"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds: True, False, or None with what it ``needs``; ``why`` in short phrases."""

    holds: bool | None
    needs: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


Facts = Callable[[str], Verdict]
"""How the clauses of the same regime fare, by the number of a clause."""
Condition = Callable[[Figures, Facts], Verdict]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition ready to be asked, with the names of figures and clauses it speaks of."""

    ask: Condition
    names: frozenset[str]
    clauses: frozenset[str]


def parse(data: Any, known: Mapping[str, Definition]) -> Parsed:
    """The condition that a rule file holds.  Raises SecondSourceError where it makes no sense."""
    if isinstance(data, str):
        return _word(data, known)
    if not isinstance(data, dict) or len(data) != 1:
        raise SecondSourceError(f"a condition is a word or a table with one key, not {data!r}")
    ((key, value),) = data.items()
    if key == "unread":
        unread = Verdict(None, (str(value),), ("the text of the clause was not to be had",))
        return Parsed(lambda figures, facts: unread, frozenset(), frozenset())
    if key == "not":
        part = parse(value, known)
        return Parsed(_negated(part.ask), part.names, part.clauses)
    if key not in _JOINED or not isinstance(value, list) or not value:
        raise SecondSourceError(f"a condition joins a list by all, any or joint, not by {key!r}")
    parts = [parse(each, known) for each in value]
    names = frozenset().union(*(part.names for part in parts))
    clauses = frozenset().union(*(part.clauses for part in parts))
    return Parsed(_JOINED[key]([part.ask for part in parts]), names, clauses)


def _word(text: str, known: Mapping[str, Definition]) -> Parsed:
    shape = _COMPARISON.fullmatch(text.strip())
    if shape:
        return Parsed(_comparison(*_checked(shape, known)), frozenset((shape[1],)), frozenset())
    if text.startswith("clause "):
        clause = text.removeprefix("clause ").strip()
        return Parsed(lambda figures, facts: facts(clause), frozenset(), frozenset((clause,)))
    if text not in known or known[text].dimension is not None:
        raise SecondSourceError(f"“{text}” is neither a comparison, nor a property that the file defines")
    return Parsed(_property(known[text]), frozenset((text,)), frozenset())


def _checked(shape: re.Match[str], known: Mapping[str, Definition]) -> tuple[Definition, str, Fraction, str]:
    name, sign, amount = shape.groups()
    definition = known.get(name)
    if definition is None or definition.dimension is None:
        raise SecondSourceError(f"“{shape[0]}”: no figure “{name}” is defined")
    threshold = amounts.parse(amount, definition.dimension)
    if threshold.low is None or threshold.low != threshold.high:
        raise SecondSourceError(f"“{shape[0]}”: a threshold is one number with a unit")
    return definition, sign, threshold.low, amount


def _comparison(definition: Definition, sign: str, threshold: Fraction, written: str) -> Condition:
    def ask(figures: Figures, facts: Facts) -> Verdict:
        figure = figures.amounts.get(definition.name)
        if figure is None:
            return Verdict(None, (definition.name,), (f"{definition.said} is not stated",))
        at_least, above = figure.interval.at_least(threshold), figure.interval.above(threshold)
        holds = {">=": at_least, ">": above, "<": _opposite(at_least), "<=": _opposite(above)}[sign]
        told = f"{definition.said} “{figure.words}”"
        if figure.kind and figure.kind != "one-way":
            told += f" ({RANGE_KINDS[figure.kind]})"
        if holds is None:
            needs = figure.needs or definition.name
            open_ = f"{told} does not show whether it is {_SAID[sign][0]} {written}"
            return Verdict(None, (needs,), (open_,))
        return Verdict(holds, (), (f"{told} is {_SAID[sign][not holds]} {written}",))

    return ask


def _property(definition: Definition) -> Condition:
    def ask(figures: Figures, facts: Facts) -> Verdict:
        holds = figures.flags.get(definition.name)
        if holds is None:
            return Verdict(None, (definition.name,), (f"“{definition.said}” is not stated",))
        return Verdict(holds, (), (f"{definition.said}: {'yes' if holds else 'no'}",))

    return ask


def _opposite(holds: bool | None) -> bool | None:
    return None if holds is None else not holds


def _negated(part: Condition) -> Condition:
    def ask(figures: Figures, facts: Facts) -> Verdict:
        found = part(figures, facts)
        return Verdict(_opposite(found.holds), found.needs, found.why)

    return ask


def _all(parts: Iterable[Condition]) -> Condition:
    parts = tuple(parts)
    return lambda figures, facts: every([part(figures, facts) for part in parts])


def _any(parts: Iterable[Condition]) -> Condition:
    parts = tuple(parts)
    return lambda figures, facts: some([part(figures, facts) for part in parts])


def every(found: Iterable[Verdict]) -> Verdict:
    """All hold: no where one does not, yes where each does, else what the open ones need."""
    return _joined(list(found), False)


def some(found: Iterable[Verdict]) -> Verdict:
    """One holds: yes where one does, no where none does, else what the open ones need."""
    return _joined(list(found), True)


def _joined(found: list[Verdict], decisive: bool) -> Verdict:
    deciding = [one for one in found if one.holds is decisive]
    if deciding:
        return Verdict(decisive, (), _merged(one.why for one in deciding))
    unsure = [one for one in found if one.holds is None]
    why = _merged(one.why for one in found)
    if unsure:
        return Verdict(None, _merged(one.needs for one in unsure), why)
    return Verdict(not decisive, (), why)


def _merged(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))


def _joint(parts: Iterable[Condition]) -> Condition:
    together = _all(parts)

    def ask(figures: Figures, facts: Facts) -> Verdict:
        found = together(figures, facts)
        if found.holds and not figures.joint:
            apart = "they are greatest values reported apart: payload at that range is not stated"
            return Verdict(None, (PAYLOAD_AT_RANGE,), (*found.why, apart))
        return found

    return ask


_JOINED: dict[str, Callable[[Iterable[Condition]], Condition]] = {"all": _all, "any": _any, "joint": _joint}
