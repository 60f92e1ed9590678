"""One name against many at once: `alignment` in arrays, to choose whom to compare in full."""

from __future__ import annotations

import numpy as np

from secondsource.alignment import CONFLICT, POWER, SPLIT, SURPLUS
from secondsource.index.tables import Array

_FIRST = 100.0
"""More than any pair of words weighs: pairs that are alike enough meet before all others."""


def contrast(gained: Array, met: Array, left: Array, right: Array) -> Array:
    """The score of `alignment` (Tversky's contrast) from what met and what is left on each side."""
    less, more = np.minimum(left, right), np.maximum(left, right)
    whole = met + CONFLICT * less + SURPLUS * (more - less)
    return np.asarray(gained / np.maximum(whole, 1e-9))


def agreements(alike: Array, asked: Array, listed: Array) -> Array:
    """The score of each of many names with one.

    ``alike[c, i, j]`` says how alike word i of the one is to word j of name c, ``asked[i]``
    and ``listed[c, j]`` what the words weigh.  As in `alignment`, the most telling pairs meet
    first and no word meets twice.
    """
    count, rows, columns = alike.shape
    either = (asked[None, :, None] + listed[:, None, :]) / 2
    worth = np.where(alike > 0, alike * either + _FIRST * (alike >= SPLIT), 0.0)
    every = np.arange(count)
    gained, met = np.zeros(count), np.zeros(count)
    left, right = np.full(count, asked.sum()), listed.sum(axis=1)
    for _ in range(min(rows, columns)):
        best = worth.reshape(count, -1).argmax(axis=1)
        i, j = best // columns, best % columns
        found = worth[every, i, j] > 0
        if not found.any():
            break
        weight = either[every, i, j] * found
        gained += alike[every, i, j] ** POWER * weight
        met += weight
        left -= asked[i] * found
        right = right - listed[every, j] * found
        worth[every, i, :] = 0
        worth[every, :, j] = 0
    return contrast(gained, met, np.maximum(left, 0), np.maximum(right, 0))
