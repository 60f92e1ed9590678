"""Commands that work on files alone and neither read nor make a case."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from secondsource.cli.output import complain, emit, emit_json, watching

if TYPE_CHECKING:
    from secondsource.desk import Desk


def _desk(case: str | None = None) -> Desk:
    from secondsource.config import Config
    from secondsource.desk import Desk

    return Desk(case or "case", config=Config.from_environ(os.environ))


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
    desk = _desk()
    done = _explain(desk, paths, explain, near) if explain or near else _as_json(desk, paths)
    if not done:
        raise click.exceptions.Exit(1)


def _as_json(desk: Desk, paths: Iterable[str]) -> int:
    """Prints the claims of files; returns how many files were read."""
    from secondsource.contract import claim_to_json

    done = 0
    with watching() as watch:
        for path, extraction in desk.extractions(paths, refused=complain, progress=watch):
            emit_json(claim_to_json(claim, path) for claim in extraction.claims)
            if extraction.unread:
                complain(f"{path}: no claims are read from it: {extraction.unread}")
            done += 1
    return done


def _explain(desk: Desk, paths: Iterable[str], explain: bool, near: bool) -> int:
    from secondsource.cli.reasons import claim_lines, near_lines

    done = 0
    for path, explained in desk.explain(paths, refused=complain):
        if explained.extraction.unread:
            complain(f"{path}: no claims are read from it: {explained.extraction.unread}")
        if explain:
            emit(claim_lines(path, explained))
        if near:
            emit(near_lines(path, explained))
        done += 1
    return done


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("--adjectives", is_flag=True, help="Adjectives of nationality too, such as “Chinese”.")
@click.option("--references", is_flag=True, help="With the words taken for a name, such as “the company”.")
@click.option(
    "--case",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="With the names on the lists of a case.",
)
def mentions(paths: tuple[str, ...], adjectives: bool, references: bool, case: str | None) -> None:
    """Names in files as JSON lines, without a case.

    Each line is one place where a name stands, by the contract in docs/schemas/mention.schema.json.
    Names of one thing inside a document have the same `entity`; `how` says what found the name and its
    kind: the model, a gazetteer, a list (yours in SECONDSOURCE_WATCH, or those of --case) or a rule.
    Words in letters of two alphabets have `flags`.

    Words that a rule takes for a name close before them (“the company”, “she”) are inferences and no
    mentions: they stand under that name only with --references, each with its rule.

    Exits with 1 where no file could be read.
    """
    from secondsource.contract import named_mention_to_json

    done, desk = 0, _desk(case)
    listed = desk.listed if case else None
    with watching() as watch:
        for path, found in desk.extractions(paths, refused=complain, progress=watch, listed=listed):
            shown = (one for one in found.mentions if adjectives or one.how != "adjective")
            emit_json(named_mention_to_json(one, path, references=references) for one in shown)
            if found.unread and not found.mentions:
                complain(f"{path}: no names are read from it: {found.unread}")
            done += 1
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
