"""Entries that bear one name, so that what one is also called leads to the other.

Lists give one person or body under different sets of names.  Who is asked for by a name that only one
list has is, with some likelihood, the entry of another list that shares another name with that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations
from typing import NamedTuple

import numpy as np

from secondsource import names
from secondsource.comparisons import Comparison
from secondsource.index.tables import Array, Arrays, codes, lines

LINKED = 0.69
LEFT = 0.9
"""The most that such an entry scores, a hint and no potential match, and its share of the score that leads
to it."""

FROM = 0.7
"""The score from which a name leads on to others."""

TELLING = 1.0
"""What the words of a name must carry together to tell that two entries may be one: two common given names
do not."""

WORDS = 2
ENTRIES = 6
"""Entries that share a name of which more would be a common one."""


def arrays_of_links(arrays: Arrays, entries: Array) -> Arrays:
    """What `Links` works on, from `making.arrays_of` and whose each name is."""
    starts, flat, weights = arrays["name_starts"], arrays["name_words"], arrays["name_weights"]
    told = codes(map(_canonical, lines(arrays["words"]))).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    sums = np.append(np.uint64(0), np.cumsum(told[flat]))
    keys = sums[starts[1:]] - sums[starts[:-1]]  # the same for the same words in any order
    kept = np.flatnonzero((np.diff(starts) >= WORDS) & (weights >= TELLING))
    order = kept[np.argsort(keys[kept], kind="stable")]
    bounds = np.flatnonzero(np.append(True, keys[order][1:] != keys[order][:-1])[: len(order)])
    rows = sorted(set(_rows(order, np.append(bounds, len(order)), entries)))
    table = np.array(rows, np.int32).reshape(-1, 3)
    return {"link_entries": table[:, 0], "link_names": table[:, 1], "link_others": table[:, 2]}


def _canonical(word: str) -> str:
    known = names.word(word)
    return known.fold if known.given == word else known.given


def _rows(order: Array, bounds: Array, entries: Array) -> Iterator[tuple[int, int, int]]:
    """(entry, its name, another entry's name that is the same) for every two entries that share one."""
    sizes = np.diff(bounds)
    for at in np.flatnonzero(sizes > 1).tolist():
        places = order[bounds[at] : bounds[at + 1]].tolist()
        first = {int(entries[place]): place for place in reversed(places)}
        if 1 < len(first) <= ENTRIES:
            for (one, place), (_, other) in permutations(first.items(), 2):
                yield one, place, other


class Link(NamedTuple):
    """A name of an entry, and the name of another that is the same, by their places."""

    name: int
    other: int


class Links:
    """The entries that share a name with an entry."""

    def __init__(self, arrays: Arrays) -> None:
        self._entries, self._names, self._others = (
            arrays[f"link_{each}"] for each in ("entries", "names", "others")
        )

    def of(self, entry: int) -> list[Link]:
        start, end = self._entries.searchsorted([entry, entry + 1]).tolist()
        names, others = (each[start:end].tolist() for each in (self._names, self._others))
        return [Link(*pair) for pair in zip(names, others, strict=True)]


def linked(found: Comparison, shared: str, listed: str) -> Comparison:
    """What an entry scores that shares a name, written ``shared`` there and ``listed`` here, with the one
    that was ``found``."""
    score = min(LINKED, round(LEFT * found.score, 4))
    return Comparison(score, found.left, listed, partial(_say, found, shared, listed))


def _say(found: Comparison, shared: str, listed: str) -> str:
    same = "the same name" if shared == listed else f"“{shared}”, which is “{listed}”"
    return (
        f"“{found.left}” is no name of this entry: it agrees with “{found.right}” ({found.score:g}), a name "
        f"of another entry, which shares {same} with this one."
    )
