"""What every page of the desk is made with: links, frame, and the page that says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import HTMLResponse

from secondsource.errors import NotFound
from secondsource.model import Claim, Document, Entity, Question
from secondsource.templates import ROOT, render

Noun = TypeVar("Noun")


class DeskLinks:
    """Where the desk shows a thing; a claim is shown in its document."""

    def question(self, question: Question) -> str:
        return f"{ROOT.get()}/questions/{question.id}"

    def claim(self, claim: Claim) -> str:
        return f"{ROOT.get()}/documents/{claim.document}#{claim.id}"

    def document(self, document: Document) -> str:
        return f"{ROOT.get()}/documents/{document.id}"

    def entity(self, entity: Entity) -> str:
        return f"{ROOT.get()}/entities/{entity.id}"


def page(request: Request, template: str, code: int = 200, **values: Any) -> HTMLResponse:
    """A page of the desk, with what every page shows."""
    html = render(f"desk/{template}", case=request.app.state.desk.name, links=DeskLinks(), **values)
    return HTMLResponse(html, status_code=code)


def problem(request: Request, code: int, reason: str) -> HTMLResponse:
    """The page that says why there is none; where there is no case yet, how one starts."""
    started = request.app.state.desk.exists
    return page(request, "problem.html", code, section="", started=started, reason=reason, documents=0)


def present(get: Callable[[str], Noun], ids: Iterable[str]) -> Iterator[Noun]:
    """The things with these ids, without those that have left the case since they were named."""
    for id in ids:
        with suppress(NotFound):
            yield get(id)


def by_date(documents: Iterable[Document]) -> list[Document]:
    """Documents by date of publication, those without one last."""
    return sorted(documents, key=lambda document: (document.published or "9", document.path))


def address(path: str, asked: Any, **more: object) -> str:
    """``path`` with the fields of ``asked`` (a dataclass or a mapping) that say something, and ``more``."""
    fields = {**(asked if isinstance(asked, dict) else asdict(asked)), **more}
    said = {name: value for name, value in fields.items() if value not in ("", None, 0)}
    return f"{ROOT.get()}{path}?{urlencode(said)}" if said else f"{ROOT.get()}{path}"
