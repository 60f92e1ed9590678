"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

Body = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")


def on_case(body: Body) -> Body:
    """Gives a command the desk of the case that ``--case`` names, and closes it after."""

    @click.option(
        "--case",
        "case",
        type=click.Path(file_okay=False),
        default="case",
        envvar="SECONDSOURCE_CASE",
        show_default=True,
        show_envvar=True,
        metavar="DIR",
        help="The folder of the case.",
    )
    @wraps(body)
    def command(case: str, **options: Any) -> Any:
        from secondsource.config import Config
        from secondsource.desk import Desk

        with Desk(case, config=Config.from_environ(os.environ)) as desk:
            return body(desk, **options)

    return command
