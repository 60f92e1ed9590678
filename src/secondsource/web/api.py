"""The desk as JSON, in the objects that the command line prints.  Each address is one method of `Desk`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from secondsource.contract import claim_to_json, document_to_json, judgement_to_json, question_to_json
from secondsource.desk import Desk
from secondsource.model import JSON, Entity, ReadStatus

router = APIRouter(tags=["desk"])


def desk_of(request: Request) -> Desk:
    """The desk that the application was made for."""
    desk: Desk = request.app.state.desk
    return desk


Here = Annotated[Desk, Depends(desk_of)]


@router.get("/questions")
def questions(desk: Here, q: str | None = None) -> list[JSON]:
    """What is claimed: every question with its positions, those that hold the words ``q`` where given."""
    paths = desk.paths()
    return [question_to_json(question, paths) for question in desk.questions(q or None)]


@router.get("/questions/{id}")
def question(desk: Here, id: str) -> JSON:
    return question_to_json(desk.question(id), desk.paths())


@router.get("/documents")
def documents(desk: Here, status: ReadStatus | None = None) -> list[JSON]:
    """Every document without its text, those of one ``status`` where given."""
    return [document_to_json(document) for document in desk.documents(status)]


@router.get("/documents/{id}")
def document(desk: Here, id: str) -> JSON:
    """One document, and its ``text`` as all offsets refer to it."""
    found = desk.document(id)
    return {**document_to_json(found), "text": found.text}


@router.get("/documents/{id}/claims")
def claims(desk: Here, id: str) -> list[JSON]:
    """The claims of a document in reading order, each by the claim contract."""
    found = desk.document(id)
    return [claim_to_json(claim, found.path) for claim in desk.claims(found.id)]


@router.get("/claims/{id}")
def claim(desk: Here, id: str) -> JSON:
    """One claim by the claim contract."""
    found = desk.claim(id)
    return claim_to_json(found, desk.document(found.document).path)


@router.get("/entities")
def entities(desk: Here) -> list[Entity]:
    return desk.entities()


@router.get("/judgements/entities")
def judgements(desk: Here) -> list[JSON]:
    """What people judged of entities, the oldest first, and what is set aside."""
    conflicts = {one.judgement: one for one in desk.conflicts()}
    return [judgement_to_json(one, conflicts) for one in desk.judgements()]


@router.get("/judgements/entities/pairs")
def pairs(desk: Here, most: Annotated[int, Query(ge=1, le=200)] = 20) -> list[JSON]:
    """The pairs of entities worth a judgement, the most valuable first, with the evidence of both sides."""
    return [desk.candidate_json(pair) for pair in desk.candidates(most)]


@router.get("/goods/items")
def items(desk: Here) -> list[JSON]:
    """Things with the figures that claims report of them and the clauses they would meet, as of today."""
    return list(desk.goods.items_json())


@router.get("/entities/{id}")
def entity(desk: Here, id: str) -> JSON:
    """One entity with the ids of the claims about it and by it."""
    found = desk.entity(id)
    return {
        **asdict(found),
        "about": [claim.id for claim in desk.claims_about(found.id)],
        "by": [claim.id for claim in desk.claims_by(found.id)],
    }
