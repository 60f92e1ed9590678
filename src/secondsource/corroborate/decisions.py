"""What people decided, obeyed: letters of sources, and reports with or without access of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from secondsource.assessments import OriginJudgement, SourceRating
from secondsource.corroborate.origins import Access
from secondsource.model import Document, Origin
from secondsource.text import words

UNRATED = "F"
"""Reliability cannot be judged: nobody gave these sources a record."""


class Decisions:
    """Ratings and judgements by what they are on; of two on one thing the later holds."""

    def __init__(
        self, ratings: Iterable[SourceRating] = (), judgements: Iterable[OriginJudgement] = ()
    ) -> None:
        self._ratings = {tuple(words(one.name)): one for one in ratings}
        self._judged = {claim: one for one in judgements for claim in one.claims}

    def differing(self, before: Decisions) -> set[str]:
        """The documents of whose claims something else was decided before."""
        judged = self._judged.items() ^ before._judged.items()
        return {judgement.document for _, judgement in judged}

    def same(self, other: Decisions) -> bool:
        """True where the same was decided of everything."""
        return self._ratings == other._ratings and self._judged == other._judged

    def same_ratings(self, other: Decisions) -> bool:
        return self._ratings == other._ratings

    def judged(self, claim: str) -> OriginJudgement | None:
        return self._judged.get(claim)

    def ratings(self, origins: Iterable[Origin]) -> list[SourceRating]:
        """The ratings of those whom anchored origins name, the best letter first."""
        said = [words(origin.name) for origin in origins if origin.anchored]
        found = [one for name, one in self._ratings.items() if any(_names(text, name) for text in said)]
        return sorted(found, key=lambda one: (one.letter, one.name))

    def settled(self, access: Access, document: Document) -> Access:
        """A claim's access as a person decided it; as its text shows it where nobody did.

        A decision is on what no text shows: shown access stays what it is.
        """
        judgement = self.judged(access.claim.id)
        if judgement is None or access.shown or judgement.decision == "unsure":
            return access
        name = document.publisher or document.title or document.path
        why = f"{judgement.by} decided on {judgement.at[:10]} that {name}"
        reason = f": {judgement.reason}" if judgement.reason else ""
        if judgement.decision == "positive":
            key = f"settled:{document.id}"
            return replace(
                access, key=key, name=name, shown=True, relay=False, why=f"{why} has its own access{reason}"
            )
        return replace(access, relay=True, settled=True, why=f"{why} repeats what others report{reason}")


def _names(text: list[str], name: Sequence[str]) -> bool:
    """True where the words of ``name`` stand in ``text``, one after the other."""
    size = len(name)
    return bool(size) and any(
        tuple(text[at : at + size]) == tuple(name) for at in range(len(text) - size + 1)
    )
