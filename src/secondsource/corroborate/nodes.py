"""Claims that nothing can tell apart, and the keys under which each is looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from secondsource.corroborate.slots import Slots

_OWN_NAMES = frozenset({"name", "names", "word"})
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

    @property
    def items(self) -> tuple[str, ...]:
        """What else it names, each once, by which long blocks are split."""
        face = self.face
        return (*{*face.entities, *face.things, *(f"{one.unit} {one.low:g}" for one in face.amounts)},)


def top_names(told: Sequence[Slots]) -> tuple[str, ...]:
    """The names that the claims of one document name most."""
    count = Counter(entity for slots in told for entity in slots.entities)
    return tuple(sorted(count, key=lambda entity: (-count[entity], entity))[:_TOP_NAMES])


def keys(
    node: Node, names: Mapping[str, tuple[str, ...]], parents: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, ...]]:
    """The keys of a node's blocks: a name and what is done, two names, a figure, a story and what is done.

    ``names`` are what documents name most, ``parents`` the documents that they derive from.
    """
    face = node.face
    done = face.heads | face.nearby
    for entity in face.entities:
        yield from (("name", entity, name) for name in done)
        yield from (("word", entity, term) for term in face.terms)
    yield from (
        ("count", amount.unit, f"{amount.low:g}", head) for amount in face.amounts for head in face.heads
    )
    yield from (("names", *pair) for pair in combinations(sorted(face.entities), 2))
    for document in {slots.claim.document for slots in node.members}:
        for entity in names.get(document, ()):
            yield from (("story", entity, item) for item in face.heads | face.things)
        for told in (document, *parents.get(document, ())):
            yield from (("from", told, head) for head in face.heads)


def code(key: tuple[str, ...]) -> int:
    """A number for a key, within one process; odd where the claim itself names what the key is made of.

    Of ten million keys two have one number once in a hundred thousand cases.
    """
    return hash(key) << 1 | (key[0] in _OWN_NAMES)
