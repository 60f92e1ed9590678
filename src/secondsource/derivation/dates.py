"""Which of two documents came first, as far as their dates tell."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from secondsource.model import Document

SAME_STORY = timedelta(days=60)

_NEAR = timedelta(hours=2)
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}\S*)?)?)?")


def earlier(one: str | None, other: str | None) -> bool | None:
    """True where ``one`` was published before ``other``; None where the dates do not tell.

    Dates are compared at the coarser precision, times within two hours are not told apart
    (a copy often carries the time it was last touched).
    """
    left, right = _dated(one), _dated(other)
    if not left or not right:
        return None
    width = min(len(left), len(right))
    if width <= 10:
        return left[:width] < right[:width] if left[:width] != right[:width] else None
    gap = _moment(right) - _moment(left)
    return None if abs(gap) < _NEAR else gap > timedelta(0)


def apart(one: str | None, other: str | None) -> timedelta | None:
    """How far apart two dates are, by the day; None where either has none."""
    left, right = _dated(one), _dated(other)
    if not left or not right or min(len(left), len(right)) < 10:
        return None
    return abs(_moment(left[:10]) - _moment(right[:10]))


def may_precede(original: Document, copy: Document) -> bool:
    """False where the dates tell that ``copy`` came first, or that the two are of different stories."""
    if earlier(copy.published, original.published):
        return False
    gap = apart(original.published, copy.published)
    return gap is None or gap <= SAME_STORY


def day(date: str | None) -> float:
    """The number of the day, not a number where the date does not tell it."""
    known = _dated(date)
    return _moment(known[:10]).toordinal() if known and len(known) >= 10 else math.nan


def in_time(one: Document, other: Document, *, first_copies: bool) -> tuple[Document, Document, bool]:
    """Copy, original, and whether the dates tell; where they do not, as ``first_copies`` says."""
    first = earlier(one.published, other.published)
    if first is None:
        return (one, other, False) if first_copies else (other, one, False)
    return (other, one, True) if first else (one, other, True)


@lru_cache(maxsize=1 << 14)
def _dated(date: str | None) -> str | None:
    """The date as far as it is one: no month 99, no words."""
    found = _ISO.match(date or "")
    try:
        datetime.fromisoformat(f"{found[0][:10]}-01-01"[:10] if found else "")
    except ValueError:
        return None
    return found[0] if found else None


@lru_cache(maxsize=1 << 14)
def _moment(iso: str) -> datetime:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        moment = datetime.fromisoformat(iso[:16])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
