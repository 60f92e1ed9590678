"""The folder of a case, opened on first use."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from secondsource.config import Config

if TYPE_CHECKING:
    from secondsource.store import QuickLog, Store


class Case:
    """A case on disk, and the limits that hold for it; the base of `Desk`."""

    def __init__(self, path: str | Path = "case", *, config: Config | None = None) -> None:
        self.path = Path(path)
        self.config = config or Config()
        self._store: Store | None = None
        self._quick: QuickLog | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for opened in (self._quick, self._store):
            if opened:
                opened.close()
        self._quick = self._store = None

    @property
    def name(self) -> str:
        """What the case is called: its folder, with the one above where it is just "case"."""
        folder = self.path.resolve()
        return f"{folder.parent.name}/{folder.name}" if folder.name == "case" else folder.name

    @property
    def exists(self) -> bool:
        """True where there is a case on disk."""
        from secondsource.store import FILE

        return (self.path / FILE).is_file()

    def store(self, *, create: bool = False) -> Store:
        """The case itself, opened now if it was not; made only where ``create`` is True."""
        from secondsource.store import Store, adopt

        if self._store is None:
            if self._quick:
                self._quick.close()
            self._quick = None
            self._store = Store.open(self.path, self.config, create=create)
            adopt(self._store)
        return self._store

    def log(self) -> Store | QuickLog:
        """What screenings are kept in: the case where it is open, or only as much of it as that takes."""
        from secondsource.store import QuickLog

        if self._store is None and self._quick is None:
            self._quick = QuickLog.open(self.path, self.config.user, self.config.busy_seconds)
        return self._store or self._quick or self.store()
