"""Average linkage: which seeds are one thing by names that agree word by word."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

from secondsource.comparisons import Comparison
from secondsource.resolve.judged import forbidden
from secondsource.resolve.links import SAME
from secondsource.resolve.nodes import Group, SeedId

Pair = tuple[int, int]
Found = Mapping[tuple[SeedId, SeedId], Comparison]
"""The comparison of each two seeds that may be one, by their ids in order."""


def linked(units: Sequence[Group], found: Found, marks: Mapping[SeedId, frozenset[str]]) -> list[Group]:
    """Units grouped while the average over all pairs of two groups' names is `SAME` or more.

    A unit is one seed, or those that a person made one: of these the best pair counts.  Each name
    counts as often as documents have it.  A pair that does not agree counts 0, so one likeness
    between two groups joins them only where most of their names agree as well.  What bears
    opposite ``marks`` is never joined.
    """
    best = _between(units, found)
    groups = dict(enumerate(units))
    members = {at: [at] for at in groups}
    bears = {at: _marks(group, marks) for at, group in groups.items()}
    links = _Links({pair: said.score for pair, said in best.items()}, [len(group.nodes) for group in units])
    while (pair := links.closest()) is not None:
        kept, gone = pair
        if forbidden(bears[kept], bears[gone]):
            links.part(kept, gone)
            continue
        crossing = (tuple(sorted((left, right))) for left in members[kept] for right in members[gone])
        said = max((best[cross] for cross in crossing if cross in best), key=attrgetter("score"))
        groups[kept] = groups[kept].joined(groups.pop(gone), said.sentence)
        members[kept] += members.pop(gone)
        bears[kept] |= bears.pop(gone)
        links.join(kept, gone)
    return list(groups.values())


def _between(units: Sequence[Group], found: Found) -> dict[Pair, Comparison]:
    home = {seed.id: at for at, unit in enumerate(units) for seed in unit.seeds}
    best: dict[Pair, Comparison] = {}
    for (one, other), said in sorted(found.items()):
        low, high = sorted((home[one], home[other]))
        if low != high and ((low, high) not in best or said.score > best[low, high].score):
            best[low, high] = said
    return best


def _marks(group: Group, marks: Mapping[SeedId, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(marks.get(seed.id, frozenset()) for seed in group.seeds))


class _Links:
    """The sums of scores between groups, and the closest pair of groups by their average."""

    def __init__(self, scores: dict[Pair, float], sizes: list[int]) -> None:
        self._sums = {
            (one, other): score * sizes[one] * sizes[other] for (one, other), score in scores.items()
        }
        self._sizes = sizes
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
            if (one, other) in self._sums and -far == self._average(one, other):  # else it is out of date
                return (one, other) if -far >= SAME else None
        return None

    def part(self, one: int, other: int) -> None:
        """Take away what is between two groups."""
        del self._sums[one, other]
        self._near[one].discard(other)
        self._near[other].discard(one)

    def join(self, kept: int, gone: int) -> None:
        self._sizes[kept] += self._sizes[gone]
        for near in sorted((self._near[kept] | self._near.pop(gone)) - {kept, gone}):
            sums = [self._sums.pop((min(at, near), max(at, near)), 0.0) for at in (kept, gone)]
            self._near[near].discard(gone)
            self._sums[min(kept, near), max(kept, near)] = sum(sums)
            self._push(min(kept, near), max(kept, near))
        self._near[kept].discard(gone)
        self._sums.pop((kept, gone))
