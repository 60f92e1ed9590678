"""A folder of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from secondsource.config import Config
from secondsource.desk.browsing import Browsing
from secondsource.errors import SecondSourceError

_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]|^[.\s]|[.\s]$")


class Held(NamedTuple):
    """A case of a folder: what it holds, or why it cannot be opened."""

    name: str
    counts: dict[str, int]
    reason: str = ""


class Shelf:
    """The cases in one folder: every folder in it that is one, or that has one called "case" in it.

    Raises SecondSourceError where there is no such folder.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_dir():
            raise SecondSourceError(
                f"{path} is no folder: `mkdir` makes one, and its cases are begun in the browser"
            )

    def cases(self) -> dict[str, Path]:
        """The folder of each case, by its name."""
        return dict(self._found())

    def _found(self) -> Iterator[tuple[str, Path]]:
        for folder in sorted(self.path.iterdir()):
            for case in (folder, folder / "case"):
                if Browsing(case).exists:
                    yield folder.name, case
                    break

    def held(self, config: Config | None = None) -> list[Held]:
        """Every case with what it holds; one that cannot be opened keeps none of the others away."""
        return [_held(name, path, config) for name, path in self._found()]

    def begin(self, name: str) -> Path:
        """The folder of a case that is to be begun.

        Raises SecondSourceError for a name that is none for a folder, or is taken.
        """
        wanted = name.strip()
        if not wanted or _UNFIT.search(wanted):
            raise SecondSourceError(
                f"“{wanted}” cannot be the name of a folder: letters, digits, blanks and dashes can."
            )
        if (self.path / wanted).exists():
            raise SecondSourceError(f"“{wanted}” is there already.")
        return self.path / wanted


def _held(name: str, path: Path, config: Config | None) -> Held:
    try:
        with Browsing(path, config=config) as case:
            return Held(name, case.finding.counts())
    except SecondSourceError as error:
        return Held(name, {}, str(error))
