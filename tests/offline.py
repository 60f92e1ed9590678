"""A guard that lets a process talk to nothing but its own machine.

`forbid` adds an audit hook, which also sees connections made by C libraries and cannot be
taken off again; `attempts` keeps what was refused, since a library may swallow the error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

attempts: list[str] = []
_HERE = {"", "localhost", "0.0.0.0", "::", "::1"}


class Outbound(AssertionError):
    """Something tried to reach another machine."""


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    return host is None or (isinstance(host, str) and (host in _HERE or host.startswith("127.")))


def _of_address(address: object) -> object:
    # A Unix socket's address is a path, which never leaves the machine.
    return address[0] if isinstance(address, tuple) else None


_HOST_OF: dict[str, Callable[..., object]] = {
    "socket.connect": lambda _, address: _of_address(address),
    "socket.sendto": lambda _, address: _of_address(address),
    "socket.sendmsg": lambda _, address: _of_address(address),
    "socket.getaddrinfo": lambda host, *_: host,
    "socket.gethostbyname": lambda host: host,
}


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    host_of = _HOST_OF.get(event)
    if host_of and not _is_here(host := host_of(*args)):
        attempts.append(f"{event} {host}")
        raise Outbound(f"{event} to {host}: nothing may leave this machine")


def forbid() -> None:
    """Refuse every connection and every look-up of a name outside this machine, for good."""
    sys.addaudithook(_refuse)
