"""Figures of items as claims report them: which parameter a quantity is, and what it leaves possible.

The words around a quantity decide (``reported.toml``), and a distance keeps the kind that its
words give it: a “combat radius” or a “control range” is not a range.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from secondsource.goods import amounts
from secondsource.goods.amounts import Interval
from secondsource.goods.figures import Figure, RangeKind, common, of_range
from secondsource.model import Claim, Excerpt, Mention, Quantity

_MAXIMUM = ("up to", "as many as", "as much as", "as far as")
_OPEN = ("more than", "over", "less than", "under", "fewer than")
_NEARLY = ("nearly", "almost")
_TOGETHER = re.compile(r"\b(?:with|carrying|while|when|over|and a|plus)\b|\bload", re.I)
_CLAUSE_END = re.compile(r"[;:]|,(?=\s(?:and|but|while|with a|has|its|a)\b)|\.\s")
ITEMS = frozenset({"Product", "Airplane", "Vehicle"})


class _Cue(NamedTuple):
    figure: str
    kind: RangeKind | None
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure of an item in a claim: its name, what it leaves possible, the quantity it was read from."""

    name: str
    figure: Figure
    quantity: Quantity


def figures_of(claim: Claim) -> tuple[Reported, ...]:
    """The figures of an item that a claim reports, in reading order."""
    found = (_reported(claim, quantity) for quantity in claim.quantities)
    return tuple(one for one in found if one)


def are_joint(claim: Claim, reported: Sequence[Reported]) -> bool:
    """Whether the claim gives range and payload together: “2,000 km with a 50 kg payload”."""
    at = {one.name: _place(claim, one.quantity) for one in reported if one.name in ("range", "payload")}
    if len(at) < 2 or None in at.values():
        return False
    (_, first_end), (second_start, second_end) = sorted(span for span in at.values() if span)
    between = claim.content.text[first_end : second_end + 30]
    return bool(_TOGETHER.search(between)) and not re.search(r"[.;]\s", between[: second_start - first_end])


def _reported(claim: Claim, quantity: Quantity) -> Reported | None:
    span = _place(claim, quantity)
    dimensions = [name for name in _dimensions() if amounts.factor(quantity.unit, name) is not None]
    if span is None or not dimensions:
        return None
    cue = _nearest(claim.content.text, span, dimensions)
    if cue is None or not cue.figure:
        return None
    dimension = str(common()[cue.figure].dimension)
    interval = interval_of(quantity).scaled(amounts.factor(quantity.unit, dimension) or Fraction(1))
    words = quantity.excerpt.text
    figure = of_range(interval, cue.kind, words) if cue.kind else Figure(interval, words, stated=interval)
    return Reported(cue.figure, figure, quantity)


def _place(claim: Claim, quantity: Quantity) -> tuple[int, int] | None:
    """Where in the words of the content a quantity stands."""
    start = quantity.excerpt.spans[0].start
    at = 0
    for left, right in claim.content.spans:
        if left <= start < right:
            return at + start - left, at + start - left + len(quantity.excerpt.text)
        at += right - left + 1
    return None


def _nearest(text: str, span: tuple[int, int], dimensions: Sequence[str]) -> _Cue | None:
    """The cue of a figure of one of the dimensions that stands nearest to a quantity."""
    before, after = _around(text, span)
    best: tuple[int, int, _Cue] | None = None
    for rank, cue in enumerate(_cues()):
        if cue.figure and common()[cue.figure].dimension not in dimensions:
            continue
        for distance in _distances(cue, before, after):
            if best is None or (distance, rank) < best[:2]:
                best = distance, rank, cue
    if best:
        return _kinder(best[2], before, after)
    alone = next((name for name in dimensions if name in _data()["alone"]), None)
    return _Cue(_data()["alone"][alone], None, re.compile("")) if alone else None


def _kinder(cue: _Cue, before: str, after: str) -> _Cue:
    """A bare “range” in a clause that speaks of a link, a radius or a ferry flight is of that kind."""
    if cue.kind != "unknown":
        return cue
    telling = [other for other in _cues() if other.kind in ("radius", "datalink", "ferry")]
    return next((other for other in telling if [*_distances(other, before, after)]), cue)


def _around(text: str, span: tuple[int, int]) -> tuple[str, str]:
    """The words before and after a quantity that may say what it is, up to the ends of its clause."""
    reach = _data()["reach"]
    before, after = text[max(0, span[0] - reach) : span[0]], text[span[1] : span[1] + reach]
    ends = list(_CLAUSE_END.finditer(before))
    end = _CLAUSE_END.search(after)
    return before[ends[-1].end() :] if ends else before, after[: end.start()] if end else after


def _distances(cue: _Cue, before: str, after: str) -> Iterator[int]:
    for found in cue.words.finditer(before):
        yield len(before) - found.end()
    for found in cue.words.finditer(after):
        yield found.start() + 1


def interval_of(quantity: Quantity) -> Interval:
    """What a quantity leaves possible of a greatest value, in the quantity's own unit.

    “up to 2,000 km” is the greatest value itself, and “less than 2,000 km” only a bound on it.
    """
    low, high = _fraction(quantity.low), _fraction(quantity.high)
    words = quantity.excerpt.text.lower()
    if words.startswith(_MAXIMUM) and high is not None:
        return Interval(high, high)
    if words.startswith(_NEARLY) and high is not None:
        return Interval(high * (1 - amounts.APPROXIMATE), high)
    if quantity.approximate and low is not None and high is not None:
        return amounts.around(low, high)
    is_open = words.startswith(_OPEN)
    return Interval(low, high, is_open and high is None, is_open and low is None)


def _fraction(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def named_in(claim: Claim) -> Mention | None:
    """The item that a claim names: the first in its content."""
    items = [mention for mention in claim.mentions if mention.schema in ITEMS]
    return min(items, key=lambda mention: mention.excerpt.spans[0].start, default=None)


def named_before(claim: Claim, mentions: Sequence[Mention]) -> Mention | None:
    """The last item named before a claim that only points to one: “the drone”, “it”."""
    pointing = _data()["pointing"]
    if not re.match(pointing["words"], claim.content.text, re.I):
        return None
    start = claim.content.spans[0].start
    near = [
        (_start(mention.excerpt), mention)
        for mention in mentions
        if mention.schema in ITEMS and 0 < start - _start(mention.excerpt) <= pointing["within"]
    ]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _start(excerpt: Excerpt) -> int:
    return excerpt.spans[0].start


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("reported.toml").read_text("utf-8"))


@cache
def _cues() -> tuple[_Cue, ...]:
    rows = _data()["cue"]
    return tuple(_Cue(row["figure"], row.get("kind"), re.compile(row["words"], re.I)) for row in rows)


@cache
def _dimensions() -> tuple[str, ...]:
    """The dimensions of the figures that a claim can report."""
    figures = (cue.figure for cue in _cues() if cue.figure)
    return tuple(dict.fromkeys(str(common()[name].dimension) for name in figures))
