"""Commands that fill a case, open it to a browser and check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from secondsource.cli.options import on_case
from secondsource.cli.output import Line, complain, emit, watching

if TYPE_CHECKING:
    from secondsource.desk import Desk
    from secondsource.ingest import IngestReport, Outcome

MOST_NOTES = 10  # a folder taken in twice says so; it need not say it a thousand times
STOPPED = 130  # as a shell says it: 128 and the number of SIGINT
OUTCOMES: dict[Outcome, str] = {
    "read": "read",
    "known": "already in the case",
    "container": "opened",
    "empty": "without text",
    "failed": "failed",
}


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--only", type=click.Choice(["read"]), help="Stop after this step.")
@click.option("--retry", is_flag=True, help="Read again what could not be read before.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses of this machine or a private network.")
@on_case
def ingest(
    desk: Desk, paths: tuple[str, ...], only: Literal["read"] | None, retry: bool, allow_private: bool
) -> None:
    """Take files and folders in, through to questions.

    A PATH that begins with https:// or http:// is fetched, and kept as a web capture (WARC): the
    only connection that this program opens.

    Folders are read to any depth; hidden files are passed over.  The same bytes are kept
    once.  A file that cannot be read is kept with the reason, and the others are read all
    the same.  Without a PATH, what is in the case already is carried on with.

    Exits with 1 where no file was taken in.
    """
    try:
        with watching() as watch:
            report = desk.ingest(paths, only=only, retry=retry, allow_private=allow_private, progress=watch)
    except KeyboardInterrupt:
        complain(f"stopped; {_kept(desk)}. The same command carries on from there")
        raise click.exceptions.Exit(STOPPED) from None
    _tell(report)
    if report.arrivals and not any(arrival.usable for arrival in report.arrivals):
        raise click.exceptions.Exit(1)
    emit([Line(f"The case in {desk.path} holds {_holdings(desk)}.")])


def _tell(report: IngestReport) -> None:
    """What went in on the standard output, what did not on the standard error."""
    for reason in (*(arrival.note for arrival in report.problems), *report.refused):
        complain(str(reason))
    known = report.of("known")
    emit(Line(f"{arrival.note}; it is kept once.") for arrival in known[:MOST_NOTES])
    if len(known) > MOST_NOTES:
        emit([Line(f"… and {len(known) - MOST_NOTES} more are already in the case.")])
    counts = {words: len(report.of(outcome)) for outcome, words in OUTCOMES.items()}
    if any(counts.values()):
        emit([Line(", ".join(f"{count} {words}" for words, count in counts.items() if count) + ".")])


_ONE = {"entities": "entity"}


def _holdings(desk: Desk) -> str:
    return ", ".join(
        f"{count} {_ONE.get(noun, noun.removesuffix('s')) if count == 1 else noun}"
        for noun, count in desk.counts().items()
    )


def _kept(desk: Desk) -> str:
    if not desk.exists:
        return "nothing was taken in yet"
    return f"what was finished is kept in {desk.path}: {_holdings(desk)}"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--port", default=8400, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.option("--name", "names", multiple=True, help="A name that others reach it under; repeatable.")
@click.option(
    "--cases",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="A folder of cases: a page lists them, and each is under an address of its own.",
)
@on_case
def serve(desk: Desk, host: str, port: int, names: tuple[str, ...], cases: str | None) -> None:
    """Open the desk to a browser on this machine.

    Ctrl-C ends it.

    The pages ask for no password: on an address that others reach, they read the case too.
    """
    from secondsource.cli.server import serve

    if not cases:
        desk.store()  # no case, or one that cannot be used, is said here and not on a page
    serve(desk, host, port, names, cases)


@click.command()
@click.option("--head", help="A head of the ledger that you kept, as SIZE:ROOT.")
@on_case
def verify(desk: Desk, head: str | None) -> None:
    """Compute everything again, and name what differs.

    Hashes of files, texts and records, every quoted span, the ledger and what it says.  With
    --head, that the ledger still begins with what it held then.  Each difference is a line;
    exits with 1 where there is any.
    """
    with watching() as watch:
        found = desk.verify(head=head, progress=watch)
    emit(Line(f"{one.kind} {one.id}: {one.what}") for one in found)
    if found:
        raise click.exceptions.Exit(1)
    emit([Line(f"Every hash and span is as it was stored: {_holdings(desk)}.")])
    emit([Line(f"The head of the ledger is {desk.head()}.")])
