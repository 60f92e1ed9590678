"""Words of which the space between was lost, or stands a letter too far: “zigicuzoran”, “cardena sguillen”.

Two words written as one are found by `Reading` where both are as they are listed.  Here the letter
at the seam may be a slip, and one of the two words may hold another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

import numpy as np

from secondsource.index.alike import Alike, Vocabulary
from secondsource.index.tables import Array

LEAST = 3
"""Letters of a word that is looked for at a seam."""

LONG = 8
"""Letters of two words of which one may hold a slip: fewer are those of many a single word."""

SLIPPED = 4
"""Letters of a word that may hold a slip, beside a listed word."""

ALIKE = 0.6
"""How alike a listed word must be to the other word."""

STRANGE = 0.85
"""A word that is as alike to a listed one is a slip of that, not two words."""

_MOST = 8
_TRIED = 2

Tokens = tuple[str, ...]
Pair = tuple[str, str]
Found = tuple[Array, Tokens]
"""Names by their places, and how the words of a name read where these have the space."""


class _Parted(NamedTuple):
    """Two words in the place of one, or of two: with where they stand in the vocabulary, -1 for nowhere."""

    pair: tuple[str, str]
    places: tuple[int, int]
    tokens: Tokens


class _Half(NamedTuple):
    """A listed word by its place, beside a word that may be a slip of one, and how a name reads with both."""

    place: int
    other: str
    tokens: Tokens


class Seams:
    """The names that hold both of two words that a name has as one, or apart in another place."""

    def __init__(self, vocabulary: Vocabulary, starts: Array, holders: Array) -> None:
        self._vocabulary, self._starts, self._holders = vocabulary, starts, holders

    def find_all(self, asked: Sequence[Tokens]) -> list[list[Found]]:
        """A few names that hold such words, for the words of each name asked for."""
        parted = [list(self._readings(tokens)) for tokens in asked]
        found = [self._whole(*item) for item in zip(asked, parted, strict=True)]
        halves = [
            [] if whole else _halves(each, self._vocabulary.words)
            for whole, each in zip(found, parted, strict=True)
        ]
        others = [half.other for each in halves for half in each]
        if others:
            alike = dict(zip(others, self._vocabulary.alike_all(others), strict=True))
            for at, each in enumerate(halves):
                found[at] += islice(self._slipped(each, alike, asked[at]), _MOST)
        return found

    def _readings(self, tokens: Tokens) -> Iterator[_Parted]:
        """The ways to put a space in its place that give a listed word or two."""
        strange = {at for at, token in enumerate(tokens) if self._strange(token)}
        for at in sorted(strange):
            yield from self._known(_cuts(tokens[at]), tokens[:at], tokens[at + 1 :])
        for at in range(len(tokens) - 1) if strange else ():
            if at in strange or at + 1 in strange:
                yield from self._known(_shifts(*tokens[at : at + 2]), tokens[:at], tokens[at + 2 :])

    def _known(self, pairs: Iterator[Pair], ahead: Tokens, behind: Tokens) -> Iterator[_Parted]:
        place = self._vocabulary.place
        for pair in pairs:
            one, other = place(pair[0]), place(pair[1])
            if one >= 0 or other >= 0:
                yield _Parted(pair, (one, other), (*ahead, *pair, *behind))

    def _strange(self, word: str) -> bool:
        """Whether a word is no listed one, and no slip of one."""
        if len(word) < LEAST or self._vocabulary.place(word) >= 0:
            return False
        alike = self._vocabulary.alike(word)[1]
        return not len(alike) or float(alike.max()) < STRANGE

    def _whole(self, tokens: Tokens, parted: Sequence[_Parted]) -> list[Found]:
        """Names that hold both words of a pair as they are."""
        both = [(self._holding(each.places, tokens), each.tokens) for each in parted if min(each.places) >= 0]
        return [found for found in both if len(found[0])]

    def _slipped(
        self, halves: Sequence[_Half], alike: Mapping[str, Alike], tokens: Tokens
    ) -> Iterator[Found]:
        """Names that hold a listed word, and a word like the other."""
        for half in halves:
            places, scores = alike[half.other]
            for at in places[scores >= ALIKE].tolist():
                if len(found := self._holding((half.place, at), tokens)):
                    yield found, half.tokens

    def _holding(self, both: tuple[int, int], tokens: Tokens) -> Array:
        """The names that hold two listed words, those first that hold another of ``tokens``."""
        found = _common(self._held(both[0]), self._held(both[1]))
        for token in tokens if len(found) > _MOST else ():
            if (at := self._vocabulary.place(token)) >= 0 and len(closer := _common(found, self._held(at))):
                found = closer
        return found[:_MOST]

    def _held(self, at: int) -> Array:
        return self._holders[self._starts[at] : self._starts[at + 1]]


def _halves(parted: Sequence[_Parted], words: Sequence[str]) -> list[_Half]:
    """The pairs with the longest listed words."""
    known = [
        _Half(each.places[side], each.pair[1 - side], each.tokens)
        for each in parted
        if len(each.pair[0]) + len(each.pair[1]) >= LONG
        for side in (0, 1)
        if each.places[side] >= 0 and len(each.pair[1 - side]) >= SLIPPED
    ]
    return nlargest(_TRIED, known, lambda half: (len(words[half.place]), half))


def _cuts(word: str) -> Iterator[Pair]:
    """A word as two, with the letter at the seam and without."""
    for at in range(LEAST, len(word) - LEAST + 1):
        yield word[:at], word[at:]
        if at + 1 + LEAST <= len(word):
            yield word[:at], word[at + 1 :]


def _shifts(one: str, other: str) -> Iterator[Pair]:
    """Two words with the space a letter further back or ahead."""
    if len(one) > 1:
        yield one[:-1], one[-1] + other
    if len(other) > 1:
        yield one + other[0], other[1:]


def _common(one: Array, other: Array) -> Array:
    """What two arrays in rising order have in common."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    at = np.minimum(np.searchsorted(long, short), len(long) - 1)
    return np.asarray(short[long[at] == short])
