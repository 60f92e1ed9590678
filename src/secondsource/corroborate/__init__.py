"""Questions from claims: what is claimed, on how many origins each answer stands, who denies it.

Claims are grouped by what they are about (`matters`), a group becomes questions with rival
answers (`positions`), every claim is followed to its innermost source (`origins`) and what the
texts tie together is one origin (`components`); then each position is counted, graded and
given its reasons (`assess`).  The order of documents and claims never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from threading import Lock

from secondsource.corroborate.asking import Asking
from secondsource.corroborate.case import Prepared
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.history import Roots, assessments
from secondsource.corroborate.kept import Matters
from secondsource.garbage import unsearched
from secondsource.model import Claim, Document, Entity, Question

__all__ = ["Corroborator", "Decisions", "Roots", "assessments", "candidate_pairs", "corroborate"]


def corroborate(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    decisions: Decisions | None = None,
) -> list[Question]:
    """What the claims of a case ask and answer, the weightiest question first.

    Every claim stands in some question, but for words that a correction only repeats to take
    them back.  Documents without text are left out; a claim's document must be among
    ``documents``, or the claim is left out too.  ``decisions`` are what people decided of sources
    and reports.
    """
    return Corroborator().questions(documents, claims, entities, decisions)


class Corroborator:
    """The questions of a case whose documents come and go.

    What was asked last is kept, so that of what comes or goes only that is looked at which it touches.
    What did not change is best given as the same objects as before.  ``jobs`` is how many processes may work
    where there is much to do; what comes of it is the same.
    """

    def __init__(self, jobs: int = 1) -> None:
        self._case = Prepared(jobs)
        self._matters = Matters(self._case.like, jobs)
        self._asking = Asking(self._case)
        self._lock = Lock()

    def questions(
        self,
        documents: Iterable[Document],
        claims: Iterable[Claim],
        entities: Iterable[Entity],
        decisions: Decisions | None = None,
    ) -> list[Question]:
        """What the claims of the case ask and answer now, as `corroborate` has it."""
        with self._lock, unsearched():
            case = self._case
            moved = case.follow(documents, claims, entities, decisions or Decisions())
            shift = case.like.follow(case.told, moved.told, case.parents, moved.parents, moved.bodies)
            groups = self._matters.follow(case.told, moved.told, case.parents, moved.parents, shift)
            return self._asking.follow(groups, moved, shift)


def candidate_pairs(
    documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]
) -> set[frozenset[str]]:
    """The pairs of claims that `corroborate` compares at all, by their ids: what blocking keeps.

    Whoever says no is also compared with every claim of his story.
    """
    case = Prepared()
    moved = case.follow(documents, claims, entities, Decisions())
    shift = case.like.follow(case.told, moved.told, case.parents, moved.parents, moved.bodies)
    matters = Matters(case.like)
    matters.follow(case.told, moved.told, case.parents, moved.parents, shift)
    met = [pair for one, other in matters.compared for pair in product(one.members, other.members)]
    met += [(one, other) for one in case.every if one.side <= 0 for other in case.of_story(one)]
    return {pair for one, other in met if len(pair := frozenset((one.claim.id, other.claim.id))) == 2}
