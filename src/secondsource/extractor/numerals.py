"""Numbers as they are written: figures with their marks, number words, and words that name none.

A mark that two conventions read differently gives no bounds: "1.200" is 1,200 to one reader and
1.2 to another, so that it is kept as words only.  "1.200.000", "1.200,5", "1,5" and "10 000" can
be read in one way, and are.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources

DATA = tomllib.loads(resources.files(__package__).joinpath("units.toml").read_text("utf-8"))

_NUMBERS: dict[str, int] = DATA["numbers"]
_SCALES: dict[str, int] = DATA["scales"]
_SHORT: dict[str, int] = DATA["short_scales"]
_MONEY: dict[str, int] = DATA["money_scales"]
_FEW = {"several": 3, "a few": 2}


def alternatives(*words: str) -> str:
    """The words as one pattern, longest first, so that none hides a longer one."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_SCALE = alternatives(*_SCALES)
_WORD = alternatives(*_NUMBERS, *_SCALES)
_LEAST = {
    **DATA["vague"],
    **{
        f"{few}{of} {scale}": least * size
        for few, least in _FEW.items()
        for of in ("", " of")
        for scale, size in _SCALES.items()
    },
}
_ROUGH = {
    **DATA["rough"],
    **{f"a couple of {scale}": 2 * size for scale, size in _SCALES.items()},
    **{f"a couple {scale}": 2 * size for scale, size in _SCALES.items()},
}
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+"
    r"|\d{1,3}(?: \d{3})+(?!\w)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"
    r"|\d{1,3}\.\d{3},\d+"
    r"|\d+(?:\.\d+|,\d{1,2})?)(?!\d|[.,:/×]\d)"
)
_WORDS = (
    rf"(?:an?\s(?:{_SCALE})|{_WORD})(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s)"
    rf"(?:{_WORD})\b)*\b(?:\sand\sa\shalf\b)?"
)
FIGURE = (
    rf"(?:{_DIGITS}(?:[ \u00a0-](?:{_SCALE})\b)*(?:\s?(?:{alternatives(*_SHORT)})\b)?"
    rf"|(?i:{_WORDS}))"
)
"""A number in figures or in words."""
VAGUE = rf"(?i:(?:{alternatives(*_LEAST, *_ROUGH)})\b)"
"""Words in the place of a number."""

_TRAILING = re.compile(rf"(?:[\s-]?(?:{alternatives(*_SCALES, *_SHORT)})\b)+$")
_MIXED = re.compile(rf"({_DIGITS})(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a number's words come to; no value and no bounds where they leave it open."""

    value: float | None
    low: float | None
    high: float | None
    approximate: bool = False

    @classmethod
    def exactly(cls, value: float, approximate: bool = False) -> Amount:
        return cls(value, value, value, approximate)


UNREADABLE = Amount(None, None, None)
"""A figure that two conventions read differently."""


def amount(words: str) -> Amount | None:
    """What a number or the words in its place come to; None where they are no number."""
    plain = re.sub(r"[\s\u00a0]+", " ", words).strip().lower()
    if plain in _LEAST:
        return Amount(None, float(_LEAST[plain]), None, True)
    if plain in _ROUGH:
        return Amount.exactly(float(_ROUGH[plain]), True)
    shape = _MIXED.fullmatch(plain)
    if shape is None:
        value = number(plain)
        return None if value is None else Amount.exactly(value)
    figure = _figure(shape[1])
    return UNREADABLE if figure is None else Amount.exactly(figure * _scale(shape[2]))


def _figure(digits: str) -> float | None:
    """The value of figures, None where two conventions read them differently."""
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}|\d{1,3}(?: \d{3})+", digits) and not re.search(r" 000$", digits):
        return None
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    return float(re.sub(r"[,\s]", "", digits))


def _scale(words: str) -> float:
    product = 1.0
    for word in words.replace("-", " ").split():
        product *= _SCALES.get(word) or _SHORT.get(word) or 1
    return product


def number(words: str) -> float | None:
    """The number that number words write; None where they are no number."""
    total, current = 0.0, 0.0
    half = words.endswith(" and a half")
    parts = words.lower().removesuffix(" and a half").replace("-", " ").split()
    for word in parts:
        if word in _NUMBERS:
            current += _NUMBERS[word]
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, current = total + current, 0.0
        elif word not in {"a", "an", "and"}:
            return None
    value = total + current
    return (value + 0.5 * (max(_SCALES.get(parts[-1], 1), 1) if half else 0)) if parts else None


def trailing_scale(words: str, letter: str | None = None) -> float:
    """What the scale that ends a number's words multiplies by, or a letter after money ("$5m")."""
    shape = _TRAILING.search(words.lower())
    return (_scale(shape[0].strip()) if shape else 1.0) * (_MONEY[letter.lower()] if letter else 1)
