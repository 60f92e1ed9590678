"""Average linkage over a sparse likeness, in rounds, and kept up to date.

In each round every group that is another's nearest, and has it as its own nearest, is joined with it
(reciprocal nearest neighbours: Murtagh, "A survey of recent advances in hierarchical clustering algorithms",
The Computer Journal 26, 1983).  What becomes of a group then hangs on what is near to it and on nothing
else in the case, so that a change is followed through the rounds from where it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from secondsource.corroborate.nodes import Node
from secondsource.corroborate.similarity import SAME

COMPARED = 24
"""So many of a larger group each member of the smaller one is taken to have been compared with."""

Near = Mapping[Node, Mapping[Node, float]]
"""How alike nodes are that are alike at all, in both directions; others count as nothing alike."""

Pair = tuple[Node, Node]
Met = Iterable[tuple[Node, Node, float]]
"""Members of one group and of another, with how alike they are."""

_PLACES = 9


def alike(one: Node, other: Node, sizes: tuple[int, int], pairs: Met) -> float:
    """How alike two groups are, 0–1, by the pairs of their members.

    It is the mean of their average likeness and of how alike each member of the smaller is to its
    nearest in the larger: reports that leave out different slots are not alike two by two, and one loose
    likeness must not chain two matters.  Of two of one size the first is the smaller.
    """
    second = sizes[1] < sizes[0] or (sizes[0] == sizes[1] and other.rank < one.rank)
    total, nearest = 0.0, dict[Node, float]()
    for ours, theirs, value in pairs:
        total += value
        member = theirs if second else ours
        if value > nearest.get(member, 0.0):
            nearest[member] = value
    small, large = sizes[::-1] if second else sizes
    average = min(1.0, total / (small * min(large, COMPARED)))
    return round((average + sum(nearest.values()) / small) / 2, _PLACES)


def in_order(one: Node, other: Node) -> Pair:
    return (one, other) if one.rank < other.rank else (other, one)


def _nearest(head: Node, like: Mapping[Node, float]) -> Node | None:
    """The group most alike to one; of those that are equally alike, the first pair decides."""
    if not like:
        return None
    most = max(like.values())
    best = [other for other, value in like.items() if value == most]
    return best[0] if len(best) == 1 else min(best, key=lambda other: [n.rank for n in in_order(head, other)])


class Linkage:
    """Groups of nodes by how alike they are.  A group goes by its first node, its head.

    ``near`` is looked at again by `update`; whoever changes it says which nodes that touches.
    """

    def __init__(self, near: Near) -> None:
        self.near = near
        self._into: dict[Node, tuple[int, Node]] = {}  # of heads that were: when, and into which group
        self._took: defaultdict[Node, dict[Node, int]] = defaultdict(dict)
        self._joined: defaultdict[int, dict[Node, Node]] = defaultdict(dict)  # by round, what into what
        self._rounds = 0
        for number, pairs in enumerate(_Rounds(near)):
            for one, other in pairs:
                self._join(number, one, other)

    def groups(self) -> list[tuple[Node, ...]]:
        """The groups, each in the order of its nodes."""
        return [
            tuple(sorted(self.members(head, self._rounds), key=lambda node: node.rank))
            for head in self.near
            if head not in self._into
        ]

    def members(self, head: Node, number: int) -> list[Node]:
        """The nodes of a group as it was before round ``number``."""
        found = [head]
        for other, when in self._took[head].items() if head in self._took else ():
            if when < number:
                found += self.members(other, when)
        return found

    def head(self, node: Node, number: int) -> Node:
        """The head of the group that a node was in before round ``number``."""
        while node in self._into and self._into[node][0] < number:
            node = self._into[node][1]
        return node

    def _join(self, number: int, one: Node, other: Node) -> None:
        self._into[other] = number, one
        self._took[one][other] = number
        self._joined[number][other] = one
        self._rounds = max(self._rounds, number + 1)

    def update(self, touched: Iterable[Node], gone: Collection[Node] = ()) -> None:
        """Bring the groups up to date where pairs of ``touched`` nodes are otherwise than before.

        Whatever was near to a node that is ``gone`` must be among those touched.
        """
        again = _Again(self, touched)
        for node in gone:
            again.changed(node, 0)
            self._took.pop(node, None)
        number = 0
        while again.round(number) or number < self._rounds:
            number += 1

    def separate(self, number: int, one: Node, other: Node) -> None:
        """Take back that ``other`` was joined with ``one``."""
        del self._into[other]
        del self._took[one][other]
        del self._joined[number][other]

    def joined(self, number: int) -> set[Node]:
        """The heads of the groups that were joined in a round."""
        pairs = self._joined.get(number, {})
        return {*pairs, *pairs.values()}


class _Rounds:
    """The rounds of a whole case, as the pairs that are joined in each."""

    def __init__(self, near: Near) -> None:
        self._near = near
        self._members: dict[Node, tuple[Node, ...]] = {node: (node,) for node in near}
        self._head = {node: node for node in near}
        self._like = {node: {o: v for o, v in met.items() if v >= SAME} for node, met in near.items()}
        self._touched = {node for node, like in self._like.items() if like}

    def __iter__(self) -> Iterator[list[Pair]]:
        while pairs := self._mutual():
            yield pairs
            joined = [self._join(one, other) for one, other in pairs]
            done: set[Node] = set()
            for head in joined:
                self._face(head, done)
                done.add(head)

    def _mutual(self) -> list[Pair]:
        """The pairs that are each other's nearest, among those for which that may have changed."""
        found = set()
        for head in self._touched & self._members.keys():
            other = _nearest(head, self._like[head])
            if other and _nearest(other, self._like[other]) is head:
                found.add(in_order(head, other))
        self._touched.clear()
        return list(found)

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
                self._set(head, other, pairs)

    def _set(self, one: Node, other: Node, pairs: Met) -> None:
        sizes = len(self._members[one]), len(self._members[other])
        value = alike(one, other, sizes, pairs)
        mine, others = self._like[one], self._like[other]
        if value >= SAME:
            mine[other] = others[one] = value
        elif mine.pop(other, None) is None:
            return
        else:
            del others[one]
        self._touched.update((one, other))

    def _join(self, one: Node, other: Node) -> Node:
        """Make two groups one, which goes by the first."""
        moved = self._members.pop(other)
        self._members[one] += moved
        self._head |= dict.fromkeys(moved, one)
        for gone in (one, other):
            for third in self._like[gone]:
                self._like[third].pop(gone, None)
            self._touched.update(self._like[gone])
        del self._like[other]
        self._like[one] = {}
        return one


class _Again:
    """Follows a change through the rounds; ``open`` are the heads of groups that are others than before.

    A group with a node of which a pair is otherwise is decided on again in every round; where that comes out
    as before, it is no other group.
    """

    def __init__(self, linkage: Linkage, touched: Iterable[Node]) -> None:
        self._linkage = linkage
        self._touched = set(touched)
        self.open: defaultdict[int, set[Node]] = defaultdict(set)
        self._asked: defaultdict[int, set[Node]] = defaultdict(set)
        self._number = 0
        self._members: dict[Node, list[Node]] = {}
        self._best: dict[Node, Node | None] = {}
        self._met: dict[Node, frozenset[Node]] = {}

    def changed(self, head: Node, number: int) -> None:
        """Note that a group is another from round ``number`` on: what was joined with it since is parted."""
        linkage = self._linkage
        self.open[number].add(head)
        for other, when in list(linkage._took[head].items()) if head in linkage._took else ():
            if when >= number:
                linkage.separate(when, head, other)
                self._asked[when].add(other)
                self.open[when + 1].add(other)
        when, into = linkage._into.get(head, (-1, head))
        if when >= number:
            linkage.separate(when, into, head)
            self._asked[when].add(into)
            self.changed(into, when + 1)

    def round(self, number: int) -> bool:
        """Decide again what is joined in a round; True where that is anything new."""
        self._number, linkage = number, self._linkage
        self._forget(linkage.joined(number - 1))
        open_ = {head for head in self.open.pop(number, ()) if self._is_head(head)}
        asked = open_ | {head for head in self._asked.pop(number, ()) if self._is_head(head)}
        asked |= self._shaken()
        for head in open_:
            asked |= self._around(head)
        pairs = self._mutual(asked)
        self._take_back(asked, pairs)
        new = [pair for pair in pairs if linkage._into.get(pair[1]) != (number, pair[0])]
        for one, other in new:
            self.changed(one, number + 1)
            self.changed(other, number + 1)
            linkage._join(number, one, other)
        joined = {other for _, other in new}
        self.open[number + 1] |= open_
        self.open[number + 1] -= joined
        return bool(new)

    def _forget(self, joined: set[Node]) -> None:
        """Keep from one round to the next what is known of groups near which nothing was joined."""
        for head in [one for one, met in self._met.items() if one in joined or not joined.isdisjoint(met)]:
            del self._best[head], self._met[head]
        for head in joined & self._members.keys():
            del self._members[head]

    def _shaken(self) -> set[Node]:
        """The groups of nodes that were touched; as rounds go by they are fewer."""
        self._touched = {self._linkage.head(node, self._number) for node in self._touched}
        return self._touched

    def _is_head(self, node: Node) -> bool:
        return node in self._linkage.near and self._linkage.head(node, self._number) is node

    def _take_back(self, asked: Iterable[Node], pairs: Collection[Pair]) -> None:
        """Part what was joined in this round and would not be now."""
        linkage, number = self._linkage, self._number
        for head in asked:
            when, into = linkage._into.get(head, (-1, head))
            was = [(into, head)] if when == number else []
            took = linkage._took[head].items() if head in linkage._took else ()
            was += [(head, other) for other, when in took if when == number]
            for one, other in was:
                if (one, other) not in pairs:
                    linkage.separate(number, one, other)
                    self.changed(one, number + 1)
                    self.changed(other, number + 1)

    def _mutual(self, asked: Iterable[Node]) -> set[Pair]:
        found = set()
        for head in asked:
            other = self._nearest(head)
            if other and self._nearest(other) is head:
                found.add(in_order(head, other))
        return found

    def _nearest(self, head: Node) -> Node | None:
        if head not in self._best:
            self._best[head] = _nearest(head, self._like(head))
        return self._best[head]

    def _held(self, head: Node) -> list[Node]:
        if head not in self._members:
            self._members[head] = self._linkage.members(head, self._number)
        return self._members[head]

    def _around(self, head: Node) -> set[Node]:
        near, find = self._linkage.near, self._linkage.head
        return {find(other, self._number) for member in self._held(head) for other in near[member]}

    def _like(self, head: Node) -> dict[Node, float]:
        """How alike a group is to what is near it, where they may be joined."""
        met: defaultdict[Node, list[tuple[Node, Node, float]]] = defaultdict(list)
        for member in self._held(head):
            for other, value in self._linkage.near[member].items():
                met[self._linkage.head(other, self._number)].append((member, other, value))
        met.pop(head, None)
        self._met[head] = frozenset(met)
        found = {}
        for other, pairs in met.items():
            value = alike(head, other, (len(self._held(head)), len(self._held(other))), pairs)
            if value >= SAME:
                found[other] = value
        return found
