"""Nouns of judging: what people decided of sources and reports, and what the program found when.

Decisions are rows of the ledger and are inputs like any other: the same documents and decisions
give the same assessment again, and its ``root`` says which they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Letter = Literal["A", "B", "C", "D", "E", "F"]
OriginDecision = Literal["positive", "negative", "unsure"]

LETTERS: dict[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""The source half of the Admiralty code (STANAG 2511), in its words."""


@dataclass(frozen=True, slots=True)
class SourceRating:
    """A person's record of a source: a letter and why.  The last one of a name holds."""

    name: str
    letter: Letter
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class OriginJudgement:
    """What a person decided of a report whose own access its text does not show.

    ``positive``: it has its own; ``negative``: it repeats others; ``unsure`` leaves it open.
    ``claims`` are those of ``document`` that the question held, so that the decision stays with
    them whatever becomes of the question.
    """

    question: str
    document: str
    claims: tuple[str, ...]
    decision: OriginDecision
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """One position as it stood: counts, and by name who stands behind it and against it."""

    value: str
    reports: tuple[str, ...]
    n_min: int
    n_max: int
    anchored: tuple[str, ...]
    denied_by: tuple[str, ...]
    unaware: tuple[str, ...]
    credibility: int
    reliability: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found on a question at a time; kept for good, and replaced by none.

    ``root`` is the Merkle root over its inputs (claims, documents, decisions, the method).  ``changed``
    says in sentences what is otherwise than in ``previous``, the root of the one before.
    """

    question: str
    text: str
    at: str
    status: str
    positions: tuple[Assessed, ...]
    claims: tuple[str, ...]
    root: str
    changed: tuple[str, ...]
    previous: str | None = None
