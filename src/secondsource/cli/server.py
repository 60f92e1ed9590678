"""The desk's web server, run from the command line."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import uvicorn

from secondsource.cli.output import Line, emit
from secondsource.config import Config
from secondsource.errors import SecondSourceError
from secondsource.web import create_app


def serve(case: Path, host: str, port: int, names: Iterable[str] = (), config: Config | None = None) -> None:
    """Answer on an address until the user stops it.  Raises SecondSourceError where it is taken."""
    app = create_app(case, hosts=(host, *names), config=config)
    with _bound(host, port) as opened:
        shown = f"[{host}]" if ":" in host else host
        emit([Line(f"The desk on {case} is at http://{shown}:{opened.getsockname()[1]} (Ctrl-C ends it)")])
        with suppress(KeyboardInterrupt):  # the way to end it, not a failure
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[opened])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SecondSourceError(f"cannot answer on {host}:{port}: {error.strerror or error}") from error
