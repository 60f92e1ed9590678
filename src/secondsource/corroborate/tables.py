"""Numbers under keys, in arrays: what stands under one key is one run, in which others are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from secondsource.corroborate.rows import NONE, Flags, Numbers, differs, distinct

_HALF = 32
_FEW = 16

Pairs = tuple[Numbers, Numbers]
Column = npt.NDArray[np.signedinteger[Any]]


class Keyed(NamedTuple):
    """Numbers, of nodes or of what nodes name, each beside the key that it stands under."""

    key: Numbers
    value: Numbers

    def where(self, kept: Flags | Numbers) -> Keyed:
        return Keyed(self.key[kept], self.value[kept])


def together(keyed: Sequence[Keyed]) -> Keyed:
    """All of them, one after the other."""
    return Keyed(*map(np.concatenate, zip(*keyed, strict=True)))


class Change(NamedTuple):
    """The keys that a change of a table touches, how many each had before, and what left or came."""

    touched: Numbers
    before: Numbers
    differing: Keyed


class Table:
    """Numbers in the order of their keys; each stands under a key once, the later ones after the earlier."""

    def __init__(self) -> None:
        self.key = np.zeros(0, dtype=np.int64)
        self.value = np.zeros(0, dtype=np.int64)

    def change(self, dropped: Flags, come: Keyed) -> Change:
        """Drop entries and put others in; one that is dropped and comes again stays where it is."""
        out = np.flatnonzero(dropped)
        touched = distinct(np.concatenate((self.key[out], come.key)))
        before = self.sizes(touched)
        come = come.where(np.lexsort(come[::-1]))
        come = come.where(differs(come.key) | differs(come.value))
        if len(out):
            out, come = self._without_both(out, come)
        gone, at = Keyed(self.key[out], self.value[out]), np.searchsorted(self.key, come.key, side="right")
        self.key, self.value = (
            _spliced(self.key, out, at, come.key),
            _spliced(self.value, out, at, come.value),
        )
        return Change(touched, before, together((gone, come)))

    def _without_both(self, out: Numbers, come: Keyed) -> tuple[Numbers, Keyed]:
        """Entries that leave and those that come, but for what does both."""
        both = together((Keyed(self.key[out], self.value[out]), come))
        order = np.lexsort(both[::-1])
        key, value = both.where(order)
        twice = ~(differs(key) | differs(value))
        once = np.ones(len(order), dtype=np.bool_)
        once[order[twice]] = once[order[np.flatnonzero(twice) - 1]] = False
        return out[once[: len(out)]], come.where(once[len(out) :])

    def sizes(self, keys: Numbers) -> Numbers:
        """How many numbers each key has."""
        return np.searchsorted(self.key, keys, side="right") - np.searchsorted(self.key, keys)

    def of(self, keys: Numbers) -> Keyed:
        """What keys have, in the order of the keys as they are given: these by their places there."""
        sizes = self.sizes(keys)
        at = np.repeat(np.arange(len(keys)), sizes)
        return Keyed(at, self.value[counted(np.searchsorted(self.key, keys), sizes)])

    def runs(self, at: Numbers) -> Pairs:
        """Of entries, in their order, where the run under its key begins, and how long that is."""
        if _FEW * len(at) > len(self.key):
            begin, size = _runs(self.key)
            return begin[at], size[at]
        begin = np.searchsorted(self.key, self.key[at])
        return begin, np.searchsorted(self.key, self.key[at], side="right") - begin


class Rings(NamedTuple):
    """What is laid in rings: numbers under their keys, and which ones stand beside each."""

    key: Numbers
    value: Numbers
    beside: Numbers

    @classmethod
    def of(cls, laid: Keyed, orders: npt.NDArray[np.uint64]) -> Rings:
        """Rings of what has one key, in each of the ``orders``, which tell of each entry where it stands."""
        start, size = _runs(laid.key)
        at, last = np.arange(len(laid.key)), start + size - 1
        number = np.cumsum(at == start, dtype=np.uint64)  # of the key; what bits it leaves tell the order
        bits = np.uint64(int(number.max(initial=0)).bit_length())
        found = np.zeros((len(laid.key), 2 * len(orders)), dtype=np.int32)
        for turn, order in enumerate(orders):
            ring = np.argsort(number << np.uint64(64) - bits | order >> bits)
            turned = laid.value[ring]
            found[ring, 2 * turn] = turned[np.where(at == start, last, at - 1)]
            found[ring, 2 * turn + 1] = turned[np.where(at == last, start, at + 1)]
        return cls(laid.key, laid.value, found)

    def put(self, keys: Numbers, now: Rings) -> Rings:
        """Rings with others in the place of those of some keys; all are in the order of their keys."""
        out, at = np.flatnonzero(self.among(keys)), np.searchsorted(self.key, now.key)
        return Rings(*(_spliced(old, out, at, new) for old, new in zip(self, now, strict=True)))

    def among(self, keys: Numbers) -> Flags:
        """What has one of these keys."""
        return among(self.key, keys)

    def where(self, kept: Flags | Numbers) -> Rings:
        return Rings(*(column[kept] for column in self))

    def pairs(self) -> Numbers:
        """A number for each two that are beside each other, each once."""
        one, other = np.repeat(self.value, self.beside.shape[1]), self.beside.ravel()
        return distinct(paired(np.minimum(one, other), np.maximum(one, other)))

    def apart(self, other: Rings) -> Numbers:
        """The pairs that are beside each other in one of two and not in the other, among what differs."""
        if not len(self.key) or not len(other.key):
            return np.asarray(np.setxor1d(self.pairs(), other.pairs(), assume_unique=True))
        both = [rings.where(np.lexsort((rings.value, rings.key))) for rings in (self, other)]
        _, where = np.unique(np.concatenate([rings.key for rings in both]), return_inverse=True)
        numbers = paired(where, np.concatenate([rings.value for rings in both]))
        one, two = numbers[: len(self.key)], numbers[len(self.key) :]
        _, left, right = np.intersect1d(one, two, assume_unique=True, return_indices=True)
        same = (both[0].beside[left] == both[1].beside[right]).all(axis=1)
        before, now = (np.ones(len(rings.key), dtype=np.bool_) for rings in both)
        before[left[same]] = now[right[same]] = False
        pairs = both[0].where(before).pairs(), both[1].where(now).pairs()
        return np.asarray(np.setxor1d(*pairs, assume_unique=True))


def paired(one: Numbers, other: Numbers) -> Numbers:
    """A number for two."""
    return np.asarray(one.astype(np.int64) << _HALF | other)


def parted(pairs: Numbers) -> Pairs:
    """The two that a number is for."""
    return pairs >> _HALF, pairs & (1 << _HALF) - 1


def within(runs: Keyed) -> Pairs:
    """All pairs of numbers under one key; the keys are in order."""
    begin, size = _runs(runs.key)
    after = np.arange(len(runs.key)) + 1
    left = begin + size - after
    return np.repeat(runs.value, left), runs.value[counted(after, left)]


class Runs(NamedTuple):
    """For those that ask, by their turn: where a run of others begins in a ``pool``, and how long it is."""

    turn: Numbers
    begin: Numbers
    size: Numbers
    pool: Numbers

    @classmethod
    def asked(cls, turns: Numbers, begin: Numbers, size: Numbers, pool: Numbers) -> Runs:
        """The runs of those that ask, in their turns; the turn of one that does not is `NONE`."""
        at = np.flatnonzero(turns != NONE)
        at = at[np.argsort(turns[at], kind="stable")]
        return cls(turns[at], begin[at], size[at], pool)

    def between(self, start: int, end: int) -> Keyed:
        """Whoever has a turn from ``start`` to before ``end``, beside each of the others in its runs."""
        part = slice(*np.searchsorted(self.turn, (start, end)))
        size = self.size[part]
        return Keyed(np.repeat(self.turn[part], size), self.pool[counted(self.begin[part], size)])


def met(turn: Numbers, runs: Sequence[Runs], at_once: int) -> Iterator[Pairs]:
    """Those that ask by their ``turn`` and whom each meets in its runs, each pair once, some at once."""
    count = int(turn.max(initial=NONE)) + 1
    asked = np.zeros(count, dtype=np.int32)
    asked[turn[turn != NONE]] = np.flatnonzero(turn != NONE)
    lengths = sum(np.bincount(each.turn, each.size, count) for each in runs)
    ends = np.cumsum(lengths)
    edges = np.unique(
        [0, *np.searchsorted(ends, np.arange(at_once, ends[-1] if count else 0, at_once)), count]
    )
    for start, end in pairwise(edges.tolist()):
        one, other = together([each.between(start, end) for each in runs])
        later = turn[other]
        pairs = distinct(paired(one, other)[(later == NONE) | (later > one)])
        one, other = parted(pairs)
        yield asked[one], other.astype(np.int32)


def among(numbers: Numbers, known: Numbers) -> Flags:
    """Which numbers are among those ``known``, which are in order."""
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    at = np.searchsorted(known, numbers)
    at[at == len(known)] = 0
    return np.asarray(known[at] == numbers)


def _spliced(old: Column, out: Numbers, at: Numbers, new: Column) -> Column:
    """A column without what stands at ``out``, and with others put in before ``at``; both are in order.

    It is put together of pieces, since mostly few entries of millions change.
    """
    run = out - np.arange(len(out))
    begins, ends = out[differs(run)], out[differs(run[::-1])[::-1]] + 1
    edges = distinct(np.concatenate(([0], begins, ends, at, [len(old)])))
    first, last = np.searchsorted(at, edges), np.searchsorted(at, edges, "right")
    pieces = [old[:0]]
    stays = np.append(~among(edges, out), True)
    steps = zip(edges.tolist(), [*edges[1:].tolist(), len(old)], first, last, stays, strict=False)
    for begin, end, one, other, stay in steps:
        pieces.append(new[one:other])
        if stay:
            pieces.append(old[begin:end])
    return np.concatenate(pieces)


def _runs(keys: Numbers) -> Pairs:
    """Of each entry, where the run of its key begins, and how long that is; the keys are in order."""
    starts = np.flatnonzero(differs(keys))
    sizes = np.diff(np.append(starts, len(keys)))
    return np.repeat(starts, sizes), np.repeat(sizes, sizes)


def counted(begin: Numbers, size: Numbers) -> Numbers:
    """The numbers of each run, from its ``begin``."""
    ends = np.cumsum(size)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + size, size)
