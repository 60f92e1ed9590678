"""What a person decides of a claim: that it reads otherwise, is none, or was overlooked.

A judgement is kept with the claim as it was and as it is to be, so that it can be taken back, and
applied again to whatever a later extraction finds.  Applying is idempotent: what is there already
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from secondsource.contract import claim_from_json, claim_to_json
from secondsource.errors import SecondSourceError
from secondsource.model import JSON, Claim, Excerpt, Frame, Mention, SourceKind, Stance
from secondsource.text import canonical, content_id, overlap, sha256

Action = Literal["edit", "delete", "add"]

RULE = "by hand"
"""The rule of a claim that a person put in or altered."""


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """One decision on a claim of a document: what it was, what it is to be, why, by whom, when.

    ``number`` is that of its entry in the ledger.  ``before`` is None for a claim that was added,
    ``after`` for one that was deleted; ``undone`` says by whom and when it was taken back.
    """

    number: int
    document: str
    action: Action
    before: Claim | None
    after: Claim | None
    reason: str
    by: str
    at: str
    undone: str | None = None

    @property
    def claim(self) -> Claim:
        """The claim as it was, or as it was added."""
        claim = self.before or self.after
        if claim is None:
            raise ValueError(f"judgement {self.number} is on no claim")
        return claim


@dataclass(frozen=True, slots=True)
class Change:
    """What a claim is to be: verbatim ``words`` of the document, near the offset ``near``.

    ``source`` are the verbatim words that name the source, empty for none; ``name`` is what the
    source is called, and ``stance`` how it stands to the words.
    """

    words: str
    near: int = 0
    source: str = ""
    name: str = ""
    kind: SourceKind = "person"
    stance: Stance = "asserts"


def token(claim: Claim) -> str:
    """A short mark of a claim's whole state: two people see the same claim where it is the same."""
    return sha256(canonical(claim_to_json(claim, "")).encode())[:16]


def says(claim: Claim) -> tuple[object, ...]:
    """What a person can alter of a claim."""
    return claim.content, claim.source, claim.source_name, claim.source_kind, claim.stance


def located(text: str, words: str, near: int) -> Excerpt:
    """The place of ``words`` in ``text`` nearest to ``near``; white space counts as one blank.

    Raises SecondSourceError where they do not stand in it.
    """
    parts = [re.escape(part) for part in words.split()]
    places = [found.span() for found in re.finditer(r"\s+".join(parts), text)] if parts else []
    if not places:
        shown = " ".join(words.split())[:80]
        raise SecondSourceError(
            f"The words “{shown}” do not stand in this document: a claim quotes it exactly."
        )
    return Excerpt.of(text, [min(places, key=lambda place: (abs(place[0] - near), place))])


def written(
    document: str, text: str, change: Change, mentions: Iterable[Mention], before: Claim | None = None
) -> Claim:
    """The claim that a ``change`` asks for, in place of ``before`` where there is one.

    Raises SecondSourceError where its words do not stand in the document.
    """
    same = before is not None and " ".join(before.content.text.split()) == " ".join(change.words.split())
    content = before.content if before and same else located(text, change.words, change.near)
    source = located(text, change.source, content.spans[0].start) if change.source.strip() else None
    name = change.name.strip() or (source.text if source else None)
    id = content_id("c", document, RULE, content.spans, source and source.spans, name, change.stance)
    made = Claim(
        id=id,
        document=document,
        voice="attributed" if name else "own",
        content=content,
        source=source,
        source_name=name,
        source_kind=change.kind if name else "outlet",
        cue=None,
        via=(),
        stance=change.stance,
        certainty=None,
        basis=None,
        mentions=tuple(one for one in mentions if _inside(one.excerpt, content)),
        quantities=(),
        time=None,
        rule=RULE,
        frame=Frame("", words=tuple(re.findall(r"\w+", content.text.casefold()))),
    )
    return made if before is None else _kept(made, before, same=same)


def _kept(made: Claim, before: Claim, *, same: bool) -> Claim:
    """What of the claim before still holds: all that lies inside the words, and how they came here."""
    return replace(
        made,
        cue=before.cue,
        via=before.via,
        certainty=before.certainty,
        basis=before.basis,
        quantities=tuple(one for one in before.quantities if _inside(one.excerpt, made.content)),
        time=before.time if before.time and _inside(before.time.excerpt, made.content) else None,
        frame=before.frame if same else replace(made.frame, predicate=before.frame.predicate),
    )


def _inside(excerpt: Excerpt, content: Excerpt) -> bool:
    return all(
        any(overlap(one, other) == one[1] - one[0] for other in content.spans) for one in excerpt.spans
    )


def amended(
    text: str, claims: Sequence[Claim], judgements: Iterable[ClaimJudgement]
) -> tuple[list[Claim], list[ClaimJudgement]]:
    """A document's claims with judgements applied, in reading order; and those that fit its text no more."""
    kept = {claim.id: claim for claim in claims}
    lost = []
    for judgement in judgements:
        after = judgement.after
        if after is not None and not all(excerpt.stands_in(text) for excerpt in after.excerpts()):
            lost.append(judgement)
            continue
        _apply(kept, judgement.before, after)
    return _in_order(kept), lost


def taken_back(claims: Sequence[Claim], judgement: ClaimJudgement) -> list[Claim]:
    """A document's claims without what a judgement did to them.

    Raises SecondSourceError where a later one builds on it.
    """
    kept = {claim.id: claim for claim in claims}
    after, before = judgement.after, judgement.before
    if (after and kept.get(after.id) != after) or (not after and before and before.id in kept):
        raise SecondSourceError("A later correction builds on this one. Take that one back first.")
    _apply(kept, after, before)
    return _in_order(kept)


def _apply(kept: dict[str, Claim], gone: Claim | None, come: Claim | None) -> None:
    if gone:
        kept.pop(gone.id, None)
    if come:
        kept[come.id] = come


def _in_order(kept: dict[str, Claim]) -> list[Claim]:
    return sorted(kept.values(), key=lambda claim: (claim.content.spans, claim.voice, claim.id))


def to_payload(judgement: ClaimJudgement) -> JSON:
    """What the ledger says of a judgement."""
    both = {"before": judgement.before, "after": judgement.after}
    said = {name: claim and claim_to_json(claim, "") for name, claim in both.items()}
    return {"document": judgement.document, "action": judgement.action, "reason": judgement.reason} | said


def from_payload(number: int, fields: JSON) -> ClaimJudgement:
    """The judgement that an entry of the ledger holds."""
    said = fields["payload"]
    before, after = (said[name] and claim_from_json(said[name]) for name in ("before", "after"))
    return ClaimJudgement(
        number, said["document"], said["action"], before, after, said["reason"], fields["by"], fields["at"]
    )
