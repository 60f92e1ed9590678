"""Which seeds may be one: an edge for each pair that agrees, and the pieces that edges hold together.

What is in different pieces never meets, so that a piece can be resolved alone, and a document
that comes in changes only the pieces it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from secondsource.comparisons import Comparison
from secondsource.resolve.blocking import CROWD, Key, blocks, clues, lookups
from secondsource.resolve.common_names import many_bear
from secondsource.resolve.links import NEAR, compared, one_slip, same, short_for
from secondsource.resolve.nodes import Seed, SeedId, Words

Verdict = Literal["same", "common", "slip", "near"]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two seeds whose names were compared: they agree, agree in a name that many bear, differ by a slip,
    or are merely near."""

    comparison: Comparison
    verdict: Verdict


class Graph:
    """Seeds with what was found between them; kept up to date as seeds come and go."""

    def __init__(self) -> None:
        self.seeds: dict[SeedId, Seed] = {}
        self.edges: dict[SeedId, dict[SeedId, Edge]] = defaultdict(dict)
        self.fits: dict[SeedId, dict[SeedId, str]] = defaultdict(dict)
        self.fitted: dict[SeedId, set[SeedId]] = defaultdict(set)
        self.by_words: dict[Words, set[SeedId]] = defaultdict(set)
        self._blocks = _Index()
        self._clues = _Index()
        self._lookups = _Index()

    def replace(self, words: Words, seeds: Iterable[Seed]) -> tuple[set[SeedId], set[SeedId]]:
        """Put ``seeds`` in the place of those under ``words``.

        Returns the ids of those to be compared anew, with what crowds by it or stops to, and of
        all that it touches.
        """
        before = {id: self.seeds[id] for id in self.by_words.pop(words, set())}
        after = {seed.id: seed for seed in seeds}
        anew, touched = set(), {*before, *after}
        for id, seed in before.items():
            kept = after.get(id)
            if kept is None or _told(kept) != _told(seed):
                touched |= self._cut(id)
                anew |= self._take_out(seed)
        for id, seed in after.items():
            self.seeds[id] = seed
            self.by_words[words].add(id)
            if id not in before or _told(before[id]) != _told(seed):
                anew |= {id, *self._put_in(seed)}
        return anew & self.seeds.keys(), touched | anew

    def compare(self, anew: Iterable[SeedId]) -> set[SeedId]:
        """Find the edges of these seeds from scratch; the ids of all that had an edge to them or have one."""
        waiting, touched = set(anew), set(anew)
        for id in waiting:
            touched |= self._cut(id)
        done: set[SeedId] = set()
        for id in sorted(waiting):
            done.add(id)
            self._find_edges(id, done)
            self._find_fits(id)
            touched |= self.near(id)
        return touched

    def near(self, id: SeedId) -> set[SeedId]:
        """The seeds that one depends on in how it is resolved."""
        close = {other for other, edge in self.edges.get(id, {}).items() if edge.verdict != "near"}
        short = self.fits.get(id, {}).keys() | self.fitted.get(id, set())
        return (close | short | self.by_words.get(id.words, set())) - {id}

    def pairs(self) -> Iterator[tuple[SeedId, SeedId, Edge]]:
        for one, found in self.edges.items():
            yield from ((one, other, edge) for other, edge in found.items() if one < other)

    def _find_edges(self, id: SeedId, done: set[SeedId]) -> None:
        seed = self.seeds[id]
        others = self._blocks.meeting(blocks(seed), CROWD) | self.by_words[id.words]
        for other in others - done:
            # In the order of their ids, so that the sentence does not tell which came first.
            if edge := _edge(self.seeds[min(id, other)], self.seeds[max(id, other)]):
                self.edges[id][other] = self.edges[other][id] = edge

    def _find_fits(self, id: SeedId) -> None:
        seed = self.seeds[id]
        for other in self._clues.meeting(lookups(seed)) - {id}:
            self._fit(seed, self.seeds[other])
        for other in self._lookups.meeting(clues(seed)) - {id}:
            self._fit(self.seeds[other], seed)

    def _fit(self, short: Seed, long: Seed) -> None:
        if short.loose or long.loose or short.id.words == long.id.words:
            return
        if many_bear(short.name) and many_bear(long.name):
            return
        if how := short_for(short, long):
            self.fits[short.id][long.id] = how
            self.fitted[long.id].add(short.id)

    def _cut(self, id: SeedId) -> set[SeedId]:
        """Take away all edges of a seed; those at their other ends."""
        ends = self.edges.pop(id, {}).keys() | set()
        for other in ends:
            del self.edges[other][id]
        longs, shorts = self.fits.pop(id, {}).keys() | set(), self.fitted.pop(id, set())
        for other in longs:
            self.fitted[other].discard(id)
        for other in shorts:
            del self.fits[other][id]
        return ends | longs | shorts

    def _put_in(self, seed: Seed) -> set[SeedId]:
        for index, keys in self._indexed(seed):
            index.put(seed.id, keys)
        return self._blocks.put(seed.id, blocks(seed))

    def _take_out(self, seed: Seed) -> set[SeedId]:
        self.seeds.pop(seed.id)
        for index, keys in self._indexed(seed):
            index.take(seed.id, keys)
        return self._blocks.take(seed.id, blocks(seed))

    def _indexed(self, seed: Seed) -> list[tuple[_Index, set[Key]]]:
        return [(self._clues, clues(seed)), (self._lookups, lookups(seed))]


class _Index:
    """Seeds by keys."""

    def __init__(self) -> None:
        self._held: dict[Key, set[SeedId]] = defaultdict(set)

    def put(self, id: SeedId, keys: Iterable[Key]) -> set[SeedId]:
        """The seeds under keys that have become a crowd by this."""
        crowds: set[SeedId] = set()
        for key in keys:
            held = self._held[key]
            held.add(id)
            if len(held) == CROWD + 1:
                crowds |= held
        return crowds

    def take(self, id: SeedId, keys: Iterable[Key]) -> set[SeedId]:
        """The seeds under keys that are a crowd no more."""
        fewer: set[SeedId] = set()
        for key in keys:
            held = self._held[key]
            held.discard(id)
            if len(held) == CROWD:
                fewer |= held
        return fewer

    def meeting(self, keys: Iterable[Key], most: int | None = None) -> set[SeedId]:
        """The seeds under any of the keys, but for those of more than ``most`` seeds."""
        held = (self._held.get(key, set()) for key in keys)
        return set().union(*(ids for ids in held if most is None or len(ids) <= most))


def _told(seed: Seed) -> tuple[object, ...]:
    """What the edges of a seed follow from."""
    return seed.name, seed.aliases, seed.loose


def _edge(one: Seed, other: Seed) -> Edge | None:
    single = one.id.words == other.id.words and one.kind == "Person" and len(one.name.tokens) < 2
    if one.kind != other.kind or one.loose or other.loose or single:
        return None
    found = compared(one.name, other.name)
    if found is None or found.score < NEAR:
        return None
    if same(one.name, other.name, found):
        return Edge(found, "common" if many_bear(one.name) and many_bear(other.name) else "same")
    return Edge(found, "slip" if one_slip(one.name, other.name) else "near")
