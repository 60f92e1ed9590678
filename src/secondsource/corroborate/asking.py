"""Matters as questions, while matters come and go: what is asked is kept until something in it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from secondsource.corroborate.assess import Assessor
from secondsource.corroborate.case import Moved, Prepared
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.matters import Group, each_once, worth_asking
from secondsource.corroborate.positions import questions, strands
from secondsource.corroborate.reattach import Loose
from secondsource.corroborate.similarity import Shift
from secondsource.corroborate.slots import Slots
from secondsource.model import Origin, Question

Weight = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a group, and on whose ways its answers hang."""

    group: Group
    questions: tuple[tuple[Weight, Question], ...]
    documents: frozenset[str]
    bodies: frozenset[str]

    def stays(self, moved: Moved) -> bool:
        """False where an answer may be another."""
        return self.documents.isdisjoint(moved.answers) and self.bodies.isdisjoint(moved.bodies)

    @property
    def origins(self) -> list[Origin]:
        positions = (position for _, question in self.questions for position in question.positions)
        return [origin for position in positions for origin in position.origins]


class Asking:
    """The questions of one case."""

    def __init__(self, case: Prepared) -> None:
        self._case = case
        self._loose = Loose(case.like)
        self._asked: dict[int, _Asked] = {}
        self._single: dict[int, tuple[Group, Group]] = {}
        self._decisions = Decisions()

    def follow(self, groups: Sequence[Group], moved: Moved, shift: Shift) -> list[Question]:
        """The questions that ``groups`` raise, the weightiest first."""
        known = self._single
        self._single = {id(one): known.get(id(one)) or (one, each_once(one)) for one in groups}
        worth = worth_asking([once for _, once in self._single.values()], self._case.told)
        found = self._loose.follow(worth, self._shaken(moved, shift), shift.documents | moved.told)
        before, self._decisions = self._decisions, self._case.decisions
        assessor, asked = self._case.assessor, self._asked
        self._asked = {
            id(group): one
            if (one := asked.get(id(group))) and self._stays(one, moved, before)
            else self._ask(group, assessor)
            for group in found
        }
        every = [weighed for one in self._asked.values() for weighed in one.questions]
        return [question for _, question in sorted(every, key=itemgetter(0))]

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
            for strand in strands(group, lambda document: case.tracer.is_party(case.documents[document]))
            for matter in questions(strand)
        ]
        traced = (case.tracer.access(slots.claim).key for slots in group)
        own = {slots.claim.document for slots in group if slots.claim.voice == "own"}
        cited = (key for document in own for key in case.tracer.cited_in(document))
        named = (name for slots in group for name in (*slots.entities, slots.agent or "", slots.target or ""))
        return _Asked(
            group,
            tuple((_weight(question), question) for question in found),
            frozenset(slots.claim.document for slots in group),
            frozenset((*traced, *cited, *named)),
        )


def _weight(question: Question) -> Weight:
    """Most reports first, then what moves: denials, rival answers, origins."""
    reports = {document for position in question.positions for document in position.reports}
    against = {
        entry.claim for position in question.positions for entry in (*position.denied_by, *position.unaware)
    }
    origins = max(position.n_max for position in question.positions)
    return (-len(reports), -len(against), -len(question.positions), -origins, question.text, question.id)
