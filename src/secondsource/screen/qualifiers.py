"""What is known of somebody beside the name: what speaks for an entry, and what against it.

A shared identifier is nearly an identity; a birth date that differs by years means another
person of that name; a country or a nationality says a little.  What each did to the score is
a sentence of its own.  The factors are judgements of ours, not measured: no labelled set of
people with birth dates can be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from secondsource import names
from secondsource.countries import as_codes, country_name
from secondsource.days import day
from secondsource.model import Designation

IDENTIFIER = 0.98
BORN_SAME, BORN_YEAR, BORN_NEAR, BORN_OTHER = 0.3, 0.1, 0.9, 0.6
COUNTRY_SAME, COUNTRY_OTHER = 0.1, 0.97
YEARS_APART = 2
"""A birth year that differs by so much is another person's; one less is a slip, or another calendar."""

_LETTERS = re.compile(r"[^0-9A-Za-z]")
_LEAST = 5


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Birth dates (ISO 8601, a year will do), countries and identifiers of who is asked for."""

    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.birth_dates or self.countries or self.identifiers)


class Weighed(NamedTuple):
    """A score with what the qualifiers made of it, and their sentences."""

    score: float
    reasons: tuple[str, ...]


def weigh(score: float, asked: Qualifiers, entry: Designation) -> Weighed:
    """``score`` lifted or lowered by what is known of both sides; what only one side tells does nothing."""
    if not asked:
        return Weighed(round(score, 4), ())
    reasons = []
    for change, sentence in (_identifiers(asked, entry), _born(asked, entry), _countries(asked, entry)):
        if sentence:
            score = max(score, change - 1) if change > 1.5 else _changed(score, change)
            reasons.append(sentence)
    return Weighed(round(score, 4), tuple(reasons))


def _changed(score: float, change: float) -> float:
    """Lifted by a share of what is missing (``change`` below 0), or multiplied by it."""
    return score - (1 - score) * change if change < 0 else score * change


def _identifiers(asked: Qualifiers, entry: Designation) -> tuple[float, str]:
    theirs = {plain(number): number for number in entry.identifiers}
    for number in asked.identifiers:
        if len(plain(number)) >= _LEAST and plain(number) in theirs:
            return 1 + IDENTIFIER, f"The identifier {theirs[plain(number)]} is the same."
    return 0, ""


def plain(number: str) -> str:
    """An identifier by its letters and digits alone."""
    return _LETTERS.sub("", number).upper()


def _born(asked: Qualifiers, entry: Designation) -> tuple[float, str]:
    known, listed = _days(asked.birth_dates), _days(entry.birth_dates)
    if not (known and listed):
        return 0, ""
    ours, theirs = min(((one, other) for one in known for other in listed), key=_apart)
    apart = _apart((ours, theirs))
    if ours == theirs and len(ours) == 10:
        return -BORN_SAME, f"Both were born on {ours}."
    if apart >= YEARS_APART:
        return BORN_OTHER, f"The birth dates differ by {apart} years: {ours} and {theirs}."
    shorter = min(len(ours), len(theirs))
    if ours[:shorter] != theirs[:shorter]:
        return BORN_NEAR, f"The birth dates are near and not the same: {ours} and {theirs}."
    return -BORN_YEAR, f"The birth dates agree as far as they go: {ours} and {theirs}."


def _days(dates: Iterable[str]) -> list[str]:
    """Those of the dates that can be read; the rest say nothing for or against anybody."""
    return list(filter(None, map(day, dates)))


def _apart(dates: tuple[str, str]) -> int:
    one, other = dates
    return abs(int(one[:4]) - int(other[:4]))


def _countries(asked: Qualifiers, entry: Designation) -> tuple[float, str]:
    ours, theirs = _known(asked.countries), _known(entry.countries)
    if not (ours and theirs):
        return 0, ""
    if shared := ours & theirs:
        return -COUNTRY_SAME, f"The country is the same: {_named(shared)}."
    return COUNTRY_OTHER, f"The countries differ: {_named(ours)} and {_named(theirs)}."


def _known(countries: Iterable[str]) -> set[str]:
    """ISO codes, and of what is no state that is known the words."""
    said = (country for country in countries if country.strip())
    return {code if len(code) == 2 else names.normalise(code) for code in as_codes(said)}


def _named(codes: Iterable[str]) -> str:
    return ", ".join(sorted(map(country_name, codes)))
