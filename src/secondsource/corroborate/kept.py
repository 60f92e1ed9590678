"""Matters that are kept up to date: documents come and go, and only what they touch is compared again.

The outcome is that of a case whose documents all came at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from secondsource.corroborate.blocks import Blocks, Held
from secondsource.corroborate.keys import keyed, ties
from secondsource.corroborate.linkage import Heads, Linkage
from secondsource.corroborate.matters import FLOOR, Group, Regrouped, whole
from secondsource.corroborate.near import NO_EDGES, Edges, Near, together
from secondsource.corroborate.nodes import Node, Places, Rank, Signature, rank, top_names
from secondsource.corroborate.rows import NONE, Flags, Numbers, distinct
from secondsource.corroborate.similarity import Likeness, Shift
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.tables import Keyed, Pairs, among
from secondsource.corroborate.telling import Parents, Told
from secondsource.shares import shared

_MOST = 0.3
"""Where more than this share of the documents is otherwise than before, everything is compared anew."""

WORTH = 1_000_000
"""Pairs from which on another process pays."""


@dataclass(slots=True)
class _Changes:
    """Nodes that came, that went, and that are compared again since what they are compared by changed; and
    those that only ``moved``: of which a document has it of others now."""

    came: set[Node] = field(default_factory=set)
    gone: set[Node] = field(default_factory=set)
    again: set[Node] = field(default_factory=set)
    moved: set[Node] = field(default_factory=set)

    @property
    def every(self) -> set[Node]:
        """All that are compared with everything that they meet."""
        return self.came | self.again


class Matters:
    """The matters of a case whose claims are compared by ``like``."""

    def __init__(self, like: Likeness, jobs: int = 1) -> None:
        self._like, self._jobs = like, jobs
        self._parents: Parents = {}
        self._clear()

    def _clear(self) -> None:
        self._told: Told = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._nodes: dict[Signature, Node] = {}
        self._faces: dict[int, Node] = {}
        self._places, self._near = Places(), Near()
        self._blocks, self._linkage = Blocks(self._places), Linkage(self._places, self._near)
        self._groups: dict[int, Group] = {}
        self._rows = np.zeros(0, dtype=np.int64)  # of nodes by their places, once they were compared
        self._cleared = self._like.rows.times_cleared

    def follow(
        self, told: Told, changed: set[str], parents: Parents, moved: set[str], shift: Shift
    ) -> Regrouped:
        """What is otherwise with the matters of what documents tell, of which some ``changed`` and some
        ``moved`` to other parents; the members of a matter are in an order of their own."""
        gone = list[Group]()
        if len(changed) > _MOST * len(told) or self._places.are_few:
            gone += self._groups.values()
            self._clear()
            changed = set(told)
        before, self._told, self._parents = self._told, dict(told), parents
        otherwise = self._compare(self._put(before, changed, moved), shift)
        gone += [self._groups.pop(head) for head in otherwise.gone]
        made = [_group(self._linkage.groups[head]) for head in otherwise.made]
        self._groups |= zip(otherwise.made, made, strict=True)
        return Regrouped(gone, made)

    @property
    def compared(self) -> Iterator[tuple[Node, Node]]:
        """The pairs that are compared at all, each once, and each node with itself."""
        nodes = self._places.nodes
        yield from ((node, node) for node in self._nodes.values())
        for one, other in self._blocks.pairs(self._places.of(self._nodes.values())):
            for this, that in zip(one.tolist(), other.tolist(), strict=True):
                yield nodes[this], nodes[that]

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
        found = _Changes()
        for signature in touched | coming.keys():
            self._replace(signature, changed, coming.get(signature, ()), found)
        retold = (slots for id in moved - changed for slots in self._told.get(id, ()))
        found.moved = {self._nodes[slots.signature] for slots in retold} - found.every
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
        come, moved, rows = sorted(changes.every, key=_document), [*changes.moved], self._like.rows
        self._places.put(node for node in come if node in changes.came)
        keys, items = keyed(come, rows, self._names, self._parents)
        tied = ties(moved, rows, self._parents)
        here, there = self._places.of(come), self._places.of(moved)
        return self._blocks.follow(
            Held(
                self._places.of(changes.gone | changes.again),
                here,
                Keyed(keys.key, here[keys.value]),
                Keyed(here[items.key], items.value),
                there,
                Keyed(tied.key, there[tied.value]),
            )
        )

    def _compare(self, changes: _Changes, shift: Shift) -> Heads:
        """Compare again what changes touch, and bring the groups up to date."""
        met = self._hold(changes)
        come, gone = self._places.of(changes.came), self._places.of(changes.gone)
        count = len(self._places.nodes)
        changes.again |= self._whose(self._like.touched(shift)) - changes.came
        told = [*self._again(changes), *self._retold(changes, shift), self._apart(met, changes)]
        ended = self._near.of(gone) if len(gone) else NO_EDGES
        otherwise = self._near.change(together([*told, ended.with_value(0)]), count)
        self._places.drop(changes.gone)
        known = self._flags(come, gone)
        left = otherwise.where(~(known[otherwise.now.node] | known[otherwise.now.other]))
        return self._linkage.update(come, gone, left.seen_from_few())

    def _whose(self, claims: Iterable[Slots]) -> set[Node]:
        """The nodes that stand for themselves by one of these claims."""
        return set(filter(None, (self._faces.get(id(slots)) for slots in claims)))

    def _again(self, changes: _Changes) -> list[Edges]:
        """Compare nodes that came, and those that are compared again, with all that they meet."""
        every = list(self._blocks.pairs(self._asked(changes.every)))
        jobs = self._jobs if sum(len(one) for one, _ in every) >= WORTH else 1
        found = together([NO_EDGES, *shared(self._alike, every, jobs)])
        if not changes.again:
            return [found]
        known = self._near.of(self._places.of(changes.again))
        met = np.sort(np.concatenate((found.pairs, found.turned().pairs)))
        return [found, known.where(~among(known.pairs, met)).with_value(0)]

    def _retold(self, changes: _Changes, shift: Shift) -> Iterator[Edges]:
        """The pairs whose documents are more or less of one story than before, with how alike they are."""
        nodes, done = self._whose(self._like.telling(shift.documents)) - changes.every, self._among(changes)
        for one, other in self._blocks.pairs(self._asked(nodes)):
            left = ~done[other]
            pairs = one[left], other[left]
            retold = self._like.retold(*self._numbers(pairs))
            pairs = pairs[0][retold], pairs[1][retold]
            yield Edges(*pairs, self._likenesses(pairs))

    def _apart(self, moved: Pairs, changes: _Changes) -> Edges:
        """Pairs that may have begun to be compared, or ceased to be, with how alike they are then."""
        done, (one, other) = self._among(changes), moved
        left = ~(done[one] | done[other])
        one, other = one[left], other[left]
        met = self._blocks.meet(one, other)
        value = np.zeros(len(one), dtype=np.int64)
        value[met] = self._likenesses((one[met], other[met]))
        return Edges(one, other, value)

    def _asked(self, nodes: Collection[Node]) -> Numbers:
        """The places of nodes, document by document: these meet what much the same documents tell."""
        return self._places.of(sorted(nodes, key=_document))

    def _among(self, changes: _Changes) -> Flags:
        return self._flags(self._places.of(changes.every))

    def _flags(self, *places: Numbers) -> Flags:
        flags = np.zeros(len(self._places.nodes), dtype=np.bool_)
        flags[np.concatenate(places)] = True
        return flags

    def _numbers(self, pairs: Pairs) -> Pairs:
        """The numbers by which both sides of pairs are compared."""
        rows, nodes = self._like.rows, self._places.nodes
        if self._cleared != rows.times_cleared:
            self._rows, self._cleared = self._rows[:0], rows.times_cleared
        unknown = np.full(len(nodes) - len(self._rows), NONE, dtype=np.int64)
        self._rows = np.append(self._rows, unknown)
        new = distinct(np.concatenate([side[self._rows[side] == NONE] for side in pairs]))
        self._rows[new] = self._like.places([nodes[at].face for at in new.tolist()])
        return self._rows[pairs[0]], self._rows[pairs[1]]

    def _likenesses(self, pairs: Pairs) -> Numbers:
        """How alike pairs are, as it is added up; 0 for those that are nothing alike."""
        value = self._like.between(*self._numbers(pairs))
        return np.where(value >= FLOOR, whole(value), 0)

    def _alike(self, many: Iterable[Pairs]) -> list[Edges]:
        """Those of pairs that are alike at all, with how alike they are."""
        found = list[Edges]()
        for one, other in many:
            value = self._likenesses((one, other))
            at = np.flatnonzero(value)
            found.append(Edges(one[at], other[at], value[at]))
        return found


def _group(nodes: tuple[Node, ...]) -> Group:
    return tuple(slots for node in nodes for slots in node.members)


def _document(node: Node) -> Rank:
    return node.face.claim.document, node.rank
