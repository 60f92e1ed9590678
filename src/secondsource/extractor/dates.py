"""The forms of dates, and the days that each covers when read on the document's date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from secondsource.extractor import intervals as on
from secondsource.extractor.intervals import Anchor, Interval
from secondsource.extractor.numerals import amount
from secondsource.extractor.tenses import Tense

_NUMBERS_OF = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NUMBERS_OF |= {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_NUMBERS_OF["sept"] = 9
_DAYS_OF = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = rf"(?:{'|'.join(calendar.month_name[1:])}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"(?:(?:19|20)\d\d(?!\d|[,.:/]\d|\w|-[A-Za-z])|(?:this|last|next)\syear)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d|[.,:/]\d)"
_WEEKDAY = rf"(?:{'|'.join(calendar.day_name)})"
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PART = (
    r"(?P<part>[Ee]arly|[Mm]id|[Mm]iddle|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd)"
    r"(?:-|\sin\s|\s(?:of\s)?)(?:the\s)?"
)
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_OF_YEAR = rf"(?:,?\s(?P<y>{_YEAR}))?"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_FORMS = {
    "iso": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d|-)",
    "numeric": r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d\d)(?!\d|[./]\d)",
    "days": rf"(?P<d>{_DAY})(?:\s?[-–]\s?|\s(?:to|and)\s)(?P<d2>{_DAY})\s(?P<m>{_MONTH}){_OF_YEAR}",
    "day": rf"(?:{_WEEKDAY},?\s)?(?:the\s)?(?P<d>{_DAY})(?:\sof)?\s(?P<m>{_MONTH}){_OF_YEAR}",
    "us_days": rf"(?P<m>{_MONTH})\s(?P<d>{_DAY})\s?[-–]\s?(?P<d2>{_DAY}){_OF_YEAR}",
    "us": rf"(?:{_WEEKDAY},?\s)?(?P<m>{_MONTH})\s(?P<d>{_DAY}){_OF_YEAR}",
    "month": rf"(?:{_PART})?(?P<m>{_MONTH})(?:(?:,|\sof)?\s(?P<y>{_YEAR}))?",
    "quarter": rf"(?:(?P<n>{'|'.join(_ORDER)})\squarter|Q(?P<q>[1-4]))(?:\sof|,)?\s(?P<y>{_YEAR})",
    "half": rf"(?:(?P<n>first|second)\shalf|H(?P<q>[12]))(?:\sof|,)?\s(?P<y>{_YEAR})",
    "season": rf"(?:{_PART})?{_SEASON}\s(?:of\s)?(?P<y>{_YEAR})(?:[-–/](?P<y2>\d\d(?:\d\d)?)\b)?",
    "near_season": rf"(?P<which>last|this|next)\s{_SEASON}\b",
    "decade": r"(?:(?P<part>early|mid|late)[\s-])?(?P<y>(?:19|20)\d0)s\b",
    "which": r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Cc]oming)\s"
    rf"(?P<what>week(?:end)?|month|quarter|decade|{_MONTH}|{_WEEKDAY})\b",
    "sofar": r"(?P<which>[Ee]arlier|[Ll]ater)\s(?:on\s)?this\s(?P<unit>week|month|year|decade)\b",
    "year": rf"(?:{_PART})?(?P<y>{_YEAR})(?:\s?[-–]\s?(?P<y2>(?:\d\d)?\d\d)\b)?",
    "ago": rf"{_COUNT}\s{_UNIT}s?\s(?P<back>ago|earlier|later)\b",
    "vague": rf"(?:(?:a\sfew|several|some|many)\s)?{_UNIT}s\sago\b",
    "span": rf"(?P<way>[Pp]ast|[Ll]ast|[Nn]ext|[Cc]oming)\s{_COUNT}\s{_UNIT}s?\b",
    "recent": rf"(?P<way>[Rr]ecent|[Cc]oming|[Pp]ast)\s{_UNIT}s\b",
    "word": r"(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Oo]vernight|"
    r"[Tt]his\s(?:morning|afternoon|evening)|[Ll]ast\snight)\b",
    "weekday": rf"(?P<day>{_WEEKDAY})(?!s|\s(?:Times|Telegraph|Express|Mirror|Mail|Post|Prayer))\b",
}
PATTERNS = {name: re.compile(rf"(?<![\w.,:/-]){form}") for name, form in _FORMS.items()}

TRIGGER = re.compile(
    r"\d{4}|Q[1-4]|H[12]|[A-Z][a-z]{2,8}day|"
    rf"{_MONTH}|[Tt]oday|[Yy]esterday|[Tt]o(?:morrow|night)|[Oo]vernight|\b(?:week|month|year|day|decade"
    rf"|season|night|morning|evening|afternoon|spring|summer|autumn|fall|winter|quarter)"
)
_LEAP = 9  # years in which every day of the calendar comes at least once
_STALE = timedelta(days=330)
ENDING = frozenset({"until", "till", "through", "by", "no later than", "as late as", "up to"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read in: the words, the document's date, and the tense of what happens then."""

    words: str
    anchor: Anchor | None
    tense: Callable[[int], Tense]


def interval(context: Context, name: str, shape: re.Match[str], edge: str) -> Interval | None:
    """What the words cover; None where the document's date would have to say and there is none."""
    if name == "iso":
        return on.day_of(date(int(shape["y"]), int(shape["m"]), int(shape["d"])))
    if name == "numeric":
        return _numeric(shape)
    if name == "decade":
        whole = on.decade_of(int(shape["y"]))
        return whole.part(shape["part"].lower()) if shape["part"] else whole
    if name in {"quarter", "half", "season", "year"}:
        return _of_year(context, name, shape)
    if name in {"day", "us", "days", "us_days", "month"}:
        return _of_month(context, shape, edge)
    if context.anchor is None:
        return None
    tense = context.tense(shape.start()) if name == "weekday" else "past"
    return context.anchor.resolve(lambda day: _relative(day, name, shape, tense))


def _numeric(shape: re.Match[str]) -> Interval:
    """ "25/03/2024" and, with points, the day first; raises ValueError where two readings are possible."""
    one, two, year = int(shape["a"]), int(shape["b"]), int(shape["y"])
    if shape["mark"] == "." or one > 12 or one == two:
        return on.day_of(date(year, two, one))
    if two > 12:
        return on.day_of(date(year, one, two))
    raise ValueError("day and month may be either")


def _of_year(context: Context, name: str, shape: re.Match[str]) -> Interval | None:
    groups = shape.groupdict()
    if not re.match(r"\d", groups["y"]):
        if context.anchor is None:
            return None
        return context.anchor.resolve(lambda day: _in_year(name, groups, _relative_year(day, groups["y"])))
    return _in_year(name, groups, int(groups["y"]))


def _in_year(name: str, groups: dict[str, str | None], year: int) -> Interval:
    if name in {"quarter", "half"}:
        which = _ORDER[groups["n"] or groups["q"] or "1"]
        return on.quarter_of(year, which) if name == "quarter" else on.half_of(year, which)
    whole = on.season_of(groups["season"] or "", year) if name == "season" else on.year_of(year)
    if name == "season" and groups["y2"]:
        return on.winter_from(year) if groups["season"] == "winter" else whole
    if groups.get("y2"):
        last = int(str(year)[: 4 - len(groups["y2"] or "")] + (groups["y2"] or ""))
        return whole.joined(on.year_of(last)) if year < last <= year + 50 else whole
    return whole.part((groups["part"] or "").lower()) if groups.get("part") else whole


def _relative_year(day: date, words: str) -> int:
    return day.year + {"this": 0, "last": -1, "next": 1}[words.split()[0]]


def _year(context: Context, words: str | None) -> int | None:
    if words and words[0].isdigit():
        return int(words)
    if words and context.anchor and context.anchor.first.year == context.anchor.last.year:
        return _relative_year(context.anchor.first, words)
    return None


def _month(words: str) -> int:
    return _NUMBERS_OF[words.rstrip(".").lower()]


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _of_month(context: Context, shape: re.Match[str], edge: str) -> Interval | None:
    """A month or day of one; without a year, the nearest that the tense allows."""
    groups = shape.groupdict()
    if groups["y"] and groups["y"][0].isdigit():
        return _in_month(groups, int(groups["y"]))
    if context.anchor is None:
        return None
    if groups["y"]:
        return context.anchor.resolve(lambda day: _in_month(groups, _relative_year(day, groups["y"] or "")))
    tense = context.tense(shape.start("m"))
    if edge in ENDING | {"before"} and tense == "other":
        tense = "future"
    try:
        return context.anchor.resolve(lambda day: _without_year(day, groups, tense))
    except LookupError:
        return None


def _without_year(day: date, groups: dict[str, str | None], tense: Tense) -> Interval:
    """The most recent one that has begun by ``day``, or the next that has not ended, by the tense.

    Where the verb is in neither, the nearer of the two.  A day nearly a year back that comes again
    within weeks is left open by a LookupError: a correction may be younger than its document's date.
    """
    passed = _nearest(day, groups, range(day.year, day.year - _LEAP, -1), future=False)
    coming = _nearest(day, groups, range(day.year, day.year + _LEAP), future=True)
    if tense == "other":
        nearer = (coming.first or day) - day < day - (passed.last or day)
        return coming if nearer else passed
    if tense == "past" and groups.get("d") and day - (passed.last or day) > _STALE:
        raise LookupError("this year's or last year's")
    return coming if tense == "future" else passed


def _nearest(day: date, groups: dict[str, str | None], years: Iterable[int], future: bool) -> Interval:
    for year in years:
        try:
            found = _in_month(groups, year)
        except ValueError:  # 29 February
            continue
        if found.first and found.last and (found.last >= day if future else found.first <= day):
            return found
    raise ValueError("there is no such day")


def _in_month(groups: dict[str, str | None], year: int) -> Interval:
    month = _month(groups["m"] or "")
    if not groups.get("d"):
        whole = on.month_of(year, month)
        return whole.part((groups["part"] or "").lower()) if groups.get("part") else whole
    first = on.day_of(date(year, month, _number(groups["d"] or "")))
    if not groups.get("d2"):
        return first
    last = on.day_of(date(year, month, _number(groups["d2"] or "")))
    if (first.first or date.min) > (last.last or date.max):
        raise ValueError("days out of order")
    return first.joined(last)


def _relative(day: date, name: str, shape: re.Match[str], tense: Tense) -> Interval:
    """What a relative expression covers, read on ``day``."""
    groups = {key: (value or "").lower() for key, value in shape.groupdict().items()}
    if name == "word":
        return _named_day(day, groups["word"])
    if name == "weekday":
        return on.weekday(day, _DAYS_OF[groups["day"]], "future" if tense == "future" else "")
    if name == "near_season":
        return on.season_near(groups["season"], day, groups["which"])
    if name == "which":
        return _which(day, groups["which"], groups["what"])
    if name == "sofar":
        whole = on.shifted(day, groups["unit"], 0)
        earlier = groups["which"] == "earlier"
        return Interval(whole.first if earlier else day, day if earlier else whole.last, "range")
    return _counted(day, name, groups)


def _counted(day: date, name: str, groups: dict[str, str]) -> Interval:
    """ "Three days ago", "the past two weeks", "in recent months"."""
    if name == "vague":
        return Interval(None, day, groups["unit"])
    if name == "recent":
        coming = groups["way"] == "coming"
        return Interval(day if coming else None, None if coming else day, groups["unit"])
    read = amount(groups["count"])
    count = 1.0 if groups["count"] in {"a", "an"} or read is None or read.value is None else read.value
    if name == "span":
        return on.within(day, groups["unit"], count, 1 if groups["way"] in {"next", "coming"} else -1)
    if groups["back"] != "ago":
        return Interval(None, None, "relative")  # counted from something else than the document
    return on.ago(day, groups["unit"], count)


def _named_day(day: date, word: str) -> Interval:
    if word in {"overnight", "last night"}:
        return Interval(day - timedelta(days=1), day, "range")
    return on.day_of(day + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0)))


def _which(day: date, which: str, what: str) -> Interval:
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[which]
    name = {-1: "last", 0: "this", 1: "next"}[step]
    if what in _DAYS_OF:
        return on.weekday(day, _DAYS_OF[what], name)
    if what.rstrip(".") not in _NUMBERS_OF:
        return on.shifted(day, what, step)
    month = _NUMBERS_OF[what.rstrip(".")]
    if step == 0:
        return on.month_of(day.year, month)
    passed = month < day.month if step < 0 else month <= day.month
    return on.month_of(
        day.year - (0 if passed else 1) if step < 0 else day.year + (1 if passed else 0), month
    )


def borrowed(context: Context, shape: re.Match[str], other: re.Match[str]) -> Interval | None:
    """The first date of a range under the year of the second, where it has none of its own."""
    one, two = shape.groupdict(), other.groupdict()
    if not one.get("m") or one.get("y") or not two.get("m") or not two.get("y"):
        return None
    year = _year(context, two["y"])
    if year is None:
        return None
    month = _month(one["m"])
    year -= month > _month(two["m"])
    return on.day_of(date(year, month, _number(one["d"]))) if one.get("d") else on.month_of(year, month)
