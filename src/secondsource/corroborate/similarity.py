"""How likely two claims are about one matter, from their slots and not from their wording.

The weights are set by hand in the order that the measurements on ECB+ and OKR give: what is
done decides, then who and what; words propose and never decide; a slot that is missing says
nothing and a slot that clashes speaks against.  Rival figures are no clash: they are the
rival answers to one question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from secondsource.corroborate.beside import NEAR_OF_KIND, UNKNOWN_DEED, Beside
from secondsource.corroborate.identity import Identity, name_key
from secondsource.corroborate.rows import Flags, Numbers, Rows, Values
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.telling import Parents, Rarity, Stories, Told

SAME = 0.5
"""From this likeness two claims are taken to be about one matter."""

SAME_STORY = 0.25
"""From this likeness of the names that two documents tell of, they tell one story."""

_ALIKE_IN_WORDS = 0.45
_OTHER_NAMES = -0.4
_PLACES = 9
_SPARE = 1024
_AT_ONCE = 4096  # pairs; so many fit into a processor's own memory


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each slot counts; the sum at which two claims are one matter is ``bar``."""

    head: float = 1.3
    agent: float = 0.45
    target: float = 0.5
    things: float = 0.5
    entities: float = 0.7
    terms: float = 1.3
    figure: float = 0.6
    story: float = 0.25
    modal: float = 0.6
    bar: float = 1.8


@dataclass(frozen=True, slots=True)
class Shift:
    """What tells more or less than before: words, names, whole documents, and who counts as somebody."""

    terms: set[str]
    entities: set[str]
    documents: set[str]
    actors: set[str]


class Likeness:
    """Compares the claims of one case while its documents come and go."""

    def __init__(self, identity: Identity, weights: Weights | None = None) -> None:
        self._identity = identity
        self._weights = weights or Weights()
        self.rows = Rows(self._acts)
        self._told: dict[str, tuple[Slots, ...]] = {}
        self._terms = Rarity(self.rows.codes)
        self._stories = Stories(self.rows.codes)

    def follow(
        self,
        told: Told,
        changed: Iterable[str],
        parents: Parents,
        moved: Iterable[str],
        bodies: Collection[str],
    ) -> Shift:
        """Take in what ``changed`` documents tell, of whom those that ``moved`` have it, and entities
        (``bodies``) that came, went or are of another kind."""
        gone, come, changed = list[str](), list[str](), set(changed)
        for document in changed:
            gone += [term for slots in self._told.pop(document, ()) for term in slots.terms]
            come += [term for slots in told.get(document, ()) for term in slots.terms]
            if document in told:
                self._told[document] = told[document]
        self._tidy()
        terms = self._terms.follow(gone, come)
        names, documents = self._stories.follow(told, changed)
        documents |= self._stories.link(parents, moved)
        return Shift(terms, names, documents, self.rows.follow(bodies))

    def _tidy(self) -> None:
        """Let go of claims that are no longer told, where they are more than those that are."""
        if len(self.rows.slots) > 2 * sum(map(len, self._told.values())) + _SPARE:
            self.rows.clear()
            self.rows.places(chain.from_iterable(self._told.values()))

    def _acts(self, filler: str) -> bool:
        """True for a name of somebody who can act: two such that differ clash, a product does not."""
        known = filler in self._identity.entities
        return self._identity.is_body(filler) if known else filler.startswith("name:")

    def naming(self, entities: Iterable[str]) -> set[str]:
        """The documents whose claims have one of these entities."""
        return {document for entity in entities for document in self._stories.telling(entity)}

    def touched(self, shift: Shift) -> list[Slots]:
        """The claims whose likeness to others may be another, whatever story those are of."""
        return self.rows.touched(shift.terms, shift.entities, (), shift.actors)

    def telling(self, documents: Collection[str]) -> list[Slots]:
        """The claims of documents."""
        return self.rows.touched((), (), documents, ())

    def retold(self, one: Numbers, other: Numbers) -> Flags:
        """Where two claims' documents are more or less of one story than before the last change."""
        documents = (self.rows.documents(side) for side in (one, other))
        before, now = self._stories.moved(*documents)
        return np.asarray(
            (_stepped(before) != _stepped(now)) | ((before >= SAME_STORY) != (now >= SAME_STORY))
        )

    def __call__(self, one: Slots, other: Slots) -> float:
        """0–1; 0.5 where the slots speak as much for one matter as against it."""
        return float(self.between(self.places([one]), self.places([other]))[0])

    def names_all(self, entities: Iterable[str], other: Slots) -> bool:
        """True where a claim names all of some entities, be it that two have one name."""
        display = self._identity.display
        named = {name_key(display(one, one)) for one in other.entities}
        return all(one in other.entities or name_key(display(one, one)) in named for one in entities)

    def places(self, claims: Iterable[Slots]) -> Numbers:
        """The numbers by which claims are compared."""
        return self.rows.places(claims)

    def story(self, one: str, others: Sequence[str]) -> Values:
        """How much a document and each of others tell of the same names, 0–1; half at least where one has it
        of the other."""
        codes = self.rows.codes
        other = np.array([codes[document] for document in others], dtype=np.int64)
        return self._stories.shared(np.full(len(other), codes[one]), other)

    def between(self, one: Numbers, other: Numbers) -> Values:
        """How alike each claim of ``one`` is to the one beside it in ``other``, by their numbers."""
        found = np.zeros(len(one))
        for start in range(0, len(one), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found[part] = self._between(one[part], other[part])
        return found

    def _between(self, one: Numbers, other: Numbers) -> Values:
        """What tells quickest comes first: most pairs are nothing alike."""
        found, rows = np.zeros(len(one)), self.rows
        pairs = Beside.of(rows, one, other)
        story = self._stories.shared(pairs.left.document, pairs.right.document)
        names = self._stories.rarity.shares(*pairs.both(rows.names))
        met = (story >= SAME_STORY) | (names > 0) | ((pairs.left.counts & pairs.right.counts) != 0)
        at = np.flatnonzero(met & ~pairs.vague())
        pairs = Beside.of(rows, one[at], other[at])
        head = pairs.heads()
        terms = self._terms.shares(*pairs.both(rows.terms))
        told = (head > UNKNOWN_DEED) | ((head > 0) & (terms >= _ALIKE_IN_WORDS))
        at, head, terms = at[told], head[told], terms[told]
        found[at] = self._weigh(Beside.of(rows, one[at], other[at]), head, terms, names[at], story[at])
        return found

    def _weigh(self, pairs: Beside, head: Values, terms: Values, names: Values, story: Values) -> Values:
        weights, figures = self._weights, pairs.figures()
        other_names = (names == 0) & ~pairs.unnamed() & ~((figures > 0) & (head >= NEAR_OF_KIND))
        told = (story >= SAME_STORY) | (names > 0) | pairs.same_count(figures)
        score = (
            weights.head * head
            + weights.entities * np.where(other_names, _OTHER_NAMES, names)
            + weights.terms * terms
            + weights.figure * figures
            + weights.story * np.where(pairs.left.document != pairs.right.document, _stepped(story), 0.0)
            + weights.agent * pairs.agents()
            + weights.target * pairs.targets()
            + weights.things * pairs.things()
            - weights.modal * pairs.clash()
        )
        return np.where(told, np.clip(np.round(SAME * score / weights.bar, _PLACES), 0.0, 1.0), 0.0)


def _stepped(story: Values) -> Values:
    """A story's likeness in quarters: one document more in a case shifts few of them."""
    return np.rint(4 * story) / 4
