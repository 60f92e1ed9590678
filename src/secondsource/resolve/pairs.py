"""The pairs worth a person's judgement, the most valuable first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from secondsource import names
from secondsource.model import Candidate, Entity, Place, Side
from secondsource.resolve.graph import Graph
from secondsource.resolve.links import compared
from secondsource.resolve.nodes import Node, Seed
from secondsource.resolve.probability import Evidence, evidence, probability
from secondsource.resolve.resolver import Resolver
from secondsource.text import content_id


class Pairs:
    """Every pair of things of a case that may be one, or may have been joined too easily."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._graph: Graph = resolver.graph
        self._entities = {
            (part.document, part.entity): entity for entity in resolver.entities for part in entity.mentions
        }

    def worth_deciding(self, most: int) -> list[Candidate]:
        """The ``most`` valuable candidates on which nobody has judged."""
        found = {one.id: one for one, _ in self.undecided()}
        return heapq.nlargest(most, found.values(), key=lambda one: (one.value, one.score, one.id))

    def undecided(self) -> Iterator[tuple[Candidate, Evidence | None]]:
        """Every candidate on which nobody has judged, with what is known of it where it was compared;
        one comes again for each two of its names that may be one."""
        for one, other, verdict, rivals in self._evidence():
            yield from self._candidate(one, other, verdict, rivals)
        for seed in self._graph.seeds.values():
            for candidate in self._mixed(seed):
                yield candidate, None

    def _evidence(self) -> Iterator[tuple[Seed, Seed, str, int]]:
        """Seeds that may be one: how, and among how many."""
        seeds = self._graph.seeds
        for one, other, edge in self._graph.pairs():
            yield seeds[one], seeds[other], edge.verdict, 0
        for short, fits in self._graph.fits.items():
            for long, how in fits.items():
                if long not in self._graph.edges.get(short, {}):
                    yield seeds[short], seeds[long], how, len(fits)

    def _candidate(
        self, one: Seed, other: Seed, verdict: str, rivals: int
    ) -> Iterator[tuple[Candidate, Evidence]]:
        left, right = (self._entities[seed.nodes[0].key] for seed in (one, other))
        joined = left.id == right.id
        if (joined and verdict not in ("slip", "common")) or self._decided(one, other):
            return
        sides = [self._side(one), self._side(other)] if joined else [self.side(left), self.side(right)]
        known, shared = self._known(one, other, verdict, rivals)
        comparison = compared(one.name, other.name)
        reasons = [comparison.sentence] if comparison else []
        reasons += [f"“{one.name.text}” may stand for “{other.name.text}”: {verdict}."] if rivals else []
        reasons += [*one.warnings, *other.warnings]
        reasons += [shared] if shared else []
        score, chance = comparison.score if comparison else 0.0, probability(known)
        yield _candidate(sides, score, chance, joined, tuple(reasons)), known

    def _known(self, one: Seed, other: Seed, verdict: str, rivals: int) -> tuple[Evidence, str]:
        """What is known of a pair, and the sentence on its company."""
        together = one.documents & other.documents
        shared = self._resolver.company.shared(one, other)
        score = found.score if (found := compared(one.name, other.name)) else 0.0
        known = evidence(verdict, score, rivals, None if together else len(shared))
        if together:
            return known, "One document names both."
        others = " and ".join(key for _, key in shared[:2])
        return known, f"Both are named with {others}." if shared else ""

    def _mixed(self, seed: Seed) -> Iterator[Candidate]:
        """Names in mixed alphabets set against the same name in one, with which they were joined."""
        odd = [node for node in seed.nodes if names.warnings(node.name)]
        even = [node for node in seed.nodes if not names.warnings(node.name)]
        if odd and even and not self._judged(odd, even):
            yield _candidate([side_of(odd), side_of(even)], 1.0, None, True, seed.warnings)

    def _decided(self, one: Seed, other: Seed) -> bool:
        return self._judged(self._whole(one), self._whole(other))

    def _whole(self, seed: Seed) -> list[Node]:
        entity = self._entities[seed.nodes[0].key]
        return [self._resolver.node(part.document, part.entity) for part in entity.mentions]

    def _judged(self, one: list[Node], other: list[Node]) -> bool:
        """True where somebody judged on these two, standing or not."""
        bearing = self._resolver.obeyed.bearing
        if not bearing:
            return False
        left, right = ({j.id for node in nodes for j in bearing.get(node.key, ())} for nodes in (one, other))
        return bool(left & right)

    def side(self, entity: Entity) -> Side:
        """An entity as a side of a judgement."""
        nodes = [self._resolver.node(part.document, part.entity) for part in entity.mentions]
        places = tuple(Place(node.document, node.name, node.cluster) for node in nodes)
        return Side(entity.id, entity.name, entity.schema, places)

    def _side(self, seed: Seed) -> Side:
        return side_of(list(seed.nodes))


def side_of(nodes: list[Node]) -> Side:
    """Some nodes as a side of a judgement."""
    places = tuple(Place(node.document, node.name, node.cluster) for node in nodes)
    return Side("", nodes[0].name, nodes[0].schema, places)


def _candidate(
    sides: list[Side], score: float, chance: float | None, joined: bool, reasons: tuple[str, ...]
) -> Candidate:
    left, right = sorted(sides, key=lambda side: (side.name.casefold(), side.places))
    open_ = 1 - abs(2 * (0.5 if chance is None else chance) - 1)
    value = round(open_ * min(len(left.places), len(right.places)), 4)
    id = content_id("p", left.places, right.places)
    return Candidate(id, left, right, score, chance, value, joined, reasons)
