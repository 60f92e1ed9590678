"""Names against many others at once: `alignment` in arrays, to choose whom to compare in full."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from secondsource.alignment import CONFLICT, POWER, SPLIT, SURPLUS
from secondsource.index.tables import Array

_FIRST = 100.0
"""More than any pair of words weighs: pairs that are alike enough meet before others, the same before all."""


class Cells(NamedTuple):
    """Pairs of words that are alike, each of one pair of names: in columns of equal length.

    ``pair`` numbers the two names, ``one`` and ``other`` the words (any numbers that tell words of a
    name apart), ``ours`` and ``theirs`` are what the words weigh, ``alike`` is 0–1.
    """

    pair: Array
    one: Array
    other: Array
    alike: Array
    ours: Array
    theirs: Array


def contrast(gained: Array, met: Array, left: Array, right: Array) -> Array:
    """The score of `alignment` (Tversky's contrast) from what met and what is left on each side."""
    whole = met + SURPLUS * (left + right) + (CONFLICT - 2 * SURPLUS) * np.minimum(left, right)
    return np.asarray(gained / np.maximum(whole, 1e-9))


def agreements(cells: Cells, ours: Array, theirs: Array) -> Array:
    """The score of each pair of names, of which ``ours`` and ``theirs`` are the weights of all words.

    As in `alignment`, the same words meet first, then the most telling pairs, and no word meets twice.
    """
    gained, met = np.zeros(len(ours)), np.zeros(len(ours))
    left, right = ours.astype(np.float64), theirs.astype(np.float64)
    one_met, other_met = np.zeros(len(ours), np.int64), np.zeros(len(ours), np.int64)
    either = (cells.ours + cells.theirs) / 2
    worth = cells.alike**POWER * either
    alike = cells.alike
    telling = alike * either + _FIRST * ((alike >= SPLIT).astype(np.float64) + (alike == 1))
    waiting = np.lexsort((-telling, cells.pair))
    while len(waiting):
        pair = cells.pair[waiting]
        starts = np.empty(len(pair), bool)
        starts[0] = True
        np.not_equal(pair[1:], pair[:-1], out=starts[1:])
        best, met_now = waiting[starts], pair[starts]
        gained[met_now] += worth[best]
        met[met_now] += either[best]
        left[met_now] -= cells.ours[best]
        right[met_now] -= cells.theirs[best]
        one_met[met_now], other_met[met_now] = cells.one[best], cells.other[best]
        free = (cells.one[waiting] != one_met[pair]) & (cells.other[waiting] != other_met[pair])
        waiting = waiting[free]
    return contrast(gained, met, np.maximum(left, 0), np.maximum(right, 0))
