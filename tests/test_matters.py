"""Grouping: what is compared at all, and what becomes one group, in whatever order claims come and go."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.keys import NAME, STORY, key
from secondsource.corroborate.linkage import Linkage
from secondsource.corroborate.matters import whole
from secondsource.corroborate.nodes import Node
from secondsource.corroborate.rows import Numbers
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.tables import Keyed

MANY = 200
ITEMS = ("Orlan", "Varn")
NAMED, TOLD = (int(key(kind, np.array([0]), np.array([1]))[0]) for kind in (NAME, STORY))


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


def compared(blocks: Blocks, among: Collection[Node]) -> set[frozenset[Node]]:
    asked = blocks.places(among)
    found = [pair for pairs in blocks.pairs(asked) for pair in named(blocks, pairs)]
    assert len(found) == len(set(found)), "a pair comes once"
    return set(found)


def named(blocks: Blocks, pairs: tuple[Numbers, Numbers]) -> list[frozenset[Node]]:
    sides = (map(blocks.nodes.__getitem__, side.tolist()) for side in pairs)
    return list(map(frozenset, zip(*sides, strict=True)))


def follow(
    blocks: Blocks, gone: Iterable[Node], come: Iterable[Node], keys: Sequence[int]
) -> set[frozenset[Node]]:
    """Take nodes out and put others in, each under all keys; the pairs that this may have changed."""
    come = list(come)
    held = [(key, at) for at, _ in enumerate(come) for key in keys]
    items = [
        (at, item) for at, node in enumerate(come) for item in sorted(map(ITEMS.index, node.face.entities))
    ]
    keyed = (Keyed(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T) for pairs in (held, items))
    return set(named(blocks, blocks.follow(set(gone), come, *keyed)))


STEPS = st.lists(st.sets(st.integers(0, MANY - 1), min_size=1, max_size=30), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.integers(50, 150), STEPS, st.sampled_from([[NAMED], [TOLD], [NAMED, TOLD]]))
def test_what_is_compared_is_the_same_however_claims_came(
    first: int, steps: list[set[int]], keys: list[int]
) -> None:
    blocks, here = Blocks(), set(nodes()[:first])
    follow(blocks, (), here, keys)
    for step in steps:
        touched = {nodes()[at] for at in step}
        before = compared(blocks, here)
        told = follow(blocks, here & touched, touched - here, keys)
        here ^= touched
        after = compared(blocks, here)
        assert {pair for pair in before ^ after if not pair & touched} <= told
        assert not any(pair & touched for pair in told)
    anew = Blocks()
    follow(anew, (), sorted(here, key=lambda node: node.rank, reverse=True), keys)
    assert compared(blocks, here) == compared(anew, here)
    some = sorted(here, key=lambda node: node.rank)[::3]
    assert compared(blocks, some) == {pair for pair in compared(anew, here) if pair & set(some)}


def test_places_of_nodes_that_went_are_let_go_of() -> None:
    blocks = Blocks()
    follow(blocks, (), nodes(), [NAMED])
    for _ in range(20):
        follow(blocks, nodes(), nodes(), [NAMED])
    assert len(blocks.nodes) < 12 * MANY
    anew = Blocks()
    follow(anew, (), nodes(), [NAMED])
    assert compared(blocks, nodes()) == compared(anew, nodes())


def test_no_half_of_a_long_block_stands_apart() -> None:
    blocks = Blocks()
    follow(blocks, (), nodes(), [NAMED])
    pairs = compared(blocks, nodes())
    reached, waiting = {nodes()[0]}, [nodes()[0]]
    for node in waiting:
        near = {other for pair in pairs if node in pair for other in pair} - reached
        reached |= near
        waiting += near
    assert reached == set(nodes())
    assert max(sum(node in pair for pair in pairs) for node in nodes()) <= 32


def test_a_pair_is_asked_for_from_either_side() -> None:
    blocks = Blocks()
    follow(blocks, (), nodes(), [NAMED])
    one, other = next(blocks.pairs(blocks.places(nodes())))
    assert blocks.meet(one, other).all()
    assert blocks.meet(other, one).all()
    assert not blocks.meet(one, one).any()


Pairs = dict[tuple[int, int], float]
PAIRS = st.dictionaries(
    st.sampled_from(list(combinations(range(12), 2))), st.sampled_from([0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0])
)


def near(pairs: Pairs, order: list[int]) -> dict[Node, dict[Node, int]]:
    found: dict[Node, dict[Node, int]] = {nodes()[at]: {} for at in order}
    for (one, other), value in sorted(pairs.items(), key=lambda item: order.index(item[0][0])):
        found[nodes()[one]][nodes()[other]] = found[nodes()[other]][nodes()[one]] = int(
            whole(np.array([value]))[0]
        )
    return found


@settings(max_examples=200, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_groups_are_the_same_in_any_order(pairs: Pairs, chance: random.Random) -> None:
    order = list(range(12))
    groups = set(Linkage(near(pairs, order)).groups())
    chance.shuffle(order)
    assert set(Linkage(near(pairs, order)).groups()) == groups
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
    st.sampled_from([None, 0, 1]),
)
def test_groups_that_are_kept_up_to_date_are_those_made_anew(
    pairs: Pairs, steps: list[list[tuple[tuple[int, int], float]]], gone: set[int], one_side: int | None
) -> None:
    every = list(range(12))
    linkage = Linkage(near(pairs, every))
    for changes in steps:
        pairs = {pair: value for pair, value in {**pairs, **dict(changes)}.items() if value}
        linkage.near = near(pairs, every)
        again = None if one_side is None else {nodes()[pair[one_side]] for pair, _ in changes}
        linkage.update({nodes()[at] for pair, _ in changes for at in pair}, again=again)
        assert set(linkage.groups()) == set(Linkage(near(pairs, every)).groups())
    beside = {nodes()[at] for pair in pairs if gone & set(pair) for at in pair if at not in gone}
    left = {pair: value for pair, value in pairs.items() if not gone & set(pair)}
    linkage.near = near(left, [at for at in every if at not in gone])
    linkage.update(beside, [nodes()[at] for at in gone], None if one_side is None else ())
    assert set(linkage.groups()) == set(Linkage(linkage.near).groups())
    linkage.near = near(pairs, every)
    back = {nodes()[at] for at in gone}
    linkage.update(beside | back, again=None if one_side is None else back)
    assert set(linkage.groups()) == set(Linkage(linkage.near).groups())


def test_a_loose_likeness_chains_nothing() -> None:
    two = {pair: 0.9 for side in ((0, 1, 2), (3, 4, 5)) for pair in combinations(side, 2)}
    groups = Linkage(near({**two, (2, 3): 0.6}, list(range(6)))).groups()
    assert sorted(map(len, groups)) == [3, 3]
