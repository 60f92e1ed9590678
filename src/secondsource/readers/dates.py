"""Dates that a field states, as ISO 8601.  A date in another order is not guessed at."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"\s*(?P<month>\d{4}-\d{2})(?P<day>-\d{2})?"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
)
_RFC = re.compile(r"\s*(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}")


def iso(value: str) -> str | None:
    """The ISO date at the head of ``value``, to its own precision: month, day or time.

    ``2014-09`` stays a month and ``2024-09-25 (approx.)`` becomes its day.  None where
    there is no such date: ``03/04/2026`` may be either of two days.
    """
    found = _ISO.match(value)
    if not found:
        return None
    month, day, time, zone = found.group("month", "day", "time", "zone")
    try:
        if not day:
            date.fromisoformat(f"{month}-01")
            return month
        if not time:
            return date.fromisoformat(month + day).isoformat()
        return _moment(datetime.fromisoformat(f"{month}{day}T{time}{zone or ''}"))
    except ValueError:
        return None


def internet(value: str) -> str | None:
    """The ISO form of an Internet message date (RFC 5322), as in an HTTP header; else None."""
    if not _RFC.match(value):
        return None
    try:
        return _moment(parsedate_to_datetime(value))
    except ValueError:
        return None


def _moment(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
