"""A case made ready to be asked: everything that is known before any two claims are compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from secondsource.corroborate.assess import Assessor
from secondsource.corroborate.corrections import corrections, is_withdrawn
from secondsource.corroborate.decisions import Decisions
from secondsource.corroborate.identity import Identity
from secondsource.corroborate.origins import Tracer
from secondsource.corroborate.similarity import Likeness
from secondsource.corroborate.slots import Dissector, Slots
from secondsource.corroborate.speakers import Speakers
from secondsource.derivation import Derivation, Outlets, derive, earlier
from secondsource.model import Claim, Document, Entity

_FEW = 50
_SAME_STORY = timedelta(days=60)
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The documents and claims of one case with all that is known before any two are compared."""

    documents: Mapping[str, Document]
    identity: Identity
    tracer: Tracer
    assessor: Assessor
    every: Sequence[Slots]
    linked: Sequence[tuple[str, str]]

    def like(self) -> Likeness:
        return Likeness(self.every, self.identity, self.linked)

    @classmethod
    def of(
        cls,
        documents: Sequence[Document],
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        decisions: Decisions,
    ) -> Prepared:
        read = sorted((d for d in documents if d.text.strip()), key=lambda d: d.id)
        here = {document.id: document for document in read}
        notes = corrections(read)
        kept = sorted(
            (claim for claim in claims if claim.document in here and not is_withdrawn(claim, notes)),
            key=lambda claim: claim.id,
        )
        identity = Identity(read, kept, entities)
        derivations, outlets = derive(read, kept, entities), Outlets(read, kept)
        tracer = Tracer(identity, Speakers(identity, kept), outlets, derivations, decisions.settled)
        dissector = Dissector(identity, kept)
        edges: defaultdict[str, list[Derivation]] = defaultdict(list)
        for edge in derivations:
            edges[edge.document].append(edge)
        every = [slots for claim in kept for slots in (dissector.slots(claim), *dissector.parts(claim))]
        linked = sorted(_linked(derivations, outlets, here))
        assessor = Assessor(identity, tracer, here, edges, notes, decisions)
        return cls(here, identity, tracer, assessor, every, linked)


def _linked(
    derivations: Sequence[Derivation], outlets: Outlets, here: Mapping[str, Document]
) -> set[tuple[str, str]]:
    """Documents with those that they derive from, or may: the earlier ones of an outlet they cite."""
    pairs = {(edge.document, edge.parent) for edge in derivations if edge.parent}
    for edge in derivations:
        own = here[edge.document]
        published = outlets.published_by(edge.source)
        if len(published) <= _FEW:
            pairs |= {
                (own.id, other.id)
                for other in published
                if not earlier(own.published, other.published) and _near(own.published, other.published)
            }
    return {(one, other) for one, other in pairs if one != other}


def _near(one: str | None, other: str | None) -> bool:
    """False where two dates are known to the day, and too far apart for one story."""
    days = [_DAY.match(known or "") for known in (one, other)]
    if not days[0] or not days[1]:
        return True
    apart = date.fromisoformat(days[0][0]) - date.fromisoformat(days[1][0])
    return abs(apart) <= _SAME_STORY
