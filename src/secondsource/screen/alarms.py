"""How often a score is reached by people who are on no list.

``alarms.txt`` says it for the three public lists that the scorer was measured on; a case can measure its
own lists (`Screener.false_alarms`).  An alarm is a name that reaches the score on any entry.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """The best scores that invented people reach, the lowest first, out of ``people`` people on ``what``."""

    scores: tuple[float, ...]
    people: int
    what: str

    def per_10000(self, score: float) -> float:
        """Of 10,000 names on no list, how many reach ``score``.

        A count of few is uncertain: none in 1,000 is compatible with up to 30 in 10,000 (the rule
        of three).
        """
        reached = len(self.scores) - bisect_left(self.scores, score)
        return 10_000 * reached / max(1, self.people)

    def sentence(self, score: float) -> str:
        """What `per_10000` gives, and of what it was measured."""
        alarms = self.per_10000(score)
        least = 30_000 / max(1, self.people)
        told = f"about {alarms:,.0f}" if alarms >= least else f"fewer than {least:,.0f}"
        return f"Of 10,000 names of people on no list, {told} reach this score on {self.what}."


@cache
def packaged() -> Measured:
    """What was measured on public lists, by ``python bench/alarms.py``."""
    about, scores = Path(__file__).with_name("alarms.txt").read_text("utf-8").strip().splitlines()
    count, what = about.split(" ", 1)
    return Measured(tuple(sorted(map(float, scores.split()))), int(count), what)


def measured(scores: Sequence[float], count: int) -> Measured:
    """What was measured on the lists of a case."""
    return Measured(tuple(sorted(scores)), count, "the lists in force")
