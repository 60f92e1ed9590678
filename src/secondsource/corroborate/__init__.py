"""Questions from claims: what is claimed, on how many origins each answer stands, who denies it.

Claims are grouped by what they are about (`matters`), a group becomes questions with rival
answers (`positions`), every claim is followed to its innermost source (`origins`) and what the
texts tie together is one origin (`components`); then each position is counted, graded and
given its reasons (`assess`).  The order of documents and claims never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from threading import Lock

from secondsource.corroborate.case import Prepared
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.history import assessments
from secondsource.corroborate.kept import Matters
from secondsource.corroborate.matters import Group, blocked, matters, worth_asking
from secondsource.corroborate.nodes import Node
from secondsource.corroborate.positions import questions, strands
from secondsource.corroborate.reattach import reattached
from secondsource.corroborate.slots import Slots
from secondsource.model import Claim, Document, Entity, Question

__all__ = ["Corroborator", "Decisions", "assessments", "candidate_pairs", "corroborate"]


def corroborate(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    entities: Sequence[Entity],
    decisions: Decisions | None = None,
) -> list[Question]:
    """What the claims of a case ask and answer, the weightiest question first.

    Every claim stands in some question, but for words that a correction only repeats to take
    them back.  Documents without text are left out; a claim's document must be among
    ``documents``, or the claim is left out too.  ``decisions`` are what people decided of sources
    and reports.
    """
    return _asked(Prepared.of(documents, claims, entities, decisions or Decisions()), matters)


class Corroborator:
    """The questions of a case whose documents come and go.

    It gives what `corroborate` gives; of what was asked last it keeps which claims were compared and how
    they were grouped, so that documents that came or went are compared with their candidates only.
    """

    def __init__(self) -> None:
        self._matters = Matters()
        self._lock = Lock()

    def questions(
        self,
        documents: Sequence[Document],
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        decisions: Decisions | None = None,
    ) -> list[Question]:
        """What the claims of the case ask and answer now, as `corroborate` has it."""
        with self._lock:
            case = Prepared.of(documents, claims, entities, decisions or Decisions())
            return _asked(case, self._matters.groups)


def _asked(case: Prepared, group: Callable[..., list[Group]]) -> list[Question]:
    """The questions of a case that is ready, its claims put together by ``group``."""
    like = case.like()
    groups = reattached(worth_asking(group(case.every, like, case.linked)), like)
    found = [
        case.assessor.question(matter)
        for group in groups
        for strand in strands(group, lambda document: case.tracer.is_party(case.documents[document]))
        for matter in questions(strand)
    ]
    return sorted(found, key=_weight)


def candidate_pairs(
    documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]
) -> set[frozenset[str]]:
    """The pairs of claims that `corroborate` compares at all, by their ids: what blocking keeps.

    Whoever says no is also compared with every claim of his story.
    """
    case = Prepared.of(documents, claims, entities, Decisions())
    (nodes, blocks), like = blocked(case.every, case.linked), case.like()
    met = [pair for node in nodes for other in (node, *blocks.partners(node)) for pair in _both(node, other)]
    met += [
        (one, other)
        for one in case.every
        if one.side <= 0
        for other in case.every
        if like.tell_one(one, other)
    ]
    return {pair for one, other in met if len(pair := frozenset((one.claim.id, other.claim.id))) == 2}


def _both(one: Node, other: Node) -> Iterator[tuple[Slots, Slots]]:
    return product(one.members, other.members)


def _weight(question: Question) -> tuple[object, ...]:
    """Most reports first, then what moves: denials, rival answers, origins."""
    reports = {document for position in question.positions for document in position.reports}
    against = {
        entry.claim for position in question.positions for entry in (*position.denied_by, *position.unaware)
    }
    origins = max(position.n_max for position in question.positions)
    return (-len(reports), -len(against), -len(question.positions), -origins, question.text, question.id)
