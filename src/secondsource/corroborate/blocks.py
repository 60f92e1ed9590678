"""Which claims are compared at all: those that share a key, where few do; of many, each with some.

A block is whatever shares a key.  What a block has too much of is split by what else its claims name, and
what is still too much is laid in rings, each in another order, in which each claim has two neighbours: no
half of such a block stands apart from the other, and a claim that comes or goes changes its neighbours only.
All of it stands in arrays (`tables`), so that many claims are looked for at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from secondsource.corroborate.keys import is_own, is_tie
from secondsource.corroborate.nodes import Node, Places
from secondsource.corroborate.rows import NONE, Flags, Numbers, distinct
from secondsource.corroborate.tables import (
    Change,
    Keyed,
    Pairs,
    Rings,
    Runs,
    Table,
    among,
    met,
    paired,
    parted,
    together,
    within,
)

_LONGEST = 60
_RINGS = 8
_DIGIT = 4  # bits by which the order of each ring is turned on from that of the last
_ITEM = 32  # so many bits stand behind the number of a block that is split
_AT_ONCE = 1 << 20

Hashes = npt.NDArray[np.uint64]


class Held(NamedTuple):
    """Nodes that go, those that come with their keys and what else they name, and those that stay and
    ``moved`` to other documents, with the ``ties`` that they have now; all by their places."""

    gone: Numbers
    come: Numbers
    keys: Keyed
    items: Keyed
    moved: Numbers
    ties: Keyed


class Blocks:
    """Nodes under their keys, by their ``places``; the order in which they come never matters."""

    def __init__(self, places: Places) -> None:
        self._nodes = places.nodes
        self._blocks, self._parts, self._items = Table(), Table(), Table()
        self._rings = Rings.of(Keyed(self._parts.key, self._parts.value), _turned(np.zeros(0, np.uint64)))
        self._split: dict[int, int] = {}
        self._hashed = np.zeros(0, dtype=np.uint64)

    def pairs(self, asked: Numbers) -> Iterator[Pairs]:
        """The places of all pairs in which these are, each once, in their order and some at once."""
        turn = np.full(len(self._nodes), NONE, dtype=np.int64)
        turn[asked] = np.arange(len(asked))
        is_asked = turn != NONE
        runs = [self._short(table, turn, is_asked) for table in (self._blocks, self._parts)]
        rings, width = self._rings, self._rings.beside.shape[1]
        at = np.flatnonzero(is_asked[rings.value])
        laid = Runs.asked(turn[rings.value[at]], at * width, np.full(len(at), width), rings.beside.ravel())
        return met(turn, [*runs, laid], _AT_ONCE)

    def meet(self, one: Numbers, other: Numbers) -> Flags:
        """Which pairs of places are compared."""
        asked = min(distinct(one), distinct(other), key=len)
        found = [paired(*np.sort(pairs, axis=0)) for pairs in self.pairs(asked)]
        known = np.sort(np.concatenate((np.zeros(0, dtype=np.int64), *found)))
        return among(paired(np.minimum(one, other), np.maximum(one, other)), known)

    def _short(self, table: Table, turn: Numbers, is_asked: Flags) -> Runs:
        at = np.flatnonzero(is_asked[table.value])
        begin, size = table.runs(at)
        short = size <= _LONGEST
        return Runs.asked(turn[table.value[at[short]]], begin[short], size[short], table.value)

    def follow(self, held: Held) -> Pairs:
        """Take nodes out, put others in, and those that moved under other keys.

        The places of pairs that neither came nor went and may have begun or ceased to be compared: `pairs`
        tells which it is.
        """
        hashed = [_hashed(node) for node in self._nodes[len(self._hashed) :]]
        self._hashed = np.append(self._hashed, np.array(hashed, dtype=np.uint64))
        left, moved = self._flags(held.gone), self._flags(held.moved)
        self._items.change(left[self._items.key], held.items)
        dropped = left[self._blocks.value]
        at = np.flatnonzero(moved[self._blocks.value])
        dropped[at[is_tie(self._blocks.key[at])]] = True
        changed = self._blocks.change(dropped, together((held.keys, held.ties)))
        split = self._parts.change(*self._resplit(left, held.keys, changed))
        beside = self._lay(distinct(split.differing.key))
        left[held.come] = True
        crossed = [
            self._crossed(table, *change, ~left)
            for table, change in ((self._blocks, changed), (self._parts, split))
        ]
        one, other = map(np.concatenate, zip(parted(beside), *crossed, strict=True))
        stay = ~(left[one] | left[other])
        return one[stay], other[stay]

    def _flags(self, places: Numbers) -> Flags:
        flags = np.zeros(len(self._nodes), dtype=np.bool_)
        flags[places] = True
        return flags

    def _resplit(self, left: Flags, come: Keyed, changed: Change) -> tuple[Flags, Keyed]:
        """What leaves the parts of long blocks, and what comes into them."""
        touched, before, _ = changed
        after = self._blocks.sizes(touched)
        was, now = (is_own(touched) & (sizes > _LONGEST) for sizes in (before, after))
        ended = np.array([self._split[key] for key in touched[was & ~now].tolist()], dtype=np.int64)
        begun, still = touched[now & ~was], touched[now & was]
        at, value = self._blocks.of(begun)
        still_there = come.where(np.isin(come.key, still))
        blocks = np.concatenate((begun[at], still_there.key))
        return left[self._parts.value] | np.isin(self._parts.key >> _ITEM, ended), self._in_parts(
            Keyed(blocks, np.concatenate((value, still_there.value)))
        )

    def _in_parts(self, come: Keyed) -> Keyed:
        """Nodes of long blocks under the keys of their parts."""
        blocks, where = np.unique(come.key, return_inverse=True)
        numbers = [self._split.setdefault(key, len(self._split)) for key in blocks.tolist()]
        at, item = self._items.of(come.value)
        number = np.array(numbers, dtype=np.int64)[where[at]]
        return Keyed(number << _ITEM | item, come.value[at])

    def _lay(self, touched: Numbers) -> Numbers:
        """Lay long parts in rings again; the pairs that stand beside each other since, or no longer."""
        long = touched[self._parts.sizes(touched) > _LONGEST]
        at, value = self._parts.of(long)
        before = self._rings.where(self._rings.among(touched))
        now = Rings.of(Keyed(long[at], value), _turned(self._hashed[value]))
        self._rings = self._rings.put(touched, now)
        return before.apart(now)

    def _crossed(
        self, table: Table, touched: Numbers, before: Numbers, differing: Keyed, stay: Flags
    ) -> Pairs:
        """The pairs of what became too long, or is so no longer, and of who stays and has other keys."""
        was, now = (before > 0) & (before <= _LONGEST), table.sizes(touched) <= _LONGEST
        found = table.of(touched[(before > 0) & (was != now)])
        pairs = [within(found.where(stay[found.value]))]
        moved = differing.where(stay[differing.value] & among(differing.key, touched[was | now]))
        at, beside = table.of(moved.key)
        pairs += [(moved.value[at], beside), within(moved.where(np.argsort(moved.key)))]
        one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
        return one[one != other], other[one != other]


def _hashed(node: Node) -> int:
    """A number that a node has in any case: which two stand beside each other hangs on nothing else."""
    return int.from_bytes(blake2b(repr(node.rank).encode(), digest_size=8).digest(), "big")


def _turned(hashed: Hashes) -> Hashes:
    """Where nodes stand in each ring: their hashes, begun at another digit."""
    return np.stack(
        [
            hashed << np.uint64(at) | hashed >> np.uint64((64 - at) % 64)
            for at in range(0, _RINGS * _DIGIT, _DIGIT)
        ]
    )
