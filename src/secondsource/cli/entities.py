"""Commands that list entities, judge pairs of them, and correct them by hand."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, complain, emit, emit_json
from secondsource.errors import SecondSourceError

if TYPE_CHECKING:
    from secondsource.desk import Desk
    from secondsource.desk.judging import Shown
    from secondsource.model import Candidate, Entity, Judgement, Side

DECISIONS = {"same": "positive", "different": "negative", "unsure": "unsure"}
KEYS = {"s": "positive", "d": "negative", "u": "unsure"}
HELP = "s one thing · d two · u unsure · n next · q quit"


def why(body: Any) -> Any:
    """The reason of a judgement, and who makes it."""
    body = click.option("--by", help="Who decides; else the user's name.")(body)
    return click.option("--why", "reason", default="", help="Why, in a sentence that stays with it.")(body)


@click.group(invoke_without_command=True)
@as_json
@click.option("--ftm", is_flag=True, help="Entities, documents and mentions as FollowTheMoney's JSON lines.")
@click.option(
    "--statements", is_flag=True, help="The same as its statements (CSV): each value with its origin."
)
@click.option("--check", is_flag=True, help="With --ftm: what its library finds wrong (secondsource[ftm]).")
@on_case
def entities(desk: Desk, as_json: bool, ftm: bool, statements: bool, check: bool) -> None:
    """The entities of the case, and corrections by hand.

    An ENTITY is named by its id, the first characters of it, or a name that only it has.  Each
    correction is kept with who, when and why, obeyed from then on, and undone with
    `secondsource judge --undo`.
    """
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        # A case that is named before the correction holds for it as well.
        context.default_map = {context.invoked_subcommand: {"case": str(desk.path)}}
    elif statements:
        _statements(desk)
    elif ftm:
        _ftm(desk, check)
    elif as_json:
        emit_json(desk.entities_json())
    else:
        emit(line for entity in desk.entities() for line in _entity_lines(entity))


def _ftm(desk: Desk, check: bool) -> None:
    from secondsource.ftm import flaws

    wrong = 0
    for row in desk.entities_ftm():
        for flaw in flaws(row) if check else ():
            complain(flaw)
            wrong += 1
        emit_json([row])
    if wrong:
        raise click.exceptions.Exit(1)


def _statements(desk: Desk) -> None:
    from secondsource.ftm import COLUMNS

    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(one.row() for one in desk.statements_ftm())


def _entity_lines(entity: Entity) -> Iterator[Line]:
    count = len(entity.documents)
    where = f"{count} document{'' if count == 1 else 's'}"
    yield Line(f"{entity.name} · {entity.schema} · {where} · {entity.id}", style="bold")
    if len(entity.names) > 1:
        yield Line(" | ".join(entity.names[1:]), 1)
    yield from (Line(reason, 1, "dim") for reason in entity.reasons)


@entities.command()
@click.argument("entity")
@click.argument("name")
@why
@on_case
def rename(desk: Desk, entity: str, name: str, **told: Any) -> None:
    """Show ENTITY under another NAME; its id stays."""
    _done(desk, desk.rename(entity, name, **told))


@entities.command()
@click.argument("entity")
@click.argument("schema")
@why
@on_case
def retype(desk: Desk, entity: str, schema: str, **told: Any) -> None:
    """Say that ENTITY is of another kind: Person, Company, PublicBody, Vessel …"""
    _done(desk, desk.retype(entity, schema, **told))


@entities.command()
@click.argument("entity")
@click.argument("name")
@why
@on_case
def alias(desk: Desk, entity: str, name: str, **told: Any) -> None:
    """Give ENTITY one more NAME: what is only called so is taken for it."""
    _done(desk, desk.alias(entity, name, **told))


@entities.command()
@click.argument("entity")
@click.argument("documents", nargs=-1, required=True)
@why
@on_case
def split(desk: Desk, entity: str, documents: tuple[str, ...], **told: Any) -> None:
    """Say that what DOCUMENTS name so is another thing than the rest of ENTITY."""
    _done(desk, desk.split(entity, documents, **told))


@entities.command()
@click.argument("name")
@click.option("--document", help="Only in this document, by id or path; else in all of them.")
@why
@on_case
def delete(desk: Desk, name: str, document: str | None, **told: Any) -> None:
    """Say that NAME names nothing: it is not proposed again."""
    _done(desk, desk.delete(name, document, **told))


@click.command()
@click.argument("left", required=False, metavar="[A")
@click.argument("right", required=False, metavar="B]")
@click.option("--same", "decision", flag_value="same", help="A and B are one thing.")
@click.option("--different", "decision", flag_value="different", help="A and B are two things.")
@click.option("--unsure", "decision", flag_value="unsure", help="It cannot be told; it is not asked again.")
@why
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), help="Most pairs shown.")
@click.option("--log", is_flag=True, help="Every judgement so far, and what is set aside.")
@click.option("--undo", metavar="ID", help="Take a judgement back.")
@click.option("--export", "out", type=click.Path(dir_okay=False), help="Write every judgement as JSON lines.")
@click.option("--nomenklatura", is_flag=True, help="Write lines of nomenklatura's resolver instead.")
@click.option(
    "--import", "into", type=click.Path(dir_okay=False), help="Read judgements, own or of that form."
)
@as_json
@on_case
def judge(desk: Desk, left: str | None, right: str | None, **options: Any) -> None:
    """Decide whether two entities are one thing.

    Given A and B (ids or names) with --same, --different or --unsure, that is kept.  Without
    them the pairs worth deciding are shown, the most valuable first, with the evidence side by side; on
    a terminal one key decides each.
    """
    told = {name: options[name] for name in ("reason", "by")}
    if options["undo"]:
        _done(desk, desk.undo_judgement(options["undo"]), "undone: ")
    elif options["out"]:
        _write(desk, options["out"], "nomenklatura" if options["nomenklatura"] else "own")
    elif options["into"]:
        _read(desk, options["into"])
    elif options["log"]:
        _log(desk, options["as_json"])
    elif left is None:
        _queue(desk, options["most"], options["as_json"], told)
    elif right is None or options["decision"] is None:
        raise click.UsageError("two entities are needed, and one of --same, --different, --unsure")
    else:
        _done(desk, desk.judge(left, right, DECISIONS[options["decision"]], **told))


def _done(desk: Desk, judgement: Judgement, before: str = "") -> None:
    from secondsource.resolve.entities import said

    desk.recount()
    emit([Line(f"{before}{said(judgement)}"), Line(f"Its id is {judgement.id}.", 1)])
    _tell_conflicts(desk)


def _tell_conflicts(desk: Desk) -> None:
    for one in desk.conflicts():
        complain(f"judgement {one.judgement} is set aside: {one.why} ({', '.join(one.against)})")


def _log(desk: Desk, as_json: bool) -> None:
    from secondsource.contract import judgement_to_json
    from secondsource.resolve.entities import said

    conflicts = {one.judgement: one for one in desk.conflicts()}
    if as_json:
        emit_json(judgement_to_json(one, conflicts) for one in desk.judgements())
        return
    for one in desk.judgements():
        state = "undone" if one.undone else "set aside" if one.id in conflicts else ""
        emit([Line(" · ".join(filter(None, (one.id, said(one), state))))])


def _write(desk: Desk, path: str, form: str) -> None:
    lines = list(desk.export_judgements(form))
    try:
        Path(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise SecondSourceError(f"{path} cannot be written: {error.strerror}") from error
    emit([Line(f"{len(lines)} judgements are in {path}.")])


def _read(desk: Desk, path: str) -> None:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SecondSourceError(f"{path} cannot be read: {error}") from error
    kept, refused = desk.import_judgements(lines)
    desk.recount()
    for reason in refused:
        complain(f"{path}: {reason}")
    emit([Line(f"{len(kept)} judgements were taken in.")])
    _tell_conflicts(desk)
    if refused:
        raise click.exceptions.Exit(1)


def _queue(desk: Desk, most: int, as_json: bool, told: dict[str, Any]) -> None:
    pairs = desk.candidates(most)
    if as_json:
        emit_json(map(desk.candidate_json, pairs))
    elif not pairs:
        emit([Line("No pair waits for a judgement.")])
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _ask(desk, pairs, told)
    else:
        emit(line for pair in pairs for line in _pair_lines(desk, pair))


def _ask(desk: Desk, pairs: Iterable[Candidate], told: dict[str, Any]) -> None:
    """One key a pair; what was decided stays when the user stops."""
    judged = 0
    for pair in pairs:
        emit(chain(_pair_lines(desk, pair), [Line(HELP, style="bold")]))
        key = ""
        while key not in (*KEYS, "n", "q"):
            with suppress(KeyboardInterrupt, EOFError):
                key = click.getchar().lower()
                continue
            key = "q"
        if key == "q":
            break
        if key in KEYS:
            desk.judge_pair(pair, KEYS[key], **told)
            judged += 1
    if judged:
        desk.recount()
        _tell_conflicts(desk)
    emit([Line(f"{judged} judged.")])


def _pair_lines(desk: Desk, pair: Candidate) -> Iterator[Line]:
    state = "taken for one" if pair.joined else "two entities"
    chance = "" if pair.probability is None else f" · {pair.probability:.0%} of such pairs were one"
    yield Line(f"{pair.left.name}  |  {pair.right.name}", style="bold")
    yield Line(f"{state} · score {pair.score:.2f}{chance} · {pair.id}", 1)
    yield from (Line(reason, 1) for reason in pair.reasons)
    for side in (pair.left, pair.right):
        yield Line(f"{side.name} · {side.schema} · {side.entity or 'a part of one entity'}", 1, "bold")
        yield from (Line(_passage(shown), 2) for shown in desk.evidence(side))
        yield from _more(side)


def _passage(shown: Shown) -> str:
    text = " ".join(shown.text.split())
    return f"{shown.path}: {text}"


def _more(side: Side) -> Iterator[Line]:
    count = len({place.document for place in side.places})
    if count > 3:
        yield Line(f"… and {count - 3} documents more", 2, "dim")
