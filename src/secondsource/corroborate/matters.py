"""Claims about the same matter, grouped: candidates by shared names, then average linkage.

Candidates come from an inverted index, so that a case of thousands of claims is not compared
pair by pair.  Average linkage keeps one loose likeness from chaining two matters into one.
Claims that nothing can tell apart are one node, so copies cost nothing.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.similarity import SAME
from secondsource.corroborate.slots import Slots

Like = Callable[[Slots, Slots], float]

_LONGEST_BLOCK = 60
_NEIGHBOURS = 12
_OWN_NAMES = frozenset({"name", "names", "word"})
"""Keys of what a claim itself names: their blocks are split where they are long, others are left out."""

_TOP_NAMES = 6
_FLOOR = 0.2


def matters(
    every: Sequence[Slots], like: Like, linked: Iterable[tuple[str, str]] = ()
) -> list[tuple[Slots, ...]]:
    """``every`` claim in exactly one group, groups and members in an order of their own.

    ``linked`` are documents of which one derives from the other: they tell one story.
    """
    members = alike(every)
    faces = [member[0] for member in members]
    likeness = {
        pair: value
        for pair in sorted(set(candidates(members, linked)))
        if (value := like(faces[pair[0]], faces[pair[1]])) >= _FLOOR
    }
    groups = _Linkage(len(members), likeness).run()
    return sorted(
        (tuple(slots for node in group for slots in members[node]) for group in groups),
        key=lambda group: group[0].claim.id,
    )


def alike(every: Sequence[Slots]) -> list[list[Slots]]:
    """Claims that nothing can tell apart, together."""
    nodes: dict[tuple[object, ...], list[Slots]] = defaultdict(list)
    for slots in sorted(every, key=lambda slots: slots.claim.id):
        nodes[slots.signature].append(slots)
    return list(nodes.values())


def worth_asking(groups: Sequence[tuple[Slots, ...]]) -> list[tuple[Slots, ...]]:
    """The groups with each claim once; parts alone raise a question where two documents have them.

    Of the parts that say no more than that the same claims are of one matter, none is kept.
    """
    single = [_each_once(group) for group in groups]
    deeds: defaultdict[str, set[str]] = defaultdict(set)
    for group in single:
        for slots in group:
            if not slots.part:
                deeds[slots.claim.id] |= slots.heads
    return [group for group in single if not all(slots.part for slots in group) or _adds(group, deeds)]


def _each_once(group: Sequence[Slots]) -> tuple[Slots, ...]:
    first: dict[str, Slots] = {}
    for slots in sorted(group, key=lambda slots: (slots.part, slots.claim.content.spans)):
        first.setdefault(slots.claim.id, slots)
    return tuple(sorted(first.values(), key=lambda slots: slots.claim.id))


def _adds(group: Sequence[Slots], deeds: Mapping[str, set[str]]) -> bool:
    if len({slots.claim.document for slots in group}) < 2:
        return False
    known = lexicon().predicates
    return any(head in known and head not in deeds[slots.claim.id] for slots in group for head in slots.heads)


def candidates(
    members: Sequence[Sequence[Slots]], linked: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """Pairs of nodes that share a name and what is done, two names, or a story and what is done."""
    parents = defaultdict(set)
    for child, parent in linked:
        parents[child].add(parent)
    names = _top_names(members)
    blocks: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for node, same in enumerate(members):
        for key in _keys(same, names, parents):
            blocks[key].add(node)
    for key, block in blocks.items():
        if len(block) <= _LONGEST_BLOCK:
            yield from combinations(sorted(block), 2)
        elif key[0] in _OWN_NAMES:
            yield from _split(sorted(block), members)


def _split(block: Sequence[int], members: Sequence[Sequence[Slots]]) -> Iterator[tuple[int, int]]:
    """The pairs of a long block, split by what else its claims name, and then cut.

    What is still long then says nearly the same in many words: each is paired with some of the others.
    """
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for node in block:
        face = members[node][0]
        for item in (*face.entities, *face.things, *(f"{one.unit} {one.low:g}" for one in face.amounts)):
            parts[item].append(node)
    for part in parts.values():
        if len(part) <= _LONGEST_BLOCK:
            yield from combinations(part, 2)
        else:
            yield from _spread(part)


def _spread(part: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each with a dozen others, near and far, so that no half of a block stands apart from the other."""
    size = len(part)
    steps = sorted({round((size / 2) ** (step / (_NEIGHBOURS - 1))) for step in range(_NEIGHBOURS)})
    for at, step in product(range(size), steps):
        one, other = part[at], part[(at + step) % size]
        yield min(one, other), max(one, other)


def _keys(
    same: Sequence[Slots], names: dict[str, tuple[str, ...]], parents: Mapping[str, set[str]]
) -> Iterator[tuple[str, ...]]:
    face = same[0]
    done = face.heads | face.nearby
    for entity in face.entities:
        yield from (("name", entity, name) for name in done)
        yield from (("word", entity, term) for term in face.terms)
    yield from (
        ("count", amount.unit, f"{amount.low:g}", head) for amount in face.amounts for head in face.heads
    )
    yield from (("names", *pair) for pair in combinations(sorted(face.entities), 2))
    for slots in same:
        for entity in names.get(slots.claim.document, ()):
            yield from (("story", entity, item) for item in face.heads | face.things)
        for document in (slots.claim.document, *parents.get(slots.claim.document, ())):
            yield from (("from", document, head) for head in face.heads)


def _top_names(members: Sequence[Sequence[Slots]]) -> dict[str, tuple[str, ...]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for same in members:
        for slots in same:
            counts[slots.claim.document].update(slots.entities)
    return {
        document: tuple(sorted(count, key=lambda entity: (-count[entity], entity))[:_TOP_NAMES])
        for document, count in counts.items()
    }


class _Linkage:
    """Agglomeration over a sparse likeness: pairs that are absent count as nothing alike.

    Two groups are as alike as the mean of their average likeness and of how alike each member
    of the smaller is to its nearest in the larger: reports that leave out different slots are
    not alike two by two, and one loose likeness must not chain two matters.
    """

    def __init__(self, size: int, likeness: dict[tuple[int, int], float]) -> None:
        self.groups = {node: [node] for node in range(size)}
        # The summed likeness of two groups, and of each member its nearest in each group.
        self._sums: list[dict[int, float]] = [{} for _ in range(size)]
        self._near: list[dict[int, float]] = [{} for _ in range(size)]
        for (one, other), value in sorted(likeness.items()):
            self._sums[one][other] = self._sums[other][one] = value
            self._near[one][other] = self._near[other][one] = value
        self._heap = [(-value, *pair) for pair, value in likeness.items() if value >= SAME]
        heapq.heapify(self._heap)

    def run(self) -> list[list[int]]:
        while self._heap:
            negative, one, other = heapq.heappop(self._heap)
            if one in self.groups and other in self.groups and self.alike(one, other) == -negative:
                self._join(one, other)
        return list(self.groups.values())

    def alike(self, one: int, other: int) -> float:
        small, large = sorted((one, other), key=lambda group: (len(self.groups[group]), self.groups[group]))
        members = self.groups[small]
        compared = len(members) * min(len(self.groups[large]), 2 * _NEIGHBOURS)
        average = min(1.0, self._sums[small].get(large, 0.0) / compared)
        nearest = sum([self._near[member].get(large, 0.0) for member in members]) / len(members)
        return (average + nearest) / 2

    def _join(self, one: int, other: int) -> None:
        one, other = min(one, other), max(one, other)
        self.groups[one] = sorted(self.groups[one] + self.groups.pop(other))
        moved, kept = self._sums[other], self._sums[one]
        moved.pop(one, None)
        kept.pop(other, None)
        for third, value in moved.items():
            self._sums[third].pop(other)
            kept[third] = self._sums[third][one] = kept.get(third, 0.0) + value
            self._nearest(self.groups[third], one, other)
        moved.clear()
        for third in sorted(kept):
            value = self.alike(one, third)
            if value >= SAME:
                heapq.heappush(self._heap, (-value, min(one, third), max(one, third)))

    def _nearest(self, members: Sequence[int], one: int, other: int) -> None:
        """What is nearest to each member in two groups that became one."""
        for member in members:
            near = self._near[member]
            if other in near:
                near[one] = max(near.pop(other), near.get(one, 0.0))
