"""Units of measure beside a figure, to UCUM: before it, after it, and what they are divided by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondsource.extractor.numerals import DATA, alternatives

_WORDS = {word: unit for unit, words in DATA["units"].items() for word in words}
_SYMBOLS = {word: unit for unit, words in DATA["symbols"].items() for word in words}
_PREFIXES: dict[str, str] = {word: unit for unit, words in DATA["prefixes"].items() for word in words}
_RATES = {word: unit for unit, words in DATA["rates"].items() for word in words}
_BESIDE_NM: dict[str, list[str]] = DATA["nm"]
PREFIX = alternatives(*_PREFIXES)
"""What names a unit before its figure ("US$", "Mach")."""
_UNIT = re.compile(
    rf"(?P<symbol>[\s\u00a0-]?(?:{alternatives(*_SYMBOLS, 'nm')}))(?![\w²³])"
    rf"|[\s\u00a0-](?:of\s)?(?P<word>(?i:{alternatives(*_WORDS)}))(?P<plural>(?i:s))?(?![\w])"
)
_RATE = re.compile(
    rf"(?:\s?/\s?|\s(?:per|an?|each|every)\s)(?P<by>{alternatives(*_RATES)})\b(?!\s(?:ago|earlier|before"
    rf"|later|old|long))"
    r"|\s(?P<adverb>daily|weekly|monthly|yearly|annually|hourly)\b"
)
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and where its words end."""

    code: str
    end: int


def prefixed(sign: str) -> str:
    """The unit of a sign before a figure."""
    return _PREFIXES[sign]


def unit_at(words: str, at: int) -> Unit | None:
    """The unit of measure that follows a figure's end ``at``, with what it is divided by."""
    shape = _UNIT.match(words, at)
    if shape is None:
        return None
    if shape["word"]:
        code = _WORDS[shape["word"].lower()]
    else:
        symbol = shape["symbol"].strip(" \u00a0-")
        code = _nm(words, shape) if symbol == "nm" else _SYMBOLS[symbol]
    return divided(words, Unit({"b/d": "[bbl_us]/d"}.get(code, code), shape.end()))


def divided(words: str, unit: Unit) -> Unit:
    """The unit by the time that follows it ("a month", "per day", "/h"), where one does."""
    shape = _RATE.match(words, unit.end) if "/" not in unit.code else None
    if shape is None:
        return unit
    return Unit(f"{unit.code}/{_RATES[shape['by'] or shape['adverb']]}", shape.end())


def _nm(words: str, shape: re.Match[str]) -> str:
    """Nautical mile or nanometre, by the words beside it; neither where they do not say."""
    before = re.split(r"[.;]\s", words[max(0, shape.start() - _NEAR) : shape.start()])[-1]
    after = re.split(r"[.;]\s", words[shape.end() : shape.end() + _NEAR])[0]
    beside = set(re.findall(r"[a-z]+", f"{before} {after}".lower()))
    fits = [unit for unit, tellers in _BESIDE_NM.items() if beside & set(tellers)]
    return fits[0] if len(fits) == 1 else "{nm}"
