"""Judgements as they bear on the nodes of a case: bound to them, and set against each other.

The newest judgement on a pair stands.  What a person called different is never joined, by no
likeness and by no chain of other judgements; one that would is set aside, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from secondsource import names
from secondsource.model import Conflict, Judgement, Place, Side
from secondsource.resolve.nodes import NodeKey, Words

Marks = frozenset[str]
PAIRS = ("pair", "alias")


class Held(Protocol):
    """The nodes of a case, to be found again."""

    def at(self, place: Place) -> Collection[NodeKey]: ...
    def under(self, words: Words) -> Collection[NodeKey]: ...
    def words(self, node: NodeKey) -> Words: ...


@dataclass(frozen=True)
class Bound:
    """A judgement with the nodes of its two sides."""

    judgement: Judgement
    left: frozenset[NodeKey]
    right: frozenset[NodeKey]

    def meets(self, other: Bound) -> bool:
        """True where both are on the same two things."""
        straight = self.left & other.left and self.right & other.right
        return bool(straight or (self.left & other.right and self.right & other.left))


@dataclass
class Obeyed:
    """What judgements say of nodes.

    ``marks`` are the sides of negative ones that a node is on; ``together`` the class of nodes
    that positive ones make one; ``renamed`` a name that a person gave; ``torn`` are words under
    which a person knows several things; ``order`` is that in which judgements were made.
    """

    marks: dict[NodeKey, Marks] = field(default_factory=dict)
    together: dict[NodeKey, NodeKey] = field(default_factory=dict)
    bearing: dict[NodeKey, tuple[Judgement, ...]] = field(default_factory=dict)
    renamed: dict[NodeKey, str] = field(default_factory=dict)
    torn: frozenset[Words] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    order: dict[str, int] = field(default_factory=dict)

    def of(self, node: NodeKey) -> tuple[object, ...]:
        """All that is said of a node, to see whether it changed."""
        return self.marks.get(node), self.together.get(node), self.bearing.get(node), self.renamed.get(node)

    def nodes(self) -> set[NodeKey]:
        return {*self.marks, *self.together, *self.bearing}


def forbidden(one: Collection[str], other: Collection[str]) -> bool:
    """True where a person called two things different that bear these marks."""
    few, many = sorted((one, other), key=len)
    return any(_opposite(mark) in many for mark in few)


def _opposite(mark: str) -> str:
    return mark[:-1] + ("r" if mark[-1] == "l" else "l")


def obey(judgements: Sequence[Judgement], held: Held) -> Obeyed:
    """What ``judgements``, the oldest first, say of the nodes that are ``held``."""
    bound = [_bound(one, held) for one in judgements if one.undone is None]
    conflicts: list[Conflict] = []
    pairs = _standing([one for one in bound if one.judgement.kind in PAIRS], conflicts)
    classes = _Classes(_marks(one for one in pairs if one.judgement.decision == "negative"))
    for one in reversed([one for one in pairs if one.judgement.decision == "positive"]):
        if against := classes.join(one):
            conflicts.append(Conflict(one.judgement.id, against, "others on these things say different"))
    marks, together = classes.marks(), classes.together()
    bearing: dict[NodeKey, tuple[Judgement, ...]] = {}
    for one in bound:
        for node in one.left | one.right:
            bearing[node] = (*bearing.get(node, ()), one.judgement)
    renamed = {
        min(one.left): one.judgement.value for one in bound if one.judgement.kind == "rename" and one.left
    }
    torn = _torn(marks, together, held.words)
    order = {one.id: at for at, one in enumerate(judgements)}
    return Obeyed(marks, together, bearing, renamed, torn, tuple(conflicts), order)


def _bound(judgement: Judgement, held: Held) -> Bound:
    left = _nodes(judgement.left, held)
    right = _nodes(judgement.right, held) if judgement.right else frozenset()
    if judgement.right and left & right:  # namesakes are told apart by their places alone
        left, right = _placed(judgement.left, held), _placed(judgement.right, held)
    return Bound(judgement, left - right, right - left)


def _nodes(side: Side, held: Held) -> frozenset[NodeKey]:
    return _placed(side, held) or frozenset(
        held.under((names.kind_of(side.schema), names.parse(side.name, side.schema).key))
    )


def _placed(side: Side, held: Held) -> frozenset[NodeKey]:
    return frozenset(node for place in side.places for node in held.at(place))


def _standing(bound: Sequence[Bound], conflicts: list[Conflict]) -> list[Bound]:
    """Those that no newer one on the same two things contradicts, the oldest first."""
    kept: list[Bound] = []
    by_node: dict[NodeKey, list[Bound]] = defaultdict(list)
    for one in reversed(bound):
        near = {other.judgement.id: other for node in one.left for other in by_node[node]}
        against = [other for other in near.values() if other.meets(one) and _contradict(one, other)]
        if against:
            newer = tuple(sorted(other.judgement.id for other in against))
            conflicts.append(Conflict(one.judgement.id, newer, "a newer one on the same two things stands"))
            continue
        kept.insert(0, one)
        for node in one.left | one.right:
            by_node[node].append(one)
    return kept


def _contradict(one: Bound, other: Bound) -> bool:
    return one.judgement.decision != other.judgement.decision


def _marks(negative: Iterable[Bound]) -> dict[NodeKey, Marks]:
    marks: dict[NodeKey, set[str]] = defaultdict(set)
    for one in negative:
        for side, nodes in (("l", one.left), ("r", one.right)):
            for node in nodes:
                marks[node].add(f"{one.judgement.id} {side}")
    return {node: frozenset(held) for node, held in marks.items()}


class _Classes:
    """Nodes that positive judgements make one, with the marks of all of them."""

    def __init__(self, marks: dict[NodeKey, Marks]) -> None:
        self._home: dict[NodeKey, NodeKey] = {}
        self._marks = dict(marks)
        self._marked = list(marks)

    def _top(self, node: NodeKey) -> NodeKey:
        while (up := self._home.get(node, node)) != node:
            node = up
        return node

    def join(self, bound: Bound) -> tuple[str, ...]:
        """Make the nodes of both sides one; where negative ones forbid it their ids, and nothing is done."""
        tops = sorted({self._top(node) for node in bound.left | bound.right})
        marks: Marks = frozenset().union(*(self._marks.get(top, frozenset()) for top in tops))
        if against := {mark[:-2] for mark in marks if _opposite(mark) in marks}:
            return tuple(sorted(against))
        for top in tops:
            self._home[top] = tops[0]
        if marks:
            self._marks[tops[0]] = marks
        return ()

    def together(self) -> dict[NodeKey, NodeKey]:
        return {node: self._top(node) for node in self._home}

    def marks(self) -> dict[NodeKey, Marks]:
        nodes = {*self._home, *self._marked}
        return {node: held for node in nodes if (held := self._marks.get(self._top(node)))}


def _torn(
    marks: Mapping[NodeKey, Marks], together: Mapping[NodeKey, NodeKey], words: Callable[[NodeKey], Words]
) -> frozenset[Words]:
    """The words under which things called different stand, or would if what was called one is joined."""
    under: dict[Words, set[str]] = defaultdict(set)
    for node, held in marks.items():
        under[words(node)] |= held
    torn = {here for here, marked in under.items() if forbidden(marked, marked)}
    classes: dict[NodeKey, set[Words]] = defaultdict(set)
    for node, top in together.items():
        classes[top].add(words(node))
    while True:
        more = {
            here
            for bases in _united(classes.values(), torn)
            if forbidden(all_marks := set().union(*(under[here] for here in bases)), all_marks)
            for here in bases
        } - torn
        if not more:
            return frozenset(torn)
        torn |= more


def _united(classes: Iterable[set[Words]], torn: Collection[Words]) -> list[set[Words]]:
    """Words that come together because classes share them, without those that are torn anyway."""
    groups: list[set[Words]] = []
    for bases in classes:
        here = bases - set(torn)
        touching = [group for group in groups if group & here]
        groups = [group for group in groups if not group & here]
        groups.append(here.union(*touching))
    return groups
