"""What a desk does with designation lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondsource.desk.case import Case
from secondsource.errors import ReadError, SecondSourceError
from secondsource.model import ListEdition, Screening

if TYPE_CHECKING:
    from secondsource.screen import Screener


class Lists(Case):
    """The lists of a case, and names screened against them."""

    _ready: Screener | None = None

    def add_list(self, path: str | Path) -> ListEdition:
        """Put a designation list in force in place of its last edition.

        Raises ListError where the file is not a list that is known; the last edition then
        stays in force.
        """
        from secondsource.lists import beside, load
        from secondsource.store import now

        data = _bytes(path)
        companions = beside(Path(path))
        header, entries = load(data, Path(path).name, companions)
        store = self.store(create=True)
        edition = ListEdition(
            header.name, header.authority, str(path), store.blobs.add(data), now(), len(entries), header.notes
        )
        kept = {name: store.blobs.add(each) for name, each in companions.items()}
        store.add_list(edition, entries, kept)
        return edition

    def lists(self) -> list[ListEdition]:
        """The lists in force, by name."""
        return self.store().lists()

    def screen(
        self, name: str, *, schema: str | None = None, limit: int = 5, threshold: float | None = None
    ) -> Screening:
        """Whom on the lists of the case a name may mean, with reasons; the screening is kept.

        ``schema`` is the kind of thing that is named, where it is known.  Raises
        SecondSourceError where there is no list, or the name or a bound makes no sense.
        """
        screening = self._screener().screen(name, schema=schema, limit=limit, threshold=threshold)
        self.store().add_screenings([screening])
        return screening

    def screen_file(
        self,
        path: str | Path,
        *,
        column: str | None = None,
        schema_column: str | None = None,
        refused: Callable[[str], None] | None = None,
        **bounds: Any,
    ) -> Iterator[Screening]:
        """Each name in a column of a CSV file, screened as `screen` does with the same ``bounds``.

        ``column`` is "query" or "name" where none is given; empty cells are left out.
        ``refused`` is told of each row that cannot be screened; without it the first one is
        raised.  Raises ReadError where the file cannot be opened, ListError where it is no
        CSV or has no such column.
        """
        from secondsource.lists.asked import names_in

        for line, name, schema in names_in(_bytes(path), str(path), column, schema_column):
            try:
                yield self.screen(name, **{**bounds, "schema": schema or bounds.get("schema")})
            except SecondSourceError as error:
                if refused is None:
                    raise
                refused(f"{path}, line {line}: {error}")

    def screenings(self) -> list[Screening]:
        """What was screened, in the order of time."""
        return self.store().screenings()

    def _screener(self) -> Screener:
        from secondsource.screen import Screener

        editions = self.lists()
        if self._ready is None or self._ready.editions != tuple(editions):
            self._ready = Screener(self.store().designations(), editions)
        return self._ready


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from error
