"""Quantities and times by our own grammar, with honest bounds.

General-purpose parsers misread this field ("two G3" as cubic gauss, "may" as May), so a
figure counts only with a unit or a counted noun beside it.  Units are UCUM where one
exists; a count's unit is the counted noun in braces, as UCUM writes annotations.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from importlib import resources

from spacy.tokens import Token

from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.model import Excerpt, Quantity, Span, When

_DATA = tomllib.loads(resources.files(__package__).joinpath("units.toml").read_text("utf-8"))
_UNITS = {word: unit for unit, words in _DATA["units"].items() for word in words}
_NUMBERS: dict[str, int] = _DATA["numbers"]
_SCALES: dict[str, int] = _DATA["scales"]
_FLOOR, _CEILING, _ABOUT = (frozenset(_DATA["openings"][name]) for name in ("floor", "ceiling", "about"))
_WORD = "|".join([*sorted(_NUMBERS, key=len, reverse=True), *_SCALES])
_OPENING = "|".join(word for words in _DATA["openings"].values() for word in words)
_FIGURE = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|(?:{_WORD})(?:[ -](?:{_WORD}))*)(?:\s(?:{'|'.join(_SCALES)}))?"
)
_QUANTITY = re.compile(
    rf"(?P<open>{_OPENING})?\s*(?<![\w.,-])(?P<first>{_FIGURE})"
    rf"(?:\s*(?:-|–|to|and|or)\s*(?P<second>{_FIGURE}))?(?P<gap>[\s-]?)(?P<unit>km/h|[A-Za-z%]+)?",
    re.I,
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(name.title() for name in _MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}}) (?P<m1>{_MONTH})(?: (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?!\d)(?:, (?P<y2>\d{{4}}))?"
    rf"|(?P<m3>{_MONTH}) (?P<y3>\d{{4}})|(?<=in )(?P<y4>(?:19|20)\d\d)\b)"
)


def quantities(paragraph: Paragraph, content: Span) -> tuple[Quantity, ...]:
    """The figures inside ``content`` that have a unit or count something."""
    start, end = content.start - paragraph.offset, content.end - paragraph.offset
    return tuple(
        figure
        for shape in _QUANTITY.finditer(paragraph.text, start, end)
        if (figure := _quantity(paragraph, shape))
    )


def _quantity(paragraph: Paragraph, shape: re.Match[str]) -> Quantity | None:
    unit, end = _unit(paragraph, shape)
    first = number(shape["first"])
    if unit is None or first is None:
        return None
    start = shape.start("open") if shape["open"] else shape.start("first")
    second = number(shape["second"]) if shape["second"] else None
    opening = (shape["open"] or "").lower()
    low, high = _bounds(first, second, opening)
    span = paragraph.at(start, end)
    words = paragraph.text[start:end]
    value = first if second is None else None
    return Quantity(Excerpt((span,), words), value, low, high, unit, opening in _ABOUT)


def _bounds(first: float, second: float | None, opening: str) -> tuple[float | None, float | None]:
    if second is not None:
        return min(first, second), max(first, second)
    if opening in _FLOOR:
        return first, None
    if opening in _CEILING:
        return None, first
    return first, first


def number(words: str) -> float | None:
    """The number that figures or number words write; None where they are no number."""
    total, current = 0.0, 0.0
    for word in words.lower().replace(",", "").replace("-", " ").split():
        if re.fullmatch(r"\d+(?:\.\d+)?", word):
            current += float(word)
        elif word in _NUMBERS:
            current += _NUMBERS[word]
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, current = total + current, 0.0
        else:
            return None
    return total + current


def _unit(paragraph: Paragraph, shape: re.Match[str]) -> tuple[str | None, int]:
    """The unit after a figure and where the quantity ends; else the noun that is counted."""
    word = (shape["unit"] or "").lower()
    for form in (word, word.removesuffix("s")):
        if form in _UNITS:
            return _UNITS[form], shape.end("unit")
    if word in _MONTHS or re.fullmatch(r"(?:19|20)\d\d", shape["first"]):
        return None, 0
    token = _token_at(paragraph, shape.start("first"))
    noun = _counted(token) if token is not None else None
    if noun is None:
        return None, 0
    return f"{{{lemma(noun)}}}", noun.idx + len(noun.text)


def _token_at(paragraph: Paragraph, start: int) -> Token | None:
    covering = paragraph.doc.char_span(start, start + 1, alignment_mode="expand")
    return covering[0] if covering else None


def _counted(token: Token) -> Token | None:
    """The noun that a numeral counts ("seven Chinese-made drones")."""
    while token.dep_ in {"compound", "quantmod"} and token.head.like_num:
        token = token.head
    head = token.head
    if (
        token.dep_ == "nummod"
        and head.pos_ in {"NOUN", "PROPN"}
        and head.i > token.i
        and head.lower_ not in _MONTHS
    ):
        return head
    return None


def time(paragraph: Paragraph, content: Span, published: str | None) -> When | None:
    """The first date inside ``content``, no finer than its words; the year from the document's date."""
    start, end = content.start - paragraph.offset, content.end - paragraph.offset
    shape = _DATE.search(paragraph.text, start, end)
    if shape is None:
        return None
    excerpt = Excerpt((paragraph.at(*shape.span()),), shape.group())
    day, month = shape["d1"] or shape["d2"], shape["m1"] or shape["m2"] or shape["m3"]
    year = shape["y1"] or shape["y2"] or shape["y3"] or shape["y4"] or (published or "")[:4]
    return _when(excerpt, year, month, day)


def _when(excerpt: Excerpt, year: str, month: str | None, day: str | None) -> When | None:
    if not year:
        return When(excerpt, None, None, "unknown year")
    if month is None:
        return When(excerpt, f"{year}-01-01", f"{year}-12-31", "year")
    number_ = _MONTHS[month.lower()]
    if day is None:
        last = calendar.monthrange(int(year), number_)[1]
        return When(excerpt, f"{year}-{number_:02}-01", f"{year}-{number_:02}-{last}", "month")
    date = f"{year}-{number_:02}-{int(day):02}"
    return When(excerpt, date, date, "day") if 1 <= int(day) <= 31 else None
