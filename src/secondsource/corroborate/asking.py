"""Matters as questions, while matters come and go: what is asked is kept until something in it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from secondsource.corroborate.assess import Assessor
from secondsource.corroborate.case import Moved, Prepared
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.matters import Group, Regrouped, WorthAsking, first, only_unknown
from secondsource.corroborate.positions import questions, strands
from secondsource.corroborate.reattach import Loose
from secondsource.corroborate.similarity import Shift
from secondsource.corroborate.slots import Slots
from secondsource.corroborate.spells import spells
from secondsource.derivation.outlets import canonical
from secondsource.model import Origin, Question

Weight = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a group, and on whose ways its answers hang: ``parts`` are its documents and the keys
    of the outlets that its claims come through."""

    group: Group
    questions: tuple[tuple[Weight, Question], ...]
    documents: frozenset[str]
    bodies: frozenset[str]
    parts: frozenset[str]

    def stays(self, moved: Moved) -> bool:
        """False where an answer may be another."""
        rests = (moved.rests[id] for id in self.documents & moved.rests.keys())
        return (
            self.documents.isdisjoint(moved.answers)
            and self.bodies.isdisjoint(moved.bodies)
            and all(map(self.parts.isdisjoint, rests))
        )

    @property
    def origins(self) -> list[Origin]:
        positions = (position for _, question in self.questions for position in question.positions)
        return [origin for position in positions for origin in position.origins]


class Asking:
    """The questions of one case."""

    def __init__(self, case: Prepared) -> None:
        self._case = case
        self._worth, self._loose = WorthAsking(), Loose(case.like)
        self._asked: dict[int, _Asked] = {}
        self._told: defaultdict[str, set[int]] = defaultdict(set)  # by document, of which groups it is
        self._order: list[tuple[Weight, Question]] = []
        self._decisions = Decisions()

    def follow(self, groups: Regrouped, moved: Moved, shift: Shift) -> list[Question]:
        """The questions that the groups raise, of which some are otherwise, the weightiest first."""
        worth = self._worth.follow(groups, self._case.told, moved.told)
        found = self._loose.follow(worth, self._shaken(moved, shift), shift.documents | moved.told)
        dropped = [self._drop(group) for group in found.gone if not only_unknown(group)]
        new = [group for group in found.new if not only_unknown(group)]
        before, self._decisions = self._decisions, self._case.decisions
        again = [one for one in self._touched(moved, before) if not self._stays(one, moved, before)]
        dropped += [self._drop(one.group) for one in again]
        assessor = self._case.assessor
        made = [self._ask(group, assessor) for group in (*new, *(one.group for one in again))]
        self._hold(made)
        out = {id(weighed) for one in dropped for weighed in one.questions}
        stay = [weighed for weighed in self._order if id(weighed) not in out]
        come = [weighed for one in made for weighed in one.questions]
        self._order = sorted([*stay, *come], key=itemgetter(0))  # what stays is in order
        return [question for _, question in self._order]

    def _hold(self, made: Sequence[_Asked]) -> None:
        for one in made:
            self._asked[id(one.group)] = one
            for document in one.documents:
                self._told[document].add(id(one.group))

    def _drop(self, group: Group) -> _Asked:
        one = self._asked.pop(id(group))
        for document in one.documents:
            self._told[document].discard(id(group))
        return one

    def _touched(self, moved: Moved, before: Decisions) -> Collection[_Asked]:
        """What may have to be asked again."""
        if moved.bodies or not self._decisions.same_ratings(before):
            return self._asked.values()
        documents = moved.answers | moved.rests.keys()
        return [self._asked[key] for key in {key for id in documents for key in self._told.get(id, ())}]

    def _shaken(self, moved: Moved, shift: Shift) -> list[Slots]:
        """The claims that may be otherwise like others, or whose names are others."""
        like = self._case.like
        return [
            *like.touched(replace(shift, entities=shift.entities | moved.bodies)),
            *like.telling(shift.documents),
        ]

    def _stays(self, asked: _Asked, moved: Moved, before: Decisions) -> bool:
        now = self._decisions
        rated = now.same_ratings(before) or now.ratings(asked.origins) == before.ratings(asked.origins)
        return rated and asked.stays(moved)

    def _ask(self, group: Group, assessor: Assessor) -> _Asked:
        case = self._case
        found = [
            assessor.question(matter)
            for spell in spells(group, self._published, self._ties)
            for strand in strands(spell, lambda document: case.tracer.is_party(case.documents[document]))
            for matter in questions(strand)
        ]
        ways = [case.tracer.access(slots.claim) for slots in group]
        documents = {slots.claim.document for slots in group}
        outlets = {name for access in ways for name in access.through}
        outlets |= {case.documents[document].publisher or "" for document in documents}
        own = {slots.claim.document for slots in group if slots.claim.voice == "own"}
        cited = (key for document in own for key in case.tracer.cited_in(document))
        named = (name for slots in group for name in (*slots.entities, slots.agent or "", slots.target or ""))
        return _Asked(
            group,
            tuple(((*_weight(question), first(group), at), question) for at, question in enumerate(found)),
            frozenset(documents),
            frozenset((*(access.key for access in ways), *cited, *named)),
            frozenset((*documents, *map(canonical, outlets))),
        )

    def _published(self, slots: Slots) -> str | None:
        return self._case.documents[slots.claim.document].published

    def _ties(self, slots: Slots) -> frozenset[str]:
        """Whom and what a claim names, states and their bodies left out."""
        return frozenset(name for name in slots.entities if not self._case.identity.is_of_state(name))


def _weight(question: Question) -> Weight:
    """Most reports first, then what moves: denials, rival answers, origins."""
    reports = {document for position in question.positions for document in position.reports}
    against = {
        entry.claim for position in question.positions for entry in (*position.denied_by, *position.unaware)
    }
    origins = max(position.n_max for position in question.positions)
    return (-len(reports), -len(against), -len(question.positions), -origins, question.text, question.id)
