"""Commands that work on files alone and neither read nor make a case."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from secondsource.cli.output import complain, emit_json, watching
from secondsource.errors import SecondSourceError

if TYPE_CHECKING:
    from secondsource.desk import Desk


def _desk() -> Desk:
    from secondsource.config import Config
    from secondsource.desk import Desk

    return Desk(config=Config.from_environ(os.environ))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
def extract(paths: tuple[str, ...]) -> None:
    """Claims of files as JSON lines, without a case.

    Each line is one claim by the contract in docs/schemas/claim.schema.json; offsets are
    code points of what `secondsource text FILE` prints.  Folders are read to any depth.

    Exits with 1 where no file could be read.
    """
    from secondsource.contract import claim_to_json
    from secondsource.ingest import find

    desk, done = _desk(), 0
    with watching() as watch:
        for found in find(paths):
            try:
                claims = desk.extract([found.path], progress=watch)
                emit_json(claim_to_json(claim, path) for path, claim in claims)
                done += 1
            except SecondSourceError as error:
                complain(found.reason or str(error))
    if not done:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("folder", metavar="GOLD_DIR")
@click.option("--json", "as_json", is_flag=True, help="The figures as one JSON object.")
@click.option("--errors", default=0, metavar="N", help="Show up to N missed and N spurious claims.")
def evaluate(folder: str, as_json: bool, errors: int) -> None:
    """How well claims are found in a folder that somebody annotated.

    GOLD_DIR holds docs/NAME.txt and gold/NAME.json in the scheme of docs/claims.md.  Prints
    precision, recall and F1 with 95 % intervals over documents, and what was right of stance,
    kind, certainty and via on the claims that match.
    """
    from secondsource.cli.output import emit
    from secondsource.cli.scores import errors_lines, score_lines
    from secondsource.evaluate import figures, total

    with watching() as watch:
        tallies = _desk().evaluate(folder, progress=watch)
    measured = figures(tallies)
    if as_json:
        emit_json([measured])
    else:
        emit(score_lines(measured))
        emit(errors_lines(total(tallies), errors))


@click.command()
@click.argument("file", type=click.Path())
def text(file: str) -> None:
    """The text of a file, as all offsets refer to it."""
    sys.stdout.write(_desk().text(file))  # click.echo would take what looks like a colour out
