"""How likely two claims are about one matter, from their slots and not from their wording.

The weights are set by hand in the order that the measurements on ECB+ and OKR give: what is
done decides, then who and what; words propose and never decide; a slot that is missing says
nothing and a slot that clashes speaks against.  Rival figures are no clash: they are the
rival answers to one question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log, sqrt

from secondsource.corroborate.identity import Identity, name_key
from secondsource.corroborate.lexicon import lexicon
from secondsource.corroborate.slots import Slots

SAME = 0.5
"""From this likeness two claims are taken to be about one matter."""

SAME_STORY = 0.25
"""From this likeness of the names that two documents tell of, they tell one story."""

_SMALLER = 0.6
_REMEMBERED = 1 << 20
_PLACES = 9  # sums of a set's weights differ beyond these by the order that they are taken in
_UNKNOWN_DEED = 0.25
_ALIKE_IN_WORDS = 0.45
_NEAR_OF_KIND = 0.45
_OTHER_THINGS = -0.4
_OTHER_NAMES = -0.4
_IT = frozenset({"it", "that", "this", "these", "those", "them", "so"})


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each slot counts; the sum at which two claims are one matter is ``bar``."""

    head: float = 1.0
    agent: float = 0.45
    target: float = 0.5
    things: float = 0.5
    entities: float = 0.7
    terms: float = 1.3
    figure: float = 0.6
    story: float = 0.25
    modal: float = 0.6
    bar: float = 1.7


@dataclass(frozen=True, slots=True)
class Shift:
    """What tells more or less than before: words, names, whole documents, and who counts as somebody."""

    terms: set[str]
    entities: set[str]
    documents: set[str]
    actors: set[str]

    def __bool__(self) -> bool:
        return bool(self.terms or self.entities or self.documents or self.actors)

    def touches(self, slots: Slots) -> bool:
        """True where the likeness of a claim to others may be another."""
        return (
            slots.claim.document in self.documents
            or slots.agent in self.actors
            or not self.terms.isdisjoint(slots.terms)
            or not self.entities.isdisjoint(slots.entities)
        )


class Likeness:
    """Compares the claims of one case; what is common in the case counts for little."""

    def __init__(
        self,
        every: Sequence[Slots],
        identity: Identity,
        linked: Iterable[tuple[str, str]] = (),
        weights: Weights | None = None,
    ) -> None:
        self._identity = identity
        self._linked = {(min(pair), max(pair)) for pair in linked}
        self._told: dict[tuple[str, str], float] = {}
        self._weights = weights or Weights()
        self._terms = Rarity(slots.terms for slots in every)
        self._entities = Rarity(_entities_by_document(every).values())
        self._stories = _stories(every, self._entities)
        self._actors: dict[str, bool] = {}

    def __call__(self, one: Slots, other: Slots) -> float:
        """0–1; 0.5 where the slots speak as much for one matter as against it."""
        # Written out, with what tells quickest first: every claim is compared with some fifty others.
        weights = self._weights
        head = 1.0 if not one.heads.isdisjoint(other.heads) else _head(one, other)
        if head <= 0 or ((one.target is None or other.target is None) and _is_vague(one, other)):
            return 0.0
        entities = self._entities.share(one.entities, other.entities)
        story = self.story(one.claim.document, other.claim.document)
        figures = _figures(one, other) if one.amounts and other.amounts else 0.0
        if story < SAME_STORY and not entities and not _same_count(one, other, figures):
            return 0.0
        if not entities and not _may_be_unnamed(one, other, figures, head):
            entities = _OTHER_NAMES
        terms = self._terms.share(one.terms, other.terms)
        if head <= _UNKNOWN_DEED and terms < _ALIKE_IN_WORDS:
            return 0.0
        score = (
            weights.head * head
            + weights.entities * entities
            + weights.terms * terms
            + weights.figure * figures
            + weights.story * (story if one.claim.document != other.claim.document else 0.0)
        )
        if one.agent is not None and other.agent is not None:
            score += weights.agent * self._agent(one, other)
        if one.target is not None and other.target is not None:
            score += weights.target * self._target(one, other)
        if one.things and other.things:
            score += weights.things * _things(one, other)
        if one.modal != other.modal:
            score -= weights.modal * _modal_clash(one, other)
        return max(0.0, min(1.0, round(SAME * score / weights.bar, _PLACES)))

    def shift(self, before: Likeness) -> Shift:
        """What makes this measure give another likeness than the one ``before`` did."""
        documents = _unlike(self._stories, before._stories)
        documents |= {document for pair in self._linked ^ before._linked for document in pair}
        actors = {filler for filler, acts in before._actors.items() if self._acts(filler) != acts}
        rarities = (self._terms, before._terms), (self._entities, before._entities)
        terms, entities = (_unlike(now.of, then.of) for now, then in rarities)
        return Shift(terms, entities, documents, actors)

    def tell_one(self, one: Slots, other: Slots) -> bool:
        """True where the documents of two claims tell one story."""
        return self.story(one.claim.document, other.claim.document) >= SAME_STORY

    def names_all(self, entities: Iterable[str], other: Slots) -> bool:
        """True where a claim names all of some entities, be it that two have one name."""
        named = {name_key(self._identity.display(one, one)) for one in other.entities}
        return all(
            one in other.entities or name_key(self._identity.display(one, one)) in named for one in entities
        )

    def story(self, one: str, other: str) -> float:
        """How much two documents tell of the same names, 0–1; at least half where one has it of the other."""
        if one == other:
            return 1.0
        pair = (one, other) if one < other else (other, one)
        told = self._told.get(pair)
        if told is None:
            left, right = self._stories.get(one, {}), self._stories.get(other, {})
            shared = round(sum([left[one] * right[one] for one in left.keys() & right.keys()]), _PLACES)
            told = max(shared, 0.5) if pair in self._linked else shared
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            self._told[pair] = told
        return told

    def _agent(self, one: Slots, other: Slots) -> float:
        if one.agent is None or other.agent is None:
            return 0.0
        if one.agent == other.agent:
            return 1.0
        present = one.agent in other.entities or other.agent in one.entities
        if self._acts(one.agent) and self._acts(other.agent):
            return 0.0 if present else -1.0
        return 0.3 if present else 0.0

    def _target(self, one: Slots, other: Slots) -> float:
        if one.target is None or other.target is None:
            return 0.0
        if one.target == other.target:
            return 1.0
        if _names(one, other.target) or _names(other, one.target):
            return 0.7
        kinds = (one.target in _kinds(), other.target in _kinds())
        if all(kinds):
            return 0.7 if lexicon().alike(one.target, other.target) else -0.7
        return -0.9 if any(kinds) else -0.5

    def _acts(self, filler: str) -> bool:
        """True for a name of somebody who can act: two such that differ clash, a product does not."""
        if filler not in self._actors:
            entity = self._identity.entities.get(filler)
            self._actors[filler] = self._identity.is_body(filler) if entity else filler.startswith("name:")
        return self._actors[filler]


def _head(one: Slots, other: Slots) -> float:
    """Where what is done is not the same: less where it is only named nearby or near of kind, 0 else."""
    bare = _bare(one.heads) | _bare(other.heads)
    if not bare and not (one.heads.isdisjoint(other.nearby) and one.nearby.isdisjoint(other.heads)):
        return 0.5
    if _near_of_kind(one.heads, other.heads):
        return _NEAR_OF_KIND
    if not bare:
        return 0.0
    return 0.5 if bare & one.terms & other.terms else _UNKNOWN_DEED


@lru_cache(maxsize=1 << 14)
def _bare(heads: frozenset[str]) -> frozenset[str]:
    """The verbs among heads that no class has."""
    return frozenset(head.removeprefix("=") for head in heads if head.startswith("="))


@lru_cache(maxsize=1 << 14)
def _near_of_kind(one: frozenset[str], other: frozenset[str]) -> bool:
    known = lexicon().predicates
    near = {name for head in one if head in known for name in known[head].near}
    return bool(near & other) or any(one & known[head].near for head in other if head in known)


def _names(one: Slots, target: str) -> bool:
    return target in one.entities or target in one.things


@cache
def _kinds() -> frozenset[str]:
    return frozenset(lexicon().things.values())


def _is_vague(one: Slots, other: Slots) -> bool:
    """True where one of two texts only says that "it" was done: to what, that text alone can tell."""
    return (_does_it(one) or _does_it(other)) and one.claim.document != other.claim.document


def _does_it(slots: Slots) -> bool:
    return slots.target is None and not slots.things and (slots.claim.frame.object or "") in _IT


def _may_be_unnamed(one: Slots, other: Slots, figures: float, head: float) -> bool:
    """Within one story a claim may leave out the name: "the drones", "its range is 1,800 km"."""
    return not one.entities or not other.entities or (figures > 0 and head >= _NEAR_OF_KIND)


def _same_count(one: Slots, other: Slots, figures: float) -> bool:
    """The same number of the same things under the same deed: 300 soldiers killed with gas."""
    return figures >= 1.0 and bool(one.heads & other.heads) and len(one.things & other.things) > 1


def _things(one: Slots, other: Slots) -> float:
    return 1.0 if _alike(one.things, other.things) else _OTHER_THINGS


@lru_cache(maxsize=1 << 14)
def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(lexicon().alike(a, b) for a in one for b in other)


def _figures(one: Slots, other: Slots) -> float:
    """Figures propose: the same one in the same slot is rare, another one is a rival answer."""
    same = [(a, b) for a in one.amounts for b in other.amounts if a.rivals(b)]
    if any(a.low == b.low or (a.meets(b) and (a.exact or b.exact)) for a, b in same):
        return 1.0
    return 0.5 if same else 0.0


def _modal_clash(one: Slots, other: Slots) -> float:
    if _able(one.heads) or _able(other.heads):
        return 0.0
    return 1.0


@lru_cache(maxsize=1 << 14)
def _able(heads: frozenset[str]) -> bool:
    known = lexicon().predicates
    return any(known[head].able for head in heads if head in known)


class Rarity:
    """How much each item tells: 1 where it stands once, less at each doubling of its count.

    Doublings and not shares of the whole: another document changes the weight of few items.
    """

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        count = Counter(item for items in sets for item in items)
        self.of = {item: 2 / (1 + number.bit_length()) for item, number in count.items()}
        self._sizes: dict[frozenset[str], float] = {}

    def share(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The shared weight against the sizes of both, the smaller counting more, 0–1."""
        if one.isdisjoint(other):
            return 0.0
        common = one & other
        small, large = self._size(one), self._size(other)
        if small > large:
            small, large = large, small
        return self._size(common) / (_SMALLER * small + (1 - _SMALLER) * large)

    def _size(self, items: frozenset[str]) -> float:
        size = self._sizes.get(items)
        if size is None:
            size = self._sizes[items] = round(sum([self.of.get(item, 1.0) for item in items]), _PLACES)
        return size


def _entities_by_document(every: Sequence[Slots]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for slots in every:
        found[slots.claim.document] |= slots.entities
    return {document: frozenset(entities) for document, entities in found.items()}


def _stories(every: Sequence[Slots], rarity: Rarity) -> dict[str, dict[str, float]]:
    """Each document as a vector of length one over the names it tells of."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for slots in every:
        counts[slots.claim.document].update(slots.entities)
    vectors = {}
    for document, count in counts.items():
        weights = {entity: (1 + log(number)) * rarity.of[entity] for entity, number in count.items()}
        length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        vectors[document] = {entity: weight / length for entity, weight in weights.items()}
    return vectors


def _unlike(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """The keys under which two tables have something else."""
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
