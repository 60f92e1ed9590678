"""Claims that nothing can tell apart, and the names that a document names most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from secondsource.corroborate.rows import Numbers
from secondsource.corroborate.slots import Slots

_TOP_NAMES = 6
_SPARE = 1024

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


class Places:
    """A number for each node that is here, which it keeps: its place in ``nodes``."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._at: dict[Node, int] = {}

    def put(self, nodes: Iterable[Node]) -> None:
        """Give places to nodes that have none."""
        for node in nodes:
            self._at[node] = len(self.nodes)
            self.nodes.append(node)

    def drop(self, nodes: Iterable[Node]) -> None:
        """Take nodes out; nobody else gets their places."""
        for node in nodes:
            del self._at[node]

    def of(self, nodes: Collection[Node]) -> Numbers:
        """Where nodes are."""
        return np.fromiter((self._at[node] for node in nodes), np.int64, len(nodes))

    @property
    def are_few(self) -> bool:
        """True where most places are of nodes that went."""
        return len(self.nodes) > 2 * len(self._at) + _SPARE


def top_names(told: Sequence[Slots]) -> tuple[str, ...]:
    """The names that the claims of one document name most."""
    count = Counter(entity for slots in told for entity in slots.entities)
    return tuple(sorted(count, key=lambda entity: (-count[entity], entity))[:_TOP_NAMES])
