"""Questions from claims: what is claimed, on how many origins each answer stands, who denies it.

Claims are grouped by what they are about (`matters`), a group becomes questions with rival
answers (`positions`), every claim is followed to its innermost source (`origins`) and what the
texts tie together is one origin (`components`); then each position is counted, graded and
given its reasons (`assess`).  The order of documents and claims never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from secondsource.corroborate.assess import Assessor
from secondsource.corroborate.corrections import corrections, is_withdrawn
from secondsource.corroborate.identity import Identity
from secondsource.corroborate.matters import alike, candidates, matters, worth_asking
from secondsource.corroborate.origins import Tracer
from secondsource.corroborate.positions import questions, strands
from secondsource.corroborate.reattach import reattached
from secondsource.corroborate.similarity import Likeness
from secondsource.corroborate.slots import Dissector, Slots
from secondsource.corroborate.speakers import Speakers
from secondsource.derivation import Derivation, Outlets, derive, earlier
from secondsource.model import Claim, Document, Entity, Question

__all__ = ["candidate_pairs", "corroborate"]

_FEW = 50


def corroborate(
    documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]
) -> list[Question]:
    """What the claims of a case ask and answer, the weightiest question first.

    Every claim stands in some question, but for words that a correction only repeats to take
    them back.  Documents without text are left out; a claim's document must be among
    ``documents``, or the claim is left out too.
    """
    case = _Case.of(documents, claims, entities)
    like = case.like()
    groups = reattached(worth_asking(matters(case.every, like, case.linked)), like)
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
    case = _Case.of(documents, claims, entities)
    nodes, like = alike(case.every), case.like()
    pairs = set(candidates(nodes, case.linked)) | {(node, node) for node in range(len(nodes))}
    met = [(one, other) for left, right in pairs for one, other in product(nodes[left], nodes[right])]
    met += [
        (one, other)
        for one in case.every
        if one.side <= 0
        for other in case.every
        if like.tell_one(one, other)
    ]
    return {pair for one, other in met if len(pair := frozenset((one.claim.id, other.claim.id))) == 2}


@dataclass(frozen=True, slots=True)
class _Case:
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
    def of(cls, documents: Sequence[Document], claims: Sequence[Claim], entities: Sequence[Entity]) -> _Case:
        read = sorted((d for d in documents if d.text.strip()), key=lambda d: d.id)
        here = {document.id: document for document in read}
        notes = corrections(read)
        kept = sorted(
            (claim for claim in claims if claim.document in here and not is_withdrawn(claim, notes)),
            key=lambda claim: claim.id,
        )
        identity = Identity(read, kept, entities)
        derivations, outlets = derive(read, kept, entities), Outlets(read, kept)
        tracer = Tracer(identity, Speakers(identity, kept), outlets, derivations)
        dissector = Dissector(identity, kept)
        edges: defaultdict[str, list[Derivation]] = defaultdict(list)
        for edge in derivations:
            edges[edge.document].append(edge)
        every = [slots for claim in kept for slots in (dissector.slots(claim), *dissector.parts(claim))]
        linked = sorted(_linked(derivations, outlets, here))
        return cls(here, identity, tracer, Assessor(identity, tracer, here, edges, notes), every, linked)


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
                (own.id, other.id) for other in published if not earlier(own.published, other.published)
            }
    return {(one, other) for one, other in pairs if one != other}


def _weight(question: Question) -> tuple[object, ...]:
    """Most reports first, then what moves: denials, rival answers, origins."""
    reports = {document for position in question.positions for document in position.reports}
    against = {
        entry.claim for position in question.positions for entry in (*position.denied_by, *position.unaware)
    }
    origins = max(position.n_max for position in question.positions)
    return (-len(reports), -len(against), -len(question.positions), -origins, question.text, question.id)
