"""Claims about the same matter, grouped: candidates by shared names, then average linkage.

Candidates come from an inverted index (`blocks`), so that a case of thousands of claims is not compared
pair by pair.  Average linkage keeps one loose likeness from chaining two matters into one (`linkage`).
Claims that nothing can tell apart are one node, so copies cost nothing.  `kept` holds it all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from secondsource.corroborate.blocks import Blocks
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.linkage import SCALE
from secondsource.corroborate.nodes import Node, rank
from secondsource.corroborate.rows import Numbers, Values
from secondsource.corroborate.similarity import Likeness
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.telling import Told

Group = tuple[Slots, ...]

_AT_ONCE = 64
FLOOR = 0.2
"""Under this likeness two claims count as nothing alike."""


def likenesses(nodes: Sequence[Node], blocks: Blocks, like: Likeness) -> dict[Node, dict[Node, int]]:
    """How alike nodes are that are alike at all, in both directions."""
    near: dict[Node, dict[Node, int]] = {node: {} for node in nodes}
    places = {node: place for place, node in enumerate(nodes)}
    rows = like.places([node.face for node in nodes])
    # Document by document: what its claims are compared with is told by much the same documents.
    order = sorted(range(len(nodes)), key=lambda place: nodes[place].face.claim.document)
    for start in range(0, len(order), _AT_ONCE):
        one, other = _after(order[start : start + _AT_ONCE], nodes, places, blocks)
        value = like.between(rows[one], rows[other])
        alike = value >= FLOOR
        pairs = zip(one[alike].tolist(), other[alike].tolist(), strict=True)
        for (this, that), shared in zip(pairs, whole(value[alike]), strict=True):
            near[nodes[this]][nodes[that]] = near[nodes[that]][nodes[this]] = shared
    return near


def _after(
    part: Sequence[int], nodes: Sequence[Node], places: Mapping[Node, int], blocks: Blocks
) -> tuple[Numbers, Numbers]:
    """The pairs in which nodes are compared with others after them."""
    others = [[at for at in map(places.__getitem__, blocks.partners(nodes[one])) if at > one] for one in part]
    one = np.repeat(np.array(part, dtype=np.int64), [len(after) for after in others])
    return one, np.fromiter(chain.from_iterable(others), np.int64, len(one))


def whole(values: Values) -> list[int]:
    """Likenesses as they are added up."""
    found: list[int] = np.rint(values * SCALE).astype(np.int64).tolist()
    return found


def first(group: Group) -> tuple[object, ...]:
    """Groups come in the order of their first claims."""
    return rank(group[0])


def worth_asking(groups: Sequence[Group], told: Told) -> list[Group]:
    """The groups, of which parts alone raise a question where two documents have them.

    Of the parts that say no more than that the same claims are of one matter, none is kept.
    """
    return [group for group in groups if not all(slots.part for slots in group) or _adds(group, told)]


def each_once(group: Group) -> Group:
    """A group with each claim once: as a whole, or the first of its parts."""
    first: dict[str, Slots] = {}
    for slots in sorted(group, key=lambda slots: (slots.part, slots.claim.content.spans)):
        first.setdefault(slots.claim.id, slots)
    return tuple(sorted(first.values(), key=lambda slots: slots.claim.id))


def _adds(group: Group, told: Told) -> bool:
    """True where some part of two documents' claims is of a deed that its claim as a whole is not of."""
    documents = {slots.claim.document for slots in group}
    if len(documents) < 2:
        return False
    known = lexicon().predicates
    whole = {slots.claim.id: slots.heads for id in documents for slots in told[id] if not slots.part}
    return any(head in known and head not in whole[slots.claim.id] for slots in group for head in slots.heads)
