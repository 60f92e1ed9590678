"""The dossier as a file to keep: of one question, or of the questions that a filter shows."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from secondsource.store.finding import Wanted
from secondsource.web.api import Here
from secondsource.web.pages import address

router = APIRouter(include_in_schema=False)

MEDIA = {"html": "text/html", "md": "text/markdown", "json": "application/json"}
FORMS = (("html", "HTML"), ("md", "Markdown"), ("json", "JSON"))
"""The forms of a dossier, and what a page calls them."""
_EVERY = 10_000_000


@router.get("/dossier.{form}")
def dossier(
    desk: Here,
    wanted: Annotated[Wanted, Depends()],
    form: Literal["html", "md", "json"],
    question: str = "",
) -> Response:
    """A dossier of the questions wanted, or of one, as a file that a browser keeps."""
    one = [desk.question(question)] if question else []
    asked = one or desk.finding.questions(wanted, 0, _EVERY).items
    made = desk.dossier(wanted.q or None, format=form, of=asked)
    name = question or desk.name
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    headers = {"Content-Disposition": f'attachment; filename="dossier-{kept}.{form}"'}
    return Response(made, media_type=f"{MEDIA[form]}; charset=utf-8", headers=headers)


def dossiers(asked: Wanted | dict[str, str]) -> list[tuple[str, str]]:
    """The address of each form of the dossier of a list of questions, or of one, and the form's name."""
    return [(address(f"/dossier.{form}", asked), name) for form, name in FORMS]
