"""Which claims are compared at all: those that share a key, where few do; of many, each with some.

A block is whatever shares a key.  What a block has too much of is split by what else its claims name, and
what is still too much is laid in rings, each in another order, in which each claim has two neighbours: no
half of such a block stands apart from the other, and a claim that comes or goes changes its neighbours only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, combinations
from operator import itemgetter

from secondsource.corroborate.nodes import Node, Rank

_LONGEST = 60
_RINGS = 8

Pair = tuple[Node, Node]
Turned = tuple[str, Rank]


class Blocks:
    """Nodes under their keys; ``moved`` gathers the pairs that may have begun or ceased to be compared.

    `partners` tells which it is.  The order in which nodes come and go never matters to it.
    """

    def __init__(self) -> None:
        self._keys: dict[Node, tuple[int, ...]] = {}
        self._blocks: dict[int, _Block] = {}
        self.moved: set[Pair] = set()

    def put(self, node: Node, keys: Iterable[int], *, note: bool = True) -> None:
        """Put a node under its keys; without ``note`` where every node is new, and `moved` is all pairs."""
        self._keys[node] = tuple(set(keys))
        for key in self._keys[node]:
            block = self._blocks.get(key)
            if block is None:
                block = self._blocks[key] = _Own() if key & 1 else _Block()
            moved = block.put(node)
            if note:
                self.moved.update(moved)

    def drop(self, node: Node) -> None:
        """Take a node out."""
        for key in self._keys.pop(node):
            self.moved.update(self._blocks[key].drop(node))
            if not self._blocks[key].nodes:
                del self._blocks[key]

    def partners(self, node: Node) -> set[Node]:
        """What a node is compared with."""
        found: set[Node] = set()
        for key in self._keys[node]:
            found.update(self._blocks[key].partners(node))
        found.discard(node)
        return found

    def meet(self, one: Node, other: Node) -> bool:
        """True where two nodes are compared with each other."""
        keys = set(self._keys[other])
        return any(self._blocks[key].meet(one, other) for key in self._keys[one] if key in keys)


class _Block:
    """What shares a key.  One that is too long to compare has no pairs."""

    __slots__ = ("nodes",)

    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def put(self, node: Node) -> Iterable[Pair]:
        self.nodes.append(node)
        return combinations(self.nodes[:-1], 2) if len(self.nodes) == _LONGEST + 1 else ()

    def drop(self, node: Node) -> Iterable[Pair]:
        self.nodes.remove(node)
        return combinations(tuple(self.nodes), 2) if len(self.nodes) == _LONGEST else ()

    def partners(self, node: Node) -> Iterable[Node]:
        return self.nodes if len(self.nodes) <= _LONGEST else ()

    def meet(self, one: Node, other: Node) -> bool:  # whichever two
        return len(self.nodes) <= _LONGEST


class _Own(_Block):
    """What shares something that it names itself: where it is too long, it is split by what else it names."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        super().__init__()
        self._parts: defaultdict[str, _Part] | None = None

    def put(self, node: Node) -> Iterable[Pair]:
        moved = super().put(node)
        if len(self.nodes) <= _LONGEST:
            return moved
        if self._parts is None:
            self._parts = defaultdict(_Part)
            for each in self.nodes:
                self._in_parts(each)
            return moved
        return self._in_parts(node)

    def _in_parts(self, node: Node) -> Iterable[Pair]:
        assert self._parts is not None
        return chain.from_iterable([self._parts[item].put(node) for item in node.items])

    def drop(self, node: Node) -> Iterable[Pair]:
        moved = super().drop(node)
        if len(self.nodes) <= _LONGEST:
            self._parts = None
        if self._parts is None:
            return moved
        return chain.from_iterable([self._parts[item].drop(node) for item in node.items])

    def partners(self, node: Node) -> Iterable[Node]:
        if self._parts is None:
            return self.nodes
        return chain.from_iterable([self._parts[item].partners(node) for item in node.items])

    def meet(self, one: Node, other: Node) -> bool:
        if self._parts is None:
            return True
        return any(self._parts[item].meet(one, other) for item in {*one.items} & {*other.items})


class _Part(_Block):
    """A part of a block that was too long: where it is too long itself, its nodes stand in rings."""

    __slots__ = ("_rings",)

    def __init__(self) -> None:
        super().__init__()
        self._rings: list[_Ring] | None = None  # made when first asked for

    def put(self, node: Node) -> Iterable[Pair]:
        moved = super().put(node)
        if self._rings is None:
            return moved
        return [ring.put(node, turn) for turn, ring in enumerate(self._rings)]

    def drop(self, node: Node) -> Iterable[Pair]:
        moved = super().drop(node)
        if len(self.nodes) <= _LONGEST or self._rings is None:
            self._rings = None
            return moved
        return [ring.drop(node, turn) for turn, ring in enumerate(self._rings)]

    def partners(self, node: Node) -> Iterable[Node]:
        if len(self.nodes) <= _LONGEST:
            return self.nodes
        if self._rings is None:
            self._rings = [_Ring(self.nodes, turn) for turn in range(_RINGS)]
        return chain.from_iterable([ring.beside(node, turn) for turn, ring in enumerate(self._rings)])

    def meet(self, one: Node, other: Node) -> bool:
        return other in self.partners(one)


class _Ring:
    """Nodes in the order of their claims' ids, begun at another character; the last is beside the first."""

    __slots__ = ("_nodes", "_order")

    def __init__(self, nodes: Iterable[Node], turn: int) -> None:
        told = sorted([(_turned(node, turn), node) for node in nodes], key=itemgetter(0))
        self._order = [place for place, _ in told]
        self._nodes = [node for _, node in told]

    def put(self, node: Node, turn: int) -> Pair:
        """Let a node in; between which two it stands."""
        place = _turned(node, turn)
        at = bisect_left(self._order, place)
        self._order.insert(at, place)
        self._nodes.insert(at, node)
        return self._nodes[at - 1], self._nodes[(at + 1) % len(self._nodes)]

    def drop(self, node: Node, turn: int) -> Pair:
        """Let a node out; the two that stand beside each other now."""
        at = bisect_left(self._order, _turned(node, turn))
        del self._order[at], self._nodes[at]
        return self._nodes[at - 1], self._nodes[at % len(self._nodes)]

    def beside(self, node: Node, turn: int) -> Pair:
        """The two between which a node stands."""
        at = bisect_left(self._order, _turned(node, turn))
        return self._nodes[at - 1], self._nodes[(at + 1) % len(self._nodes)]


def _turned(node: Node, turn: int) -> Turned:
    """A node's place in a ring: its claim's id, which is a hash, begun at another character."""
    id = node.face.claim.id
    return id[2 + turn :] + id[: 2 + turn], node.rank
