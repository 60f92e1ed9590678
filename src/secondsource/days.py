"""Days as lists, forms and people write them, in one form."""

from __future__ import annotations

import calendar
import re

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
