"""The desk's web server, run from the command line."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress

import uvicorn

from secondsource.cli.output import Line, emit
from secondsource.desk import Desk
from secondsource.errors import SecondSourceError
from secondsource.web import create_app, create_shelf


def serve(desk: Desk, host: str, port: int, names: Iterable[str] = (), cases: str | None = None) -> None:
    """Answer on an address until the user stops it, for one case or for every one in the folder ``cases``.

    Raises SecondSourceError where the address is taken.
    """
    hosts = (host, *names)
    if cases:
        app = create_shelf(cases, hosts=hosts, config=desk.config)
    else:
        app = create_app(desk.path, hosts=hosts, config=desk.config)
    with _bound(host, port) as opened:
        shown = f"[{host}]" if ":" in host else host
        at = f"http://{shown}:{opened.getsockname()[1]}"
        emit([Line(f"The desk on {cases or desk.path} is at {at} (Ctrl-C ends it)")])
        with suppress(KeyboardInterrupt):  # the way to end it, not a failure
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[opened])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SecondSourceError(f"cannot answer on {host}:{port}: {error.strerror or error}") from error
