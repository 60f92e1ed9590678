"""Commands that screen names, and repeat and judge what was screened."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from secondsource.cli.lists import say_stale
from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, complain, emit, emit_json, watching

if TYPE_CHECKING:
    from secondsource.desk import Desk
    from secondsource.model import ListMention, Screening

TABLES = (".csv", ".xlsx", ".jsonl", ".ndjson")


def _days(_: click.Context, __: click.Parameter, dates: tuple[str, ...]) -> tuple[str, ...]:
    from secondsource.days import day

    for date in dates:
        if day(date) is None:
            raise click.BadParameter(f"{date!r} is no date: a year or a day, as 1961 or 1961-03-02")
    return tuple(filter(None, map(day, dates)))


@click.command()
@click.argument("name", metavar="NAME|FILE", required=False)
@click.option("--column", help="The column of FILE with the names; else “query” or “name”.")
@click.option("--schema-column", help="The column of FILE that says what is named: Person, Company…")
@click.option("--schema", help="Screen as this only: Person, Company, Vessel…")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1), help="Most results a name.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="The score of a potential match.")
@click.option(
    "--born", "birth_dates", multiple=True, metavar="DATE", callback=_days,
    help="A birth date or year; repeatable.",
)  # fmt: skip
@click.option("--country", "countries", multiple=True, help="A country or nationality; repeatable.")
@click.option("--identifier", "identifiers", multiple=True, help="A passport, tax or register number.")
@click.option("--entities", is_flag=True, help="Screen the entities of the case.")
@click.option("--text", "text", type=click.Path(), help="Look for listed names in this document.")
@click.option("--documents", is_flag=True, help="Look for listed names in every document of the case.")
@as_json
@on_case
def screen(desk: Desk, name: str | None, as_json: bool, **options: Any) -> None:
    """Screen names against the lists of the case.

    Screened is one NAME, every name in a table (CSV, XLSX, JSON lines), the entities of the
    case, or the names that a document, or every document of the case, holds.  A result is a
    potential match, with the reasons for its score.  Whether it is the same person or body is for
    a person to say.  Exits with 1 where no name could be screened.
    """
    from secondsource.cli.prose import screening_lines
    from secondsource.contract import screening_to_json

    text, documents = options.pop("text"), options.pop("documents")
    refused: list[str] = []
    say_stale(desk)
    if documents:
        _in_documents(desk, as_json)
    elif text:
        _in_text(desk, text, as_json)
    else:
        found = list(islice(every := _screened(desk, name, options, refused), 1))
        if as_json:
            emit_json(map(screening_to_json, chain(found, every)))
        else:
            emit(line for screening in chain(found, every) for line in screening_lines(screening))
        if refused and not found:
            raise click.exceptions.Exit(1)


def _screened(
    desk: Desk, name: str | None, options: dict[str, Any], refused: list[str]
) -> Iterator[Screening]:
    from secondsource.screen.qualifiers import Qualifiers

    columns = {key: options.pop(key) for key in ("column", "schema_column")}
    entities = options.pop("entities")
    known = Qualifiers(*(options.pop(key) for key in ("birth_dates", "countries", "identifiers")))
    if entities:
        options.pop("schema")
        return desk.screen_entities(**options)
    if name is None:
        raise click.UsageError("a NAME, a FILE, --entities, --documents or --text FILE is needed")
    if name.lower().endswith(TABLES):

        def refuse(reason: str) -> None:
            refused.append(reason)
            complain(reason)

        return desk.screen_file(name, **columns, **options, qualifiers=known, refused=refuse)
    return iter([desk.screen(name, **options, qualifiers=known)])


def _in_text(desk: Desk, path: str, as_json: bool) -> None:
    from secondsource.records import to_json

    found = desk.names_in_file(path)
    if as_json:
        emit_json(map(to_json, found))
    else:
        emit(map(_mention, found))


def _mention(one: ListMention) -> Line:
    return Line(f"{one.start}–{one.end} “{one.text}” · {one.name} · {one.list} {one.id}")


def _in_documents(desk: Desk, as_json: bool) -> None:
    from secondsource.records import to_json
    from secondsource.templates.wording import plural

    with watching() as watch:
        count = desk.mention_lists(progress=watch)
    paths, found = desk.paths(), desk.list_mentions()
    if as_json:
        emit_json({"document": id, **to_json(one)} for id, mentions in found.items() for one in mentions)
        return
    named, held = plural(count, "listed name"), plural(len(found), "document")
    emit([Line(f"{named} in {held}, kept as mentions: no verdicts.")])
    for id, mentions in found.items():
        emit([Line(paths[id], style="bold"), *(_mention(one)._replace(indent=1) for one in mentions)])


@click.group()
def screenings() -> None:
    """What was screened before: shown, repeated, judged."""


@screenings.command("show")
@as_json
@on_case
def show_screenings(desk: Desk, as_json: bool) -> None:
    """Every screening of the case, in the order of time."""
    from secondsource.records import to_json

    found = desk.screenings()
    if as_json:
        emit_json(map(to_json, found))
    else:
        emit(_line(one) for one in found)


def _line(screening: Screening) -> Line:
    count = sum(match.match for match in screening.results)
    matches = f"{count} potential match{'' if count == 1 else 'es'}"
    return Line(f"{screening.id[:14]} · {screening.at[:19]} · {screening.query} · {matches}")


@screenings.command("replay")
@click.argument("id")
@on_case
def replay(desk: Desk, id: str) -> None:
    """Repeat the screening ID with the same list editions, and say whether it answers the same.

    Exits with 1 where it does not, where a list is gone, or where this version compares in another way.
    """
    from secondsource.cli.prose import screening_lines

    found = desk.replay(id)
    for gone in found.gone:
        complain(gone)
    if found.again is not None:
        other = "Now it gives:" if found.gone else f"Another answer than on {found.before.at[:10]}:"
        emit([Line("The same answer." if found.same else other)])
        emit(screening_lines(found.again))
    if not found.same:
        raise click.exceptions.Exit(1)


@screenings.command("again")
@as_json
@on_case
def again(desk: Desk, as_json: bool) -> None:
    """Screen every name again against the lists as they are now; only what changed is shown."""
    from secondsource.cli.prose import changed_lines
    from secondsource.contract import screening_to_json

    say_stale(desk)
    changed = list(desk.rescreen())
    if as_json:
        emit_json(screening_to_json(now) for _, now in changed)
    elif changed:
        emit(line for before, now in changed for line in changed_lines(before, now))
    else:
        emit([Line("Nothing changed.")])


@screenings.command("judge")
@click.argument("query")
@click.argument("list_name", metavar="LIST")
@click.argument("entry")
@click.argument("decision", type=click.Choice(["positive", "negative", "unsure"]))
@click.option("--reason", default="", help="Why, in a sentence that stays with the decision.")
@click.option("--by", help="Who decides; else the user's name.")
@on_case
def judge(desk: Desk, query: str, list_name: str, entry: str, decision: str, **told: Any) -> None:
    """Decide whether QUERY is the ENTRY of a LIST: the same (positive), another (negative), or unsure.

    Later screenings of the name obey the decision and say so.
    """
    made = desk.judge_match(query, list_name, entry, decision, **told)
    emit([Line(f"{made.by}: “{made.query}” and {made.list} {made.designation}: {made.decision}.")])


@screenings.command("export")
@click.option(
    "-o", "output", required=True, type=click.Path(dir_okay=False), help="Where to; ends in .jsonl or .csv."
)
@on_case
def export(desk: Desk, output: str) -> None:
    """Every screening and every decision, with list editions, bounds and reasons.

    JSON lines hold all of it; a CSV has a row for each result and each decision, and no cell that a
    spreadsheet would take for a formula.
    """
    desk.export_screenings(output)
    emit([Line(f"Written to {output}.")])
