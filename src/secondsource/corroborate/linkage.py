"""Average linkage over a sparse likeness, in rounds.

In each round every group that is another's nearest, and has it as its own nearest, is joined with it
(reciprocal nearest neighbours: Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
The Computer Journal 26, 1983).  What becomes of a group then hangs on what is near to it and on nothing
else in the case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from secondsource.corroborate.nodes import Node
from secondsource.corroborate.similarity import SAME

COMPARED = 24
"""So many of a larger group each member of the smaller one is taken to have been compared with."""

Near = Mapping[Node, Mapping[Node, float]]
"""How alike nodes are that are alike at all, in both directions; others count as nothing alike."""

_PLACES = 9


class Linkage:
    """Groups of nodes by how alike they are.

    Two groups are as alike as the mean of their average likeness and of how alike each member
    of the smaller is to its nearest in the larger: reports that leave out different slots are
    not alike two by two, and one loose likeness must not chain two matters.  A group goes by its first node.
    """

    def __init__(self, near: Near) -> None:
        self._near = near
        self._members: dict[Node, tuple[Node, ...]] = {node: (node,) for node in near}
        self._head = {node: node for node in near}
        self._like = {node: {o: v for o, v in met.items() if v >= SAME} for node, met in near.items()}
        self._touched = {node for node, like in self._like.items() if like}

    def run(self) -> list[tuple[Node, ...]]:
        """The groups, each in the order of its nodes."""
        while pairs := self._mutual():
            joined = [self._join(one, other) for one, other in pairs]
            done: set[Node] = set()
            for head in joined:
                self._face(head, done)
                done.add(head)
        return list(self._members.values())

    def _mutual(self) -> list[tuple[Node, Node]]:
        """The pairs that are each other's nearest, among those for which that may have changed."""
        found = set()
        for head in self._touched & self._members.keys():
            other = self._nearest(head)
            if other and self._nearest(other) is head:
                found.add((head, other) if head.rank < other.rank else (other, head))
        self._touched.clear()
        return list(found)

    def _nearest(self, head: Node) -> Node | None:
        """The group most alike to one; of those that are equally alike, the first pair decides."""
        like = self._like[head]
        if not like:
            return None
        most = max(like.values())
        best = [other for other, value in like.items() if value == most]
        return best[0] if len(best) == 1 else min(best, key=lambda other: sorted((head.rank, other.rank)))

    def _face(self, head: Node, done: Collection[Node]) -> None:
        """Compare a group with whatever is near it, but for what is ``done``."""
        met: defaultdict[Node, list[tuple[Node, Node, float]]] = defaultdict(list)
        heads = self._head
        for member in self._members[head]:
            for other, value in self._near[member].items():
                met[heads[other]].append((member, other, value))
        met.pop(head, None)
        for other, pairs in met.items():
            if other not in done:
                self._set(head, other, self._alike(head, other, pairs))

    def _set(self, one: Node, other: Node, value: float) -> None:
        mine, others = self._like[one], self._like[other]
        if value >= SAME:
            mine[other] = others[one] = value
        elif mine.pop(other, None) is None:
            return
        else:
            del others[one]
        self._touched.update((one, other))

    def _alike(self, one: Node, other: Node, pairs: Iterable[tuple[Node, Node, float]]) -> float:
        sizes = len(self._members[one]), len(self._members[other])
        side = 0 if sizes[0] < sizes[1] or (sizes[0] == sizes[1] and one.rank < other.rank) else 1
        total, nearest = 0.0, dict[Node, float]()
        for ours, theirs, value in pairs:
            total += value
            member = theirs if side else ours
            if value > nearest.get(member, 0.0):
                nearest[member] = value
        small, large = sizes[side], sizes[1 - side]
        average = min(1.0, total / (small * min(large, COMPARED)))
        return round((average + sum(nearest.values()) / small) / 2, _PLACES)

    def _join(self, one: Node, other: Node) -> Node:
        """Make two groups one, which goes by the first."""
        moved = self._members.pop(other)
        self._members[one] = tuple(sorted((*self._members[one], *moved), key=lambda node: node.rank))
        self._head |= dict.fromkeys(moved, one)
        for gone in (one, other):
            for third in self._like[gone]:
                self._like[third].pop(gone, None)
            self._touched.update(self._like[gone])
        del self._like[other]
        self._like[one] = {}
        return one
