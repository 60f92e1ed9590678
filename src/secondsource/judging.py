"""The nouns of judgements on entities; `secondsource.model` has them with all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Decision = Literal["positive", "negative", "unsure"]
JudgementKind = Literal["pair", "alias", "rename", "retype", "delete"]


class Place(NamedTuple):
    """Where a thing was named: the document's id, which is a hash of its bytes, the name there, and the
    cluster of mentions that it was the name of."""

    document: str
    name: str
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One thing that a judgement is on, as it was when it was judged.

    ``places`` say where it was named, so that it is known again when documents are read or
    extracted anew; where none of them is in the case, its name and schema do.
    """

    entity: str
    name: str
    schema: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of entities: who, when, why.

    A *pair* is one thing (``positive``), two (``negative``) or ``unsure``.  An *alias* is one more
    name of ``left``, a *rename* its name, a *retype* its schema, each in ``value``.  A *delete* says that
    ``value`` names nothing, in the documents of ``left`` or, where it has no places, in none.
    ``undone`` is when it was taken back, None while it stands.
    """

    id: str
    kind: JudgementKind
    decision: Decision
    left: Side
    right: Side | None
    value: str
    reason: str
    by: str
    at: str
    undone: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A judgement that is set aside because others stand against it, and why."""

    judgement: str
    against: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one, for a person to decide.

    ``score`` is how far their names agree; ``probability`` the share of such pairs that were one thing
    where it was measured, None where it was not; ``value`` orders candidates: how open the case is, times
    the mentions that a judgement moves.  ``joined`` where they are taken for one as it is.
    """

    id: str
    left: Side
    right: Side
    score: float
    probability: float | None
    value: float
    joined: bool
    reasons: tuple[str, ...]
