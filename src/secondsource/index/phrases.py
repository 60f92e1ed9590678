"""The names of lists as rows of words, to find them all in a text at once.

A row of words is a number of 64 bits, made word by word, so that the numbers of all rows of a text are
made in arrays; names whose numbers are among them are proposed, and whoever asks compares the words.
Sorted numbers can be mapped from a file and searched there, which an automaton cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from secondsource import names
from secondsource.index.tables import Array, Arrays, codes
from secondsource.names import Name

LONGEST = 16
"""Words of the longest row that is looked at; of longer names the beginning must be in the text."""

LEAST = 4
"""Letters that a name must have together to be looked for."""

_FACTOR = 0x9E3779B97F4A7C15
_COMMON = 0.5


class Row(NamedTuple):
    """Words of a text, from one to before another, that may be the name at a place; whether that name
    says by itself who is meant."""

    first: int
    last: int
    place: int
    telling: bool


def telling(name: Name) -> bool:
    """True for a name of two words or more, one of them no common one."""
    return len(name.tokens) > 1 and any(names.weight(word) > _COMMON for word in name.tokens)


def orders(name: Name, spelled: str) -> set[str]:
    """The words of a name, ``spelled`` as it stands, as a text may have them: as written, and a person's
    family name at either end."""
    if not name.person:
        return {spelled}
    turned = (*name.tokens[-1:], *name.tokens[:-1])
    return {spelled, " ".join(name.tokens), " ".join(turned)}


def arrays_of_phrases(listed: Sequence[Name]) -> Arrays:
    """What `Phrases` works on."""
    told = [list(orders(name, names.normalise(name.text))) for name in listed]
    rows = [words.split()[:LONGEST] for each in told for words in each if len(words) >= LEAST]
    counts = [sum(len(words) >= LEAST for words in each) for each in told]
    places = np.repeat(np.arange(len(listed), dtype=np.int32), counts)
    sizes = np.fromiter(map(len, rows), np.int64, len(rows))
    keys, starts = _numbers(list(chain.from_iterable(rows)), sizes)
    order = np.argsort(keys, kind="stable")
    return {
        "phrase_keys": keys[order],
        "phrase_places": places[order],
        "phrase_telling": np.fromiter(map(telling, listed), bool, len(listed)),
        "phrase_starts": np.unique(starts[sizes > 2]),
        "phrase_sizes": np.unique(sizes).astype(np.uint8),
    }


def _numbers(words: Sequence[str], sizes: Array) -> tuple[Array, Array]:
    """The number of each row of ``words``, of so many each, and that of its first two words."""
    distinct = {word: at for at, word in enumerate(dict.fromkeys(words))}
    of = np.fromiter(map(distinct.__getitem__, words), np.int64, len(words))
    held = (codes(distinct).astype(np.uint64) + np.uint64(1))[of]
    first = np.cumsum(sizes) - sizes
    number, begun = np.zeros(len(sizes), np.uint64), np.zeros(len(sizes), np.uint64)
    for at in range(int(sizes.max(initial=0))):
        longer = np.flatnonzero(sizes > at)
        number[longer] = number[longer] * np.uint64(_FACTOR) + held[first[longer] + at]
        if at == 1:
            begun = number.copy()
    return number, begun


class Phrases:
    """Where rows of a text's words may be names of a list."""

    def __init__(self, arrays: Arrays) -> None:
        self._keys, self._places = arrays["phrase_keys"], arrays["phrase_places"]
        self._telling = arrays["phrase_telling"]
        self._starts, self._sizes = arrays["phrase_starts"], arrays["phrase_sizes"].tolist()

    def find(self, words: Array) -> Iterator[Row]:
        """Rows of the words whose `codes` are given that may be names; whoever asks compares the words."""
        words = words.astype(np.uint64) + np.uint64(1)
        first = np.arange(len(words))
        numbers = np.zeros(len(words), np.uint64)
        for size in range(1, (self._sizes or [0])[-1] + 1):
            going_on = first + size <= len(words)
            first, numbers = first[going_on], numbers[going_on]
            if not len(first):
                return
            numbers = numbers * np.uint64(_FACTOR) + words[first + size - 1]
            if size in self._sizes:
                yield from self._named(first, numbers, size)
            if size == 2:
                begun = _among(self._starts, numbers)
                first, numbers = first[begun], numbers[begun]

    def _named(self, first: Array, numbers: Array, size: int) -> Iterator[Row]:
        known = _among(self._keys, numbers)
        if not known.any():
            return
        first, numbers = first[known].tolist(), numbers[known]
        starts, ends = (np.searchsorted(self._keys, numbers, side).tolist() for side in ("left", "right"))
        for at, start, end in zip(first, starts, ends, strict=True):
            for place in self._places[start:end].tolist():
                yield Row(at, at + size, place, bool(self._telling[place]))


def _among(known: Array, numbers: Array) -> Array:
    """Which of ``numbers`` are in ``known``, which is sorted."""
    if not len(known):
        return np.zeros(len(numbers), bool)
    at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return np.asarray(known[at] == numbers)
