"""Which word stands for which in another language, learned from the names that one entry has in both.

A list that calls a body “OAO Meldovy Zavod” and “Meld Plant JSC” teaches that *zavod* may stand
for *plant* once several entries do so.  The estimate is IBM Model 1 (Brown et al., 1993, “The
Mathematics of Statistical Machine Translation”), on the words that two names of an entry do
not share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice, permutations

import numpy as np

from secondsource.alignment import SPLIT, alike
from secondsource.index.tables import Array, lines, of_lines
from secondsource.names import Name, Word, fold, word

ENTRIES = 2
"""Entries that must bear a translation out."""

LEAST = 0.2
"""The share of a word's occurrences that a translation must account for."""

ROUNDS = 6
_NAMES = 8
_PAIRS = 24
_LONGER = 4
_WORDS = 12

_Row = tuple[int, list[str], list[str]]

Lexicon = Mapping[str, tuple[str, ...]]
"""What a word, folded, may stand for."""


def learn(entries: Iterable[Sequence[Name]]) -> Lexicon:
    """What the words of names stand for, from the names of each entry."""
    rows = list(_pairs(entries))
    if not rows:
        return {}
    pair, entry, x, y, words = _cells(rows)
    pairs, cell_of = np.unique(x * len(words) + y, return_inverse=True)
    share = _shares(pair, x, y, cell_of, len(words))
    most = int(entry.max()) + 1
    borne = np.bincount(np.unique(cell_of * np.int64(most) + entry) // most)
    found: dict[str, list[tuple[float, str]]] = {}
    for at in np.flatnonzero((share >= LEAST) & (borne >= ENTRIES)).tolist():
        one, other = (words[each] for each in divmod(int(pairs[at]), len(words)))
        found.setdefault(one, []).append((-float(share[at]), other))
    return {one: tuple(word for _, word in sorted(others)) for one, others in found.items()}


def as_lines(lexicon: Lexicon) -> Array:
    return of_lines(" ".join((word, *others)) for word, others in sorted(lexicon.items()))


def lexicon(data: Array) -> Lexicon:
    rows = (line.split() for line in lines(data))
    return {word: tuple(others) for word, *others in rows}


def _shares(pair: Array, x: Array, y: Array, cell_of: Array, size: int) -> Array:
    """How much of each word each other word accounts for, by expectation maximisation."""
    _, meeting = np.unique(pair * np.int64(size) + y, return_inverse=True)
    cells = int(cell_of.max()) + 1
    owner = np.zeros(cells, np.int64)
    owner[cell_of] = x
    share = np.ones(cells)
    for _ in range(ROUNDS):
        each = share[cell_of]
        counted = np.bincount(cell_of, each / np.bincount(meeting, each)[meeting], minlength=cells)
        share = counted / np.bincount(owner, counted, minlength=size)[owner]
    return share


def _pairs(entries: Iterable[Sequence[Name]]) -> Iterator[_Row]:
    """Two names of an entry at a time, by the words that each has and the other has nothing like."""
    for at, listed in enumerate(entries):
        if len(listed) < 2:
            continue
        near = _near({token for name in listed[:_NAMES] for token in name.tokens})
        told = [(list(dict.fromkeys(name.tokens)), frozenset(name.tokens)) for name in listed[:_NAMES]]
        for (one, ours), (other, theirs) in islice(permutations(told, 2), _PAIRS):
            left, right = _unlike(one, theirs, near), _unlike(other, ours, near)
            if left and right and len(left) <= _WORDS and len(right) <= _WORDS:
                yield at, left, right


def _unlike(words: Iterable[str], against: frozenset[str], near: Mapping[str, set[str]]) -> list[str]:
    return [
        word for word in words if len(word) > 1 and word not in against and near[word].isdisjoint(against)
    ]


def _near(tokens: Iterable[str]) -> Mapping[str, set[str]]:
    """For each of some words those others that are spelled like it; most are plainly longer or shorter."""
    near: dict[str, set[str]] = {token: set() for token in tokens}
    for one, other in combinations(sorted(map(word, near), key=_length), 2):
        long = len(other.fold) - len(one.fold) >= _LONGER
        if long and one.bones != other.bones and one.given != other.given:
            continue
        if alike(one, other) >= SPLIT:
            near[one.text].add(other.text)
            near[other.text].add(one.text)
    return near


def _length(word: Word) -> tuple[int, str]:
    return len(word.fold), word.text


def _cells(rows: Sequence[_Row]) -> tuple[Array, Array, Array, Array, list[str]]:
    """Every word of one side, folded, with every one of the other, in columns: the number of the two names,
    their entry, and both words by their places among all words, which come last."""
    folds = [[fold(one) for one in left] for _, left, _ in rows]
    words = sorted({*chain.from_iterable(folds), *chain.from_iterable(right for *_, right in rows)})
    place = {word: at for at, word in enumerate(words)}
    x, y = list[int](), list[int]()
    for left, (*_, right) in zip(folds, rows, strict=True):
        ours, theirs = [place[word] for word in left], [place[word] for word in right]
        x += [one for one in ours for _ in theirs]
        y += theirs * len(ours)
    pair = np.repeat(np.arange(len(rows)), [len(left) * len(right) for _, left, right in rows])
    entry = np.array([at for at, *_ in rows])[pair]
    return pair, entry, np.array(x, np.int64), np.array(y, np.int64), words
