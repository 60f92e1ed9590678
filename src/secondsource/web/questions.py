"""The list of questions, and one question with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from secondsource.desk import Desk
from secondsource.errors import SecondSourceError
from secondsource.model import Position, Question
from secondsource.store.finding import Page, Wanted
from secondsource.templates.evidence import Evidence, claims_of, documents_of, in_use, table
from secondsource.templates.growth import Growth, growth
from secondsource.templates.settling import settling
from secondsource.templates.tree import trees
from secondsource.web.api import Here
from secondsource.web.dossier import dossiers
from secondsource.web.pages import address, by_date, page, present

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

A_PAGE = 25
ROWS = 40
"""Rows of the table of claims that one page shows."""
SIDE_BY_SIDE = 60
"""Reports of one question up to which a page lays them side by side; `secondsource drift` has no limit."""
MOST = 12
"""Reports of one origin, and opponents of one position, that a page shows."""

At = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/")
def questions(request: Request, desk: Here, wanted: Annotated[Wanted, Depends()], at: At = 0) -> HTMLResponse:
    finding, refused = desk.finding, ""
    try:
        found = finding.questions(wanted, at, A_PAGE)
    except SecondSourceError as error:
        found, refused = Page[Question]((), 0), str(error)
    total = desk.finding.counts()["questions"]
    return page(
        request,
        "questions.html",
        section="Questions",
        filter=wanted,
        found=found,
        refused=refused,
        total=total,
        alone=0 if wanted.any or wanted.every else total - found.total,
        entities=asked_about(desk, wanted.entity),
        publishers=finding.publishers(),
        growths=growths(desk, found.items),
        dossiers=dossiers(wanted),
        documents=0 if total else desk.finding.counts()["documents"],
        here=lambda at: address("/", wanted, at=at),
    )


def asked_about(desk: Desk, chosen: str) -> list[tuple[str, str]]:
    """The entities that most questions are about, and the one that was chosen, by name."""
    known = desk.finding.asked_about()
    if chosen and chosen not in dict(known):
        known += [(one.id, one.name) for one in [desk.store().entity(chosen)] if one]
    return known


def growths(desk: Desk, asked: Sequence[Question]) -> dict[str, Growth]:
    """How each question grew with the reports that were published, by its id."""
    dates = desk.finding.dates(id for question in asked for id in documents_of(question))
    return {question.id: growth(question, dates) for question in asked}


@router.get("/questions/{id}")
def question(request: Request, desk: Here, id: str, at: At = 0) -> HTMLResponse:
    asked = desk.question(id)
    claims = claims_of(asked)
    ordered = in_order(desk, asked)
    evidence = evidence_of(desk, asked, ordered[at : at + ROWS])
    rows = Page(tuple(ordered[at : at + ROWS]), len(ordered), at, ROWS)
    return page(
        request,
        "question.html",
        section="Questions",
        question=asked,
        evidence=evidence,
        table=in_use(table(asked, evidence, rows.items)),
        rows=rows,
        claims=len(claims),
        growth=growths(desk, [asked])[asked.id],
        trees=trees(asked, evidence, MOST),
        settling=settling(asked),
        most=MOST,
        dossiers=dossiers({"question": asked.id}),
        entities=[one for one in (evidence.entities.get(id) for id in asked.entities) if one],
        reports=by_date(evidence.documents[id] for id in asked.documents if id in evidence.documents)[:ROWS],
        here=lambda at: address(f"/questions/{asked.id}", {}, at=at) + "#sources",
    )


@router.get("/questions/{id}/changes")
def changes(request: Request, desk: Here, id: str) -> HTMLResponse:
    """What copies say otherwise than their originals, and every assessment that was made."""
    asked = desk.question(id)
    drift = desk.drift(asked) if len(asked.documents) <= SIDE_BY_SIDE else []
    ids = {account.document for one in drift for account in (one.origin, one.copy)}
    return page(
        request,
        "changes.html",
        section="Questions",
        question=asked,
        drift=drift,
        many=len(asked.documents) > SIDE_BY_SIDE,
        evidence=Evidence.of((), present(desk.document, ids)),
        assessments=desk.history(asked.id)[-ROWS:],
    )


def in_order(desk: Desk, question: Question) -> list[str]:
    """The ids of a question's claims as its table shows them: by position, origin and date."""
    ids = claims_of(question)
    places = desk.finding.claim_places(ids)
    dates = desk.finding.dates({document for document, _ in places.values()})
    rank = _groups(question)

    def key(id: str) -> tuple[int, str, str, int]:
        document, ordinal = places[id]
        return rank.get(id, len(rank)), dates.get(document) or "9", document, ordinal

    return sorted((id for id in ids if id in places), key=key)


def _groups(question: Question) -> dict[str, int]:
    """For each claim, the number of the origin or of the opposition that it stands under first."""
    groups: list[Sequence[str]] = []
    for position in question.positions:
        groups += [origin.claims for origin in position.origins]
        groups.append([one.claim for one in (*position.denied_by, *position.unaware)])
    return {id: number for number, group in reversed(list(enumerate(groups))) for id in group}


def evidence_of(desk: Desk, question: Question, rows: Sequence[str]) -> Evidence:
    """What a page on a question shows of it: the claims of ``rows``, and the first of each list."""
    finding = desk.finding
    claims = finding.claims([*rows, *(id for each in question.positions for id in _first_claims(each))])
    documents = [claim.document for claim in claims.values()]
    documents += islice(documents_of(question), ROWS)
    for position in question.positions:
        for origin in position.origins:
            documents += origin.documents[:MOST]
            documents += [one.document for one in origin.undetermined[:MOST]]
    entities = finding.named(question.entities[:20])
    return Evidence(claims, finding.heads(documents), entities)


def _first_claims(position: Position) -> list[str]:
    against = (*position.denied_by[:MOST], *position.unaware[:MOST])
    origins = position.origins[:MOST]
    return [*(id for one in origins for id in one.claims[:MOST]), *(one.claim for one in against)]
