"""Commands that work on files alone and neither read nor make a case."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondsource.cli.output import complain, emit, emit_json, watching
from secondsource.errors import SecondSourceError

if TYPE_CHECKING:
    from secondsource.cli.output import Watch
    from secondsource.desk import Desk


def _desk() -> Desk:
    from secondsource.config import Config
    from secondsource.desk import Desk

    return Desk(config=Config.from_environ(os.environ))


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("--explain", is_flag=True, help="Say of each claim what made it, for people.")
@click.option("--near", is_flag=True, help="Say which words almost gave a claim, and why they gave none.")
def extract(paths: tuple[str, ...], explain: bool, near: bool) -> None:
    """Claims of files as JSON lines, without a case.

    Each line is one claim by the contract in docs/schemas/claim.schema.json; offsets are
    code points of what `secondsource text FILE` prints.  Folders are read to any depth.

    Exits with 1 where no file could be read.
    """
    from secondsource.ingest import find

    show = _explained(explain, near) if explain or near else _as_json
    desk, done = _desk(), 0
    with watching() as watch:
        for found in find(paths):
            try:
                show(desk, found.path, watch)
                done += 1
            except SecondSourceError as error:
                complain(found.reason or str(error))
    if not done:
        raise click.exceptions.Exit(1)


def _as_json(desk: Desk, file: Path, watch: Watch | None) -> None:
    from secondsource.contract import claim_to_json

    emit_json(claim_to_json(claim, path) for path, claim in desk.extract([file], progress=watch))


def _explained(explain: bool, near: bool) -> Callable[[Desk, Path, Watch | None], None]:
    from secondsource.cli.reasons import claim_lines, near_lines

    def show(desk: Desk, file: Path, _: Watch | None) -> None:
        for path, explained in desk.explain([file]):
            if explain:
                emit(claim_lines(path, explained))
            if near:
                emit(near_lines(path, explained))

    return show


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
