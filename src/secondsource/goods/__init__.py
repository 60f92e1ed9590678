"""Goods against control lists: clauses as data, figures as intervals, answers with three values.

Nothing here says what an item is, or what may be done with it: an answer says which published
parameter the figures that somebody reports would meet, as of which day, and what is missing to tell.
"""

from secondsource.goods.check import Answer, AnswerWord, check, chosen, known_figures
from secondsource.goods.figures import RANGE_KINDS, Figure, Figures, RangeKind, from_pairs, of_range
from secondsource.goods.rules import Regime, Rule, load, packaged

__all__ = [
    "RANGE_KINDS",
    "Answer",
    "AnswerWord",
    "Figure",
    "Figures",
    "RangeKind",
    "Regime",
    "Rule",
    "check",
    "chosen",
    "from_pairs",
    "known_figures",
    "load",
    "of_range",
    "packaged",
]
