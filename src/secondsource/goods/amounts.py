"""Amounts with units, as exact intervals: “about 2,000 km”, “at least 50 kg”, “1,5 t”.

A figure that is rounded, approximate or one-sided is an interval and stays one; nothing here
picks a value inside it.  Arithmetic is in fractions, so that a figure that stands on a
threshold stands on it in every unit.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from secondsource.errors import SecondSourceError

APPROXIMATE = Fraction(1, 10)
"""“about 2,000 km” is read as 10 % either way.  A convention of ours (docs/decisions/0018), wide enough
that a rounded figure near a threshold decides nothing."""

_NUMBER = r"[+-]?(?:\d[\d.,\u00a0\u202f' ]*\d|\d)(?:[eE][+-]?\d+)?"
_OPENINGS = {
    "least": ("≥", ">=", "at least", "not less than", "min", "minimum"),
    "above": (">", "more than", "over", "above"),
    "most": ("≤", "<=", "at most", "no more than", "not more than"),
    "below": ("<", "less than", "under", "below", "fewer than"),
    "about": ("~", "≈", "about", "around", "some", "roughly", "approximately", "approx", "ca", "circa", "c"),
    "nearly": ("nearly", "almost"),
    "": ("up to", "max", "maximum", "=", "as much as", "as many as"),
}
_MEANT = {word: meaning for meaning, words in _OPENINGS.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_MEANT, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<open>{_WORDS})?\.?\s*(?P<first>{_NUMBER})(?:\s*(?:-|–|—|to|\.\.)\s*(?P<second>{_NUMBER}))?"
    r"\s*(?P<unit>[^\d\s].*)?",
    re.I,
)
_SPACES = re.compile(r"(?<=\d)[\u00a0\u202f' ](?=\d{3}(?:\D|$))")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")


@dataclass(frozen=True, slots=True)
class Interval:
    """What a figure leaves possible, in the first unit of its dimension; None is no bound.

    >>> Interval.exactly(300).at_least(Fraction(300)), Interval.exactly(299).at_least(Fraction(300))
    (True, False)
    >>> print(Interval(Fraction(280), Fraction(320)).at_least(Fraction(300)))
    None
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, value: Fraction | int) -> Interval:
        return cls(Fraction(value), Fraction(value))

    def at_least(self, threshold: Fraction) -> bool | None:
        """Whether all of the interval is at the threshold or over it; None where only a part is."""
        if self.low is not None and self.low >= threshold:
            return True
        under = self.high is not None and (
            self.high < threshold or (self.high == threshold and self.high_open)
        )
        return False if under else None

    def above(self, threshold: Fraction) -> bool | None:
        """Whether all of the interval is over the threshold; None where only a part is."""
        over = self.low is not None and (self.low > threshold or (self.low == threshold and self.low_open))
        if over:
            return True
        return False if self.high is not None and self.high <= threshold else None

    def scaled(self, factor: Fraction) -> Interval:
        """The interval in another unit; ``factor`` is positive."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_open, self.high_open)


@cache
def _dimensions() -> dict[str, dict[str, Fraction]]:
    data = tomllib.loads(resources.files(__package__).joinpath("units.toml").read_text("utf-8"))
    return {
        dimension: {word: _fraction(factor) for factor, *words in units.values() for word in words}
        for dimension, units in data.items()
    }


def _fraction(text: str) -> Fraction:
    return Fraction(text)


@cache
def base_unit(dimension: str) -> str:
    """The unit that figures of a dimension are compared in.  Raises KeyError where there is none such."""
    data = tomllib.loads(resources.files(__package__).joinpath("units.toml").read_text("utf-8"))
    return str(next(iter(data[dimension])))


def factor(unit: str, dimension: str) -> Fraction | None:
    """How many base units of ``dimension`` one ``unit`` is; None where it is no unit of it."""
    known = _dimensions()[dimension]
    plain = " ".join(unit.split()).rstrip(".")
    forms = (plain, plain.lower(), plain.lower().removesuffix("s"))
    return next((known[form] for form in forms if form in known), None)


def read_number(text: str, decimal: str | None = None) -> Fraction:
    """The number that figures write, with the thousands marked by comma, point, space or apostrophe.

    ``decimal`` is the decimal mark, where it is known.  Without it, “1,500” could be two
    numbers.  Raises ValueError with the reason where the figures are no number, or two.
    """
    plain = _SPACES.sub("", text.strip())
    mantissa, _, power = plain.lower().partition("e")
    marks = sorted(set(mantissa) & {",", "."}, key=mantissa.rindex)
    if len(marks) == 1 and _GROUPED.fullmatch(mantissa) and decimal != marks[0]:
        if decimal is None and mantissa.count(marks[0]) == 1:
            raise ValueError(f"“{text}” could be a thousand times more: which mark is the decimal one?")
        mantissa = mantissa.replace(marks[0], "")
    elif marks:
        *thousands, last = marks
        mantissa = mantissa.replace(thousands[0] if thousands else " ", "").replace(last, ".")
    try:
        return Fraction(f"{mantissa}e{power or 0}")
    except ValueError:
        raise ValueError(f"“{text}” is not a number") from None


def parse(text: str, dimension: str) -> Interval:
    """The interval that an amount with a unit of ``dimension`` leaves.

    Raises SecondSourceError, in one line, where there is no number, no unit or two, a unit of
    something else, or a negative amount of what cannot be negative.
    """
    shape = _AMOUNT.fullmatch(text.strip())
    if shape is None:
        raise SecondSourceError(f"“{text}” is not a number with a unit ({_units(dimension)})")
    scale = _scale(text, shape["unit"] or "", dimension)
    try:
        numbers = [read_number(shape[part], ".") for part in ("first", "second") if shape[part]]
    except ValueError as error:
        raise SecondSourceError(str(error)) from error
    if min(numbers) < 0 and dimension != "temperature":
        raise SecondSourceError(f"“{text}” is negative")
    meaning = _MEANT[(shape["open"] or "=").lower()]
    return _interval(min(numbers), max(numbers), meaning).scaled(scale)


def _scale(text: str, unit: str, dimension: str) -> Fraction:
    scale = factor(unit, dimension)
    if scale is not None:
        return scale
    if not unit:
        raise SecondSourceError(f"“{text}” has no unit: give {_units(dimension)}")
    if re.search(r"\d", re.sub(r"[a-zA-Z][23³²]", "", unit)):
        raise SecondSourceError(f"“{text}” has two amounts in it: give one")
    raise SecondSourceError(f"“{unit}” is not a unit of {dimension}: known are {_units(dimension)}")


def _units(dimension: str) -> str:
    data = tomllib.loads(resources.files(__package__).joinpath("units.toml").read_text("utf-8"))
    return ", ".join(unit or "a bare number" for unit in data[dimension])


def _interval(low: Fraction, high: Fraction, meaning: str) -> Interval:
    match meaning:
        case "least" | "above":
            return Interval(low, None, low_open=meaning == "above")
        case "most" | "below":
            return Interval(None, high, high_open=meaning == "below")
        case "about":
            return around(low, high)
        case "nearly":
            return Interval(low * (1 - APPROXIMATE), high)
    return Interval(low, high)


def around(low: Fraction, high: Fraction) -> Interval:
    """The interval of an approximate figure."""
    return Interval(low * (1 - APPROXIMATE), high * (1 + APPROXIMATE))


def shown(value: Fraction) -> str:
    """A number for people: at most four decimals, thousands marked."""
    text = f"{float(value):,.4f}".rstrip("0").rstrip(".")
    return text if text not in ("0", "-0") or not value else f"{float(value):.3g}"


def show(interval: Interval, unit: str) -> str:
    """An interval in words: “300 km”, “1,800–2,200 km”, “more than 300 km”."""
    low = None if interval.low is None else shown(interval.low)
    high = None if interval.high is None else shown(interval.high)
    if low is None and high is None:
        return "an unknown amount"
    if low is None:
        text = f"{'less than' if interval.high_open else 'at most'} {high}"
    elif high is None:
        text = f"{'more than' if interval.low_open else 'at least'} {low}"
    else:
        text = low if low == high else f"{low}–{high}"
    return f"{text} {unit}".rstrip()
