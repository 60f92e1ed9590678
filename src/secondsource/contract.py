"""The contracts: a claim as one JSON object, and back; a question and a document as one.

The fields are published as JSON Schema in ``docs/schemas``; other programs rely on them.
``frame`` in a claim is an addition of ours that the contract allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from secondsource.model import (
    JSON,
    Basis,
    Candidate,
    Claim,
    Conflict,
    Document,
    Entity,
    Excerpt,
    Frame,
    Judgement,
    Mention,
    Opposition,
    Origin,
    Part,
    Position,
    Quantity,
    Question,
    Reference,
    Screening,
    Span,
    When,
)
from secondsource.provenance import Account, Derivation, Drift


def _spans(excerpt: Excerpt | None) -> list[list[int]]:
    return [list(span) for span in excerpt.spans] if excerpt else []


def _text(excerpt: Excerpt | None) -> str | None:
    return excerpt.text if excerpt else None


def _located(excerpt: Excerpt) -> JSON:
    return {"spans": _spans(excerpt), "text": excerpt.text}


def mention_to_json(mention: Mention) -> JSON:
    return {
        **_located(mention.excerpt),
        "schema": mention.schema,
        "entity": mention.entity,
        "name": mention.name,
        "how": mention.how,
        **({"flags": list(mention.flags)} if mention.flags else {}),
        **({"references": list(map(_reference, mention.references))} if mention.references else {}),
    }


def _reference(reference: Reference) -> JSON:
    return {**_located(reference.excerpt), "how": "rule", "rule": reference.rule}


def named_mention_to_json(mention: Mention, path: str, *, references: bool = False) -> JSON:
    """The mention as the contract's object of its own; ``path`` is the file the user named.

    With ``references`` it has the words that are taken for it by a rule.
    """
    shown = mention if references else replace(mention, references=())
    return {"path": path, **mention_to_json(shown)}


def claim_to_json(claim: Claim, path: str) -> JSON:
    """The claim as the contract's object; ``path`` is the file the user named."""
    return {
        "id": claim.id,
        "document": claim.document,
        "path": path,
        "voice": claim.voice,
        "content": _spans(claim.content),
        "content_text": claim.content.text,
        "source": _spans(claim.source),
        "source_text": _text(claim.source),
        "source_name": claim.source_name,
        "source_kind": claim.source_kind,
        "cue": _spans(claim.cue),
        "cue_text": _text(claim.cue),
        "via": [_located(relay) for relay in claim.via],
        "stance": claim.stance,
        "certainty": claim.certainty,
        "basis": {"kind": claim.basis.kind, **_located(claim.basis.excerpt)} if claim.basis else None,
        "mentions": [mention_to_json(mention) for mention in claim.mentions],
        "quantities": [
            {
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "approximate": figure.approximate,
                **_located(figure.excerpt),
            }
            for figure in claim.quantities
        ],
        "time": claim.time
        and {
            "start": claim.time.start,
            "end": claim.time.end,
            "precision": claim.time.precision,
            **_located(claim.time.excerpt),
        },
        "rule": claim.rule,
        "frame": _frame(claim.frame) | {"parts": [_part(part) for part in claim.frame.parts]},
        **({"language": claim.language} if claim.language != "en" else {}),
    }


def _frame(frame: Frame) -> JSON:
    return {
        "predicate": frame.predicate,
        "agent": frame.agent,
        "object": frame.object,
        "negated": frame.negated,
        "modal": frame.modal,
        "words": list(frame.words),
        "predicate_class": frame.predicate_class,
        "recipient": frame.recipient,
        "place": frame.place,
        "joined": list(frame.joined),
    }


def _part(part: Part) -> JSON:
    return {"span": list(part.span), "frame": _frame(part.frame)}


def _frame_of(row: JSON) -> Frame:
    lists = {"words": tuple(row["words"]), "joined": tuple(row.get("joined", ()))}
    parts = tuple(Part(Span(*part["span"]), _frame_of(part["frame"])) for part in row.get("parts", ()))
    return Frame(**{**row, **lists, "parts": parts})


def _excerpt(spans: Iterable[Iterable[int]], text: str | None) -> Excerpt | None:
    return None if text is None else _always(spans, text)


def _always(spans: Iterable[Iterable[int]], text: str) -> Excerpt:
    return Excerpt(tuple(Span(*span) for span in spans), text)


def mention_from_json(row: JSON) -> Mention:
    references = tuple(
        Reference(_always(one["spans"], one["text"]), one["rule"]) for one in row.get("references", ())
    )
    told = row["schema"], row["entity"], row["name"], row["how"], tuple(row.get("flags", ())), references
    return Mention(_always(row["spans"], row["text"]), *told)


def claim_from_json(row: JSON) -> Claim:
    """The claim that `claim_to_json` wrote, or an earlier version whose frames had fewer fields."""
    basis, time, frame = row["basis"], row["time"], row["frame"]
    return Claim(
        id=row["id"],
        document=row["document"],
        voice=row["voice"],
        content=_always(row["content"], row["content_text"]),
        source=_excerpt(row["source"], row["source_text"]),
        source_name=row["source_name"],
        source_kind=row["source_kind"],
        cue=_excerpt(row["cue"], row["cue_text"]),
        via=tuple(_always(relay["spans"], relay["text"]) for relay in row["via"]),
        stance=row["stance"],
        certainty=row["certainty"],
        basis=basis and Basis(basis["kind"], _always(basis["spans"], basis["text"])),
        mentions=tuple(mention_from_json(mention) for mention in row["mentions"]),
        quantities=tuple(
            Quantity(
                _always(figure["spans"], figure["text"]),
                figure["value"],
                figure["low"],
                figure["high"],
                figure["unit"],
                figure["approximate"],
            )
            for figure in row["quantities"]
        ),
        time=time
        and When(_always(time["spans"], time["text"]), time["start"], time["end"], time["precision"]),
        rule=row["rule"],
        frame=_frame_of(frame),
        language=row.get("language", "en"),
    )


def document_to_json(document: Document) -> JSON:
    """A document without its text: ``id`` is the SHA-256 of its bytes."""
    reading = document.reading
    return {
        "id": document.id,
        "path": document.path,
        "status": document.status,
        "reason": document.reason,
        "media_type": document.media_type,
        "size": document.size,
        "title": reading.title,
        "publisher": reading.publisher,
        "authors": list(reading.authors),
        "published": reading.published,
        "published_how": reading.published_how,
        "url": reading.url,
        "text_sha256": document.text_sha256,
        "first_seen": document.first_seen,
    }


def question_to_json(question: Question, paths: Mapping[str, str]) -> JSON:
    """The question as the contract's object; ``paths`` names each document by its id."""
    return {
        "id": question.id,
        "text": question.text,
        "status": question.status,
        "open_slot": question.open_slot,
        "positions": [_position(position, paths) for position in question.positions],
        "documents": [paths[id] for id in question.documents],
    }


def _position(position: Position, paths: Mapping[str, str]) -> JSON:
    return {
        "value": position.value,
        "text": position.text,
        "claims": list(position.claims),
        "reports": [paths[id] for id in position.reports],
        "n_min": position.n_min,
        "n_max": position.n_max,
        "origins": [_origin(origin, paths) for origin in position.origins],
        "denied_by": _opposed(position.denied_by, paths),
        "unaware": _opposed(position.unaware, paths),
        "credibility": position.credibility,
        "reliability": position.reliability,
        "reasons": list(position.reasons),
    }


def _origin(origin: Origin, paths: Mapping[str, str]) -> JSON:
    return {
        "name": origin.name,
        "anchored": origin.anchored,
        "documents": [paths[id] for id in origin.documents],
        "undetermined": [{"path": paths[one.document], "why": one.why} for one in origin.undetermined],
    }


def _opposed(opposed: Iterable[Opposition], paths: Mapping[str, str]) -> list[JSON]:
    return [{"source": one.source, "path": paths[one.document]} for one in opposed]


def derivation_to_json(derivation: Derivation, paths: Mapping[str, str]) -> JSON:
    """The derivation as the contract's object: from a document by its path, else from who is named."""
    return {
        "path": paths[derivation.document],
        "derives_from": paths[derivation.parent] if derivation.parent else derivation.source,
        "how": derivation.how,
        "spans": [list(span) for excerpt in derivation.excerpts for span in excerpt.spans],
        "score": derivation.score,
    }


def drift_to_json(drift: Drift, paths: Mapping[str, str]) -> JSON:
    """The drift as the contract's object; its marks are for the eye and stay out."""
    return {
        "kind": drift.kind,
        "origin": _account(drift.origin, paths),
        "copy": _account(drift.copy, paths),
        "change": drift.change,
    }


def _account(account: Account, paths: Mapping[str, str]) -> JSON:
    return {
        "path": paths[account.document],
        "text": account.excerpt.text,
        "spans": _spans(account.excerpt),
        "source_text": account.source,
    }


def entity_to_json(entity: Entity, case: Named) -> JSON:
    """The entity as the contract's object, with every mention of it and every judgement on it.

    ``medium`` says of an outlet what kind of source it is, null for all else.
    """
    return {
        "id": entity.id,
        "name": entity.name,
        "schema": entity.schema,
        "names": list(entity.names),
        "mentions": [
            {"document": part.document, "path": case.paths[part.document], **mention_to_json(mention)}
            for part in entity.mentions
            for mention in case.mentions.get((part.document, part.entity), ())
        ],
        "reasons": list(entity.reasons),
        "referents": list(entity.referents),
        "judgements": [judgement_to_json(case.judgements[id], case.conflicts) for id in entity.judgements],
        "medium": case.media.get(entity.id),
    }


def judgement_to_json(judgement: Judgement, conflicts: Mapping[str, Conflict]) -> JSON:
    """A judgement without its places.

    ``set_aside`` says which others stand against it, null where none does.
    """
    conflict = conflicts.get(judgement.id)
    return {
        "id": judgement.id,
        "kind": judgement.kind,
        "decision": judgement.decision,
        "left": {"entity": judgement.left.entity, "name": judgement.left.name},
        "right": judgement.right and {"entity": judgement.right.entity, "name": judgement.right.name},
        "value": judgement.value,
        "reason": judgement.reason,
        "by": judgement.by,
        "at": judgement.at,
        "undone": judgement.undone,
        "set_aside": conflict and {"against": list(conflict.against), "why": conflict.why},
    }


def candidate_to_json(pair: Candidate, left: list[JSON], right: list[JSON]) -> JSON:
    """A pair worth deciding, with the passages that name each side."""
    sides = ((pair.left, left), (pair.right, right))
    shown = [
        {
            "entity": side.entity or None,
            "name": side.name,
            "schema": side.schema,
            "mentions": len(side.places),
            "evidence": evidence,
        }
        for side, evidence in sides
    ]
    return {
        "id": pair.id,
        "left": shown[0],
        "right": shown[1],
        "score": pair.score,
        "probability": pair.probability,
        "value": pair.value,
        "joined": pair.joined,
        "reasons": list(pair.reasons),
    }


class Named(NamedTuple):
    """What an entity's object takes from its case: paths by document, mentions by document and cluster,
    judgements and conflicts by the judgement's id, media by the entity's."""

    paths: Mapping[str, str]
    mentions: Mapping[tuple[str, str], list[Mention]]
    judgements: Mapping[str, Judgement]
    conflicts: Mapping[str, Conflict]
    media: Mapping[str, JSON]


def screening_to_json(screening: Screening) -> JSON:
    """The screening as the contract's object; ``screening`` is the id of its entry in the case."""
    return {
        "query": screening.query,
        "schema": screening.schema,
        "results": [
            {
                "id": match.designation.id,
                "list": match.designation.list,
                "name": match.name,
                "caption": match.designation.name,
                "score": match.score,
                "match": match.match,
                "reasons": list(match.reasons),
            }
            for match in screening.results
        ],
        "screening": screening.id,
    }
