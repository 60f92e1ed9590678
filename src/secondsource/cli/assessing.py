"""Commands on assessments: the records of sources, what people settled, and what was found when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from secondsource.assessments import LETTERS
from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, emit, emit_json

if TYPE_CHECKING:
    from secondsource.assessments import Assessed, Assessment
    from secondsource.desk import Desk
    from secondsource.desk.assessing import SourceRecord

reason = click.option("--reason", default="", help="Why, in a sentence that stays with it.")
by = click.option("--by", help="Who decides; else the user's name.")


@click.group()
def sources() -> None:
    """Where positions start, and the record that you give a source.

    The letter of a position (reliability, A to F) is the best one among the records of its anchored
    origins; F until one has a record.  It never touches the number (credibility).
    """


@sources.command("show")
@as_json
@on_case
def show_sources(desk: Desk, as_json: bool) -> None:
    """The origins of the case, those of most positions first, with their records."""
    found, paths = desk.sources(), desk.paths()
    if as_json:
        emit_json(
            {**asdict(one), "documents": [paths[id] for id in one.documents if id in paths]} for one in found
        )
    else:
        emit(map(_source_line, found))


def _source_line(one: SourceRecord) -> Line:
    letter = one.rating.letter if one.rating else "F"
    shown = "" if one.anchored else ", its own access not shown"
    count = f"{one.positions} position{'' if one.positions == 1 else 's'}"
    return Line(f"{letter}  {one.name}: {count}{shown}.")


@sources.command("rate")
@click.argument("name")
@click.argument("letter", type=click.Choice(list(LETTERS)))
@reason
@by
@on_case
def rate(desk: Desk, name: str, letter: str, **told: Any) -> None:
    """Give the source NAME a record: a LETTER of the Admiralty code.

    A completely, B usually, C fairly, D not usually reliable, E unreliable; F takes a record back.
    It holds for every origin whose name has the words of NAME.
    """
    made = desk.rate_source(name, letter, **told)
    desk.derive()
    emit([Line(f"{made.by}: {made.name} is rated {made.letter}, {LETTERS[made.letter]}.")])


@click.command()
@click.argument("question")
@click.argument("document")
@click.argument("decision", type=click.Choice(["positive", "negative", "unsure"]))
@reason
@by
@on_case
def settle(desk: Desk, question: str, document: str, decision: str, **told: Any) -> None:
    """Decide on a report that is undetermined in a QUESTION.

    Its own access is there (positive), it only repeats others (negative), or nobody can tell (unsure).
    The DOCUMENT is named by its id or path.  What its text itself shows is not overruled.
    """
    asked, report = desk.show(question), desk.show(document)
    made = desk.settle(asked.id, report.id, decision, **told)
    desk.derive()
    emit([Line(f"{made.by}: {desk.paths()[report.id]} in {asked.id}: {made.decision}.")])


@click.command()
@click.argument("question")
@as_json
@on_case
def history(desk: Desk, question: str, as_json: bool) -> None:
    """Every assessment of a QUESTION and what changed it, the last one last.

    Each has a root over its inputs: the same documents and decisions give it again.
    """
    found = desk.history(_id(desk, question))
    if as_json:
        emit_json(map(asdict, found))
    else:
        emit(line for one in found for line in _assessment_lines(one))


def _id(desk: Desk, question: str) -> str:
    """The id that ``question`` begins, among the questions of now and of before."""
    from secondsource.errors import NotFound

    known = {one.question for one in desk.assessments()}
    found = sorted(id for id in known if id.startswith(question))
    if question not in known and len(found) != 1:
        raise NotFound(f"{question}: {len(found) or 'no'} questions of this case have that id")
    return question if question in known else found[0]


def _assessment_lines(one: Assessment) -> Iterator[Line]:
    yield Line(f"{one.at}  {one.status}  {one.text}", style="bold")
    yield from (Line(_position(position), 1) for position in one.positions)
    yield from (Line(sentence, 1) for sentence in one.changed)
    if one.root:
        yield Line(f"root {one.root[:16]}", 1, "dim")


def _position(one: Assessed) -> str:
    interval = str(one.n_min) if one.n_min == one.n_max else f"{one.n_min}–{one.n_max}"
    reports = f"{len(one.reports)} report{'' if len(one.reports) == 1 else 's'}"
    return f"{one.value}: {interval} of {reports}, {one.reliability}{one.credibility}"


@click.command()
@click.argument("document")
@click.option("--reason", default="taken out", help="Why, as the ledger keeps it.")
@on_case
def remove(desk: Desk, document: str, reason: str) -> None:
    """Take a DOCUMENT out of the case, and its influence with it.

    It is named by its id or path.  Questions are as if it had never been in; its bytes stay in
    the folder, and the ledger keeps that it was there.
    """
    known = desk.document(desk.show(document).id)
    desk.remove(known.id, reason=reason)
    emit([Line(f"{known.path} is out of the case.")])
