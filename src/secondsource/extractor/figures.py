"""Quantities and times by our own grammar, with honest bounds.

General-purpose parsers misread this field ("two G3" as cubic gauss, "may" as May), so a
figure counts only with a unit or a counted noun beside it.  Units are UCUM where one
exists; a count's unit is the counted noun in braces, as UCUM writes annotations.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.model import Excerpt, Quantity, Span, When

_UNITS = {
    "km": "km", "kilometer": "km", "kilometre": "km", "m": "m", "meter": "m", "metre": "m", "mile": "[mi_i]",
    "nautical": "[nmi_i]", "foot": "[ft_i]", "feet": "[ft_i]", "ft": "[ft_i]", "kg": "kg", "kilogram": "kg",
    "kilo": "kg", "kilogramme": "kg", "g": "g", "ton": "t", "tonne": "t", "t": "t", "dwt": "t{dwt}", "lb": "[lb_av]",
    "pound": "[lb_av]", "hour": "h", "h": "h", "minute": "min", "day": "d", "week": "wk", "month": "mo", "year": "a",
    "litre": "L", "liter": "L", "l": "L", "barrel": "[bbl_us]", "percent": "%", "%": "%", "kmh": "km/h", "km/h": "km/h",
    "mph": "[mi_i]/h", "knot": "[kn_i]", "kt": "[kn_i]", "mw": "MW", "kw": "kW", "hp": "[HP]", "dollar": "USD",
    "usd": "USD", "euro": "EUR", "eur": "EUR", "yuan": "CNY", "ruble": "RUB", "rouble": "RUB", "mm": "mm", "cm": "cm",
}  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_VAGUE = {
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "several": (3, None),
}
_WORD = "|".join([*sorted(_NUMBERS, key=len, reverse=True), *_SCALES])
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:{_WORD})(?:[ -](?:{_WORD}))*)(?:\s(?:hundred|thousand|million|billion|dozen))?"
_QUANTITY = re.compile(
    rf"(?P<open>at least|at most|more than|less than|fewer than|over|under|up to|as many as|no more than|nearly|almost|around|about|"
    rf"some|roughly|approximately|an estimated|between|from)?\s*(?<![\w.,-])(?P<first>{_FIGURE})(?:\s*(?:-|–|to|and|or)\s*(?P<second>{_FIGURE}))?"
    r"(?P<gap>[\s-]?)(?P<unit>km/h|[A-Za-z%]+)?",
    re.I,
)
_FLOOR = frozenset({"at least", "more than", "over"})
_CEILING = frozenset({"at most", "less than", "fewer than", "under", "up to", "as many as", "no more than"})
_ABOUT = frozenset(
    {"nearly", "almost", "around", "about", "some", "roughly", "approximately", "an estimated"}
)
_CALENDAR = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                       "november", "december"})  # fmt: skip
_MONTHS = {name: i for i, name in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1
)}  # fmt: skip
_MONTH = "|".join(name.title() for name in _MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}}) (?P<m1>{_MONTH})(?: (?P<y1>\d{{4}}))?|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:, (?P<y2>\d{{4}}))?"
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
        if form in _UNITS and shape["unit"] not in {"T", "M", "G", "H", "L"}:
            return _UNITS[form], shape.end("unit")
    if word in _CALENDAR or re.fullmatch(r"(?:19|20)\d\d", shape["first"]):
        return None, 0
    token = _token_at(paragraph, shape.start("first"))
    noun = _counted(token) if token is not None else None
    if noun is None:
        return None, 0
    return f"{{{lemma(noun)}}}", noun.idx + len(noun.text)


def _token_at(paragraph: Paragraph, start: int) -> Token | None:
    return next((token for token in paragraph.doc if token.idx <= start < token.idx + len(token.text)), None)


def _counted(token: Token) -> Token | None:
    """The noun that a numeral counts ("seven Chinese-made drones")."""
    while token.dep_ in {"compound", "quantmod"} and token.head.like_num:
        token = token.head
    head = token.head
    if (
        token.dep_ == "nummod"
        and head.pos_ in {"NOUN", "PROPN"}
        and head.i > token.i
        and head.lower_ not in _CALENDAR
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
        last = (
            29
            if number_ == 2 and int(year) % 4 == 0
            else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number_ - 1]
        )
        return When(excerpt, f"{year}-{number_:02}-01", f"{year}-{number_:02}-{last}", "month")
    date = f"{year}-{number_:02}-{int(day):02}"
    return When(excerpt, date, date, "day") if 1 <= int(day) <= 31 else None
