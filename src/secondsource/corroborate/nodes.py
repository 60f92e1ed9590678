"""Claims that nothing can tell apart, and the names that a document names most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.corroborate.slots import Slots

_TOP_NAMES = 6

Rank = tuple[object, ...]
Signature = tuple[object, ...]


def rank(slots: Slots) -> Rank:
    """The order of claims and of what they say beside their main point, whenever they came."""
    said = (slots.agent or "", slots.target or "", slots.modal or "", slots.side)
    return slots.claim.id, slots.part, slots.claim.content.spans, said


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Claims that nothing can tell apart, in the order of their ids; its first, the ``face``, is for all."""

    members: tuple[Slots, ...]
    face: Slots
    rank: Rank

    @classmethod
    def of(cls, members: Sequence[Slots]) -> Node:
        """The node of claims that are in order."""
        return cls(tuple(members), members[0], rank(members[0]))


def top_names(told: Sequence[Slots]) -> tuple[str, ...]:
    """The names that the claims of one document name most."""
    count = Counter(entity for slots in told for entity in slots.entities)
    return tuple(sorted(count, key=lambda entity: (-count[entity], entity))[:_TOP_NAMES])
