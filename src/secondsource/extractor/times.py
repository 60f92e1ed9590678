"""Times by our own grammar: an interval of days, no finer than its words.

Absolute dates stand for themselves; relative ones ("on Monday", "last month", "in March") are
read from the document's own date, and without one they keep their words and no bounds.  The
modal verb "may" is no month, at the start of a sentence or in a headline neither.  The terms
are those of TIMEX3 (Pustejovsky et al., ISO 24617-1), with bounds instead of its modifiers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from secondsource.extractor.dates import ENDING, PATTERNS, TRIGGER, Context, borrowed
from secondsource.extractor.dates import interval as interval_of
from secondsource.extractor.intervals import Anchor, Interval
from secondsource.extractor.paragraphs import Paragraph
from secondsource.extractor.tenses import tense_at
from secondsource.model import Excerpt, Span, When

_EDGE = re.compile(
    r"(?:^|(?<=\W))(?P<edge>since|until|till|through|by|before|prior to|after|following|from|as of|up to"
    r"|starting(?: in| from)?|no later than|as early as|as late as|between)"
    r"(?:\sat least|\saround|\sabout)?\s(?:the\s)?$",
    re.I,
)
_BARE = re.compile(
    r"(?:^|(?<=\W))(?:in|during|of|for|over|around|about|since|until|till|through|by|before|after|from"
    r"|to|and|between"
    r"|as of|late in|dated|ending|starting|beginning|throughout|as early as|as late as)\s$",
    re.I,
)
_MONTH_CUE = re.compile(
    r"(?:\d|\b(?:in|on|since|until|till|by|of|from|to|before|after|between|through|during"
    r"|dated|ending|early|mid|late|last|next|this))[\s-]$",
    re.I,
)
_NO_SUBJECT = re.compile(r"\b(?:who|which|that|what|it|they|he|she|we|you|i|there|this|these)\s$", re.I)
_JOINT = re.compile(r"(?P<joint>\s?[-–]\s?|\s(?:to|and|until|till|through)\s)")
_NOT_DAYS = frozenset({"black", "good", "bloody", "palm", "easter", "holy", "ash", "cyber", "giving", "ruby"})
_OPEN_ENDED = frozenset(
    {
        "since",
        "from",
        "starting",
        "starting in",
        "starting from",
        "as of",
        "as early as",
        "after",
        "following",
    }
)


_Found = tuple[int, int, "Interval | None", str]
"""Start and end in the words, the interval where it is known, and what it is called where it is not."""


def time(paragraph: Paragraph, content: Span, published: str | None) -> When | None:
    """The first date inside ``content`` as an interval; relative ones by ``published``, ISO 8601."""
    start, end = content.start - paragraph.offset, content.end - paragraph.offset
    words = paragraph.text[start:end]
    if not TRIGGER.search(words):
        return None
    context = Context(words, Anchor.of(published), lambda at: tense_at(paragraph, start + at))
    found = _first(context, lambda at, word: _is_no_month(paragraph, start + at, word))
    if found is None:
        return None
    first, last, interval, unknown = found
    excerpt = Excerpt((paragraph.at(start + first, start + last),), words[first:last])
    if interval is None or (interval.first is None and interval.last is None):
        return When(excerpt, None, None, unknown)
    return When(excerpt, _iso(interval.first), _iso(interval.last), interval.precision)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _is_no_month(paragraph: Paragraph, at: int, shape: str) -> bool:
    """True where a month's name is a person's ("April Jones"), or "May" the verb.

    The verb is tagged so, follows a pronoun, or stands in a headline without a preposition.
    """
    covering = paragraph.doc.char_span(at, at + 1, alignment_mode="expand")
    token = covering[0] if covering else None
    if shape.isalpha() and token is not None and token.ent_type_ == "PERSON" and token.i + 1 < len(token.doc):
        return bool(token.nbor().ent_iob_ == "I" or token.ent_iob_ == "I")
    if not shape.startswith("May"):
        return False
    before = paragraph.text[max(0, at - 20) : at]
    if re.search(r"(?:19|20)\d\d", shape) or _MONTH_CUE.search(before):
        return False
    tagged = token is not None and token.tag_ == "MD"
    return tagged or bool(_NO_SUBJECT.search(before)) or paragraph.kind in {"title", "heading"}


def _first(context: Context, no_month: Callable[[int, str], bool]) -> _Found | None:
    """The earliest date in the words, the longest where several start together."""
    at = 0
    while True:
        shapes = [(name, shape) for name, one in PATTERNS.items() if (shape := one.search(context.words, at))]
        if not shapes:
            return None
        shapes.sort(key=lambda one: (one[1].start(), -one[1].end()))
        for name, shape in shapes:
            if shape.start() != shapes[0][1].start():
                break
            if not _is_none(context.words, name, shape, no_month):
                read = _read(context, name, shape)
                if read:
                    return read
                at = shape.end()
                break
        at = max(at, shapes[0][1].start() + 1)


def _is_none(words: str, name: str, shape: re.Match[str], no_month: Callable[[int, str], bool]) -> bool:
    """True where words of a date's form are none here."""
    before = words[max(0, shape.start() - 24) : shape.start()]
    groups = shape.groupdict()
    if (
        groups.get("m")
        and name != "iso"
        and no_month(shape.start("m"), shape[0][shape.start("m") - shape.start() :])
    ):
        return True
    if name == "us" and not groups["y"] and re.search(r"\b[Ii]n\s$", before):
        return True  # "in March 12 drones arrived"
    if name in {"month", "year"} and not groups.get("part"):
        told = groups["y"] if name == "month" else groups["y"].endswith("year")
        return not told and not _BARE.search(before)
    if name == "weekday":
        return before.split()[-1:] != [] and before.split()[-1].lower() in _NOT_DAYS
    return False


def _read(context: Context, name: str, shape: re.Match[str]) -> _Found | None:
    """A date with the words before it that leave a side open, or the second date of a range."""
    edge = _EDGE.search(context.words[max(0, shape.start() - 24) : shape.start()])
    word = edge["edge"].lower() if edge else ""
    try:
        interval = interval_of(context, name, shape, word)
        second = _second(context, shape, interval, word)
    except (ValueError, OverflowError):
        return None
    start, end = shape.span()
    if second:
        interval, end = second
        start = _edge_start(shape, edge) if word in {"from", "between"} else start
        return start, end, interval, "relative"
    unknown = "unknown year" if name in {"day", "us", "days", "us_days", "month"} else "relative"
    if word and word != "between":
        return _edge_start(shape, edge), end, interval and _opened(interval, word), unknown
    return start, end, interval, unknown


def _edge_start(shape: re.Match[str], edge: re.Match[str] | None) -> int:
    return shape.start() - (len(edge.string) - edge.start("edge")) if edge else shape.start()


def _opened(interval: Interval, word: str) -> Interval:
    """An interval with the side open that "since", "until", "before" … leaves open.

    "After February" may be inside it; "before March" is not, and "by" and "until" may be.
    """
    if word in _OPEN_ENDED:
        return Interval(interval.first, None, interval.precision)
    if word in ENDING:
        return Interval(None, interval.last, interval.precision)
    first = interval.first
    return Interval(None, first - timedelta(days=1) if first else None, interval.precision)


def _second(
    context: Context, shape: re.Match[str], interval: Interval | None, word: str
) -> tuple[Interval, int] | None:
    """A range's whole interval and where it ends: "between March and May 2023", "2019 to 2021"."""
    joint = _JOINT.match(context.words, shape.end())
    if joint is None or (joint["joint"].strip() == "and") != (word == "between"):
        return None
    for name in ("day", "us", "month", "quarter", "season", "year", "weekday"):
        other = PATTERNS[name].match(context.words, joint.end())
        if other:
            until = interval_of(context, name, other, word)
            since = borrowed(context, shape, other) or interval
            if until and since and since.first and until.last and since.first <= until.last:
                return since.joined(until), other.end()
    return None
