"""The command line: one command for each method of `Desk`, under the same name.

Every command is listed by ``--help`` at once, so that nothing heavy may be imported here
or at the top of the command modules: a parser, a database or a language model is loaded in
the body of the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from secondsource import __version__
from secondsource.cli import (
    answers,
    assessing,
    case,
    chains,
    comparing,
    custody,
    entities,
    files,
    goods,
    lists,
    screening,
)
from secondsource.cli.output import complain
from secondsource.errors import SecondSourceError

STOPPED = 130  # as a shell says it: 128 and the number of SIGINT
PIPE_CLOSED = 141  # 128 and the number of SIGPIPE


class InOrder(click.Group):
    """Commands in the order a user needs them, and a reader that hangs up is no error."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would complain once more when it closes what nobody reads.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(PIPE_CLOSED) from None
        return result


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="secondsource")
def cli() -> None:
    """Second Source: who claims what, how they know, and on how many origins it stands.

    Work begins with `secondsource ingest PATH…`, which makes a case in ./case, and goes on
    with `secondsource questions`.  What is claimed is shown, with its evidence; whether it
    is so is not decided here.
    """


for command in (
    case.ingest,
    files.extract,
    files.mentions,
    files.text,
    files.evaluate,
    answers.questions,
    answers.show,
    chains.derivations,
    chains.drift,
    answers.documents,
    answers.claims,
    entities.entities,
    entities.judge,
    assessing.sources,
    assessing.settle,
    assessing.history,
    assessing.remove,
    lists.lists,
    screening.screen,
    screening.screenings,
    comparing.compare,
    goods.goods,
    answers.dossier,
    case.serve,
    case.verify,
    custody.ledger,
    custody.correct,
    custody.pack,
    custody.unpack,
):
    cli.add_command(command)


def main() -> None:
    """The ``secondsource`` command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code: 0, 1 where it failed, 2 for a usage error.

    What is printed is UTF-8 wherever it goes.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(list(arguments), prog_name="secondsource", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("stopped")
        return STOPPED
    except SecondSourceError as error:
        complain(str(error))
        return 1
    return code if isinstance(code, int) else 0
