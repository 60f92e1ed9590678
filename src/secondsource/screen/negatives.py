"""People who do not exist, in many scripts, to see how often a screening raises an alarm for nothing.

Common given names and family names of a dozen languages put together at random.  Whoever
bears such a name in truth is not meant; a name that happens to stand on a list is an alarm
like any other, since the person who is asked for is not the one who is listed.  Because these names
are the commonest of each language, the count is a cautious one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SEED = 20_261_126

_TABLE = Path(__file__).with_name("negatives.txt")
"""A language a line: given names before the bar, family names behind it."""


@cache
def _people() -> tuple[tuple[list[str], list[str]], ...]:
    rows = (line.split("|") for line in _TABLE.read_text("utf-8").splitlines())
    return tuple((given.split(), family.split()) for given, family in rows)


_SHARES = (12, 8, 8, 6, 6, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1)
"""How often each of the languages is drawn: lists are fuller of some than customers and sources are."""


def invented(count: int, seed: int = SEED) -> Iterator[str]:
    """``count`` names of invented people, the same for the same ``seed``; one in four has two given names."""
    draw = random.Random(seed)
    for _ in range(count):
        ((given, family),) = draw.choices(_people(), weights=_SHARES)
        words = [draw.choice(given), draw.choice(family)]
        if draw.random() < 0.25:
            words.insert(1, draw.choice(given))
        yield " ".join(words)
