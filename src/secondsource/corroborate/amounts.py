"""Figures as answers: which slot a figure fills, and which figures are rivals.

"At least 20" and 25 do not conflict; 300 killed and 400 surrounded fill different slots; the
two G3s among seven drones are a part, no rival of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from secondsource.corroborate.casualties import tolls
from secondsource.corroborate.lexicon import lexicon
from secondsource.model import Claim, Quantity
from secondsource.text import plain

_ABOUT = 0.1
_PEOPLE = "person"
_OUTCOMES = frozenset({"kill", "injure"})
_WHERE = re.compile(
    r"\s+(?:(?:due |just )?(?:north|south|east|west)\w*|off|from|away|outside|inland|offshore|ahead)\b",
    re.IGNORECASE,
)
"""After a length: how far off something was at one time, which moves."""

_CLOCK = frozenset({"mo", "wk", "d", "a", "h", "min", "s"})
_WHOLE = re.compile(r"(?:out of|of the|of some|of about|of|among)\s+(?:the\s+)?$", re.IGNORECASE)
_PART = re.compile(
    r"(?:includ\w+|of which|of whom|of them|among them|among which|as well as)\W*(?:\w+\s+){0,2}$"
)
_VAGUE = frozenset({"piece", "set", "time", "thing", "part", "one", "year", "case", "way", "side"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in its slot: ``unit`` counted or measured, ``slot`` the class of what was done to it.

    ``about`` is the figure that the words call rough; it stands for a tenth on either side.
    """

    unit: str
    slot: str | None
    low: float
    high: float
    text: str
    about: float | None = None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def meets(self, other: Amount) -> bool:
        """True where one figure can hold for both."""
        return self.low <= other.high and other.low <= self.high

    def rivals(self, other: Amount) -> bool:
        """True where both fill the same slot, so that they answer the same question."""
        return self.unit == other.unit and _same_slot(self.slot, other.slot)

    @property
    def value(self) -> str:
        """The figure for a heading: "12", "≥ 20", "≤ 50", "20–30"."""
        if self.about is not None:
            return f"≈ {self.about:g}"
        if self.exact:
            return f"{self.low:g}" if self.low < 1e6 else f"{self.low:.0f}"
        if self.high == inf:
            return f"≥ {self.low:g}"
        return f"≤ {self.high:g}" if self.low == -inf else f"{self.low:g}–{self.high:g}"


def _same_slot(one: str | None, other: str | None) -> bool:
    if {one, other} & _OUTCOMES:
        return one == other  # the wounded are not the dead, nor those who were only there
    if one is None or other is None or one == other:
        return True
    known = lexicon().predicates
    return (one in known and other in known[one].near) or (other in known and one in known[other].near)


def amounts(claim: Claim) -> tuple[Amount, ...]:
    """The figures of a claim that can be rivals of another's: no dates, no parts of a whole."""
    return tuple(_amounts(claim))


def _amounts(claim: Claim) -> Iterator[Amount]:
    if claim.frame.negated or claim.stance in {"denies", "unaware"}:
        return
    for quantity in claim.quantities:
        unit = unit_of(quantity)
        low = -inf if quantity.low is None else quantity.low
        high = inf if quantity.high is None else quantity.high
        before = _before(claim, quantity)
        if unit in _CLOCK or unit in _VAGUE or (low == -inf and high == inf) or _PART.search(before):
            continue
        if _WHERE.match(_after(claim, quantity)) and not _counts(quantity):
            continue
        about = quantity.value if quantity.approximate and low == high else None
        if about is not None:
            low, high = about * (1 - _ABOUT), about * (1 + _ABOUT)
        slot = _slot(claim, quantity, bool(_WHOLE.search(before))) if _counts(quantity) else None
        yield Amount(unit, slot, low, high, quantity.excerpt.text, about)
    for slot, low, high, about, words in tolls(claim):
        if about is not None:
            low, high = about * (1 - _ABOUT), about * (1 + _ABOUT)
        yield Amount(_PEOPLE, slot, low, high, words, about)


def unit_of(quantity: Quantity) -> str:
    """The unit, or what is counted under one word: "{uav}" is "drone", "{uav}/mo" is "drone/mo"."""
    code, slash, rate = quantity.unit.partition("/")
    noun = code.strip("{}")
    return (lexicon().thing(noun) or noun if _counts(quantity) else noun) + slash + rate


def _counts(quantity: Quantity) -> bool:
    return quantity.unit.startswith("{") or quantity.unit in {"", "1"}


def _before(claim: Claim, quantity: Quantity) -> str:
    start = claim.content.spans[0].start
    return plain(claim.content.text[: max(0, quantity.excerpt.spans[0].start - start)])


def _after(claim: Claim, quantity: Quantity) -> str:
    start = claim.content.spans[0].start
    return plain(claim.content.text[quantity.excerpt.spans[-1].end - start :])


def _slot(claim: Claim, quantity: Quantity, whole: bool) -> str | None:
    """What was done to the things counted: the nearest event before the figure, else after it."""
    words = claim.frame.words
    at = _place(words, quantity)
    before, after = lexicon().classes(words[:at]), lexicon().classes(words[at + 1 :])
    left = next(reversed(before), None)
    right = next(iter(after), None)
    if whole:
        return right if right and right != left else "whole"
    return left or right or lexicon().class_of(claim.frame.predicate)


def _place(words: Sequence[str], quantity: Quantity) -> int:
    figure = {part.casefold() for part in re.findall(r"[\w.,]+", quantity.excerpt.text)}
    return next((at for at, word in enumerate(words) if word.casefold() in figure), 0)
