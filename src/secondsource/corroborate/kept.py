"""Matters that are kept up to date: documents come and go, and only what they touch is compared again.

The outcome is that of a case whose documents all came at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.keys import keyed
from secondsource.corroborate.linkage import Linkage
from secondsource.corroborate.matters import FLOOR, Group, first, whole
from secondsource.corroborate.nodes import Node, Rank, Signature, rank, top_names
from secondsource.corroborate.rows import NONE, Flags, Numbers
from secondsource.corroborate.similarity import Likeness, Shift
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.tables import Pairs
from secondsource.corroborate.telling import Parents, Told
from secondsource.shares import shared

_MOST = 0.3
"""Where more than this share of the documents is otherwise than before, everything is compared anew."""

WORTH = 1_000_000
"""Pairs from which on another process pays."""

Pair = tuple[Node, Node]


@dataclass(slots=True)
class _Changes:
    """Nodes that came, that went, and that are compared again since what they are compared by changed."""

    came: set[Node] = field(default_factory=set)
    gone: set[Node] = field(default_factory=set)
    again: set[Node] = field(default_factory=set)

    @property
    def every(self) -> set[Node]:
        """All that are here."""
        return self.came | self.again


@dataclass(frozen=True, slots=True)
class _Held:
    """A group, of which nodes it is, and where it comes among others."""

    nodes: tuple[Node, ...]
    group: Group
    first: Rank

    @classmethod
    def of(cls, nodes: tuple[Node, ...]) -> _Held:
        group = tuple(slots for node in nodes for slots in node.members)
        return cls(nodes, group, first(group))


class Matters:
    """The matters of a case whose claims are compared by ``like``."""

    def __init__(self, like: Likeness, jobs: int = 1) -> None:
        self._like, self._jobs = like, jobs
        self._told: Told = {}
        self._parents: Parents = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._nodes: dict[Signature, Node] = {}
        self._faces: dict[int, Node] = {}
        self._blocks = Blocks()
        self._near: dict[Node, dict[Node, int]] = {}
        self._linkage = Linkage(self._near)
        self._groups: dict[int, _Held] = {}
        self._rows = np.zeros(0, dtype=np.int64)  # of nodes by their places, while they are compared

    def follow(
        self, told: Told, changed: set[str], parents: Parents, moved: set[str], shift: Shift
    ) -> list[Group]:
        """The matters of what documents tell, of which some ``changed`` and some ``moved`` to other parents.

        Groups and their members are in an order of their own; a group that stays is the same object.
        """
        if len(changed) > _MOST * len(told):
            self._clear()
            changed = set(told)
        before, self._told, self._parents = self._told, dict(told), parents
        self._compare(self._put(before, changed, moved), shift)
        here = {id(nodes): nodes for nodes in self._linkage.groups()}
        stay = [held for key, held in self._groups.items() if key in here]
        new = [_Held.of(nodes) for key, nodes in here.items() if key not in self._groups]
        held = sorted([*stay, *new], key=attrgetter("first"))  # what stays is in order
        self._groups = {id(one.nodes): one for one in held}
        return [one.group for one in held]

    @property
    def compared(self) -> Iterator[Pair]:
        """The pairs that are compared at all, each once, and each node with itself."""
        yield from ((node, node) for node in self._near)
        yield from self._pairs(self._near)

    def _pairs(self, asked: Collection[Node]) -> Iterator[Pair]:
        nodes = self._blocks.nodes
        for one, other in self._blocks.pairs(self._blocks.places(asked)):
            yield from (
                (nodes[this], nodes[that]) for this, that in zip(one.tolist(), other.tolist(), strict=True)
            )

    def _clear(self) -> None:
        self._told, self._names = {}, {}
        self._nodes, self._faces = {}, {}
        self._blocks, self._near = Blocks(), {}
        self._linkage = Linkage(self._near)

    def _put(self, before: Told, changed: set[str], moved: set[str]) -> _Changes:
        """Put what changed documents tell in the place of what they told."""
        for id in changed:
            self._names.pop(id, None)
            if id in self._told:
                self._names[id] = top_names(self._told[id])
        coming: defaultdict[Signature, list[Slots]] = defaultdict(list)
        for id in changed:
            for slots in self._told.get(id, ()):
                coming[slots.signature].append(slots)
        touched = {slots.signature for id in changed for slots in before.get(id, ())}
        touched |= {slots.signature for id in moved - changed for slots in self._told.get(id, ())}
        found = _Changes()
        for signature in touched | coming.keys():
            self._replace(signature, changed, coming.get(signature, ()), found)
        return found

    def _replace(
        self, signature: Signature, changed: set[str], coming: Sequence[Slots], found: _Changes
    ) -> None:
        old = self._nodes.pop(signature, None)
        stay = [slots for slots in old.members if slots.claim.document not in changed] if old else []
        members = tuple(sorted((*stay, *coming), key=rank))
        stays = old is not None and members == old.members
        if old:
            del self._faces[id(old.face)]
            (found.again if stays else found.gone).add(old)
        if members:
            new = old if old and stays else Node.of(members)
            self._nodes[signature] = self._faces[id(new.face)] = new
            if not stays:
                found.came.add(new)

    def _hold(self, changes: _Changes) -> Pairs:
        """Put nodes under their keys, those that stay under the ones they have now; what that may change."""
        come = sorted(changes.every, key=_document)
        made = keyed(come, self._like.rows, self._names, self._parents)
        return self._blocks.follow(changes.gone | changes.again, come, *made)

    def _compare(self, changes: _Changes, shift: Shift) -> None:
        """Compare again what changes touch, and bring the groups up to date."""
        near, moved = self._near, self._hold(changes)
        self._rows = np.full(len(self._blocks.nodes), NONE, dtype=np.int64)
        touched = {other for node in changes.gone for other in near[node]} - changes.gone
        for node in changes.gone:
            for other in near.pop(node):
                near.get(other, {}).pop(node, None)
        near |= {node: {} for node in changes.came}
        changes.again |= self._whose(self._like.touched(shift)) - changes.came
        otherwise = [
            *self._again(changes),
            *self._set_all(self._retold(changes, shift)),
            *self._set_all([self._apart(moved, changes)]),
        ]
        touched |= changes.came
        self._linkage.update(touched.union(*otherwise), changes.gone, _cover(otherwise, changes.came))

    def _whose(self, claims: Iterable[Slots]) -> set[Node]:
        """The nodes that stand for themselves by one of these claims."""
        return set(filter(None, (self._faces.get(id(slots)) for slots in claims)))

    def _again(self, changes: _Changes) -> Iterator[Pair]:
        """Compare nodes that came, and those that are compared again; the other pairs that are otherwise."""
        came, alike = changes.came, {node: set[Node]() for node in changes.again}
        every = list(self._blocks.pairs(self._asked(changes.every)))
        jobs = self._jobs if sum(len(one) for one, _ in every) >= WORTH else 1
        for pairs, value in shared(self._alike, every, jobs):
            for one, other, likeness in self._named(pairs, value):
                if one in alike:
                    alike[one].add(other)
                if other in alike:
                    alike[other].add(one)
                if self._set(one, other, likeness) and not (one in came and other in came):
                    yield one, other
        for one, others in alike.items():
            yield from ((one, other) for other in self._near[one].keys() - others if self._set(one, other, 0))

    def _retold(self, changes: _Changes, shift: Shift) -> Iterator[tuple[Pairs, Numbers]]:
        """The pairs whose documents are more or less of one story than before, with how alike they are."""
        nodes = self._whose(self._like.telling(shift.documents)) - changes.every
        for one, other in self._blocks.pairs(self._asked(nodes)):
            left = ~self._among(changes.every)[other]
            pairs = one[left], other[left]
            retold = self._like.retold(*self._numbers(pairs))
            pairs = pairs[0][retold], pairs[1][retold]
            yield pairs, self._likenesses(pairs)

    def _apart(self, moved: Pairs, changes: _Changes) -> tuple[Pairs, Numbers]:
        """Pairs that may have begun to be compared, or ceased to be, with how alike they are then."""
        done, (one, other) = self._among(changes.every), moved
        left = ~(done[one] | done[other])
        one, other = one[left], other[left]
        met = self._blocks.meet(one, other)
        value = np.zeros(len(one), dtype=np.int64)
        value[met] = self._likenesses((one[met], other[met]))
        return (one, other), value

    def _asked(self, nodes: Collection[Node]) -> Numbers:
        """The places of nodes, document by document: these meet what much the same documents tell."""
        return self._blocks.places(sorted(nodes, key=_document))

    def _among(self, nodes: Collection[Node]) -> Flags:
        flags = np.zeros(len(self._blocks.nodes), dtype=np.bool_)
        flags[self._blocks.places(nodes)] = True
        return flags

    def _numbers(self, pairs: Pairs) -> Pairs:
        """The numbers by which both sides of pairs are compared."""
        new = np.unique(np.concatenate(pairs))
        new = new[self._rows[new] == NONE]
        self._rows[new] = self._like.places([self._blocks.nodes[at].face for at in new.tolist()])
        return self._rows[pairs[0]], self._rows[pairs[1]]

    def _likenesses(self, pairs: Pairs) -> Numbers:
        """How alike pairs are, as it is added up; 0 for those that are nothing alike."""
        value = self._like.between(*self._numbers(pairs))
        return np.where(value >= FLOOR, whole(value), 0)

    def _alike(self, many: Iterable[Pairs]) -> list[tuple[Pairs, Numbers]]:
        """Those of pairs that are alike at all, with how alike they are."""
        found = list[tuple[Pairs, Numbers]]()
        for one, other in many:
            value = self._likenesses((one, other))
            at = np.flatnonzero(value)
            found.append(((one[at], other[at]), value[at]))
        return found

    def _named(self, pairs: Pairs, values: Numbers) -> Iterator[tuple[Node, Node, int]]:
        """The nodes of pairs, with how alike they are."""
        one, other = (map(self._blocks.nodes.__getitem__, side.tolist()) for side in pairs)
        return zip(one, other, values.tolist(), strict=True)

    def _set_all(self, told: Iterable[tuple[Pairs, Numbers]]) -> Iterator[Pair]:
        """Note how alike pairs are; those that are otherwise than before."""
        for pairs, values in told:
            for one, other, value in self._named(pairs, values):
                if self._set(one, other, value):
                    yield one, other

    def _set(self, one: Node, other: Node, value: int) -> bool:
        """Note how alike two are; True where that is otherwise than before."""
        near, beside = self._near[one], self._near[other]
        if near.get(other, 0) == value:
            return False
        if value:
            near[other] = beside[one] = value
        else:
            del near[other], beside[one]
        return True


def _document(node: Node) -> Rank:
    return node.face.claim.document, node.rank


def _cover(pairs: Iterable[Pair], known: Iterable[Node]) -> set[Node]:
    """Nodes of which each pair has one, those that are ``known`` to be among them."""
    found = set(known)
    for one, other in pairs:
        if one not in found and other not in found:
            found.add(one)
    return found
