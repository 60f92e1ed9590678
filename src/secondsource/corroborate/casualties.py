"""Tolls that name nobody: "kills 22", "44 killed", "two dead" count people all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

from secondsource.model import Claim
from secondsource.text import plain

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
"""The numbers that texts spell out, each at its own place."""
_HOW = {"least": (1, inf), "more": (1, inf), "over": (1, inf), "up": (-inf, 1), "as": (-inf, 1)}
_FIGURE = (
    r"(?P<how>(?:at least|more than|over|up to|as many as|about|around|nearly|almost|some)\s+)?"
    rf"(?P<figure>\d[\d,]*(?![\d.]|:\d|%)|{'|'.join(NUMBERS[1:])})"
)
_BEFORE = re.compile(
    rf"\b{_FIGURE}\s+(?:others?\s+)?(?:(?:were|are|was|been|have|feared|reported|confirmed|left)\s+)*"
    r"(?P<deed>killed|dead|died|die|wounded|injured|hurt)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?P<deed>kill(?:s|ed|ing)?|claim(?:s|ed)? the lives of|wound(?:s|ed|ing)|injur(?:es|ed|ing)|hurts?)"
    rf"\s+{_FIGURE}(?=\s*(?:[,;:.)]|$)|\s+(?:others?|more|and|in|at|on|near|after|when|as|during)\b|\s[-–—])",
    re.IGNORECASE,
)
_DEAD = r"(?:kill(?:ed)?|dead|deaths?|fatalit(?:y|ies)|casualties|victims|bodies|died)"
_HURT = r"(?:wounded|injured|injur(?:y|ies)|hurt)"
_COUNT = re.compile(
    r"\b(?:(?:(?:death|casualty) )?toll(?! (?:road|booth|gate|plaza|bridge|free))"
    rf"|(?:number|count|tally) of (?:[\w'-]+ ){{0,4}}?(?:{_DEAD}|(?P<hurt>{_HURT})))\b[^.;:\n]{{0,90}}?"
    rf"\b(?:to|at|is|was|reached|reaches|passed|of|hit|exceeded|exceeds)\s+{_FIGURE}(?![\w-])",
    re.IGNORECASE,
)
"""A count told by its name: "the death toll has risen to 34", "put the number of wounded at 12"."""

_DEEDS = ("kill", "dead", "die", "claim", "wound", "injur", "hurt")
"""What no figure of `_BEFORE` and `_AFTER` is without: most texts need not be looked through."""

_ABOUT = frozenset({"about", "around", "nearly", "almost", "some"})

Toll = tuple[str, float, float, float | None, str]


def tolls(claim: Claim) -> Iterator[Toll]:
    """The slot, bounds, rough figure and words of each toll that no quantity of the claim holds already."""
    text, start = plain(claim.content.text), claim.content.spans[0].start
    held = [
        (one.excerpt.spans[0].start - start, one.excerpt.spans[-1].end - start) for one in claim.quantities
    ]
    seen: set[str] = set()
    for match in _matches(text):
        deed = match["hurt"] if match.re is _COUNT else match["deed"]
        slot = "injure" if (deed or "").casefold()[:3] in {"wou", "inj", "hur"} else "kill"
        at = match.start("figure")
        if slot not in seen and not any(first <= at < last for first, last in held):
            seen.add(slot)
            yield (slot, *_bounds(match), match[0])


def _matches(text: str) -> Iterator[re.Match[str]]:
    low = text.casefold()
    if any(deed in low for deed in _DEEDS):
        yield from _BEFORE.finditer(text)
        yield from _AFTER.finditer(text)
    if _may_count(text):
        yield from _COUNT.finditer(text)


def _may_count(text: str) -> bool:
    """False for most texts, which need not be looked through."""
    low = text.casefold()
    return "toll" in low or any(f"{word} of " in low for word in ("number", "count", "tally"))


def counted(text: str) -> str | None:
    """What a count that a text gives by its name is of, "kill" or "injure"; None where it gives none."""
    found = _COUNT.search(plain(text)) if _may_count(text) else None
    return None if found is None else "injure" if found["hurt"] else "kill"


def _bounds(match: re.Match[str]) -> tuple[float, float, float | None]:
    word = match["figure"].casefold().replace(",", "")
    value = float(NUMBERS.index(word) if word in NUMBERS else word)
    how = (match["how"] or "").casefold().split()
    if how and how[0] in _ABOUT:
        return value, value, value
    low, high = next((bounds for word, bounds in _HOW.items() if word in how), (1, 1))
    return (value if low == 1 else low), (value if high == 1 else high), None
