"""Grouping: what is compared at all, and what becomes one group, in whatever order claims come and go."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from secondsource.corroborate import blocks
from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.keys import NAME, STORY, TIE, key
from secondsource.corroborate.linkage import SCALE, Linkage
from secondsource.corroborate.matters import whole
from secondsource.corroborate.near import Edges, Near, Otherwise
from secondsource.corroborate.nodes import Node, Places
from secondsource.corroborate.rows import Numbers
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.tables import Keyed

MANY = 200
ITEMS = ("Orlan", "Varn")
NAMED, TOLD, TIED = (int(key(kind, np.array([0]), np.array([1]))[0]) for kind in (NAME, STORY, TIE))


@cache
def nodes() -> list[Node]:
    """Claims of one word each; every third names something more."""
    text = document(" ".join(f"word{number:03}" for number in range(MANY)), "Harbour Wire")
    made = []
    for number in range(MANY):
        said = claim(text, f"word{number:03}")
        named = {"Orlan"} | ({"Varn"} if number % 3 == 0 else set())
        none = frozenset[str]()
        made.append(Node.of([Slots(said, none, none, None, None, none, frozenset(named), none, (), None, 1)]))
    return made


class Held:
    """Blocks with the nodes that are in them, each under some keys and under those of its ties."""

    def __init__(self) -> None:
        self.places = Places()
        self.blocks = Blocks(self.places)

    def compared(self, among: Collection[Node]) -> set[frozenset[Node]]:
        asked = self.places.of(among)
        found = [pair for pairs in self.blocks.pairs(asked) for pair in self.named(pairs)]
        assert len(found) == len(set(found)), "a pair comes once"
        return set(found)

    def named(self, pairs: tuple[Numbers, Numbers]) -> list[frozenset[Node]]:
        sides = (map(self.places.nodes.__getitem__, side.tolist()) for side in pairs)
        return list(map(frozenset, zip(*sides, strict=True)))

    def follow(
        self,
        gone: Collection[Node],
        come: Collection[Node],
        keys: Sequence[int],
        ties: Mapping[Node, int] | None = None,
        moved: Collection[Node] = (),
    ) -> set[frozenset[Node]]:
        """Take nodes out and put others in, each under all keys and under its tie, and ``moved`` ones under
        that alone; the pairs that this may have changed."""
        ties = ties or {}
        self.places.put(come)
        known = self.places.of
        held = [(key, at) for at in known(come).tolist() for key in keys]
        items = [
            (at, item)
            for at, node in zip(known(come).tolist(), come, strict=True)
            for item in sorted(map(ITEMS.index, node.face.entities))
        ]
        nodes = self.places.nodes
        tied, ties_moved = (
            [(TIED + ties[nodes[at]], at) for at in known(some).tolist() if nodes[at] in ties]
            for some in (come, moved)
        )
        step = blocks.Held(
            known(gone), known(come), _keyed([*held, *tied]), _keyed(items), known(moved), _keyed(ties_moved)
        )
        told = set(self.named(self.blocks.follow(step)))
        self.places.drop(gone)
        return told


def _keyed(pairs: Sequence[tuple[int, int]]) -> Keyed:
    return Keyed(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T)


STEPS = st.lists(st.sets(st.integers(0, MANY - 1), min_size=1, max_size=30), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.integers(50, 150), STEPS, st.sampled_from([[NAMED], [TOLD], [NAMED, TOLD]]), st.randoms())
def test_what_is_compared_is_the_same_however_claims_came(
    first: int, steps: list[set[int]], keys: list[int], chance: random.Random
) -> None:
    held, here = Held(), set(nodes()[:first])
    ties = {node: chance.randrange(3) for node in nodes()}
    held.follow((), here, keys, ties)
    for step in steps:
        touched = {nodes()[at] for at in step}
        before = held.compared(here)
        moved = {node for node in here - touched if chance.random() < 0.2}
        ties |= {node: chance.randrange(3) for node in moved}
        told = held.follow(here & touched, touched - here, keys, ties, moved)
        here ^= touched
        after = held.compared(here)
        assert {pair for pair in before ^ after if not pair & touched} <= told
        assert not any(pair & touched for pair in told)
    anew = Held()
    anew.follow((), sorted(here, key=lambda node: node.rank, reverse=True), keys, ties)
    assert held.compared(here) == anew.compared(here)
    some = sorted(here, key=lambda node: node.rank)[::3]
    assert held.compared(some) == {pair for pair in anew.compared(here) if pair & set(some)}


def test_a_node_that_comes_again_keeps_its_place() -> None:
    held, anew = Held(), Held()
    held.follow((), nodes(), [NAMED])
    places, keys = held.places.of(nodes()), np.full(MANY, NAMED)
    items = _keyed([(at, item) for at in places.tolist() for item in range(1 + (at % 3 == 0))])
    none = _keyed([])
    held.blocks.follow(blocks.Held(places, places, Keyed(keys, places), items, places[:0], none))
    anew.follow((), nodes(), [NAMED])
    assert held.compared(nodes()) == anew.compared(nodes())


def test_places_of_nodes_that_went_are_few_at_last() -> None:
    places = Places()
    for _ in range(20):
        places.put(nodes())
        places.drop(nodes())
    assert places.are_few


def test_no_half_of_a_long_block_stands_apart() -> None:
    held = Held()
    held.follow((), nodes(), [NAMED])
    pairs = held.compared(nodes())
    reached, waiting = {nodes()[0]}, [nodes()[0]]
    for node in waiting:
        near = {other for pair in pairs if node in pair for other in pair} - reached
        reached |= near
        waiting += near
    assert reached == set(nodes())
    assert max(sum(node in pair for pair in pairs) for node in nodes()) <= 32


def test_a_pair_is_asked_for_from_either_side() -> None:
    held = Held()
    held.follow((), nodes(), [NAMED])
    one, other = next(held.blocks.pairs(held.places.of(nodes())))
    assert held.blocks.meet(one, other).all()
    assert held.blocks.meet(other, one).all()
    assert not held.blocks.meet(one, one).any()


Pairs = dict[tuple[int, int], float]
PAIRS = st.dictionaries(
    st.sampled_from(list(combinations(range(12), 2))), st.sampled_from([0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0])
)


class Linked:
    """Groups of nodes that are kept up to date, by the numbers of the nodes."""

    def __init__(self, pairs: Pairs, order: Sequence[int]) -> None:
        self.places, self.near = Places(), Near()
        self.linkage = Linkage(self.places, self.near)
        self.follow(pairs, order)

    @property
    def groups(self) -> set[tuple[Node, ...]]:
        return set(self.linkage.groups.values())

    def follow(
        self, pairs: Pairs, come: Sequence[int] = (), gone: Collection[int] = (), side: int = 0
    ) -> None:
        """Note how alike pairs are, with nodes that come; nodes that go are alike to none any more."""
        self.places.put(nodes()[at] for at in come)
        there, leave = self._at(come), self._at(gone)
        told = Edges(
            self._at([one for one, _ in pairs]),
            self._at([other for _, other in pairs]),
            whole(np.array([*pairs.values()], dtype=np.float64)),
        )
        otherwise = self.near.change(told, len(self.places.nodes))
        ended = self.near.of(leave).with_value(0)
        self.near.change(ended, len(self.places.nodes))
        self.places.drop(nodes()[at] for at in gone)
        now = otherwise.now
        left = otherwise.where(~(np.isin(now.node, there) | np.isin(now.other, there)))
        turned = Otherwise(left.now.turned(), left.was.turned())
        self.linkage.update(there, leave, (left, turned, left.seen_from_few())[side])

    def _at(self, numbers: Collection[int]) -> Numbers:
        return self.places.of([nodes()[at] for at in numbers])


@settings(max_examples=200, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_groups_are_the_same_in_any_order(pairs: Pairs, chance: random.Random) -> None:
    order = list(range(12))
    groups = Linked(pairs, order).groups
    chance.shuffle(order)
    assert Linked(pairs, order).groups == groups
    assert sorted(node.rank for group in groups for node in group) == sorted(n.rank for n in nodes()[:12])


CHANGES = st.lists(
    st.tuples(st.sampled_from(list(combinations(range(12), 2))), st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.9])),
    max_size=6,
)


@settings(max_examples=500, deadline=None)
@given(
    PAIRS,
    st.lists(CHANGES, min_size=1, max_size=3),
    st.sets(st.integers(0, 11), max_size=3),
    st.sampled_from([0, 1, 2]),
)
def test_groups_that_are_kept_up_to_date_are_those_made_anew(
    pairs: Pairs, steps: list[list[tuple[tuple[int, int], float]]], gone: set[int], side: int
) -> None:
    every = list(range(12))
    linked = Linked(pairs, every)
    for changes in steps:
        told = dict(changes)
        pairs = {pair: value for pair, value in {**pairs, **told}.items() if value}
        linked.follow(told, side=side)
        assert linked.groups == Linked(pairs, every).groups
    left = {pair: value for pair, value in pairs.items() if not gone & set(pair)}
    linked.follow({}, gone=gone)
    assert linked.groups == Linked(left, [at for at in every if at not in gone]).groups
    back = {pair: value for pair, value in pairs.items() if gone & set(pair)}
    linked.follow(back, sorted(gone), side=side)
    assert linked.groups == Linked(pairs, every).groups


@settings(max_examples=100, deadline=None)
@given(PAIRS, st.lists(CHANGES, max_size=12))
def test_what_is_near_is_what_was_told_last(
    pairs: Pairs, steps: list[list[tuple[tuple[int, int], float]]]
) -> None:
    near, known = Near(), {pair: int(value * SCALE) for pair, value in pairs.items()}
    for told in (pairs, *map(dict, steps)):
        now = {pair: int(value * SCALE) for pair, value in told.items()}
        numbers = np.array([(one, other, now[one, other]) for one, other in now], dtype=np.int64)
        otherwise = near.change(Edges(*numbers.reshape(-1, 3).T), 12)
        if told is not pairs:
            differing = {pair for pair, value in now.items() if known.get(pair, 0) != value}
            assert set(zip(*(side.tolist() for side in otherwise.now[:2]), strict=True)) == differing
        known |= now
        found = zip(*(column.tolist() for column in near.of(np.arange(12))), strict=True)
        both = [
            ((one, other), value)
            for pair, value in known.items()
            if value
            for one, other in (pair, pair[::-1])
        ]
        assert [((one, other), value) for one, other, value in found] == sorted(both)


def test_a_loose_likeness_chains_nothing() -> None:
    two = {pair: 0.9 for side in ((0, 1, 2), (3, 4, 5)) for pair in combinations(side, 2)}
    groups = Linked({**two, (2, 3): 0.6}, list(range(6))).groups
    assert sorted(map(len, groups)) == [3, 3]
