"""Quantities by our own grammar, with honest bounds.

General-purpose parsers misread this field ("two G3" as cubic gauss, "MQ-9B" as a unit), so a
figure counts only with a unit or a counted noun beside it.  Units are UCUM where one exists; a
count's unit is the counted noun in braces, as UCUM writes annotations (Schadow and McDonald,
The Unified Code for Units of Measure, § 12).  What the words leave open has no bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from secondsource.extractor.measures import PREFIX, Unit, divided, prefixed, unit_at
from secondsource.extractor.numerals import (
    DATA,
    FIGURE,
    VAGUE,
    Amount,
    alternatives,
    amount,
    trailing_scale,
)
from secondsource.extractor.paragraphs import Paragraph, lemma
from secondsource.model import Excerpt, Quantity, Span

_CORE = re.compile(
    rf"(?<![\w.,:/+#§№'’-])(?<!\d–)(?:(?P<sign>{PREFIX})\s?)?(?P<first>{VAGUE}"
    rf"|{FIGURE})(?P<money>[kmb](?!\w))?"
)
_LINK = re.compile(
    rf"(?P<link>\s?[-–—]\s?|\s(?:to|and|or)\s)(?:up to\s|as many as\s)?"
    rf"(?P<sign>{PREFIX})?(?P<second>{FIGURE})(?P<money>[kmb](?!\w))?"
)
_OPENINGS = {word: effect for effect, words in DATA["openings"].items() for word in words}
_CLOSINGS = {word: effect for effect, words in DATA["closings"].items() for word in words}
_OPENING = re.compile(rf"(?:^|(?<=[\s(“\"'‘—–-]))(?P<open>{alternatives(*_OPENINGS)})\s?$", re.I)
_CLOSING = re.compile(rf"(?P<close>{alternatives(*_CLOSINGS)})(?!\w)", re.I)
_REACH = 40  # characters before a figure in which its openings stand
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_LABEL = re.compile(rf"(?:^|\W)(?:{alternatives(*DATA['labels']['words'])})\s$", re.I)
_AFTER_MONTH = re.compile(rf"(?:^|\W)(?P<in>[Ii]n\s)?(?:{_MONTH})\s$")
_IN_OF = re.compile(rf"(?:^|\W)(?:{FIGURE})\sin\s$", re.I)
_CHANGE = re.compile(rf"\b(?:{alternatives(*DATA['change']['words'])})\b(?:\W+\w+){{0,6}}\W*$", re.I)
_NOT_AFTER = re.compile(
    rf"[\s-]years?[\s-](?:old|of age)\b|[\s-]years?[\s-]olds\b|\s?(?:[ap]\.?m\b\.?|o['’]clock|GMT\b|UTC\b)"
    rf"|(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})(?:\b|\s)|\s?[-–]\s?\d+\s(?:{_MONTH})"
    r"|[-–]\d+[-–]\d|\s?[x×]\s?\d|[/:]|-(?:thirds?|quarters?|fifths?|tenths?|halves)\b"
)
_AGO = re.compile(r"\s(?:ago|earlier)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"[0-2]\d[0-5]\d")
_GROUPED = re.compile(r"-(?P<noun>member|strong|person|man|seat|vehicle|ship|unit)\b")
_MONTHS = frozenset(re.sub(r"[^A-Za-z|]", "", _MONTH).lower().split("|"))
_NOUNS = frozenset({"NOUN", "PROPN"})
_PLACING = frozenset({"in", "at", "near", "from", "to", "on", "inside", "outside", "by", "since"})
_MOST_OPENINGS = 3
_NEAR = 6  # tokens after a figure in which its noun stands
_TRAPS = {name: frozenset(words) for name, words in DATA["traps"].items()}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A figure in the words of a content: its place, where its number ends, what it comes to, its unit."""

    start: int
    last: int
    end: int
    amount: Amount
    effects: tuple[str, ...]
    unit: str | None


def quantities(paragraph: Paragraph, content: Span) -> tuple[Quantity, ...]:
    """The figures inside ``content`` that have a unit or count something."""
    return tuple(_quantities(paragraph, content))


def _quantities(paragraph: Paragraph, content: Span) -> Iterator[Quantity]:
    base = content.start - paragraph.offset
    words = paragraph.text[base : content.end - paragraph.offset]
    at = 0
    while shape := _CORE.search(words, at):
        at = shape.end()
        reading = None if _is_label(words, shape) else _read(words, shape)
        if reading is None:
            continue
        at = max(at, reading.last)
        found = _measured(paragraph, words, base, reading)
        if found and found.unit:
            at = max(at, found.end)
            span = paragraph.at(base + found.start, base + found.end)
            excerpt = Excerpt((span,), words[found.start : found.end])
            yield _quantity(excerpt, found.unit, _bounded(found.amount, found.effects))


def _quantity(excerpt: Excerpt, unit: str, found: Amount) -> Quantity:
    return Quantity(excerpt, found.value, found.low, found.high, unit, found.approximate)


def _bounded(found: Amount, effects: tuple[str, ...]) -> Amount:
    """What a figure comes to under the words that open or close it."""
    low, high = found.low, found.high
    if "floor" in effects:
        high = None
    elif "ceiling" in effects:
        low = None
    return Amount(found.value, low, high, found.approximate or "about" in effects)


def _is_label(words: str, shape: re.Match[str]) -> bool:
    """True for figures that count nothing: of articles, dates, ages, times of day, scores, calibres."""
    before = words[max(0, shape.start() - _REACH) : shape.start()]
    month = _AFTER_MONTH.search(before)
    return bool(
        (not shape["sign"] and (_LABEL.search(before) or _IN_OF.search(before)))
        or (month and not month["in"])
        or _NOT_AFTER.match(words, shape.end())
    )


def _read(words: str, shape: re.Match[str]) -> _Reading | None:
    """The figure or range at ``shape`` with its unit of measure and the words that open or close it."""
    first = _scaled(shape["first"], shape["money"], shape["sign"])
    link = _LINK.match(words, _unit_end(words, shape))
    if first is None or (link and _is_score(shape["first"], link)):
        return None
    start, effects = _openings(words, shape.start(), shape.end())
    second = _second(words, shape, link, effects) if link else None
    if link and second:
        first, last = _range(first, second, trailing_scale(link["second"], link["money"])), link.end()
    else:
        last = shape.end()
        if effects[:1] == ("plain",):
            start, effects = shape.start(), ()
    closing = _CLOSING.match(words, last)
    end = closing.end() if closing else last
    if closing:
        effects = (*effects, _CLOSINGS[closing["close"].lower()])
    if not effects and not shape["sign"] and not second and _is_date_like(words, shape):
        return None
    unit = divided(words, Unit(prefixed(shape["sign"]), end)) if shape["sign"] else unit_at(words, end)
    return _Reading(start, last, unit.end if unit else end, first, effects, unit.code if unit else None)


def _scaled(words: str, letter: str | None, sign: str | None) -> Amount | None:
    """The number that words write, with the letter that scales money ("$5m"); None for a bare "5k"."""
    found = amount(words)
    if found is None or letter is None:
        return found
    if sign is None or found.value is None:
        return None
    return Amount.exactly(found.value * trailing_scale("", letter))


def _unit_end(words: str, shape: re.Match[str]) -> int:
    unit = unit_at(words, shape.end())
    return unit.end if unit else shape.end()


def _is_score(first: str, link: re.Match[str]) -> bool:
    """True for "3–1" and "2019–2021", which are a score and years."""
    if "-" not in link["link"] and "–" not in link["link"]:
        return False
    one, other = amount(first), amount(link["second"])
    falls = one and other and one.value is not None and other.value is not None and other.value <= one.value
    return bool(falls or (_YEAR.fullmatch(first) and _YEAR.fullmatch(link["second"])))


def _second(words: str, shape: re.Match[str], link: re.Match[str], effects: tuple[str, ...]) -> Amount | None:
    """The upper end of a range, None where what follows is no part of one."""
    second = _scaled(link["second"], link["money"], shape["sign"] or link["sign"])
    first = _scaled(shape["first"], shape["money"], shape["sign"])
    if second is None or first is None or first.value is None or second.value is None:
        return None
    joint = link["link"].strip()
    if joint == "and" and "plain" not in effects:
        return None
    if joint == "to" and "plain" in effects and _CHANGE.search(words[: shape.start()].removesuffix("from ")):
        return None
    near = joint != "or" or second.value <= 2 * first.value
    return second if second.value > first.value and near and _same_unit(words, shape, link) else None


def _same_unit(words: str, shape: re.Match[str], link: re.Match[str]) -> bool:
    """True where the first figure has no unit of its own, or that of the second."""
    one, other = unit_at(words, shape.end()), unit_at(words, link.end())
    return one is None or (other is not None and one.code == other.code.partition("/")[0])


def _range(first: Amount, second: Amount, scale: float) -> Amount:
    """ "20 to 25 million" scales both; "900,000 to 1.2 million" only the second."""
    low, high = first.value or 0.0, second.value or 0.0
    return Amount(None, low * scale if low * scale <= high else low, high)


def _openings(words: str, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Where a figure starts with the words that open it, and what these do to it."""
    effects: tuple[str, ...] = ()
    while len(effects) < _MOST_OPENINGS:
        floor = max(0, start - _REACH)
        shape = _OPENING.search(words[floor:start])
        if shape is None or _is_trap(
            shape["open"].lower(), words[: floor + shape.start("open")], words[end : end + _REACH]
        ):
            break
        start = floor + shape.start("open")
        effects = (_OPENINGS[shape["open"].lower()], *effects)
    return start, effects


def _is_trap(opening: str, before: str, after: str) -> bool:
    """True where a word that may open a figure belongs to what stands before it ("handed over 20")."""
    last = re.findall(r"[\w'’]+", before[-_REACH:])[-1:]
    if opening in {"about", "over"}:
        return bool(last) and last[0].lower() in _TRAPS[f"{opening}_after"]
    following = re.findall(r"\w+", after)[:1]
    return opening == "under" and bool(following) and following[0].lower() in _TRAPS["under_before"]


def _is_date_like(words: str, shape: re.Match[str]) -> bool:
    """True for a bare year or time of day: figures that only a unit or an opening makes a quantity."""
    if _YEAR.fullmatch(shape["first"]):
        return unit_at(words, shape.end()) is None
    return bool(_CLOCK.fullmatch(shape["first"]) and words.startswith(" hours", shape.end()))


def _measured(paragraph: Paragraph, words: str, base: int, reading: _Reading) -> _Reading | None:
    """The reading with its unit, be it a measure or what the figure counts."""
    if reading.unit:
        return None if _AGO.match(words, reading.end) else reading
    grouped = _GROUPED.match(words, reading.end)
    if grouped:
        noun = "person" if grouped["noun"] in {"strong", "man"} else grouped["noun"]
        return replace(reading, end=grouped.end(), unit=f"{{{noun}}}")
    if re.match(r"[\w-]", words[reading.end : reading.end + 1]):
        return None
    rate = divided(words, Unit("1", reading.end))
    if rate.code != "1":
        return replace(reading, end=rate.end, unit=rate.code)
    token = None if _LINK.match(words, reading.last) else _token_at(paragraph, base + reading.last - 1)
    noun_ = _counted(token)
    if token is not None and noun_ is None and (reading.effects or reading.amount.value != 1):
        noun_ = _following(token)
    end = noun_.idx + len(noun_.text) - base if noun_ is not None else 0
    if noun_ is None or not reading.end < end <= len(words):
        return None
    unit = divided(words, Unit(f"{{{lemma(noun_)}}}", end))
    closing = _CLOSING.match(words, unit.end)
    if not closing:
        return replace(reading, end=unit.end, unit=unit.code)
    effects = (*reading.effects, _CLOSINGS[closing["close"].lower()])
    return replace(reading, end=closing.end(), effects=effects, unit=unit.code)


def _token_at(paragraph: Paragraph, at: int) -> Token | None:
    covering = paragraph.doc.char_span(at, at + 1, alignment_mode="expand")
    return covering[0] if covering else None


def _counted(token: Token | None) -> Token | None:
    """The noun that a numeral counts ("seven Chinese-made drones", "dozens of drones")."""
    if token is None:
        return None
    while token.dep_ in {"compound", "quantmod"} and token.head.like_num:
        token = token.head
    of = next((child for child in token.children if child.lower_ == "of" and child.i > token.i), None)
    if of is not None:
        whole = next((t for t in of.children if t.dep_ == "pobj" and t.pos_ in _NOUNS), None)
        one = whole is not None and token.like_num and whole.tag_ in {"NN", "NNP"}
        return None if one else whole  # "row 4 of the plan" counts no plans
    head = _whole_noun(token.head)
    counts = token.dep_ == "nummod" or (token.dep_ in {"amod", "nmod", "compound"} and not token.is_digit)
    if not counts or head.pos_ not in _NOUNS or head.i <= token.i or head.lower_ in _MONTHS:
        return None
    return None if _is_designation(token) else head


def _following(token: Token) -> Token | None:
    """The common noun that ends the words after a figure, where the parse joined the two otherwise."""
    last, doc = None, token.doc
    for after in doc[token.i + 1 : token.i + 1 + _NEAR]:
        if after.pos_ in _NOUNS and not _is_day(after):
            last = after
        elif last is not None and after.text != "-":
            break
        elif after.pos_ not in {"ADJ", "NUM"} and after.tag_ not in {"VBN", "VBG"} and after.text != "-":
            return None
    fits = last is not None and last.pos_ == "NOUN" and last.ent_type_ not in {"DATE", "TIME"}
    return last if fits and not _is_designation(token) else None


def _is_day(token: Token) -> bool:
    return token.lower_ in _MONTHS or (token.pos_ == "PROPN" and token.lower_.endswith("day"))


def _whole_noun(noun: Token) -> Token:
    """The last noun of a compound, where the parse hung the figure on its first."""
    while noun.dep_ in {"compound", "nmod"} and noun.head.pos_ in _NOUNS and noun.head.i > noun.i:
        noun = noun.head
    return noun


def _is_designation(token: Token) -> bool:
    """True for "Kezra 2 drones": a figure that belongs to the name before it.

    "In Velmond 300 drones" and "told Reuters 20 drones" count: their names are somebody else's.
    """
    if not token.is_digit or not token.i or token.nbor(-1).pos_ != "PROPN":
        return False
    before = token.nbor(-2) if token.i > 1 else None
    return before is None or not (before.pos_ in {"VERB", "AUX"} or before.lower_ in _PLACING)
