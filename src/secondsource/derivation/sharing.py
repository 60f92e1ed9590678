"""Which documents have how many of their numbers in common, kept up to date as documents come and go.

The numbers stand for what texts can share (runs of words, steps from name to name).  They are kept as one
sorted array with the document of each beside it, which for millions takes megabytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondsource.derivation.changes import Pair, pair_of

Numbers = npt.NDArray[np.uint64]
"""Sorted, each once."""

_Counts = npt.NDArray[np.int64]
_NONE = np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Rule:
    """When sharing counts: at least ``fewest`` numbers, each in ``most`` documents at most.

    A number in more links nobody or, with ``hub``, each document to the first by id, so that 5,000 copies
    of one story cost 5,000 links and still hang together.
    """

    most: int
    fewest: int
    hub: bool


class Sharing:
    """Pairs of documents that share enough numbers, by a rule."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._numbers: dict[str, Numbers] = {}
        self._place: dict[str, int] = {}
        self._ids: list[str] = []
        self._every = _NONE
        self._owner = np.zeros(0, dtype=np.int32)
        self._hubs: dict[int, str] = {}
        self._near: defaultdict[str, set[str]] = defaultdict(set)

    def joins(self, pair: Pair) -> bool:
        """True for documents that share enough."""
        return pair[1] in self._near.get(pair[0], ())

    def follow(self, gone: Collection[str], came: Mapping[str, Numbers]) -> set[Pair]:
        """Take documents out and put documents in; pairs that came or went, and all of those documents.

        A document that changed is both gone and come.
        """
        told = [self._numbers.pop(id) for id in gone if id in self._numbers]
        touched = np.unique(np.concatenate([_NONE, *told, *came.values()]))
        before = self._counts(touched)
        self._drop(gone)
        self._put(came)
        again = came.keys() | self._crossed(touched, before)
        moved = {pair_of(id, other) for id in gone for other in self._near[id]}
        for id in gone:
            for other in self._near.pop(id):
                self._near[other].discard(id)
        for id in again:
            moved |= self._settle(id, id in came)
        return moved

    def _settle(self, id: str, is_new: bool) -> set[Pair]:
        """Find anew what a document is paired with; the pairs that are otherwise, or all of a new one."""
        found, known = self._row(id), self._near[id]
        for other in known - found:
            self._near[other].discard(id)
        for other in found - known:
            self._near[other].add(id)
        self._near[id] = found
        return {pair_of(id, other) for other in (known | found if is_new else known ^ found)}

    def _drop(self, gone: Collection[str]) -> None:
        places = [self._place.pop(id) for id in gone if id in self._place]
        if places:
            is_gone = np.zeros(len(self._ids), dtype=np.bool_)
            is_gone[places] = True
            stay = ~is_gone[self._owner]
            self._every, self._owner = self._every[stay], self._owner[stay]

    def _put(self, came: Mapping[str, Numbers]) -> None:
        ids = [id for id in came if len(came[id])]
        if len(self._ids) > 2 * (len(self._place) + len(ids)):
            self._renumber()
        first = len(self._ids)
        self._numbers |= came
        self._place |= {id: first + at for at, id in enumerate(ids)}
        self._ids += ids
        fresh = np.concatenate([_NONE, *(came[id] for id in ids)])
        owner = np.repeat(np.arange(first, len(self._ids), dtype=np.int32), [len(came[id]) for id in ids])
        order = np.argsort(fresh, kind="stable")
        at = np.searchsorted(self._every, fresh[order])
        self._every = np.insert(self._every, at, fresh[order])
        self._owner = np.insert(self._owner, at, owner[order])

    def _renumber(self) -> None:
        """Forget the places of documents that are gone."""
        kept = sorted(self._place, key=self._place.__getitem__)
        new = np.zeros(len(self._ids), dtype=np.int32)
        new[[self._place[id] for id in kept]] = np.arange(len(kept), dtype=np.int32)
        self._owner = new[self._owner]
        self._ids, self._place = kept, {id: at for at, id in enumerate(kept)}

    def _counts(self, numbers: Numbers) -> _Counts:
        return self._ranges(numbers)[1]

    def _ranges(self, numbers: Numbers) -> tuple[_Counts, _Counts]:
        """Where each number stands among all, and how many documents have it."""
        first = self._every.searchsorted(numbers)
        return first, self._every.searchsorted(numbers, side="right") - first

    def _owners(self, first: _Counts, counts: _Counts) -> npt.NDArray[np.int32]:
        """The places of the documents that have the numbers, number by number."""
        ends = counts.cumsum()
        at = (first - ends + counts).repeat(counts) + np.arange(ends[-1] if len(ends) else 0)
        return np.asarray(self._owner[at])

    def _crossed(self, numbers: Numbers, before: _Counts) -> set[str]:
        """Documents whose pairs others change: a number is now in too many or no longer, or its hub moved."""
        first, after = self._ranges(numbers)
        was, crowded = before > self._rule.most, after > self._rule.most
        crossed = was != crowded
        places = np.unique(self._owners(first[crossed], after[crossed]))
        found = {self._ids[place] for place in places.tolist()}
        if self._rule.hub:
            for number in numbers[was & ~crowded].tolist():
                del self._hubs[number]
            owners = self._owners(first[crowded], after[crowded])
            found |= self._move_hubs(numbers[crowded], after[crowded], owners)
        return found

    def _move_hubs(self, numbers: Numbers, counts: _Counts, owners: npt.NDArray[np.int32]) -> set[str]:
        """Find the first document of each number anew; those that no longer are, or now are."""
        if not len(numbers):
            return set()
        ordered = sorted(self._place)
        rank = np.zeros(len(self._ids), dtype=np.int32)
        rank[[self._place[id] for id in ordered]] = np.arange(len(ordered), dtype=np.int32)
        starts = np.cumsum(counts) - counts
        firsts = np.minimum.reduceat(rank[owners], starts)
        found = set[str]()
        for number, first in zip(numbers.tolist(), firsts.tolist(), strict=True):
            old, new = self._hubs.get(number), ordered[first]
            self._hubs[number] = new
            if old != new:
                found |= {old, new} if old in self._place else {new}
        return found

    def _row(self, id: str) -> set[str]:
        """The documents that share enough numbers with one."""
        if id not in self._place:
            return set()
        numbers = self._numbers[id]
        first, counts = self._ranges(numbers)
        own, crowded = self._place[id], counts > self._rule.most
        hubs = [self._hubs[number] for number in numbers[crowded].tolist()] if self._rule.hub else []
        links = ~crowded
        firsts = np.array([self._place[hub] for hub in hubs], dtype=np.intp)
        if hubs:
            links[crowded] = firsts == own
        shared = np.bincount(self._owners(first[links], counts[links]), minlength=len(self._ids))
        shared += np.bincount(firsts, minlength=len(self._ids))
        shared[own] = 0
        return {self._ids[place] for place in np.flatnonzero(shared >= self._rule.fewest).tolist()}
