"""Commands that show what the case holds and what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, emit, emit_json
from secondsource.errors import SecondSourceError

if TYPE_CHECKING:
    from secondsource.desk import Desk

FORMATS = {".html": "html", ".htm": "html", ".md": "md", ".json": "json"}


@click.command()
@click.argument("query", required=False)
@click.option("--all", "every", is_flag=True, help="Also those that stand in one report alone, unopposed.")
@click.option("--as-of", metavar="DATE", help="As they stood at a day or time (2026-11-26T14:00).")
@as_json
@on_case
def questions(desk: Desk, query: str | None, every: bool, as_of: str | None, as_json: bool) -> None:
    """What is claimed, by whom, on how many origins.

    With a QUERY, the questions that hold all of its words, in the question, a position or
    the name of a source or entity.  "1–2 independent origins in 6 reports" gives the
    origins whose own access a text shows, and those that no text ties together.

    Listed are the questions that several reports speak to or somebody opposes; the others
    are counted.  A QUERY, --all and --json leave none out.

    --as-of computes them again from what the case held at that time (UTC), with the decisions
    made by then; for a time before the case began, from what had been published by then of
    what it holds now.
    """
    from secondsource.cli.prose import question_list
    from secondsource.contract import question_to_json

    found, paths = desk.questions(query, as_of=as_of), desk.paths()
    if as_json:
        emit_json(question_to_json(question, paths) for question in found)
    elif found:
        emit(question_list(found, paths, every=every or bool(query)))
    else:
        emit([Line(f"No question holds “{query}”." if query else "No question yet.")])


@click.command()
@click.argument("id")
@as_json
@on_case
def show(desk: Desk, id: str, as_json: bool) -> None:
    """One thing of the case with its evidence, quoted.

    The ID is that of a question, claim, document or entity.  Its first
    characters do where no other has them; a document may be named by its path.
    """
    from secondsource.cli.prose import noun_json, noun_lines

    noun = desk.show(id)
    if as_json:
        emit_json([noun_json(desk, noun)])
    else:
        emit(noun_lines(desk, noun))


@click.command()
@click.option("--failed", is_flag=True, help="Only those that could not be read, with the reason.")
@as_json
@on_case
def documents(desk: Desk, failed: bool, as_json: bool) -> None:
    """The documents of the case, by path."""
    from secondsource.cli.prose import document_line
    from secondsource.contract import document_to_json

    found, mentions = desk.documents("failed" if failed else None), desk.list_mentions()
    if as_json:
        emit_json(map(document_to_json, found))
    else:
        emit(document_line(one, len(mentions.get(one.id, ()))) for one in found)


@click.command()
@click.argument("document", required=False)
@as_json
@on_case
def claims(desk: Desk, document: str | None, as_json: bool) -> None:
    """The claims of the case, or of one document.

    The DOCUMENT is named by its id or path.
    """
    from secondsource.cli.prose import claim_lines
    from secondsource.contract import claim_to_json

    found, paths = desk.claims(desk.show(document).id if document else None), desk.paths()
    if as_json:
        emit_json(claim_to_json(claim, paths[claim.document]) for claim in found)
    else:
        emit(line for claim in found for line in claim_lines(claim, paths))


@click.command()
@click.argument("query", required=False)
@click.option(
    "-o",
    "output",
    required=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Where to write it; the name ends in .html, .md or .json.",
)
@on_case
def dossier(desk: Desk, query: str | None, output: str) -> None:
    """A report that stands alone, tied to hash and span.

    It holds every question, or those that hold all words of the QUERY, with each claim
    quoted beside its document, place and hash.
    """
    target = Path(output)
    form = FORMATS.get(target.suffix.lower())
    if form is None:
        raise click.BadParameter(f"{output}: ends in none of {', '.join(FORMATS)}", param_hint="-o")
    page = desk.dossier(query, format=form)
    try:
        target.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SecondSourceError(f"{output} cannot be written: {error.strerror}") from error
    emit([Line(f"The dossier is in {output}.")])
