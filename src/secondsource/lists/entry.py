"""A designation put together from what a layout tells, and days as layouts write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping

from secondsource.model import Designation

Told = Mapping[str, Iterable[str | None]]
"""Values by the field of `Designation` they belong to; ``names`` has the main name first."""

_MANY = ("programmes", "countries", "birth_dates", "identifiers", "addresses", "topics")
_ONE = ("listed", "started")
_DAYS = ("birth_dates", *_ONE)
_MONTHS = {month.casefold(): number for number, month in enumerate(calendar.month_abbr)}
_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})")
_WORDS = re.compile(r"^(?:circa )?(?:(\d{1,2}) )?([A-Za-z]{3})[a-z]* (\d{4})")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def day(text: str | None) -> str | None:
    """``text`` as an ISO 8601 day, month or year: 1961-03-02 of “02 Mar 1961”, 2.3.1961 and 02/03/1961.

    Days stand before months, as everywhere but in OFAC's own publication date.  What holds
    no date gives None; a day of 00 is left away.
    """
    words = (text or "").strip()
    if found := _ISO.match(words):
        return _joined(*found.groups())
    if found := _DAY_FIRST.match(words):
        date, month, year = found.groups()
        return _joined(year, month, date)
    if (found := _WORDS.match(words)) and found[2].casefold() in _MONTHS:
        return _joined(found[3], str(_MONTHS[found[2].casefold()]), found[1])
    year_only = _YEAR.search(words)
    return year_only[0] if year_only else None


def _joined(year: str, month: str | None, date: str | None) -> str | None:
    parts = [year]
    for part, most in ((month, 12), (date, 31)):
        if not part or not 1 <= int(part) <= most:
            break
        parts.append(f"{int(part):02}")
    return "-".join(parts) if int(year) else None


def entry(id: str, schema: str, told: Told, remarks: str | None = None) -> Designation:
    """The designation, each value once and empty ones left out.  Raises ValueError without a name."""
    found = {name: _distinct(told.get(name, ()), days=name in _DAYS) for name in ("names", *_MANY, *_ONE)}
    if not found["names"]:
        raise ValueError(f"entry {id} has no name")
    return Designation(
        id=id,
        list="",
        name=found["names"][0],
        schema=schema,
        aliases=found["names"][1:],
        remarks=remarks or None,
        listed=min(found["listed"], default=None),
        started=min(found["started"], default=None),
        **{name: found[name] for name in _MANY},
    )


def _distinct(values: Iterable[str | None], *, days: bool) -> tuple[str, ...]:
    words = (day(value) if days else " ".join((value or "").split()) for value in values)
    return tuple(dict.fromkeys(word for word in words if word))


def joined(*parts: str | None, by: str = " ") -> str | None:
    """The parts that say something, in a row."""
    return by.join(part.strip() for part in parts if part and part.strip()) or None
