"""The few things a user may set, read once at a door and passed on."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from secondsource.errors import SecondSourceError

MEBIBYTE = 1 << 20


def _user() -> str:
    """The name this user has on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "unknown"


@dataclass(frozen=True, slots=True)
class Config:
    """Limits of one desk.

    ``file_limit`` is the largest file that is taken in, in bytes; ``text_limit`` the
    longest text that is worked through, in code points (a million, as spaCy's own: some
    two novels); ``busy_seconds`` is how long one process waits for another that is
    writing to the same case; ``jobs`` is how many processes may read and compare claims at once, by
    default one a core.  ``user`` is who the ledger says did what is done.  ``isolated`` is
    whether files are parsed in a process of their own.  ``watch`` is a file of names of the
    user's own, which extraction goes by before all else.
    """

    file_limit: int = 256 * MEBIBYTE
    text_limit: int = 1_000_000
    busy_seconds: int = 30
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    user: str = field(default_factory=_user)
    isolated: bool = True
    watch: Path | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """The limits that the environment sets: see ``docs/cli.md`` for the variables.

        Raises SecondSourceError where one of them is not a whole number above zero.
        """
        default = cls()
        return cls(
            file_limit=MEBIBYTE
            * _positive(environ, "SECONDSOURCE_FILE_LIMIT_MB", default.file_limit // MEBIBYTE),
            text_limit=_positive(environ, "SECONDSOURCE_TEXT_LIMIT", default.text_limit),
            busy_seconds=_positive(environ, "SECONDSOURCE_BUSY_SECONDS", default.busy_seconds),
            jobs=_positive(environ, "SECONDSOURCE_JOBS", default.jobs),
            user=environ.get("SECONDSOURCE_USER", "").strip() or default.user,
            isolated=_switch(environ, "SECONDSOURCE_ISOLATION"),
            watch=Path(environ["SECONDSOURCE_WATCH"]) if environ.get("SECONDSOURCE_WATCH") else None,
        )


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower() or "on"
    if value not in ("on", "off"):
        raise SecondSourceError(f"{name} is {value!r}; it takes on or off")
    return value == "on"


def _positive(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or int(value) < 1:
        raise SecondSourceError(f"{name} is {value!r}; it takes a whole number above zero")
    return int(value)
