"""Nouns of provenance: what a document derives from, and what changed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from secondsource.model import Excerpt, Span

DriftKind = Literal[
    "dropped attribution",
    "dropped hedge",
    "able to does",
    "some to all",
    "number",
    "actor",
    "unaware to denies",
    "other source",
    "added detail",
]


How = Literal[
    "citation", "credit", "link", "release", "republication", "rewriting", "paraphrase", "statement"
]
"""How one document derives from another, or from an outlet or body that is named."""

REPEATS: frozenset[How] = frozenset({"republication", "rewriting"})
"""The ways in which a document repeats another's words."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A document that derives from an outlet, a body or another document of the case.

    ``source`` names the outlet, agency, body or publisher; ``parent`` is the document of the case
    it leads to, where there is one.  ``score`` is how often such a sign means derivation (0.98
    for a credit or link, 0.95 for a citation) or, for what repeats words, the share of
    ``document``'s 3-grams that the other has; for a statement it is the share of the document's
    claims that rest on it.  ``directed`` is False where the dates do not tell which came first.
    ``excerpts`` are the words of ``document`` that show it.
    """

    document: str
    source: str
    parent: str | None
    how: How
    score: float
    directed: bool
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """How one report states a matter: its words, whose they are, and what tells it from the other.

    ``source`` is who the report gives it to, None where it speaks in its own voice.  ``marks`` are
    spans of the document inside the excerpt or beside it: the words that the other report lacks
    or has otherwise.
    """

    document: str
    excerpt: Excerpt
    source: str | None
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed between two reports of one origin: ``copy`` says more, or otherwise, than ``origin``.

    ``origin`` is the report that the copy was made from or, where both draw on the same source
    outside the case, the one that keeps its attribution and reserve.  ``change`` says it in a
    sentence.  A drift is no judgement which of them is right.
    """

    kind: DriftKind
    origin: Account
    copy: Account
    change: str
