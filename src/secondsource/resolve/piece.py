"""One piece of the graph resolved: linkage, then short forms, then what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from secondsource.comparisons import Comparison
from secondsource.model import Entity
from secondsource.resolve.company import ENOUGH, Company
from secondsource.resolve.entities import entities_of
from secondsource.resolve.graph import Graph
from secondsource.resolve.judged import Obeyed, forbidden
from secondsource.resolve.linkage import linked
from secondsource.resolve.nodes import Group, Seed, SeedId
from secondsource.resolve.short_forms import Fitting, completed


def resolved(graph: Graph, ids: Collection[SeedId], company: Company, obeyed: Obeyed) -> list[Entity]:
    """The entities of the seeds ``ids``, which no edge leads out of."""
    seeds = [graph.seeds[id] for id in sorted(ids)]
    marks = {seed.id: marked for seed in seeds if (marked := _marks(seed, obeyed))}
    groups = linked(_units(seeds, obeyed), _found(graph, seeds, company), marks)
    groups.sort(key=lambda group: group.first)

    def apart(one: Group, other: Group) -> bool:
        return bool(marks) and forbidden(_all(one, marks), _all(other, marks))

    done = completed(Fitting(groups, graph.fits, apart), company.shared)
    return entities_of(done, obeyed)


def _marks(seed: Seed, obeyed: Obeyed) -> frozenset[str]:
    if not obeyed.marks:
        return frozenset()
    return frozenset().union(*(obeyed.marks.get(node.key, frozenset()) for node in seed.nodes))


def _all(group: Group, marks: dict[SeedId, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(marks.get(seed.id, frozenset()) for seed in group.seeds))


def _units(seeds: list[Seed], obeyed: Obeyed) -> list[Group]:
    """Each seed by itself, those that a person made one together."""
    home: dict[object, int] = {}
    groups: list[Group | None] = []
    for seed in seeds:
        classes = {obeyed.together[node.key] for node in seed.nodes if node.key in obeyed.together}
        known = sorted({home[one] for one in classes if one in home})
        group = Group((seed,))
        for at in known:
            group, groups[at] = (groups[at] or group).joined(group), None
        groups.append(group)
        home = {one: len(groups) - 1 if at in known else at for one, at in home.items()}
        home |= dict.fromkeys(classes, len(groups) - 1)
    return [group for group in groups if group]


def _found(graph: Graph, seeds: list[Seed], company: Company) -> dict[tuple[SeedId, SeedId], Comparison]:
    """Pairs that agree, and those that a slip parts and their company holds together."""
    found: dict[tuple[SeedId, SeedId], Comparison] = {}
    for seed in seeds:
        for other, edge in graph.edges.get(seed.id, {}).items():
            if other < seed.id or edge.verdict == "near":
                continue
            if edge.verdict == "same":
                found[seed.id, other] = edge.comparison
            elif len(shared := company.shared(seed, graph.seeds[other])) >= ENOUGH:
                others = " and ".join(key for _, key in shared[:ENOUGH])
                found[seed.id, other] = edge.comparison.also(f"Both are named with {others}.")
    return found


def pieces(graph: Graph, start: Collection[SeedId], mates: dict[SeedId, set[SeedId]]) -> list[set[SeedId]]:
    """The pieces of the graph that hold the seeds of ``start``; ``mates`` are one by judgement."""
    left, found = set(start), []
    while left:
        piece, edge = set(), [left.pop()]
        while edge:
            id = edge.pop()
            if id not in piece:
                piece.add(id)
                edge += (graph.near(id) | mates.get(id, set())) - piece
        left -= piece
        found.append(piece)
    return found


def mates_of(graph: Graph, obeyed: Obeyed, home: dict[tuple[str, str], SeedId]) -> dict[SeedId, set[SeedId]]:
    """For each seed those that share a class of nodes with it; ``home`` is the seed of each node."""
    classes: dict[object, set[SeedId]] = defaultdict(set)
    for node, top in obeyed.together.items():
        if node in home:
            classes[top].add(home[node])
    mates: dict[SeedId, set[SeedId]] = defaultdict(set)
    for held in classes.values():
        for id in held:
            mates[id] |= held - {id}
    return mates
