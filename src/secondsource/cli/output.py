"""What commands print: styled and wrapped on a terminal, plain lines anywhere else."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from secondsource.model import JSON, Progress

    Watch = Callable[[Progress], None]

STAGES = {
    "read": "Reading",
    "extract": "Finding claims",
    "resolve": "Joining names",
    "corroborate": "Counting origins",
    "verify": "Checking",
    "pack": "Packing",
    "trade": "Reading names",
    "names": "Screening names",
    "lists": "Looking for listed names",
    "rows": "Setting rows in order",
}
# A document must not be able to move the cursor or colour the terminal of who reads it.
_CONTROL = {code: "�" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


class Line(NamedTuple):
    """One line of an answer: ``indent`` in steps of two, ``style`` as `rich` names it."""

    text: str = ""
    indent: int = 0
    style: str = ""


def emit(lines: Iterable[Line]) -> None:
    """Print an answer for people."""
    show = _on_terminal() if sys.stdout.isatty() else _plain
    for line in lines:
        show(Line(line.text.translate(_CONTROL), line.indent, line.style))


def _plain(line: Line) -> None:
    click.echo("  " * line.indent + line.text)


def _on_terminal() -> Callable[[Line], None]:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)

    def show(line: Line) -> None:
        console.print(Padding(Text(line.text, style=line.style), (0, 0, 0, 2 * line.indent)))

    return show


def emit_json(rows: Iterable[JSON]) -> None:
    """Print one JSON object a line."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def complain(reason: str) -> None:
    """One line on the standard error."""
    click.echo(f"secondsource: {' '.join(reason.translate(_CONTROL).split())}", err=True)


@contextmanager
def watching() -> Iterator[Watch | None]:
    """A bar on the terminal that is told how far the work is; None where no one watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[problems]}", style="red", markup=False),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield partial(_move, bars, bars.add_task("", total=None, name="", rate="", problems=""))


def _move(bars: Bars, task: TaskID, step: Progress) -> None:
    name = step.name.translate(_CONTROL)[-60:]
    described = STAGES.get(step.stage, step.stage)
    shown = bars.tasks[task]
    if shown.description != described:
        bars.reset(task, total=step.total)  # another stage has a speed and a time left of its own
    problems = ", ".join(f"{count} {what}" for what, count in step.problems)
    # Claims are counted in characters, which nobody wants to see a second of.
    rate = f"{shown.speed:,.1f} a second" if shown.speed and step.stage != "extract" else ""
    bars.update(
        task,
        description=described,
        completed=step.done,
        total=step.total,
        name=name,
        rate=rate,
        problems=problems,
    )
