"""The desk's pages.  Each gathers what `Desk` says and gives it to a template."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse

from secondsource.desk import Desk
from secondsource.errors import NotFound
from secondsource.model import Claim, Document, Entity, Question, Screening
from secondsource.templates import render
from secondsource.templates.evidence import Evidence, claims_of, documents_of, shared, table
from secondsource.web.api import Here
from secondsource.web.highlight import passages

Noun = TypeVar("Noun")

_SIDE_BY_SIDE = 60
"""Reports of one question up to which a page lays them side by side; `secondsource drift` has no limit."""

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


class DeskLinks:
    """Where the desk shows a thing; a claim is shown in its document."""

    def question(self, question: Question) -> str:
        return f"/questions/{question.id}"

    def claim(self, claim: Claim) -> str:
        return f"/documents/{claim.document}#{claim.id}"

    def document(self, document: Document) -> str:
        return f"/documents/{document.id}"

    def entity(self, entity: Entity) -> str:
        return f"/entities/{entity.id}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions the list shows, as its address says it: words, an entity's id, a status.

    Without any of them, what one report alone says unopposed is left out, unless ``every`` is set.
    """

    q: str = ""
    entity: str = ""
    status: str = ""
    every: str = ""

    @property
    def any(self) -> bool:
        return bool(self.q or self.entity or self.status or self.every)

    def of(self, desk: Desk) -> list[Question]:
        return [
            question
            for question in desk.questions(self.q or None)
            if (not self.entity or self.entity in question.entities)
            and (not self.status or self.status == question.status)
        ]


def page(request: Request, template: str, code: int = 200, **values: Any) -> HTMLResponse:
    """A page of the desk, with what every page shows."""
    html = render(f"desk/{template}", case=request.app.state.desk.name, links=DeskLinks(), **values)
    return HTMLResponse(html, status_code=code)


def problem(request: Request, code: int, reason: str) -> HTMLResponse:
    """The page that says why there is none; where there is no case yet, how one starts."""
    started = request.app.state.desk.exists
    return page(request, "problem.html", code, section="", started=started, reason=reason, documents=0)


@router.get("/")
def questions(request: Request, desk: Here, wanted: Annotated[Filter, Depends()]) -> HTMLResponse:
    every = desk.questions()
    shown = wanted.of(desk) if wanted.any else shared(every)
    return page(
        request,
        "questions.html",
        section="Questions",
        filter=wanted,
        questions=shown,
        total=len(every),
        alone=0 if wanted.any else len(every) - len(shown),
        entities=asked_about(every, desk.entities()),
        documents=0 if every else len(desk.documents()),
    )


def asked_about(questions: Iterable[Question], entities: Iterable[Entity]) -> list[Entity]:
    """The entities that questions are about, by name."""
    ids = {id for question in questions for id in question.entities}
    return sorted((entity for entity in entities if entity.id in ids), key=_name)


def _name(entity: Entity) -> str:
    return entity.name.casefold()


@router.get("/questions/{id}")
def question(request: Request, desk: Here, id: str) -> HTMLResponse:
    asked = desk.question(id)
    evidence = evidence_of(desk, asked)
    return page(
        request,
        "question.html",
        section="Questions",
        question=asked,
        evidence=evidence,
        table=table(asked, evidence),
        drift=desk.drift(asked) if len(asked.documents) <= _SIDE_BY_SIDE else [],
        entities=list(evidence.entities.values()),
        reports=by_date(evidence.documents[id] for id in asked.documents if id in evidence.documents),
    )


def evidence_of(desk: Desk, question: Question) -> Evidence:
    """What a question rests on, as far as the case still holds it."""
    return Evidence.of(
        present(desk.claim, claims_of(question)),
        present(desk.document, documents_of(question)),
        present(desk.entity, question.entities),
    )


def present(get: Callable[[str], Noun], ids: Iterable[str]) -> Iterator[Noun]:
    """The things with these ids, without those that have left the case since they were named."""
    for id in ids:
        with suppress(NotFound):
            yield get(id)


def by_date(documents: Iterable[Document]) -> list[Document]:
    """Documents by date of publication, those without one last."""
    return sorted(documents, key=lambda document: (document.published or "9", document.path))


@router.get("/documents")
def documents(request: Request, desk: Here, status: str = "") -> HTMLResponse:
    every = desk.documents()
    counts = Counter({"": len(every)}) + Counter(document.status for document in every)
    return page(
        request,
        "documents.html",
        section="Documents",
        status=status,
        counts=counts,
        total=len(every),
        documents=by_date(document for document in every if status in ("", document.status)),
    )


@router.get("/documents/{id}")
def document(request: Request, desk: Here, id: str) -> HTMLResponse:
    found = desk.document(id)
    claims = desk.claims(found.id)
    return page(
        request,
        "document.html",
        section="Documents",
        document=found,
        claims=claims,
        captures=desk.captures(found.id),
        members=desk.members(found.id),
        versions=desk.versions(found.id),
        numbers={claim.id: number for number, claim in enumerate(claims, 1)},
        passages=passages(found.text, found.reading.blocks, claims),
        asked=questions_by_claim(desk.questions()),
        mentions=desk.list_mentions_of(found.id),
        looked=desk.lists_looked_for(),
    )


def questions_by_claim(questions: Iterable[Question]) -> Mapping[str, list[Question]]:
    """The questions that each claim bears on, by the claim's id."""
    found: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        for claim in claims_of(question):
            found[claim].append(question)
    return found


@router.get("/claims/{id}")
def claim(desk: Here, id: str) -> RedirectResponse:
    return RedirectResponse(DeskLinks().claim(desk.claim(id)))


@router.get("/entities")
def entities(request: Request, desk: Here) -> HTMLResponse:
    every = sorted(desk.entities(), key=lambda entity: (-len(entity.documents), entity.name.casefold()))
    return page(request, "entities.html", section="Entities", entities=every, documents=len(desk.documents()))


@router.get("/entities/{id}")
def entity(request: Request, desk: Here, id: str) -> HTMLResponse:
    found = desk.entity(id)
    about, by = desk.claims_about(found.id), desk.claims_by(found.id)
    named = dict.fromkeys((*found.documents, *(claim.document for claim in (*about, *by))))
    evidence = Evidence.of((*about, *by), present(desk.document, named))
    return page(
        request,
        "entity.html",
        section="Entities",
        entity=found,
        about=about,
        by=by,
        evidence=evidence,
        questions=[question for question in desk.questions() if found.id in question.entities],
        lists=desk.lists(),
        screenings=screenings_of(found, desk.screenings()),
        documents=by_date(evidence.documents[id] for id in found.documents if id in evidence.documents),
    )


def screenings_of(entity: Entity, screenings: Iterable[Screening]) -> list[Screening]:
    """The last screening of each name of the entity."""
    names = {name.casefold() for name in (entity.name, *entity.names)}
    return list({one.query.casefold(): one for one in screenings if one.query.casefold() in names}.values())
