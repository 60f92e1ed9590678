"""Claims about the same matter, grouped: candidates by shared names, then average linkage.

Candidates come from an inverted index (`blocks`), so that a case of thousands of claims is not compared
pair by pair.  Average linkage keeps one loose likeness from chaining two matters into one (`linkage`).
Claims that nothing can tell apart are one node, so copies cost nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.linkage import Linkage
from secondsource.corroborate.nodes import Node, alike, code, keys, rank, top_names
from secondsource.corroborate.slots import Slots

Like = Callable[[Slots, Slots], float]
Group = tuple[Slots, ...]

FLOOR = 0.2
"""Under this likeness two claims count as nothing alike."""


def matters(every: Sequence[Slots], like: Like, linked: Iterable[tuple[str, str]] = ()) -> list[Group]:
    """``every`` claim in exactly one group, groups and members in an order of their own.

    ``linked`` are documents of which one derives from the other: they tell one story.
    """
    nodes, blocks = blocked(every, linked)
    near = likenesses(nodes, blocks, like)
    groups = (tuple(slots for node in group for slots in node.members) for group in Linkage(near).groups())
    return sorted(groups, key=first)


def blocked(every: Sequence[Slots], linked: Iterable[tuple[str, str]]) -> tuple[list[Node], Blocks]:
    """The nodes of a case, in order, and the blocks in which they may be one matter."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for child, parent in linked:
        parents[child].add(parent)
    told: defaultdict[str, list[Slots]] = defaultdict(list)
    for slots in every:
        told[slots.claim.document].append(slots)
    names = {document: top_names(here) for document, here in told.items()}
    nodes, blocks = alike(every), Blocks()
    for node in nodes:
        blocks.put(node, map(code, keys(node, names, parents)), note=False)
    return nodes, blocks


def likenesses(nodes: Sequence[Node], blocks: Blocks, like: Like) -> dict[Node, dict[Node, float]]:
    """How alike nodes are that are alike at all, in both directions."""
    near: dict[Node, dict[Node, float]] = {node: {} for node in nodes}
    done: set[Node] = set()
    for node in nodes:
        done.add(node)
        face = node.face
        for other in blocks.partners(node) - done:
            value = like(face, other.face)
            if value >= FLOOR:
                near[node][other] = near[other][node] = value
    return near


def first(group: Group) -> tuple[object, ...]:
    """Groups come in the order of their first claims."""
    return rank(group[0])


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
