"""Writes docs/cli.md from the commands themselves; ``--check`` only says whether it is current."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from secondsource.cli import cli

PAGE = Path(__file__).parent / "cli.md"
WIDTH = 88
HELP = cli.context_settings["help_option_names"]
HEAD = """\
# Command line

Written by `docs/build_cli.py` from the commands; a test holds that it is current. Each command
is a method of `secondsource.Desk` under the same name.

- Answers go to the standard output, problems to the standard error, one line each, naming the file
  and the reason. On a terminal answers are wrapped and styled; in a pipe they are plain lines. Both
  are UTF-8.
- `--json` prints one JSON object a line. Claims and questions follow the schemas in `docs/schemas`.
- Exit codes: 0 done; 1 nothing could be done, or `verify` found a difference; 2 a command line that
  makes no sense; 130 stopped with Ctrl-C, with what was finished kept; 141 the reader of a pipe hung up.

| variable | what it sets | default |
|---|---|---|
| `SECONDSOURCE_CASE` | the folder of the case, as `--case` does | `case` |
| `SECONDSOURCE_FILE_LIMIT_MB` | the largest file that is taken in, in MiB | 256 |
| `SECONDSOURCE_TEXT_LIMIT` | the longest text that claims are looked for in, in characters | 1000000 |
| `SECONDSOURCE_BUSY_SECONDS` | how long to wait for another process that writes to the case | 30 |
| `SECONDSOURCE_JOBS` | how many processes may look for claims, and compare them, at once | one a core |
| `SECONDSOURCE_USER` | who the ledger says did what is done | the name of the account |
| `SECONDSOURCE_ISOLATION` | `off` reads files in the program's own process, without limits | `on` |
| `SECONDSOURCE_WATCH` | a file of [names of your own](gazetteers.md) that extraction goes by first | none |
"""


def commands(group: click.Group, parent: click.Context) -> Iterator[click.Context]:
    """Every command below ``group``, in the order that ``--help`` lists them."""
    for name in group.list_commands(parent):
        command = group.commands[name]
        here = click.Context(command, parent, info_name=name, terminal_width=WIDTH)
        yield here
        if isinstance(command, click.Group):
            yield from commands(command, here)


def root() -> click.Context:
    return click.Context(cli, info_name="secondsource", terminal_width=WIDTH, help_option_names=HELP)


def reference() -> str:
    """The whole page."""
    sections = [HEAD]
    for here in (root(), *commands(cli, root())):
        help = "\n".join(line.rstrip() for line in here.command.get_help(here).splitlines())
        sections.append(f"## {here.command_path}\n\n```text\n{help}\n```\n")
    return "\n".join(sections)


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(PAGE.read_text("utf-8") != reference() and f"{PAGE} is stale: run python docs/build_cli.py")
    PAGE.write_text(reference(), "utf-8")
