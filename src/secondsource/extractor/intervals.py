"""Intervals of days: what a month, a quarter, "early 2023" or "three weeks ago" covers.

Bounds are no finer than the words.  Weeks are those of ISO 8601, Monday to Sunday.  Seasons are
the northern ones, meteorological or astronomical, whichever is wider.  "Early", "mid" and "late"
are the first, middle and last half of a month, year or decade, and the "beginning" and "end" of
one its first and last third.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_SEASONS = {"spring": (3, 6, 21), "summer": (6, 9, 23), "autumn": (9, 12, 21), "fall": (9, 12, 21)}
_PARTS = {
    "early": (0, 1 / 2),
    "mid": (1 / 4, 3 / 4),
    "middle": (1 / 4, 3 / 4),
    "late": (1 / 2, 1),
    "beginning": (0, 1 / 3),
    "start": (0, 1 / 3),
    "end": (2 / 3, 1),
}
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5}


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``first`` to ``last``, both included; None where a side is open."""

    first: date | None
    last: date | None
    precision: str

    def part(self, word: str) -> Interval:
        """The "early", "mid", "late" … part of it."""
        if self.first is None or self.last is None:
            return self
        days = (self.last - self.first).days + 1
        start, end = _PARTS[word]
        if self.precision == "year":
            months = [
                month_of(self.first.year, 1 + int(12 * start)),
                month_of(self.first.year, int(12 * end)),
            ]
            return Interval(months[0].first, months[1].last, "part of year")
        first = self.first + timedelta(days=int(start * days))
        last = self.first + timedelta(days=max(-int(-end * days // 1), 1) - 1)
        return Interval(first, last, f"part of {self.precision}")

    def joined(self, other: Interval) -> Interval:
        """From the start of this one to the end of ``other``."""
        return Interval(self.first, other.last, "range")


def month_of(year: int, month: int) -> Interval:
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_of(year: int) -> Interval:
    return Interval(date(year, 1, 1), date(year, 12, 31), "year")


def day_of(day: date) -> Interval:
    return Interval(day, day, "day")


def week_of(day: date) -> Interval:
    first = day - timedelta(days=day.weekday())
    return Interval(first, first + timedelta(days=6), "week")


def quarter_of(year: int, quarter: int) -> Interval:
    last = month_of(year, 3 * quarter).last
    return Interval(date(year, 3 * quarter - 2, 1), last, "quarter")


def half_of(year: int, half: int) -> Interval:
    return Interval(date(year, 6 * half - 5, 1), month_of(year, 6 * half).last, "half")


def decade_of(year: int) -> Interval:
    return Interval(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def season_of(season: str, year: int) -> Interval:
    """A season; the winter of a year is the one that begins in it or the one that ends in it."""
    if season == "winter":
        return Interval(date(year - 1, 12, 1), date(year + 1, 3, 20), "season")
    start, end, day = _SEASONS[season]
    return Interval(date(year, start, 1), date(year, end, day), "season")


def winter_from(year: int) -> Interval:
    """The winter that begins in a year."""
    return Interval(date(year, 12, 1), date(year + 1, 3, 20), "season")


def season_near(season: str, day: date, which: str) -> Interval:
    """The season before, of or after a day, by "last", "this" or "next"."""
    years = range(day.year - 2, day.year + 3)
    if season == "winter":
        several = [winter_from(year) for year in years]
    else:
        several = [season_of(season, year) for year in years]
    if which == "last":
        return [one for one in several if one.last and one.last < day][-1]
    if which == "next":
        return next(one for one in several if one.first and one.first > day)
    return min(several, key=lambda one: abs((one.first or day).toordinal() + 45 - day.toordinal()))


def shifted(day: date, unit: str, count: int) -> Interval:
    """The calendar unit that lies ``count`` units after that of ``day`` ("last month" is -1)."""
    if unit == "week":
        return week_of(day + timedelta(days=7 * count))
    if unit == "weekend":
        week = week_of(day + timedelta(days=7 * count))
        return Interval((week.first or day) + timedelta(days=5), week.last, "range")
    if unit == "year":
        return year_of(day.year + count)
    if unit == "decade":
        return decade_of((day.year // 10 + count) * 10)
    step = {"month": 1, "quarter": 3}[unit]
    months = day.year * 12 + day.month - 1 + count * step
    if unit == "quarter":
        return quarter_of(months // 12, months % 12 // 3 + 1)
    return month_of(months // 12, months % 12 + 1)


def ago(day: date, unit: str, count: float, sign: int = -1) -> Interval:
    """ "Three weeks ago": about so many days back, half a unit less or more; days are exact."""
    middle = day + timedelta(days=round(sign * count * _DAYS[unit]))
    if unit == "day":
        return day_of(middle)
    slack = timedelta(days=round(_DAYS[unit] / 2))
    return Interval(middle - slack, middle + slack, unit)


def within(day: date, unit: str, count: float, sign: int) -> Interval:
    """ "The past two weeks", "the next three days": from or up to a day."""
    edge = day + timedelta(days=round(sign * count * _DAYS[unit]))
    return Interval(min(edge, day), max(edge, day), "range")


def weekday(day: date, name: int, which: str) -> Interval:
    """A day of the week before ("last"), at or before (""), or after ("next") a day."""
    back = (day.weekday() - name) % 7
    if which == "last":
        return day_of(day - timedelta(days=back or 7))
    if which == "next":
        return day_of(day + timedelta(days=7 - back))
    if which == "future":
        return day_of(day + timedelta(days=(7 - back) % 7))
    if which == "this":
        return day_of(day - timedelta(days=day.weekday()) + timedelta(days=name))
    return day_of(day - timedelta(days=back))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The days on which a document may have been published, by its own date."""

    first: date
    last: date

    @classmethod
    def of(cls, published: str | None) -> Anchor | None:
        """From an ISO 8601 date or time, whatever its precision; None where there is none."""
        shape = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "")
        if shape is None:
            return None
        try:
            year, month, day = (int(part) if part else None for part in shape.groups())
            whole = year_of(year or 0) if month is None else month_of(year or 0, month)
            if day is not None and month is not None:
                whole = day_of(date(year or 0, month, day))
        except ValueError:
            return None
        return cls(whole.first, whole.last) if whole.first and whole.last else None

    def resolve(self, rule: Callable[[date], Interval]) -> Interval:
        """What a relative expression covers for any day of publication that is possible."""
        one, other = rule(self.first), rule(self.last)
        first = None if one.first is None or other.first is None else min(one.first, other.first)
        last = None if one.last is None or other.last is None else max(one.last, other.last)
        return Interval(first, last, one.precision)
