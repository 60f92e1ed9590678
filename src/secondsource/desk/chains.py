"""What a desk knows of how reports hang together: what derives from what, and what changed on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondsource.desk.case import Case
from secondsource.text import overlap

if TYPE_CHECKING:
    from secondsource.model import Claim, Question
    from secondsource.provenance import Derivation, Drift


class Chains(Case):
    """Derivations and drift, computed from what the case holds when they are asked for."""

    def derivations(self) -> list[Derivation]:
        """What every document derives from, by path; each with the words that show it."""
        from secondsource.derivation import derive, told

        store = self.store()
        documents, claims, entities = store.documents("read"), store.claims(), store.entities()
        paths = {document.id: document.path for document in documents}
        found = [*derive(documents, claims, entities), *told(documents, claims)]
        return sorted(
            found, key=lambda one: (paths[one.document], one.parent is None, -one.score, one.source)
        )

    def drift(self, question: Question | None = None) -> list[Drift]:
        """What copies say more, or otherwise, than their originals; of one question where it is given."""
        from secondsource.corroborate.drift import drift
        from secondsource.derivation import derive

        store = self.store()
        if question is None:
            documents, claims = store.documents("read"), store.claims()
            derivations = derive(documents, claims, store.entities())
            return drift(documents, claims, derivations, store.questions())
        held = [one for id in sorted(question.documents) if (one := store.document(id))]
        documents = sorted((one for one in held if one.status == "read"), key=lambda one: (one.path, one.id))
        claims = [claim for document in documents for claim in store.claims(document.id)]
        entities = store.finding.entities_of(document.id for document in documents)
        found = drift(documents, claims, derive(documents, claims, entities), [question])
        return _about(found, question, claims)


def _about(found: list[Drift], question: Question, claims: list[Claim]) -> list[Drift]:
    """The drift in what a question asks: one of the two accounts is, or overlaps, a claim of it."""
    asked = {claim for position in question.positions for claim in position.claims}
    asked |= {
        one.claim for position in question.positions for one in (*position.denied_by, *position.unaware)
    }
    places = {(c.document, span) for c in claims if c.id in asked for span in c.content.spans}
    return [
        one
        for one in found
        if any(
            account.document == document and overlap(span, own)
            for account in (one.origin, one.copy)
            for document, span in places
            for own in account.excerpt.spans
        )
    ]
