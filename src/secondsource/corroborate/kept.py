"""Matters that are kept up to date: documents come and go, and only what they touch is compared again.

The outcome is that of `matters`, whatever came and went before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.linkage import Linkage
from secondsource.corroborate.matters import FLOOR, Group, first, likenesses
from secondsource.corroborate.nodes import Node, code, keys, rank, top_names
from secondsource.corroborate.similarity import Likeness
from secondsource.corroborate.slots import Slots

_MOST = 0.3
"""Where more than this share of the documents is otherwise than before, everything is compared anew."""

Told = Mapping[str, tuple[Slots, ...]]
Parents = Mapping[str, frozenset[str]]
Signature = tuple[object, ...]


@dataclass(slots=True)
class _Changes:
    """Nodes that came, that went, and that are compared again since what they are compared by changed."""

    came: set[Node] = field(default_factory=set)
    gone: set[Node] = field(default_factory=set)
    again: set[Node] = field(default_factory=set)


class Matters:
    """The matters of a case that changes."""

    def __init__(self) -> None:
        self._told: Told = {}
        self._parents: Parents = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._like: Likeness | None = None
        self._nodes: dict[Signature, Node] = {}
        self._blocks = Blocks()
        self._near: dict[Node, dict[Node, float]] = {}
        self._linkage = Linkage({})
        self._groups: dict[tuple[Node, ...], Group] = {}

    def groups(
        self, every: Iterable[Slots], like: Likeness, linked: Iterable[tuple[str, str]]
    ) -> list[Group]:
        """The matters of ``every`` claim, as `matters` gives them; a group that stays is the same object."""
        told, parents = _by_document(every), _parents(linked)
        changed = {id for id in told.keys() | self._told.keys() if told.get(id) != self._told.get(id)}
        moved = {
            id for id in parents.keys() | self._parents.keys() if parents.get(id) != self._parents.get(id)
        }
        before, self._told, self._parents = self._told, told, parents
        if self._like is None or len(changed) > _MOST * len(told):
            self._anew(like)
        else:
            self._follow(self._put(before, changed, moved), like)
        self._like = like
        found = self._linkage.groups()
        self._groups = {group: self._groups.get(group) or _claims(group) for group in found}
        return sorted(self._groups.values(), key=first)

    def _anew(self, like: Likeness) -> None:
        self._names = {id: top_names(here) for id, here in self._told.items()}
        members: defaultdict[Signature, list[Slots]] = defaultdict(list)
        for here in self._told.values():
            for slots in here:
                members[slots.signature].append(slots)
        self._nodes = {signature: Node.of(sorted(held, key=rank)) for signature, held in members.items()}
        self._blocks = Blocks()
        for node in self._nodes.values():
            self._blocks.put(node, self._keys(node), note=False)
        self._near = likenesses(list(self._nodes.values()), self._blocks, like)
        self._linkage = Linkage(self._near)

    def _keys(self, node: Node) -> Iterable[int]:
        return map(code, keys(node, self._names, self._parents))

    def _put(self, before: Told, changed: set[str], moved: set[str]) -> _Changes:
        """Put what changed documents tell in the place of what they told."""
        for id in changed:
            self._names.pop(id, None)
            if id in self._told:
                self._names[id] = top_names(self._told[id])
        touched = {
            slots.signature for id in changed for told in (before, self._told) for slots in told.get(id, ())
        } | {slots.signature for id in moved for slots in self._told.get(id, ())}
        coming: defaultdict[Signature, list[Slots]] = defaultdict(list)
        for id in changed:
            for slots in self._told.get(id, ()):
                coming[slots.signature].append(slots)
        found = _Changes()
        for signature in touched:
            self._replace(signature, changed, coming.get(signature, ()), found)
        return found

    def _replace(
        self, signature: Signature, changed: set[str], coming: Sequence[Slots], found: _Changes
    ) -> None:
        old = self._nodes.pop(signature, None)
        if old:
            self._blocks.drop(old)
        stay = [slots for slots in old.members if slots.claim.document not in changed] if old else []
        members = tuple(sorted((*stay, *coming), key=rank))
        if old and members != old.members:
            found.gone.add(old)
        if members:
            new = old if old and members == old.members else Node.of(members)
            self._nodes[signature] = new
            self._blocks.put(new, self._keys(new))
            (found.again if new is old else found.came).add(new)

    def _follow(self, changes: _Changes, like: Likeness) -> None:
        """Compare again what changes touch, and bring the groups up to date."""
        assert self._like is not None
        touched = {other for node in changes.gone for other in self._near[node]} - changes.gone
        for node in changes.gone:
            for other in self._near.pop(node):
                self._near.get(other, {}).pop(node, None)
        self._near |= {node: {} for node in changes.came}
        shift = like.shift(self._like)
        if shift:
            changes.again |= {node for node in self._nodes.values() if shift.touches(node.face)}
        touched |= changes.came
        for node in changes.came | changes.again:
            touched |= self._compare(node, self._blocks.partners(node), like)
        for one, other in self._blocks.moved:
            if one in self._near and other in self._near and not {one, other} & changes.came:
                touched |= self._settle(one, other, like)
        self._blocks.moved.clear()
        self._linkage.update(touched, changes.gone)

    def _compare(self, node: Node, partners: set[Node], like: Likeness) -> set[Node]:
        """Compare a node with its partners; the nodes of pairs that are otherwise than before."""
        near, face = self._near[node], node.face
        touched = set()
        for other in partners | near.keys():
            value = like(face, other.face) if other in partners else 0.0
            if self._set(node, other, value):
                touched |= {node, other}
        return touched

    def _settle(self, one: Node, other: Node, like: Likeness) -> set[Node]:
        """Compare a pair, or no longer; both where that is otherwise than before."""
        met = other in self._blocks.partners(one)
        if met == (other in self._near[one]):
            return set()
        return {one, other} if self._set(one, other, like(one.face, other.face) if met else 0.0) else set()

    def _set(self, one: Node, other: Node, value: float) -> bool:
        near = self._near[one]
        if value < FLOOR:
            if near.pop(other, None) is None:
                return False
            del self._near[other][one]
        elif near.get(other) == value:
            return False
        else:
            near[other] = self._near[other][one] = value
        return True


def _by_document(every: Iterable[Slots]) -> Told:
    told: defaultdict[str, list[Slots]] = defaultdict(list)
    for slots in every:
        told[slots.claim.document].append(slots)
    return {id: tuple(here) for id, here in told.items()}


def _parents(linked: Iterable[tuple[str, str]]) -> Parents:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for child, parent in linked:
        parents[child].add(parent)
    return {child: frozenset(held) for child, held in parents.items()}


def _claims(group: Sequence[Node]) -> Group:
    return tuple(slots for node in group for slots in node.members)
