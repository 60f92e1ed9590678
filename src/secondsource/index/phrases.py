"""The names of lists as rows of words, to find them all in a text at once.

A row of words is a number of 64 bits, made word by word, so that the numbers of all rows of a text are
made in arrays; names whose numbers are among them are proposed, and whoever asks compares the words.
Sorted numbers can be mapped from a file and searched there, which an automaton cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from secondsource import names
from secondsource.index.tables import Array, Arrays, codes
from secondsource.names import Name

LONGEST = 16
"""Words of the longest row that is looked at; of longer names the beginning must be in the text."""

LEAST = 4
"""Letters that a name must have together to be looked for."""

_FACTOR, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
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
    keys: list[int] = []
    places: list[int] = []
    starts: set[int] = set()
    sizes: set[int] = set()
    number = _Numbers()
    for at, name in enumerate(listed):
        for words in orders(name, names.normalise(name.text)):
            row = words.split()[:LONGEST]
            if len(words) >= LEAST:
                keys.append(number.of(row))
                places.append(at)
                sizes.add(len(row))
                if len(row) > 2:
                    starts.add(number.of(row[:2]))
    order = np.argsort(np.array(keys, np.uint64), kind="stable")
    return {
        "phrase_keys": np.array(keys, np.uint64)[order],
        "phrase_places": np.array(places, np.int32)[order],
        "phrase_telling": np.fromiter(map(telling, listed), bool, len(listed)),
        "phrase_starts": np.array(sorted(starts), np.uint64),
        "phrase_sizes": np.array(sorted(sizes), np.uint8),
    }


class _Numbers:
    """The numbers of words and of rows of them."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, row: Iterable[str]) -> int:
        number = 0
        for word in row:
            known = self._known.get(word)
            if known is None:
                known = self._known[word] = int(codes([word])[0])
            number = (number * _FACTOR + known + 1) & _MASK
        return number


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
