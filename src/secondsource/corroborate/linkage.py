"""Average linkage over a sparse likeness, in rounds, and kept up to date.

In each round every group that is another's nearest, and has it as its own nearest, is joined with it
(reciprocal nearest neighbours: Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
The Computer Journal 26, 1983).  What becomes of a group then hangs on what is near to it and on nothing
else in the case, so that a change is followed through the rounds from where it is.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from secondsource.corroborate.nodes import Node, Rank
from secondsource.corroborate.rows import NONE, Flags, Numbers, Values
from secondsource.corroborate.similarity import SAME

Near = Mapping[Node, Mapping[Node, int]]
"""How alike nodes are that are alike at all, in both directions, of `SCALE`; others are nothing alike."""

COMPARED = 24
"""So many of a larger group each member of the smaller one is taken to have been compared with."""

SCALE = 1_000_000
"""Likenesses are added up in whole numbers, of which so many make 1: no order of adding can show."""

_FEW = 64
_SPARE = 1024
_AT_ONCE = 4096


class _Round(NamedTuple):
    """What a round began with: the group of each node, by its first; the nearest of each group, how alike."""

    group: Numbers
    nearest: Numbers
    alike: Values


class _Pairs(NamedTuple):
    """Groups and those that they may be joined with, with how alike they are."""

    one: Numbers
    other: Numbers
    alike: Values

    def where(self, kept: Flags) -> _Pairs:
        return _Pairs(self.one[kept], self.other[kept], self.alike[kept])


class _Edges(NamedTuple):
    """Nodes and what is near them, with how alike they are."""

    node: Numbers
    other: Numbers
    value: Numbers


class Linkage:
    """Groups of nodes by how alike they are.

    ``near`` is looked at again by `update`; whoever changes it says which nodes that touches.
    """

    def __init__(self, near: Near) -> None:
        self.near = near
        self._clear()
        self.update(near)

    def _clear(self) -> None:
        self._places: dict[Node, int] = {}
        self._nodes: list[Node] = []
        self._order: list[int] = []
        self._rank = np.zeros(0, dtype=np.int64)  # of each node among all; `NONE` of those that are gone
        self._near: list[tuple[Numbers, Numbers]] = []  # of each node, what is near and how alike it is
        self._rounds = [
            _Round(self._rank, self._rank, np.zeros(0))
        ]  # the last is where nothing was joined any more
        self._groups: dict[int, tuple[Node, ...]] = {}

    def groups(self) -> Collection[tuple[Node, ...]]:
        """The groups, each in the order of its nodes; those that stay are the same objects."""
        return self._groups.values()

    def update(
        self, touched: Iterable[Node], gone: Iterable[Node] = (), again: Iterable[Node] | None = None
    ) -> None:
        """Bring the groups up to date where pairs of ``touched`` nodes are otherwise than before.

        Whatever was near to a node that is ``gone`` must be among those touched.  Of each other pair that is
        otherwise one node at least must be among those to look at ``again``, or be new: all that are touched,
        where nothing is said.
        """
        if len(self._nodes) > 2 * len(self._order) + _SPARE:
            self._clear()
            touched, gone, again = self.near, (), None
        placed = self._place(touched, gone)
        changed = placed if again is None else self._at(again)
        before = [_Round(*map(self._longer, told)) for told in self._rounds]
        self._rounds = []
        group = np.where(self._rank >= 0, np.arange(len(self._nodes)), NONE)
        joined, opened = np.ones(len(group), dtype=np.bool_), np.zeros(len(group), dtype=np.bool_)
        pairs = _NO_PAIRS
        while True:
            was = before[min(len(self._rounds), len(before) - 1)]
            open_ = self._open(group, was, changed)
            pairs = self._again(group, pairs, open_ & (joined | ~opened), open_ & ~joined & opened, joined)
            self._rounds.append(self._settled(group, was, open_, pairs))
            ones, others = self._mutual(self._rounds[-1].nearest)
            if not len(ones):
                break
            (group, joined), opened = self._join(group, ones, others), open_
        self._regroup(before[-1].group, group)

    def _place(self, touched: Iterable[Node], gone: Iterable[Node]) -> Numbers:
        """Give new nodes their places, and note what is near to those that are touched; their places."""
        for node in gone:
            if node in self._places:
                del self._order[bisect_left(self._order, node.rank, key=self._rank_at)]
                self._near[self._places.pop(node)] = _few([]), _few([])
        here = [node for node in touched if node in self.near]
        new = [node for node in here if node not in self._places]
        for node in new:
            self._places[node] = len(self._nodes)
            self._nodes.append(node)
            self._near.append((_few([]), _few([])))
        self._sort([self._places[node] for node in new])
        for node in here:
            near, places = self.near[node], self._places
            self._near[places[node]] = _few([places[other] for other in near]), _few(list(near.values()))
        return self._at(here)

    def _at(self, nodes: Iterable[Node]) -> Numbers:
        return np.array([self._places[node] for node in nodes], dtype=np.int64)

    def _rank_at(self, place: int) -> Rank:
        return self._nodes[place].rank

    def _sort(self, new: list[int]) -> None:
        if len(new) > _FEW:
            self._order = sorted([*self._order, *new], key=self._rank_at)
        else:
            for place in new:
                insort(self._order, place, key=self._rank_at)
        self._rank = np.full(len(self._nodes), NONE, dtype=np.int64)
        self._rank[self._order] = np.arange(len(self._order))

    def _longer(self, told: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.append(told, np.full(len(self._nodes) - len(told), NONE, dtype=told.dtype))

    def _flags(self, *places: Numbers) -> Flags:
        flags = np.zeros(len(self._nodes), dtype=np.bool_)
        for each in places:
            flags[each] = True
        return flags

    def _edges(self, nodes: Numbers) -> _Edges:
        """What is near to nodes."""
        beside = [self._near[node] for node in nodes.tolist()] or [(_few([]), _few([]))]
        others, values = (np.concatenate(column) for column in zip(*beside, strict=True))
        return _Edges(np.repeat(nodes, [len(near) for near, _ in beside][: len(nodes)]), others, values)

    def _open(self, group: Numbers, was: _Round, changed: Numbers) -> Flags:
        """The groups all of whose pairs are to be looked at again.

        They are others than in this round before, have a node whose pairs are looked at again, or had such a
        group as their nearest.  Of the rest the nearest is the last one, or an open group.
        """
        heads = np.asarray(group == np.arange(len(group)))
        moved = np.flatnonzero(group != was.group)
        if 2 * len(moved) > len(group):
            return heads  # most are, and all may be
        others = np.concatenate((group[moved], was.group[moved], group[changed], was.group[changed]))
        otherwise = self._flags(others[others >= 0])
        lost = (was.nearest >= 0) & otherwise[was.nearest]
        return np.asarray((otherwise | lost) & heads)

    def _again(self, group: Numbers, pairs: _Pairs, fresh: Flags, stay: Flags, joined: Flags) -> _Pairs:
        """The pairs of open groups: all of ``fresh`` ones, and of those that ``stay`` what is otherwise."""
        same = (group == np.arange(len(group))) & ~joined & ~fresh
        kept = pairs.where(stay[pairs.one] & same[pairs.other])
        found = _together([_NO_PAIRS, *self._compared(group, fresh)])
        other, one, alike = found.where(stay[found.other])
        beside = self._compare(group, self._between(group, stay, joined & ~fresh))
        return _together([kept, found, _Pairs(one, other, alike), beside])

    def _compared(self, group: Numbers, fresh: Flags) -> Iterator[_Pairs]:
        """All pairs of groups that are compared anew."""
        heads = np.flatnonzero(fresh)
        for start in range(0, len(heads), _AT_ONCE):
            here = self._flags(heads[start : start + _AT_ONCE])
            edges = self._edges(np.flatnonzero(here[group] & (group >= 0)))
            apart = group[edges.node] != group[edges.other]
            yield self._compare(group, _Edges(*(column[apart] for column in edges)))

    def _settled(self, group: Numbers, was: _Round, open_: Flags, pairs: _Pairs) -> _Round:
        """The nearest of each group: of open ones among their pairs, of others the last or what came nearer.

        Of what is equally alike it is the first.
        """
        here = ~open_ & (group == np.arange(len(group)))
        nearest, alike = np.where(here, was.nearest, NONE), np.where(here, was.alike, 0.0)
        other, one, value = pairs.where(~open_[pairs.other])
        back = _Pairs(one, other, value)
        met = np.unique(back.one[nearest[back.one] >= 0])
        one, other, value = _together([pairs, back, _Pairs(met, nearest[met], alike[met])])
        order = np.lexsort((self._rank[other], -value, one))
        first = order[_begins(one[order])]
        nearest[one[first]], alike[one[first]] = other[first], value[first]
        return _Round(group, nearest, alike)

    def _between(self, group: Numbers, ones: Flags, others: Flags) -> _Edges:
        """What is near to nodes of some groups in others, looked for from where there is less to see."""
        these, those = (np.flatnonzero(flags[group] & (group >= 0)) for flags in (ones, others))
        if len(those) < len(these):
            edges = self._edges(those)
            edges = _Edges(edges.other, edges.node, edges.value)
        else:
            edges = self._edges(these)
        met = ones[group[edges.node]] & others[group[edges.other]]
        return _Edges(*(column[met] for column in edges))

    def _compare(self, group: Numbers, edges: _Edges) -> _Pairs:
        """The pairs of groups that may be joined, by all that is near to the nodes of the first.

        How alike two groups are is the mean of their average likeness and of how alike each member of the
        smaller is to its nearest in the larger: reports that leave out different slots are not alike two by
        two, and one loose likeness must not chain two matters.  Of two of one size the first is the smaller.
        """
        one, other = group[edges.node], group[edges.other]
        sizes = np.bincount(group[group >= 0], minlength=len(group))
        size, beside = sizes[one], sizes[other]
        is_smaller = (size < beside) | ((size == beside) & (self._rank[one] < self._rank[other]))
        member = np.where(is_smaller, edges.node, edges.other)
        count = max(1, len(group))
        key = (one * count + other) * count + member
        order = np.argsort(key)
        key, value = key[order], edges.value[order].astype(np.int64)
        members = _begins(key)
        pair = key[members] // count
        pairs = _begins(pair)
        total = _added(_added(value, members), pairs)
        most = _added(np.maximum.reduceat(value, members) if len(members) else value, pairs)
        one, other = np.divmod(pair[pairs], count)
        small, large = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
        average = np.minimum(1.0, total / (SCALE * small * np.minimum(large, COMPARED)))
        alike = (average + most / (SCALE * small)) / 2
        same = alike >= SAME
        return _Pairs(one[same], other[same], alike[same])

    def _mutual(self, nearest: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs of groups that are each other's nearest, the first one first."""
        heads = np.flatnonzero(nearest >= 0)
        others = nearest[heads]
        mutual = (nearest[others] == heads) & (self._rank[heads] < self._rank[others])
        return heads[mutual], others[mutual]

    def _join(self, group: Numbers, ones: Numbers, others: Numbers) -> tuple[Numbers, Flags]:
        """Make each pair of groups one, which goes by its first node; which groups those are."""
        into = np.arange(len(group))
        into[others] = ones
        return np.where(group >= 0, into[group], NONE), self._flags(ones)

    def _regroup(self, was: Numbers, now: Numbers) -> None:
        """Put together the groups of which nodes came or went."""
        moved = np.flatnonzero(was != now)
        for head in np.unique(was[moved]).tolist():
            self._groups.pop(head, None)
        heads = np.concatenate((was[moved], now[moved]))
        members = np.flatnonzero(self._flags(heads[heads >= 0])[now] & (now >= 0))
        members = members[np.lexsort((self._rank[members], now[members]))]
        for nodes in np.split(members, _begins(now[members])[1:]):
            if len(nodes):
                self._groups[int(now[nodes[0]])] = tuple(self._nodes[node] for node in nodes.tolist())


_NO_PAIRS = _Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def _together(pairs: Iterable[_Pairs]) -> _Pairs:
    one, other, alike = zip(*pairs, strict=True)
    return _Pairs(np.concatenate(one), np.concatenate(other), np.concatenate(alike))


def _few(numbers: list[int]) -> Numbers:
    return np.array(numbers, dtype=np.int32)


def _begins(numbers: Numbers) -> Numbers:
    """Where each run of one number begins."""
    return np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]]) if len(numbers) else numbers


def _added(values: Numbers, where: Numbers) -> Numbers:
    return np.add.reduceat(values, where) if len(where) else values
