"""Which claims are compared at all: those that share a key, where few do; of many, each with some.

A block is whatever shares a key.  What a block has too much of is split by what else its claims name, and
what is still too much is laid in rings, each in another order, in which each claim has two neighbours: no
half of such a block stands apart from the other, and a claim that comes or goes changes its neighbours only.
All of it stands in arrays (`tables`), so that many claims are looked for at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from secondsource.corroborate.keys import is_own
from secondsource.corroborate.nodes import Node
from secondsource.corroborate.rows import NONE, Flags, Numbers
from secondsource.corroborate.tables import Keyed, Pairs, Rings, Runs, Table, met, paired, parted, within

_LONGEST = 60
_RINGS = 8
_DIGIT = 4  # bits by which the order of each ring is turned on from that of the last
_ITEM = 32  # so many bits stand behind the number of a block that is split
_AT_ONCE = 1 << 20
_SPARE = 1024

Hashes = npt.NDArray[np.uint64]


class Blocks:
    """Nodes under their keys, each at a place in ``nodes``; the order in which they come never matters."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._places: dict[Node, int] = {}
        self._blocks, self._parts, self._items = Table(), Table(), Table()
        self._rings = Rings.of(Keyed(self._parts.key, self._parts.value), _turned(np.zeros(0, np.uint64)))
        self._split: dict[int, int] = {}
        self._hashed = np.zeros(0, dtype=np.uint64)

    def places(self, nodes: Collection[Node]) -> Numbers:
        """Where nodes are."""
        return np.fromiter((self._places[node] for node in nodes), np.int64, len(nodes))

    def pairs(self, asked: Numbers) -> Iterator[Pairs]:
        """The places of all pairs in which these are, each once, in their order and some at once."""
        turn = np.full(len(self.nodes), NONE, dtype=np.int64)
        turn[asked] = np.arange(len(asked))
        runs = [self._short(table, turn) for table in (self._blocks, self._parts)]
        rings, width = self._rings, self._rings.beside.shape[1]
        begin = np.arange(len(rings.key)) * width
        laid = Runs.asked(turn[rings.value], begin, np.full(len(begin), width), rings.beside.ravel())
        return met(turn, [*runs, laid], _AT_ONCE)

    def meet(self, one: Numbers, other: Numbers) -> Flags:
        """Which pairs of places are compared."""
        found = [paired(*np.sort(pairs, axis=0)) for pairs in self.pairs(np.unique(one))]
        known = np.concatenate((np.zeros(0, dtype=np.int64), *found))
        return np.isin(paired(np.minimum(one, other), np.maximum(one, other)), known)

    def _short(self, table: Table, turn: Numbers) -> Runs:
        at = np.flatnonzero(turn[table.value] != NONE)
        begin, size = table.runs(at)
        short = size <= _LONGEST
        return Runs.asked(turn[table.value[at[short]]], begin[short], size[short], table.value)

    def follow(self, gone: Collection[Node], come: Sequence[Node], keys: Keyed, items: Keyed) -> Pairs:
        """Take nodes out and put others in, with their keys and what else they name.

        The places of pairs that neither came nor went and may have begun or ceased to be compared: `pairs`
        tells which it is.
        """
        self._tidy()
        out, new = self.places(gone), self._put(gone, come)
        keys, items = Keyed(keys.key, new[keys.value]), Keyed(new[items.key], items.value)
        left = np.zeros(len(self.nodes), dtype=np.bool_)
        left[out] = True
        self._items.change(left[self._items.key], items)
        touched, before = self._blocks.change(left[self._blocks.value], keys)
        split = self._parts.change(*self._resplit(left, keys, touched, before))
        beside = self._lay(split[0])
        left[new] = True
        crossed = [
            self._crossed(table, *changed, ~left)
            for table, changed in ((self._blocks, (touched, before)), (self._parts, split))
        ]
        one, other = (np.concatenate(side) for side in zip(parted(beside), *crossed, strict=True))
        stay = ~(left[one] | left[other])
        return one[stay], other[stay]

    def _put(self, gone: Collection[Node], come: Sequence[Node]) -> Numbers:
        """Give nodes that come their places."""
        for node in gone:
            del self._places[node]
        self._places |= {node: place for place, node in enumerate(come, len(self.nodes))}
        self.nodes += come
        hashed = [_hashed(node) for node in come]
        self._hashed = np.append(self._hashed, np.array(hashed, dtype=np.uint64))
        return self.places(come)

    def _resplit(self, left: Flags, come: Keyed, touched: Numbers, before: Numbers) -> tuple[Flags, Keyed]:
        """What leaves the parts of long blocks, and what comes into them."""
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
        again = np.isin(self._rings.key, touched)
        before, now = self._rings.where(again), Rings.of(Keyed(long[at], value), _turned(self._hashed[value]))
        kept = self._rings.where(~again)
        self._rings = Rings(*map(np.concatenate, zip(kept, now, strict=True)))
        return before.apart(now)

    def _crossed(self, table: Table, touched: Numbers, before: Numbers, stay: Flags) -> Pairs:
        """The pairs of what became too long, or is so no longer."""
        has_crossed = (before > 0) & ((before > _LONGEST) != (table.sizes(touched) > _LONGEST))
        found = table.of(touched[has_crossed])
        return within(found.where(stay[found.value]))

    def _tidy(self) -> None:
        """Let go of the places of nodes that went, where these are more than those that are here."""
        if len(self.nodes) <= 2 * len(self._places) + _SPARE:
            return
        here = self.places(self._places)
        now = np.full(len(self.nodes), NONE, dtype=np.int32)
        now[here] = np.arange(len(here))
        self.nodes, self._hashed = list(self._places), self._hashed[here]
        self._places = {node: place for place, node in enumerate(self.nodes)}
        self._blocks.value, self._parts.value = now[self._blocks.value], now[self._parts.value]
        self._items.key = now[self._items.key].astype(np.int64)
        self._rings = Rings(self._rings.key, now[self._rings.value], now[self._rings.beside])


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
