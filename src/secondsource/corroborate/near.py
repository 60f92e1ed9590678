"""How alike nodes are, by their places: what is near to each stands in one run of a long row of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from secondsource.corroborate.rows import Flags, Numbers, differs, distinct
from secondsource.corroborate.tables import among, counted, paired

_ROOM = 5 / 4
"""A row that is full, or has more than so much beside what is in use, is written anew, so much longer."""


class Edges(NamedTuple):
    """Nodes and others that are near to them, with how alike they are."""

    node: Numbers
    other: Numbers
    value: Numbers

    def where(self, kept: Flags | Numbers) -> Edges:
        return Edges(*(column[kept] for column in self))

    def with_value(self, value: int) -> Edges:
        return self._replace(value=np.full(len(self.node), value, dtype=np.int64))

    def turned(self) -> Edges:
        """The same seen from the other side."""
        return Edges(self.other, self.node, self.value)

    @property
    def pairs(self) -> Numbers:
        """A number for each two, in the order in which they stand."""
        return paired(self.node, self.other)


def together(edges: Iterable[Edges]) -> Edges:
    """All of them, one after the other."""
    return Edges(*map(np.concatenate, zip(*edges, strict=True)))


class Otherwise(NamedTuple):
    """Pairs that are otherwise alike than before: how alike they are ``now``, and how alike they were."""

    now: Edges
    was: Edges

    def where(self, kept: Flags) -> Otherwise:
        return Otherwise(self.now.where(kept), self.was.where(kept))

    def seen_from_few(self) -> Otherwise:
        """The same, each seen from the one of its nodes that is in more of them."""
        one, other = self.now.node, self.now.other
        often = np.bincount(np.concatenate((one, other)))
        turn = often[one] < often[other]
        ends = np.where(turn, other, one), np.where(turn, one, other)
        return Otherwise(Edges(*ends, self.now.value), Edges(*ends, self.was.value))


NO_EDGES = Edges(*(np.zeros(0, dtype=np.int64) for _ in Edges._fields))


class Near:
    """How alike nodes are that are alike at all, in both directions; others are nothing alike."""

    def __init__(self) -> None:
        self._begin = np.zeros(0, dtype=np.int64)
        self._size = np.zeros(0, dtype=np.int64)
        self._other = np.zeros(0, dtype=np.int32)
        self._value = np.zeros(0, dtype=np.int32)
        self._end = 0

    def of(self, nodes: Numbers) -> Edges:
        """What is near to nodes; in the order of both where the nodes are in order."""
        size = self._size[nodes]
        at = counted(self._begin[nodes], size)
        return Edges(np.repeat(nodes, size), self._other[at].astype(np.int64), self._value[at])

    def change(self, told: Edges, count: int) -> Otherwise:
        """Note how alike pairs are, each seen from either side, 0 for those that are so no more.

        ``count`` is how many places there are.  What comes back is those of the pairs that are otherwise than
        before; of a pair that is told of more than once it is to be the same.
        """
        self._grow(count)
        told = told.where(told.node != told.other)
        lower = told.node < told.other
        told = Edges(np.where(lower, *told[:2]), np.where(lower, *told[1::-1]), told.value)
        order = np.argsort(told.pairs)
        told = told.where(order[differs(told.pairs[order])])
        was = self._known(told)
        differs_now = was != told.value
        was, told = was[differs_now], told.where(differs_now)
        both = together((told, told.turned()))
        nodes = distinct(both.node)
        kept = self.of(nodes)
        kept = kept.where(~among(kept.pairs, np.sort(both.pairs)))
        now = together((kept, both.where(both.value > 0)))
        del both, kept  # in a rebuild they are large
        self._put(nodes, now.where(np.argsort(now.pairs)))
        return Otherwise(told, told._replace(value=was))

    def _known(self, told: Edges) -> Numbers:
        """How alike pairs are that are in order."""
        here = self.of(distinct(told.node))
        at = np.searchsorted(here.pairs, told.pairs)
        found = np.append(here.pairs, -1)[at] == told.pairs
        return np.where(found, np.append(here.value, 0)[at], 0)

    def _grow(self, count: int) -> None:
        new = np.zeros(count - len(self._size), dtype=np.int64)
        self._begin, self._size = np.append(self._begin, new), np.append(self._size, new)

    def _put(self, nodes: Numbers, edges: Edges) -> None:
        """Let these be all that is near to nodes; both are in order."""
        self._size[nodes] = np.searchsorted(edges.node, nodes, "right") - np.searchsorted(edges.node, nodes)
        if self._end + len(edges.node) > len(self._other):
            self._rewrite(nodes, edges)
            return
        ends = self._end + np.cumsum(self._size[nodes])
        self._begin[nodes] = ends - self._size[nodes]
        self._other[self._end : self._end + len(edges.other)] = edges.other
        self._value[self._end : self._end + len(edges.value)] = edges.value
        self._end += len(edges.node)

    def _rewrite(self, nodes: Numbers, edges: Edges) -> None:
        """Write everything anew, without what is no longer in use."""
        stays = np.ones(len(self._size), dtype=np.bool_)
        stays[nodes] = False
        others = np.flatnonzero(stays)
        at = counted(self._begin[others], self._size[others])
        size = int(self._size.sum())
        for name, new in (("_other", edges.other), ("_value", edges.value)):
            column = np.zeros(int(size * _ROOM), dtype=np.int32)
            column[: len(at)], column[len(at) : size] = getattr(self, name)[at], new
            setattr(self, name, column)
        self._begin[np.concatenate((others, nodes))] = _begins(self._size[np.concatenate((others, nodes))])
        self._end = size


def _begins(sizes: Numbers) -> Numbers:
    return np.asarray(np.cumsum(sizes) - sizes)
