"""What a desk does with a person's decisions on claims: it keeps, applies and takes them back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from secondsource.amendment import (
    Change,
    ClaimJudgement,
    amended,
    from_payload,
    says,
    taken_back,
    to_payload,
    token,
    written,
)
from secondsource.desk.browsing import Browsing
from secondsource.errors import NotFound, Outdated, SecondSourceError
from secondsource.model import Claim, Document, Extraction

if TYPE_CHECKING:
    from secondsource.amendment import Action

KIND = "claim-judgement"


class ClaimJudgements(Browsing, ABC):
    """Corrections of claims.  Each is an entry of the ledger, and is applied to every later extraction."""

    _judging = Lock()

    def claim_judgements(self, document: str | None = None) -> list[ClaimJudgement]:
        """The decisions on claims in the order they were taken, those on one document where it is given."""
        found: dict[int, ClaimJudgement] = {}
        for entry in self.store().ledger.entries(KIND):
            fields = entry.fields
            undoes = fields["payload"].get("undoes")
            if undoes is None:
                found[entry.number] = from_payload(entry.number, fields)
            else:
                found[undoes] = replace(found[undoes], undone=f"{fields['by']}, {fields['at']}")
        return [one for one in found.values() if document in (None, one.document)]

    def seen(self, claim: Claim) -> str:
        """A mark of the state a claim is shown in, to be given back with a decision on it."""
        return token(claim)

    def edit_claim(self, id: str, change: Change, reason: str, seen: str | None = None) -> ClaimJudgement:
        """Let a claim read otherwise.

        Raises Outdated where it is no longer as it was ``seen``, NotFound where there is none, and
        SecondSourceError where the words do not stand in the document or nothing is changed.
        """
        with self._judging:
            before = self._as_seen(id, seen)
            document = self._with_text(before.document)
            mentions = self.finding.mentions(document.id)
            after = written(document.id, document.text, change, mentions, before)
            if after.content != before.content:
                after = self.framed(document, after)
            if says(after) == says(before):
                raise SecondSourceError("Nothing was changed: the claim reads so already.")
            return self._judge(document, "edit", before, after, reason)

    def delete_claim(self, id: str, reason: str, seen: str | None = None) -> ClaimJudgement:
        """Take out what is no claim.  Raises as `edit_claim` does."""
        with self._judging:
            before = self._as_seen(id, seen)
            return self._judge(self._with_text(before.document), "delete", before, None, reason)

    def add_claim(self, document: str, change: Change, reason: str) -> ClaimJudgement:
        """Put in a claim that was overlooked.  Raises as `edit_claim` does."""
        with self._judging:
            found = self._with_text(document)
            made = written(found.id, found.text, change, self.finding.mentions(found.id))
            after = self.framed(found, made)
            if self.finding.claims([after.id]):
                raise SecondSourceError("This claim stands in the document already.")
            return self._judge(found, "add", None, after, reason)

    @abstractmethod
    def framed(self, document: Document, claim: Claim) -> Claim:
        """See `Desk.framed`."""

    def undo(self, number: int) -> ClaimJudgement:
        """Take back the decision with that number of the ledger.

        Raises NotFound where there is none, SecondSourceError where a later one builds on it or it was
        taken back already.
        """
        with self._judging:
            judgement = next((one for one in self.claim_judgements() if one.number == number), None)
            if judgement is None:
                raise NotFound(f"{number}: no decision on a claim has that number")
            if judgement.undone:
                raise SecondSourceError("This decision was taken back already.")
            claims = taken_back(self.store().claims(judgement.document), judgement)
            payload = {"document": judgement.document, "undoes": number, "reason": "taken back"}
            self.store().ledger.append(KIND, payload)
            self._rewrite(judgement.document, claims)
            return judgement

    def obey(self) -> int:
        """Apply every decision that stands to its document's claims; how many documents were altered."""
        altered = 0
        by_document: dict[str, list[ClaimJudgement]] = {}
        for judgement in self.claim_judgements():
            if not judgement.undone:
                by_document.setdefault(judgement.document, []).append(judgement)
        for id, judgements in by_document.items():
            document = self.store().document(id)
            if document is not None:
                claims = self.store().claims(id)
                wanted, _ = amended(document.text, claims, judgements)
                altered += wanted != claims
                if wanted != claims:
                    self._rewrite(id, wanted)
        return altered

    def unassessed(self) -> int:
        """How many decisions on claims were taken since the questions were last derived."""
        return self.finding.entries_since(KIND, "assessment")

    def _as_seen(self, id: str, seen: str | None) -> Claim:
        claim = self.store().claim(id)
        if claim is not None and seen in (None, token(claim)):
            return claim
        changed = [one for one in self.claim_judgements() if id in _ids(one)]
        if claim is None and not changed:
            raise NotFound(f"{id}: no claim of this case has that id")
        who = f" by {changed[-1].by}, {changed[-1].at[:16]}" if changed else ""
        raise Outdated(f"This claim was changed meanwhile{who}. Nothing of yours was kept: look at it again.")

    def _with_text(self, id: str) -> Document:
        document = self.store().document(id)
        if document is None or document.status != "read":
            raise NotFound(f"{id}: no document of this case with that id has a text")
        return document

    def _judge(
        self, document: Document, action: Action, before: Claim | None, after: Claim | None, reason: str
    ) -> ClaimJudgement:
        made = ClaimJudgement(-1, document.id, action, before, after, reason.strip(), "", "")
        store = self.store()
        number = store.ledger.append(KIND, to_payload(made))
        claims, _ = amended(document.text, store.claims(document.id), [made])
        self._rewrite(document.id, claims)
        return next(one for one in self.claim_judgements(document.id) if one.number == number)

    def _rewrite(self, document: str, claims: Sequence[Claim]) -> None:
        mentions = tuple(self.finding.mentions(document))
        extractor = self.finding.extractor(document)
        self.store().add_extraction(document, Extraction(tuple(claims), mentions), extractor=extractor)


def _ids(judgement: ClaimJudgement) -> set[str]:
    return {claim.id for claim in (judgement.before, judgement.after) if claim}
