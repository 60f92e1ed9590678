"""Questions with their evidence as one file to hand on: HTML, Markdown or JSON.

::

    html = render(Contents("demo", "2026-01-02T10:00:00+00:00", questions, claims, documents))

Every sentence of a dossier leads to the hash of a document and a span of its text, and no
dossier is written whose quotations are not, letter for letter, what the documents hold.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import asdict, dataclass, replace
from itertools import chain
from json import dumps

from markupsafe import Markup

from secondsource.contract import claim_to_json, document_to_json, question_to_json
from secondsource.errors import CaseError, SecondSourceError
from secondsource.model import JSON, Claim, Document, Entity, Excerpt, Question, Screening
from secondsource.templates import render as fill
from secondsource.templates import style
from secondsource.templates.evidence import Evidence, claims_of, documents_of, shared, table
from secondsource.text import sha256

LIMITS = (
    "It does not decide what happened. It shows who says what, how they say they know, and who says"
    " otherwise.",
    "The counts are of origins that the texts themselves show. A shared origin that no text names is counted"
    " as two, which is why a range is given and not a figure.",
    "Claims, names and questions were found by rules in a program. Rules miss claims and misread some;"
    " read the quotation in its document before relying on it.",
    "That reported figures would meet the parameter of a control clause says nothing of the thing itself, nor"
    " of what may be done with it.",
    "A potential match is a likeness of names. Whether it is the same person or company is for"
    " a person to decide.",
    "A document says what it says about its date and publisher; neither was checked elsewhere.",
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a dossier is made from.

    ``case`` names the case and ``at`` is the ISO time the dossier speaks of.  Claims,
    documents and entities may be all of the case: those that no question rests on are left
    out.  ``query`` is what the questions were chosen by.  ``items`` are things with reported figures
    and their answers (``docs/schemas/goods-item.schema.json``).
    """

    case: str
    at: str
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]
    documents: tuple[Document, ...]
    entities: tuple[Entity, ...] = ()
    screenings: tuple[Screening, ...] = ()
    query: str | None = None
    items: tuple[JSON, ...] = ()


class DossierLinks:
    """Where a dossier shows a thing: further down in itself."""

    def question(self, question: Question) -> str:
        return f"#{question.id}"

    def claim(self, claim: Claim) -> str:
        return f"#{claim.id}"

    def document(self, document: Document) -> str:
        return f"#d-{document.id}"

    def entity(self, entity: Entity) -> None:
        return None


def render(contents: Contents, format: str = "html") -> str:
    """The dossier as ``html`` (one file that loads nothing), ``md`` or ``json``.

    Raises CaseError where a quotation is not what its document holds, or a document's text
    is not what its hash says; SecondSourceError for another format.
    """
    if format not in FORMATS:
        raise SecondSourceError(f"a dossier is written as {', '.join(FORMATS)}; not as {format}")
    needed = relevant(contents)
    check(needed)
    return FORMATS[format](needed)


def relevant(contents: Contents) -> Contents:
    """The contents without what no question of them rests on; claims in the order of the questions."""
    claims = {claim.id: claim for claim in contents.claims}
    wanted = dict.fromkeys(chain.from_iterable(map(claims_of, contents.questions)))
    documents = set(chain.from_iterable(map(documents_of, contents.questions)))
    entities = {id for question in contents.questions for id in question.entities}
    return replace(
        contents,
        claims=tuple(claims[id] for id in wanted if id in claims),
        documents=tuple(document for document in contents.documents if document.id in documents),
        entities=tuple(entity for entity in contents.entities if entity.id in entities),
        items=tuple(filter(None, (_resting_on(item, wanted.keys() & claims) for item in contents.items))),
    )


def _resting_on(item: JSON, claims: Set[str]) -> JSON | None:
    """An item with the figures of these claims and the answers that rest on them, None without any."""
    figures = [figure for figure in item["figures"] if figure["claim"] in claims]
    answers = [
        {**answer, "claims": kept}
        for answer in item["answers"]
        if (kept := [id for id in answer["claims"] if id in claims])
    ]
    return {**item, "figures": figures, "answers": answers} if figures else None


def check(contents: Contents) -> None:
    """Raises CaseError at the first quotation that does not stand in its document."""
    documents = {document.id: document for document in contents.documents}
    for document in contents.documents:
        if document.status == "read" and sha256(document.text.encode()) != document.text_sha256:
            raise CaseError(f"{document.path}: the text kept is not the one that was read")
    for claim in contents.claims:
        if claim.document not in documents:
            raise CaseError(f"{claim.id}: its document has left the case; ingest again first")
        document = documents[claim.document]
        if not all(_stands(excerpt, document.text) for excerpt in claim.excerpts()):
            raise CaseError(f"{document.path}: {claim.id} quotes words that the document does not hold there")


def _stands(excerpt: Excerpt, text: str) -> bool:
    inside = all(0 <= start < end <= len(text) for start, end in excerpt.spans)
    return bool(excerpt.spans) and inside and excerpt.stands_in(text)


def _values(contents: Contents) -> JSON:
    evidence = Evidence.of(contents.claims, contents.documents, contents.entities)
    shown = shared(contents.questions)
    return {
        "shown": shown,
        "alone": [question for question in contents.questions if question not in shown],
        "contents": contents,
        "goods": contents.items,
        "evidence": evidence,
        "links": DossierLinks(),
        "limits": LIMITS,
        "numbers": {claim.id: number for number, claim in enumerate(contents.claims, 1)},
        "tables": {question.id: table(question, evidence) for question in shown},
    }


def _html(contents: Contents) -> str:
    return fill("dossier.html", style=Markup(style()), **_values(contents))


def _markdown(contents: Contents) -> str:
    return fill("dossier.md", **_values(contents))


def _json(contents: Contents) -> str:
    paths = {document.id: document.path for document in contents.documents}
    body = {
        "case": contents.case,
        "at": contents.at,
        "query": contents.query,
        "limits": LIMITS,
        "questions": [question_to_json(question, paths) for question in contents.questions],
        "claims": [claim_to_json(claim, paths[claim.document]) for claim in contents.claims],
        "documents": [document_to_json(document) for document in contents.documents],
        "entities": [asdict(entity) for entity in contents.entities],
        "screenings": [asdict(screening) for screening in contents.screenings],
        "goods": list(contents.items),
    }
    return dumps(body, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Contents], str]] = {"html": _html, "md": _markdown, "json": _json}
