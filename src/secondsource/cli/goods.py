"""Commands about goods: reported figures against control clauses, and tables of trade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from secondsource.cli.lists import say_stale
from secondsource.cli.options import as_json, on_case
from secondsource.cli.output import Line, complain, emit, emit_json, watching

if TYPE_CHECKING:
    from secondsource.appraise import FigureReport, Item
    from secondsource.desk import Desk
    from secondsource.goods import Answer, Rule
    from secondsource.trade import Screened

STYLES = {"meets": "bold", "cannot tell": "italic", "does not meet": "dim"}


class Day(click.ParamType[date]):
    """A date as 2024-03-14."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            self.fail(f"{value!r} is no date of the form 2024-03-14", param, ctx)


def against_rules(body: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that choose rules, and hands it ``as_of`` and ``regimes``."""

    @click.option(
        "--as-of", type=Day(), metavar="DATE", help="The day the clauses are read as of; else today."
    )
    @click.option("--regime", "wanted", multiple=True, metavar="ID", help="Only this regime; repeatable.")
    @click.option(
        "--rules", "files", multiple=True, type=click.Path(), help="A rule file of your own; repeatable."
    )
    @wraps(body)
    def command(*given: Any, wanted: tuple[str, ...], files: tuple[str, ...], **options: Any) -> Any:
        from secondsource.desk import Desk
        from secondsource.goods import chosen

        return body(*given, regimes=chosen(Desk().goods.regimes(files), wanted), **options)

    return command


@click.group()
def goods() -> None:
    """Which control clause reported figures would meet.

    A clause is met by figures, as of a day, or it is not, or what is reported does not tell:
    then what is missing is named.  Whether a thing is what was reported, and what follows
    from it, is not decided here.
    """


@goods.command()
@click.argument("figures", nargs=-1, required=True, metavar="NAME=VALUE…")
@click.option(
    "--range-kind",
    type=click.Choice(["one-way", "radius", "datalink", "ferry", "flown", "unknown"]),
    default="one-way",
    show_default=True,
    help="What kind of distance the range is.",
)
@click.option("--apart", is_flag=True, help="The figures are greatest values that were reported apart.")
@click.option(
    "--item", metavar="KIND", help="What the item is (uav, rocket, gyro…); else what its figures speak of."
)
@as_json
@against_rules
def check(figures: tuple[str, ...], apart: bool, as_json: bool, **options: Any) -> None:
    """Figures against every clause that concerns them.

    Figures are written range="2000 km" payload="50 kg" endurance="about 10 h" beyond_sight=yes;
    `secondsource goods rules` lists their names.  A range is taken as one way
    unless --range-kind says otherwise, and range and payload as had together unless --apart
    is given.
    """
    from secondsource.desk import Desk

    found = Desk().goods.check(figures, joint=not apart, **options)
    if as_json:
        emit_json(answer.to_json() for answer in found)
    else:
        emit(line for answer in found for line in answer_lines(answer))


def answer_lines(answer: Answer) -> Iterator[Line]:
    rule, needs = answer.rule, f": needs {', '.join(answer.needs)}" if answer.needs else ""
    yield Line(f"{rule.regime} {rule.clause}  {answer.answer}{needs}", 0, STYLES[answer.answer])
    yield Line(answer.reason, 1)
    yield _origin(rule)


def rule_lines(rule: Rule) -> Iterator[Line]:
    yield Line(f"{rule.regime} {rule.clause}  {', '.join(rule.items)}", 0, "bold")
    yield Line(rule.text, 1)
    yield Line(
        f"Asks for: {', '.join(sorted(rule.asks))}." if rule.asks else "Asks for what was not read.", 1
    )
    yield _origin(rule)


def _origin(rule: Rule) -> Line:
    ends = f"to {rule.valid_to}" if rule.valid_to else "in force"
    return Line(f"Rule from {rule.valid_from}, {ends}; source: {rule.source}; {rule.certainty}.", 1, "dim")


@goods.command()
@click.argument("name", required=False)
@click.option(
    "--item", metavar="KIND", help="What the items are (uav, rocket…); else what their figures speak of."
)
@as_json
@on_case
@against_rules
def items(desk: Desk, name: str | None, as_json: bool, **options: Any) -> None:
    """Figures that the claims of the case report.

    Each item of the case, or those whose name holds NAME, with every reported figure, who
    reports it, and the clauses it would meet.  Rival figures give rival answers.
    """
    from secondsource.appraise import item_to_json

    wanted = (name or "").casefold()
    found = [item for item in desk.goods.items(**options) if wanted in item.name.casefold()]
    if as_json:
        documents = {document.id: document for document in desk.documents()}
        emit_json(item_to_json(item, documents) for item in found)
    elif found:
        emit(line for item in found for line in item_lines(item))
    else:
        emit([Line("No claim of the case reports a figure of an item.")])


def item_lines(item: Item) -> Iterator[Line]:
    yield Line(item.name, 0, "bold underline")
    for statement in item.statements:
        for report in statement.reports:
            yield from report_lines(report)
        for answer in statement.answers:
            needs = f", needs {', '.join(answer.needs)}" if answer.needs else ""
            clause = f"{answer.rule.regime} {answer.rule.clause} as of {answer.as_of}"
            yield Line(f"{clause}: {answer.answer}{needs}", 2, STYLES[answer.answer])
            yield Line(answer.why, 3, "dim")


def report_lines(report: FigureReport) -> Iterator[Line]:
    claim, figure = report.claim, report.reported.figure
    kind = f" ({figure.kind})" if figure.kind else ""
    source = "the report itself" if claim.voice == "own" else claim.source_name or "a source left unnamed"
    held = f"{claim.stance}, {claim.certainty}" if claim.certainty else claim.stance
    yield Line(f"{report.reported.name}{kind} “{figure.words}”: {source} ({held})", 1)
    yield Line(f"“{claim.content.text}”, claim {claim.id}, {report.how}", 2, "dim")


@goods.command()
@click.argument("file", type=click.Path())
@click.option(
    "-o",
    "output",
    required=True,
    type=click.Path(dir_okay=False),
    metavar="OUT",
    help="Where the ranked rows go; the name ends in .csv, .xlsx or .parquet.",
)
@click.option(
    "--column", "columns", multiple=True, metavar="WHAT=NAME", help="What a column is called; repeatable."
)
@click.option("--flags", type=click.Path(), help="A file of flags of your own: routes, codes, words.")
@click.option("--hs-version", "edition", type=int, help="The edition of the codes, where no column says it.")
@click.option("--as-of", type=Day(), metavar="DATE", help="The day the codes are read as of; else today.")
@click.option("--decimal", type=click.Choice([".", ","]), help="The decimal mark of the numbers.")
@click.option("--encoding", help="The encoding of a CSV that is not UTF-8.")
@click.option("--sheet", help="The sheet of a workbook; else its first.")
@click.option(
    "--keep", default=1000, show_default=True, type=click.IntRange(0, 20_000), help="Rows kept in the case."
)
@on_case
def trade(desk: Desk, file: str, output: str, columns: tuple[str, ...], **options: Any) -> None:
    """Screen a table of trade.

    FILE is a CSV, XLSX or Parquet with a header.  Rows with a reason to look go to OUT, the
    weightiest first, each with its reasons: a code of the Common High Priority List, a party with a
    potential match on the lists of the case, a flag of yours, goods that the description names.  The
    first rows are kept in the case, where there is one.  A row that cannot be read is named, and the
    others are screened all the same.
    """
    from pathlib import Path

    from secondsource.trade import Order

    order_options = {name: options.pop(name) for name in ("encoding", "sheet", "keep")}
    named = dict(_named(column) for column in columns)
    order = Order(Path(file), Path(output), named, jobs=desk.config.jobs, **order_options)
    if desk.exists:
        say_stale(desk)
    with watching() as watch:
        found = desk.goods.trade(order, **options, progress=watch)
    for problem in found.problems:
        complain(problem)
    emit(trade_lines(found, output, desk.exists))


def _named(column: str) -> tuple[str, str]:
    what, equals, name = column.partition("=")
    if not equals:
        raise click.BadParameter(f"{column!r} is not of the form hs=NAME", param_hint="--column")
    return what.strip(), name.strip()


def trade_lines(found: Screened, output: str, kept: bool) -> Iterator[Line]:
    from secondsource.templates.wording import plural

    yield Line(f"{found.flagged:,} of {found.total:,} rows have a reason to look; they are in {output}.")
    if found.screened:
        yield Line(f"{found.names:,} names of parties screened: {found.matched:,} with a potential match.")
    else:
        yield Line("No names were screened: the case holds no list.")
    if found.wrong:
        unread = f"{plural(found.unread, 'row')} could not be read; " if found.unread else ""
        named = (
            f", the first {len(found.problems):,} of which are named"
            if found.wrong > len(found.problems)
            else ""
        )
        yield Line(f"{unread}{plural(found.wrong, 'thing')} wrong in all{named}.")
    if found.rows and kept:
        yield Line(f"The first {len(found.rows):,} are kept in the case: document {found.sha256[:12]}….")
    for row in found.rows[:3]:
        yield Line(f"row {row.row}, score {row.found.score}: {'; '.join(row.found.reasons)}", 1, "dim")


@goods.command()
@as_json
@against_rules
def rules(as_json: bool, **options: Any) -> None:
    """The clauses that are known, with their sources and dates."""
    regimes, day = options["regimes"], options["as_of"]
    known = [rule for regime in regimes for rule in regime.rules if day is None or rule.in_force(day)]
    if as_json:
        emit_json(rule.to_json() for rule in known)
    else:
        emit(line for rule in known for line in rule_lines(rule))
