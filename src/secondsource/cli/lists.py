"""Commands that keep the lists names are screened against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, complain, emit, emit_json

if TYPE_CHECKING:
    from secondsource.desk import Desk
    from secondsource.desk.lists import Changes
    from secondsource.model import Designation, ListEdition

SHOWN = 20
"""Entries of each kind that `lists diff` names; --json names all."""


def say_stale(desk: Desk) -> None:
    """Each list in force that is older than its rhythm, on the standard error: beside JSON as well."""
    from secondsource.listing import stale

    for why in filter(None, map(stale, desk.lists())):
        complain(f"stale: {why}")


@click.group()
def lists() -> None:
    """The lists that names are screened against."""


@lists.command("add")
@click.argument("file", metavar="FILE|URL")
@click.option("--name", help="What the list is called here; else the file's name.")
@click.option("--authority", help="Whose list it is, where the file does not say.")
@click.option("--licence", help="Under what terms it may be used.")
@click.option("--published", help="The day it is of, as 2025-03-14.")
@click.option("--rhythm", type=click.IntRange(1), help="After how many days a newer one usually comes.")
@click.option(
    "--map", "mapping", multiple=True, metavar="FIELD=COLUMN", help="A column of a CSV; repeatable."
)
@on_case
def add_list(desk: Desk, file: str, mapping: tuple[str, ...], **stated: Any) -> None:
    """Put a list in force in place of its last edition.

    FILE is recognised by its content: the lists of OFAC (CSV with its alias, address and
    comment files beside it, XML, advanced XML), of the EU (XML, CSV, an act's annexes), of the
    UN (XML) and of the UK (XML, CSV); FollowTheMoney entities, statements and deltas; a CSV
    with the columns of OpenSanctions' targets.simple.csv; any other CSV with --map name=COLUMN.
    """
    from secondsource.desk.lists import Stated

    columns = dict(_pair(one) for one in mapping)
    edition = desk.add_list(file, stated=Stated(**stated), mapping=columns or None)
    emit([Line(f"{edition.name}: {edition.designations} designations, now in force.")])
    emit(Line(note, 1) for note in edition.notes)
    desk.screener()  # the index is made now, and not when the first name is asked


def _pair(option: str) -> tuple[str, str]:
    field, equals, column = option.partition("=")
    if not equals:
        raise click.BadParameter(f"{option}: it takes the form FIELD=COLUMN", param_hint="--map")
    return field, column


@lists.command("update")
@on_case
def update_lists(desk: Desk) -> None:
    """Read every list again from the file or address it came from.

    A list that cannot be read stays in force as it is; exits with 1 where there is one.
    """
    failed = False
    for before, after in desk.update_lists():
        if after == "unchanged":
            emit([Line(f"{before.name}: unchanged.")])
        elif isinstance(after, str):
            failed = True
            complain(f"{before.name}: {after}; the edition of {before.imported_at[:10]} stays in force")
        else:
            emit([Line(f"{after.name}: {after.designations} designations, {before.designations} before.")])
    if failed:
        raise click.exceptions.Exit(1)


@lists.command("show")
@click.option("--alarms", is_flag=True, help="How often they raise an alarm for nothing, measured now.")
@as_json
@on_case
def show_lists(desk: Desk, alarms: bool, as_json: bool) -> None:
    """The lists in force: edition, authority, how many designations."""
    from secondsource.cli.prose import list_lines
    from secondsource.records import to_json

    editions = desk.lists()
    if as_json:
        emit_json(map(to_json, editions))
    else:
        emit(line for edition in editions for line in list_lines(edition))
    if alarms:
        emit(_alarms(desk))


def _alarms(desk: Desk) -> Iterator[Line]:
    from secondsource.screen import MEASURED

    yield Line(f"Of 10,000 people on no list, potential matches (measured on {MEASURED} invented names):")
    for threshold in (0.6, 0.65, 0.7, 0.75, 0.8, 0.9):
        yield Line(f"at a threshold of {threshold:.2f}: about {desk.false_alarms(threshold):.0f}", 1)


@lists.command("diff")
@click.argument("file", type=click.Path())
@click.option("--name", help="What the list is called here; else the file's name.")
@as_json
@on_case
def diff_list(desk: Desk, file: str, name: str | None, as_json: bool) -> None:
    """How a list FILE differs from the edition of its name that is in force.

    Nothing is stored.
    """
    edition, changes = desk.list_diff(file, name)
    if as_json:
        from secondsource.records import to_json

        emit_json({"change": kind, **to_json(entry)} for kind, entry in _each(changes))
        return
    emit(_diff_lines(edition, changes))


def _each(changes: Changes) -> Iterator[tuple[str, Designation]]:
    yield from (("added", entry) for entry in changes.added)
    yield from (("removed", entry) for entry in changes.removed)
    yield from (("altered", entry) for _, entry in changes.altered)


def _diff_lines(edition: ListEdition, changes: Changes) -> Iterator[Line]:
    counts = len(changes.added), len(changes.removed), len(changes.altered)
    against = f"the edition of {edition.imported_at[:10]}"
    yield Line("{}: {} added, {} removed, {} altered against {}.".format(edition.name, *counts, against))
    for kind in ("added", "removed", "altered"):
        named = [entry for verb, entry in _each(changes) if verb == kind]
        yield from (Line(f"{kind} {entry.id} {entry.name}", 1) for entry in named[:SHOWN])
        if len(named) > SHOWN:
            yield Line(f"… and {len(named) - SHOWN} more {kind}", 1)
