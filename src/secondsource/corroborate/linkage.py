"""Average linkage over a sparse likeness, in rounds, and kept up to date.

In each round every group that is another's nearest, and has it as its own nearest, is joined with it
(reciprocal nearest neighbours: Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
The Computer Journal 26, 1983).  What becomes of a group then hangs on what is near to it and on nothing
else in the case, so that a change is followed through the rounds from where it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from secondsource.corroborate.near import Edges, Near, Otherwise, together
from secondsource.corroborate.nodes import Node, Places, Rank
from secondsource.corroborate.rows import NONE, Flags, Numbers, Values, differs, distinct
from secondsource.corroborate.similarity import SAME
from secondsource.corroborate.tables import among, paired

COMPARED = 24
"""So many of a larger group each member of the smaller one is taken to have been compared with."""

SCALE = 1_000_000
"""Likenesses are added up in whole numbers, of which so many make 1: no order of adding can show."""

_FEW = 64
_ROOM = 1024
_AT_ONCE = 4096


@dataclass(slots=True)
class _Round:
    """What a round begins with: the group of each node, by its first; of each group its size, the nearest,
    and how alike that is; and how many groups there are."""

    group: Numbers
    size: Numbers
    nearest: Numbers
    alike: Values
    count: int = 0

    @classmethod
    def empty(cls) -> _Round:
        none = np.zeros(0, dtype=np.int64)
        return cls(none, none, none, np.zeros(0))

    def copy(self) -> _Round:
        return _Round(self.group.copy(), self.size.copy(), self.nearest.copy(), self.alike.copy(), self.count)

    def grow(self, room: int) -> None:
        """Make room for so many nodes, of which the last is none."""
        new = room - len(self.group)
        nobody = np.full(new, NONE, dtype=np.int64)
        self.group, self.nearest = np.append(self.group, nobody), np.append(self.nearest, nobody)
        self.size, self.alike = (
            np.append(self.size, np.zeros_like(nobody)),
            np.append(self.alike, np.zeros(new)),
        )

    def move(self, nodes: Numbers, group: Numbers) -> Moved:
        """Put nodes into groups; those that this moves."""
        was = self.group[nodes]
        differs = was != group
        nodes, was, group = nodes[differs], was[differs], group[differs]
        self.group[nodes] = group
        np.subtract.at(self.size, was[was >= 0], 1)
        np.add.at(self.size, group[group >= 0], 1)
        self.count += int((nodes == group).sum()) - int((nodes == was).sum())
        return Moved(nodes, was)


class Moved(NamedTuple):
    """Nodes that are in another group than before, and that of before."""

    node: Numbers
    was: Numbers


class _Pairs(NamedTuple):
    """Groups and those that they may be joined with, with how alike they are."""

    one: Numbers
    other: Numbers
    alike: Values

    def where(self, kept: Flags) -> _Pairs:
        return _Pairs(self.one[kept], self.other[kept], self.alike[kept])


@dataclass(frozen=True, slots=True)
class _Opened:
    """The groups all of whose pairs are looked at again.

    Of ``fresh`` ones all pairs are compared, of those that ``stay``, which were open in the last round too,
    what is otherwise than then: pairs with ``joined`` ones.
    """

    every: Numbers
    fresh: Flags
    stay: Flags
    joined: Flags

    @property
    def are(self) -> Flags:
        return self.fresh | self.stay


class Heads(NamedTuple):
    """Groups, by their first nodes, that are no more, and those that are new or of other nodes now."""

    gone: list[int]
    made: list[int]


class Linkage:
    """Groups of nodes by how alike they are, which ``near`` tells."""

    def __init__(self, places: Places, near: Near) -> None:
        self._nodes, self._near = places.nodes, near
        self._order = np.zeros(0, dtype=np.int64)
        self._rank = np.zeros(0, dtype=np.int64)  # of each node among all; `NONE` of those that are gone
        self._rounds = [_Round.empty()]  # the last is where nothing was joined any more
        self.groups: dict[int, tuple[Node, ...]] = {}

    def update(self, come: Numbers, gone: Numbers, otherwise: Otherwise) -> Heads:
        """Bring the groups up to date where nodes come or are gone, and where pairs of others are
        ``otherwise`` than before, each seen from the node whose group is to be looked at again for it.
        """
        self._rank_anew(come, gone)
        self._grow()
        last, number, matters = len(self._rounds) - 1, 0, np.zeros(len(otherwise.now.node), dtype=np.bool_)
        self._ahead(0)
        group = np.concatenate((come, np.full(len(gone), NONE)))
        moved = self._rounds[0].move(np.concatenate((come, gone)), group)
        pairs, joined, opened = _NO_PAIRS, np.ones(len(self._rank), dtype=np.bool_), self._flags()
        while True:
            here, after = self._rounds[number], self._ahead(number + 1)
            matters = self._matters(here, otherwise, joined, matters)
            open_ = self._open(here, moved, otherwise.now.where(matters), joined, opened)
            pairs = self._again(here, pairs, open_)
            touched = self._settle(here, moved, open_, pairs)
            moved = self._join(here, after, touched, moved)
            if number >= last and here.count == after.count:
                break
            joined, opened = after.size > here.size, open_.are
            number += 1
        del self._rounds[number + 1 :]
        while len(self._rounds) > 1 and self._rounds[-1].count == self._rounds[-2].count:
            self._rounds.pop()
        return self._regroup(moved)

    def _ahead(self, number: int) -> _Round:
        """A round, and one behind it: what was the last one stays so, were nothing otherwise."""
        while len(self._rounds) <= number + 1:
            self._rounds.append(self._rounds[-1].copy())
        return self._rounds[number]

    def _rank_anew(self, come: Numbers, gone: Numbers) -> None:
        order = self._order[~self._flags(gone)[self._order]] if len(gone) else self._order
        if len(come) > _FEW:
            self._order = np.array(
                sorted([*order.tolist(), *come.tolist()], key=self._rank_of), dtype=np.int64
            )
        else:
            new = sorted(come.tolist(), key=self._rank_of)
            at = [bisect_left(order, self._rank_of(place), key=self._rank_of) for place in new]
            self._order = np.insert(order, at, new)

    def _rank_of(self, place: int) -> Rank:
        return self._nodes[place].rank

    def _grow(self) -> None:
        """Let there be room for all nodes, and for one that is none."""
        if len(self._nodes) >= len(self._rounds[0].group):
            for each in self._rounds:
                each.grow(len(self._nodes) + _ROOM)
        self._rank = np.full(len(self._rounds[0].group), NONE, dtype=np.int64)
        self._rank[self._order] = np.arange(len(self._order))

    def _flags(self, *places: Numbers) -> Flags:
        flags = np.zeros(max(len(self._rank), len(self._nodes) + 1), dtype=np.bool_)
        for each in places:
            flags[each] = True
        return flags

    def _matters(self, here: _Round, otherwise: Otherwise, joined: Flags, known: Flags) -> Flags:
        """Which pairs of nodes that are otherwise alike matter to their groups: these may be joined, or might
        have been before.  It is ``known`` of groups that are as in the last round."""
        one, other = (here.group[side] for side in otherwise.now[:2])
        known = np.asarray(known & (one != other))
        again = np.flatnonzero((one != other) & (joined[one] | joined[other]))
        if not len(again):
            return known
        asked = distinct(paired(one[again], other[again]))
        edges = self._edges(here, self._flags(one[again]))
        edges = edges.where(self._flags(other[again])[here.group[edges.other]])
        edges = edges.where(among(paired(here.group[edges.node], here.group[edges.other]), asked))
        both = together((otherwise.was, otherwise.was.turned()))
        stay = edges.where(~among(edges.pairs, np.sort(both.pairs)))
        met = among(paired(here.group[both.node], here.group[both.other]), asked) & (both.value > 0)
        found = [self._compare(here, told) for told in (edges, together((stay, both.where(met))))]
        may_join = np.sort(np.concatenate([paired(pairs.one, pairs.other) for pairs in found]))
        known[again] = among(paired(one[again], other[again]), may_join)
        return known

    def _open(self, here: _Round, moved: Moved, otherwise: Edges, joined: Flags, opened: Flags) -> _Opened:
        """The groups all of whose pairs are to be looked at again.

        They are others than in this round before, have a node whose being ``otherwise`` alike matters, or had
        such a group as their nearest.  Of the rest the nearest is the last one, or an open group.
        """
        others = np.concatenate((here.group[moved.node], moved.was, here.group[otherwise.node]))
        others = others[others >= 0]
        lost = np.flatnonzero(self._flags(others)[here.nearest])
        every = distinct(np.concatenate((others, lost)))
        every = every[here.group[every] == every]
        is_fresh = joined[every] | ~opened[every]
        fresh, stay = self._flags(every[is_fresh]), self._flags(every[~is_fresh])
        return _Opened(every, fresh, stay, joined & ~fresh)

    def _again(self, here: _Round, pairs: _Pairs, open_: _Opened) -> _Pairs:
        """The pairs of open groups: all of ``fresh`` ones, and of those that ``stay`` what is otherwise."""
        other = pairs.other
        same = (here.group[other] == other) & ~open_.joined[other] & ~open_.fresh[other]
        kept = pairs.where(open_.stay[pairs.one] & same)
        found = _together([_NO_PAIRS, *self._compared(here, open_)])
        other, one, alike = found.where(open_.stay[found.other])
        beside = self._compare(here, self._between(here, open_))
        return _together([kept, found, _Pairs(one, other, alike), beside])

    def _compared(self, here: _Round, open_: _Opened) -> Iterator[_Pairs]:
        """All pairs of groups that are compared anew."""
        heads = open_.every[open_.fresh[open_.every]]
        for start in range(0, len(heads), _AT_ONCE):
            edges = self._edges(here, self._flags(heads[start : start + _AT_ONCE]))
            yield self._compare(here, edges.where(here.group[edges.node] != here.group[edges.other]))

    def _edges(self, here: _Round, groups: Flags) -> Edges:
        """What is near to the nodes of groups."""
        return self._near.of(np.flatnonzero(groups[here.group]))

    def _between(self, here: _Round, open_: _Opened) -> Edges:
        """What is near to nodes of groups that stay in joined ones, looked for from where there is less."""
        sizes = [int(here.size[flags].sum()) for flags in (open_.stay, open_.joined)]
        if sizes[1] < sizes[0]:
            edges = self._edges(here, open_.joined).turned()
        else:
            edges = self._edges(here, open_.stay)
        met = open_.stay[here.group[edges.node]] & open_.joined[here.group[edges.other]]
        return edges.where(met)

    def _compare(self, here: _Round, edges: Edges) -> _Pairs:
        """The pairs of groups that may be joined, by all that is near to the nodes of the first.

        How alike two groups are is the mean of their average likeness and of how alike each member of the
        smaller is to its nearest in the larger: reports that leave out different slots are not alike two by
        two, and one loose likeness must not chain two matters.  Of two of one size the first is the smaller.
        """
        one, other = here.group[edges.node], here.group[edges.other]
        size, beside = here.size[one], here.size[other]
        is_smaller = (size < beside) | ((size == beside) & (self._rank[one] < self._rank[other]))
        member = np.where(is_smaller, edges.node, edges.other)
        count = max(1, len(here.group))
        key = (one * count + other) * count + member
        order = np.argsort(key)
        key, value = key[order], edges.value[order].astype(np.int64)
        members = _begins(key)
        pair = key[members] // count
        pairs = _begins(pair)
        total = _added(_added(value, members), pairs)
        most = _added(np.maximum.reduceat(value, members) if len(members) else value, pairs)
        one, other = np.divmod(pair[pairs], count)
        size, beside = here.size[one], here.size[other]
        small, large = np.minimum(size, beside), np.maximum(size, beside)
        average = np.minimum(1.0, total / (SCALE * small * np.minimum(large, COMPARED)))
        alike = (average + most / (SCALE * small)) / 2
        same = alike >= SAME
        return _Pairs(one[same], other[same], alike[same])

    def _settle(self, here: _Round, moved: Moved, open_: _Opened, pairs: _Pairs) -> Numbers:
        """Note the nearest of each group: of open ones among their pairs, of others what came nearer, if any.

        Of what is equally alike it is the first.  What comes back is the groups that may be joined otherwise:
        open ones, and those to which another is the nearest, or which were or are such a one's nearest.
        """
        other, one, value = pairs.where(~open_.are[pairs.other])
        nearer = distinct(one)
        touched = np.concatenate((open_.every, nearer))
        before = here.nearest[touched]
        known = nearer[here.nearest[nearer] >= 0]
        known_pairs = _Pairs(known, here.nearest[known], here.alike[known])
        ended = np.concatenate((open_.every, moved.node[here.group[moved.node] != moved.node]))
        here.nearest[ended], here.alike[ended] = NONE, 0.0
        one, other, value = _together([pairs, _Pairs(one, other, value), known_pairs])
        order = np.lexsort((self._rank[other], -value, one))
        first = order[differs(one[order])]
        here.nearest[one[first]], here.alike[one[first]] = other[first], value[first]
        return np.concatenate((touched, before, here.nearest[touched]))

    def _join(self, here: _Round, after: _Round, touched: Numbers, moved: Moved) -> Moved:
        """Make each two groups that are each other's nearest one, which goes by its first node; what that
        moves in the next round, where other nodes are in other groups than before or groups were touched."""
        nodes = np.flatnonzero(self._flags(touched[touched >= 0])[here.group])
        nodes = distinct(np.concatenate((nodes, moved.node)))
        group = here.group[nodes]
        near = np.where(group >= 0, here.nearest[group], NONE)
        joins = (near >= 0) & (here.nearest[near] == group) & (self._rank[near] < self._rank[group])
        return after.move(nodes, np.where(joins, near, group))

    def _regroup(self, moved: Moved) -> Heads:
        """Put together the groups of which nodes came or went."""
        now = self._rounds[-1].group
        heads = np.concatenate((moved.was, now[moved.node]))
        heads = distinct(heads[heads >= 0])
        gone = [head for head in heads.tolist() if self.groups.pop(head, None)]
        members = np.flatnonzero(self._flags(heads)[now])
        members = members[np.lexsort((self._rank[members], now[members]))]
        made = []
        for nodes in np.split(members, _begins(now[members])[1:]):
            if len(nodes):
                made.append(int(now[nodes[0]]))
                self.groups[made[-1]] = tuple(self._nodes[node] for node in nodes.tolist())
        return Heads(gone, made)


_NO_PAIRS = _Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def _together(pairs: Iterable[_Pairs]) -> _Pairs:
    one, other, alike = zip(*pairs, strict=True)
    return _Pairs(np.concatenate(one), np.concatenate(other), np.concatenate(alike))


def _begins(numbers: Numbers) -> Numbers:
    """Where each run of one number begins."""
    return np.flatnonzero(differs(numbers))


def _added(values: Numbers, where: Numbers) -> Numbers:
    return np.add.reduceat(values, where) if len(where) else values
