"""A case made ready to be asked: everything that is known before any two claims are compared.

Documents, claims, entities and decisions come and go; only what they touch is made anew, and the outcome
hangs on what the case holds alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import attrgetter
from typing import TypeVar

from secondsource.corroborate.assess import Assessor
from secondsource.corroborate.corrections import Correction, corrections, is_withdrawn
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.identity import Identity
from secondsource.corroborate.origins import Access, Tracer
from secondsource.corroborate.similarity import SAME_STORY, Likeness
from secondsource.corroborate.slots import Dissector, Slots, bare
from secondsource.corroborate.speakers import Speakers
from secondsource.derivation import Derivations
from secondsource.derivation.outlets import canonical
from secondsource.model import Claim, Document, Entity
from secondsource.shares import Way, shared

T = TypeVar("T")

WORTH = 5_000
"""Claims from which on another process pays."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What is otherwise than before: documents whose claims tell other things (``told``), that have it of
    others (``parents``), or of which an answer may be another (``answers``), and sources and entities
    (``bodies``) that are.

    ``rests`` are documents that have it of other documents and outlets than before, with these others: an
    answer in which both have a part may be another."""

    told: set[str]
    parents: set[str]
    answers: set[str]
    bodies: set[str]
    rests: Mapping[str, Collection[str]]


class Prepared:
    """The documents and claims of one case with all that is known before any two are compared.

    ``told`` are the claims of each document taken apart, ``parents`` the documents it has it of.
    """

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs
        self.documents: dict[str, Document] = {}
        self.told: dict[str, tuple[Slots, ...]] = {}
        self.decisions = Decisions()
        self.identity = Identity()
        self.like = Likeness(self.identity)
        self._given: dict[str, tuple[Claim, ...]] = {}
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._notes: dict[str, list[Correction]] = {}
        self._derivations = Derivations()
        self.parents = self._derivations.upstream
        self._speakers = Speakers(self.identity)
        self._dissector = Dissector(self.identity)
        self.tracer = Tracer(
            self.identity, self._speakers, self._derivations.outlets, self._derivations.edges
        )

    @property
    def every(self) -> list[Slots]:
        return [*chain.from_iterable(self.told.values())]

    def of_story(self, slots: Slots) -> list[Slots]:
        """The claims of the story that a claim's document tells."""
        others = list(self.told)
        stories = self.like.story(slots.claim.document, others).tolist()
        near = (other for other, story in zip(others, stories, strict=True) if story >= SAME_STORY)
        return [*chain.from_iterable(self.told[other] for other in near)]

    @property
    def assessor(self) -> Assessor:
        """Assesses the matters of the case as it is."""
        notes = [note for id in sorted(self._notes) for note in self._notes[id]]
        edges = self._derivations.edges
        return Assessor(self.identity, self.tracer, self.documents, edges, notes, self.decisions)

    def follow(
        self,
        documents: Iterable[Document],
        claims: Iterable[Claim],
        entities: Iterable[Entity],
        decisions: Decisions,
    ) -> Moved:
        """Bring everything up to date with what the case holds now, and what people decided.

        What did not change is best the same objects as before: what is not is compared in full.
        """
        changed, noted = self._take(documents, claims)
        known = {entity.id: entity for entity in entities}
        derived = self._derivations.follow(self.documents, self._claims, known.values())
        named = self.identity.follow(self.documents, self._claims, known, changed)
        bodies = named.shown | self._speakers.follow(self._claims, named, changed)
        things = self._dissector.follow(self._claims, named.documents | changed)
        told = self._dissect(named.documents | changed | self.like.naming(things))
        outlets = self._derivations.naming(derived.displayed | derived.cited)
        outlets |= self._derivations.resting_on(derived.displayed)
        traced = {*named.documents, *derived.documents, *derived.mentioned, *outlets}
        traced |= decisions.differing(self.decisions)
        self.decisions = decisions
        again = [claim for id in traced & self.documents.keys() for claim in self._claims.get(id, ())]
        answers = {*changed, *noted, *named.documents, *self._published(derived.cited)}
        answers |= derived.documents - derived.rests.keys()
        rests: defaultdict[str, set[str]] = defaultdict(set, {id: {*of} for id, of in derived.rests.items()})
        for before, now in self.tracer.follow(again, decisions.settled):
            if replace(before, parents=(), outlets=()) == replace(now, parents=(), outlets=()):
                rests[now.claim.document] |= _rests_on(before) ^ _rests_on(now)
            else:
                answers.add(now.claim.document)
        return Moved(told, set(derived.upstream), answers, bodies, rests)

    def _take(self, documents: Iterable[Document], claims: Iterable[Claim]) -> tuple[set[str], set[str]]:
        """Take in documents that have text, and their claims in the order of their ids.

        The documents of which either is otherwise, and those of outlets whose corrections are.
        """
        with_text = (document for document in documents if document.text and not document.text.isspace())
        read = sorted(with_text, key=attrgetter("id"))
        here = {document.id: _kept(self.documents.get(document.id), document) for document in read}
        given: defaultdict[str, list[Claim]] = defaultdict(list)
        for id, together in groupby(claims, key=attrgetter("document")):
            given[id] += together
        said = {id: _kept(self._given.get(id), tuple(given.get(id, ()))) for id in here}
        changed = {id for id in self.documents if id not in here}
        for id, document in here.items():
            if document is not self.documents.get(id) or said[id] is not self._given.get(id):
                changed.add(id)
        before, noting = self.documents, [note for id in changed for note in self._notes.pop(id, ())]
        self.documents, self._given = here, said
        for id in changed:
            self.tracer.forget(self._claims.pop(id, ()))
            self._put(id)
        noting += [note for id in changed for note in self._notes.get(id, ())]
        outlets = {canonical(note.document.publisher or "") for note in noting}
        every = {**before, **here} if noting else {}
        return changed, {id for id, one in every.items() if canonical(one.publisher or "") in outlets}

    def _put(self, id: str) -> None:
        """Take in one document that is in the case, but for words that a correction only repeats."""
        if id not in self.documents:
            return
        notes = list(corrections(self.documents[id]))
        if notes:
            self._notes[id] = notes
        kept = (claim for claim in self._given[id] if not is_withdrawn(claim, notes))
        self._claims[id] = tuple(sorted(kept, key=lambda claim: claim.id))

    def _dissect(self, documents: Iterable[str]) -> set[str]:
        """Take the claims of documents apart; the documents whose claims tell other things than before."""
        otherwise, asked = set(), list(documents)
        for id, made in zip(asked, self._apart([self._claims.get(id, ()) for id in asked]), strict=True):
            before = self.told.pop(id, None)
            if id in self.documents:
                self.told[id] = before if before == made else made
            if self.told.get(id) is not before:
                otherwise.add(id)
        return otherwise

    def _apart(self, told: Sequence[tuple[Claim, ...]]) -> list[tuple[Slots, ...]]:
        """Take the claims of many documents apart."""
        part = self._dissector
        self.identity.prepare(claims[0].document for claims in told if claims)
        jobs = self._jobs if sum(map(len, told)) >= WORTH else 1
        way: Way[tuple[Claim, ...], tuple[Slots, ...]] = Way(lambda made: [*map(bare, made)], part.told_by)
        return shared(lambda share: [*map(part.apart, share)], told, jobs, way)

    def _published(self, outlets: Iterable[str]) -> Iterator[str]:
        publishers = self._derivations.outlets.publishers
        return (document.id for key in outlets for document in publishers.get(key, ()))


def _kept(before: T | None, now: T) -> T:
    return before if before is not None and (before is now or before == now) else now


def _rests_on(access: Access) -> set[str]:
    """The documents that a claim has it from, and the keys of the outlets."""
    return {*access.parents, *map(canonical, access.outlets)}
