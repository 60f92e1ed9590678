"""Average linkage: which seeds are one thing by names that agree word by word."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import attrgetter

from secondsource import names
from secondsource.comparisons import Comparison
from secondsource.resolve.links import SAME, SLIP, same, telling_words
from secondsource.resolve.nodes import Group, Seed

CROWD = 100
"""More names than this of the same consonants are not compared: a name that common tells nobody."""

Pair = tuple[int, int]


def linked(seeds: Sequence[Seed]) -> list[Group]:
    """Seeds grouped while the average over all pairs of names of two groups is `SAME` or more.

    A pair that does not agree counts 0, so one likeness between two groups joins them only
    where most of their names agree as well.
    """
    found = {pair: said for pair in _worth_comparing(seeds) if (said := _compared(seeds, pair))}
    groups = {at: Group((seed,)) for at, seed in enumerate(seeds)}
    members = {at: [at] for at in groups}
    links = _Links({pair: said.score for pair, said in found.items()}, len(seeds))
    while (pair := links.closest()) is not None:
        kept, gone = pair
        crossing = (tuple(sorted((left, right))) for left in members[kept] for right in members[gone])
        best = max((found[cross] for cross in crossing if cross in found), key=attrgetter("score"))
        groups[kept] = groups[kept].joined(groups.pop(gone), best.sentence)
        members[kept] += members.pop(gone)
        links.join(kept, gone)
    return list(groups.values())


class _Links:
    """The sums of scores between groups, and the closest pair of groups by their average."""

    def __init__(self, scores: dict[Pair, float], size: int) -> None:
        self._sums = dict(scores)
        self._sizes = [1] * size
        self._near: dict[int, set[int]] = defaultdict(set)
        self._heap: list[tuple[float, int, int]] = []
        for one, other in scores:
            self._push(one, other)

    def _push(self, one: int, other: int) -> None:
        self._near[one].add(other)
        self._near[other].add(one)
        heapq.heappush(self._heap, (-self._average(one, other), one, other))

    def _average(self, one: int, other: int) -> float:
        return self._sums[one, other] / (self._sizes[one] * self._sizes[other])

    def closest(self) -> Pair | None:
        """The pair to be joined next, None when no average reaches `SAME`."""
        while self._heap:
            far, one, other = heapq.heappop(self._heap)
            if (one, other) in self._sums and -far == self._average(one, other):
                return (one, other) if -far >= SAME else None
        return None

    def join(self, kept: int, gone: int) -> None:
        self._sizes[kept] += self._sizes[gone]
        for near in sorted((self._near[kept] | self._near.pop(gone)) - {kept, gone}):
            sums = [self._sums.pop((min(at, near), max(at, near)), 0.0) for at in (kept, gone)]
            self._near[near].discard(gone)
            self._sums[min(kept, near), max(kept, near)] = sum(sums)
            self._push(min(kept, near), max(kept, near))
        self._near[kept].discard(gone)
        self._sums.pop((kept, gone))


def _compared(seeds: Sequence[Seed], pair: Pair) -> Comparison | None:
    one, other = (seeds[at] for at in pair)
    return same(one.name, other.name) if one.kind == other.kind else None


def _worth_comparing(seeds: Sequence[Seed]) -> list[Pair]:
    """Pairs that can agree word by word: those of the same consonants, or a letter from it."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, seed in enumerate(seeds):
        for key in set(_keys(seed)):
            blocks[seed.kind, *key].append(at)
    held = (block for block in blocks.values() if len(block) <= CROWD)
    return sorted({pair for block in held for pair in combinations(block, 2)})


def _keys(seed: Seed) -> Iterator[tuple[str, ...]]:
    """The consonants of all words, with one long word by its first or its last letters instead, or
    of the whole written together."""
    words = [names.given_name(word) for word in telling_words(seed.name)]
    bones = [names.skeleton(word) for word in words]
    yield ("words", *sorted(bones))
    yield ("together", names.skeleton(seed.name.joined))
    for at, word in enumerate(words):
        if len(word) > SLIP:
            others = sorted(bones[:at] + bones[at + 1 :])
            yield ("begins", *others, word[: SLIP // 2])
            yield ("ends", *others, word[-(SLIP // 2) :])
