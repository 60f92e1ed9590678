"""Matters that are kept up to date: documents come and go, and only what they touch is compared again.

The outcome is that of a case whose documents all came at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress

import numpy as np

from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.linkage import Linkage
from secondsource.corroborate.matters import FLOOR, Group, first, likenesses, whole
from secondsource.corroborate.nodes import Node, Signature, code, keys, rank, top_names
from secondsource.corroborate.rows import Numbers
from secondsource.corroborate.similarity import Likeness, Shift
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.telling import Parents, Told

_MOST = 0.3
"""Where more than this share of the documents is otherwise than before, everything is compared anew."""

Pair = tuple[Node, Node]


@dataclass(slots=True)
class _Changes:
    """Nodes that came, that went, and that are compared again since what they are compared by changed."""

    came: set[Node] = field(default_factory=set)
    gone: set[Node] = field(default_factory=set)
    again: set[Node] = field(default_factory=set)


class Matters:
    """The matters of a case whose claims are compared by ``like``."""

    def __init__(self, like: Likeness) -> None:
        self._like = like
        self._told: Told = {}
        self._parents: Parents = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._nodes: dict[Signature, Node] = {}
        self._faces: dict[int, Node] = {}
        self._blocks = Blocks()
        self._near: dict[Node, dict[Node, int]] = {}
        self._linkage = Linkage({})
        self._groups: dict[int, tuple[tuple[Node, ...], Group]] = {}

    def follow(
        self, told: Told, changed: set[str], parents: Parents, moved: set[str], shift: Shift
    ) -> list[Group]:
        """The matters of what documents tell, of which some ``changed`` and some ``moved`` to other parents.

        Groups and their members are in an order of their own; a group that stays is the same object.
        """
        before, self._told, self._parents = self._told, dict(told), parents
        if not self._nodes or len(changed) > _MOST * len(told):
            self._anew()
        else:
            self._compare(self._put(before, changed, moved), shift)
        known = self._groups
        self._groups = {
            id(nodes): known.get(id(nodes)) or (nodes, _claims(nodes)) for nodes in self._linkage.groups()
        }
        return sorted((group for _, group in self._groups.values()), key=first)

    @property
    def compared(self) -> Iterable[Pair]:
        """The pairs that are compared at all, each from both sides; nothing that is one with itself."""
        return ((node, other) for node in self._near for other in (node, *self._blocks.partners(node)))

    def _anew(self) -> None:
        self._names = {id: top_names(here) for id, here in self._told.items()}
        members: defaultdict[Signature, list[Slots]] = defaultdict(list)
        for slots in chain.from_iterable(self._told.values()):
            members[slots.signature].append(slots)
        self._nodes, self._faces = {}, {}
        self._blocks = Blocks()
        for signature, held in members.items():
            node = Node.of(sorted(held, key=rank))
            self._hold(signature, node)
            self._blocks.put(node, self._keys(node), note=False)
        self._near = likenesses(list(self._nodes.values()), self._blocks, self._like)
        self._linkage = Linkage(self._near)

    def _hold(self, signature: Signature, node: Node) -> None:
        self._nodes[signature] = node
        self._faces[id(node.face)] = node

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
            del self._faces[id(old.face)]
        stay = [slots for slots in old.members if slots.claim.document not in changed] if old else []
        members = tuple(sorted((*stay, *coming), key=rank))
        if old and members != old.members:
            found.gone.add(old)
        if members:
            new = old if old and members == old.members else Node.of(members)
            self._hold(signature, new)
            self._blocks.put(new, self._keys(new))
            (found.again if new is old else found.came).add(new)

    def _compare(self, changes: _Changes, shift: Shift) -> None:
        """Compare again what changes touch, and bring the groups up to date."""
        touched = {other for node in changes.gone for other in self._near[node]} - changes.gone
        for node in changes.gone:
            for other in self._near.pop(node):
                self._near.get(other, {}).pop(node, None)
        self._near |= {node: {} for node in changes.came}
        changes.again.update(self._whose(self._like.touched(shift)))
        touched |= changes.came
        partners = {node: self._blocks.partners(node) for node in changes.came | changes.again}
        apart = [(node, other) for node, met in partners.items() for other in self._near[node].keys() - met]
        pairs = [(node, other) for node, met in partners.items() for other in met]
        pairs += self._retold(partners, shift)
        for one, other in self._moved(partners):
            met = self._blocks.meet(one, other)
            if met != (other in self._near[one]):
                (pairs if met else apart).append((one, other))
        otherwise = self._set(apart, [0.0] * len(apart)) + self._set(pairs, self._likenesses(pairs))
        self._linkage.update(touched.union(*otherwise), changes.gone, _cover(otherwise, changes.came))

    def _whose(self, claims: Iterable[Slots]) -> set[Node]:
        """The nodes that stand for themselves by one of these claims."""
        return set(filter(None, (self._faces.get(id(slots)) for slots in claims)))

    def _retold(self, done: Collection[Node], shift: Shift) -> list[Pair]:
        """The pairs whose documents are more or less of one story than before, but for those of ``done``."""
        nodes = self._whose(self._like.telling(shift.documents)) - set(done)
        pairs = [
            (node, other) for node in nodes for other in self._blocks.partners(node) if other not in done
        ]
        return list(compress(pairs, self._like.retold(*self._places(pairs)).tolist()))

    def _moved(self, done: Collection[Node]) -> list[Pair]:
        """The pairs that may have begun or ceased to be compared, but for those that are compared anyway."""
        found = [
            (one, other)
            for one, other in self._blocks.moved
            if one in self._near and other in self._near and one not in done and other not in done
        ]
        self._blocks.moved.clear()
        return found

    def _likenesses(self, pairs: Sequence[Pair]) -> list[float]:
        found: list[float] = self._like.between(*self._places(pairs)).tolist()
        return found

    def _places(self, pairs: Sequence[Pair]) -> tuple[Numbers, Numbers]:
        """The numbers by which both sides of pairs are compared."""
        nodes = list({node for pair in pairs for node in pair})
        places = dict(zip(nodes, self._like.places([node.face for node in nodes]).tolist(), strict=True))
        one, other = (
            np.fromiter((places[pair[side]] for pair in pairs), np.int64, len(pairs)) for side in (0, 1)
        )
        return one, other

    def _set(self, pairs: Sequence[Pair], values: Sequence[float]) -> list[Pair]:
        """Note how alike pairs are; those that are otherwise than before."""
        otherwise = list[Pair]()
        for (one, other), value, added in zip(pairs, values, whole(np.array(values)), strict=True):
            if value < FLOOR:
                if self._near[one].pop(other, None) is None:
                    continue
                del self._near[other][one]
            elif self._near[one].get(other) == added:
                continue
            else:
                self._near[one][other] = self._near[other][one] = added
            otherwise.append((one, other))
        return otherwise


def _cover(pairs: Iterable[Pair], known: Iterable[Node]) -> set[Node]:
    """Nodes of which each pair has one, those that are ``known`` to be among them."""
    found = set(known)
    for one, other in pairs:
        if one not in found and other not in found:
            found.add(one)
    return found


def _claims(group: Sequence[Node]) -> Group:
    return tuple(slots for node in group for slots in node.members)
