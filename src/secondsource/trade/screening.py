"""A table of trade read twice: for the names of its parties, and for everything else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from secondsource.model import Progress
from secondsource.trade.columns import found_in
from secondsource.trade.flags import Flag, load
from secondsource.trade.parties import Ask, Parties, Potential
from secondsource.trade.ranking import Spool
from secondsource.trade.signals import Found, Settings, Signals, weights
from secondsource.trade.tables import Table, open_table, sha256_of
from secondsource.trade.writing import kind_of, write

OURS = ("rank", "score", "row", "reasons", "hs_read", "tier", "consignor_match", "consignee_match")
"""The columns that stand before those of the table itself."""
_EVERY = 5_000
MOST_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be screened and where the answer goes.

    ``columns`` says what the user calls some columns; ``keep`` is how many of the first rows are
    given back, ``jobs`` how many processes may screen names.
    """

    path: Path
    output: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    keep: int = 1_000
    jobs: int = 1


class ScreenedRow(NamedTuple):
    """A row with a reason to look: its number in the table, its cells, and what was found."""

    row: int
    cells: tuple[str, ...]
    found: Found


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of a table; ``rows`` are the first ``keep`` of those with a reason, in their order.

    ``problems`` name rows that could not be read and cells that could not, the first thousand of
    ``wrong``; ``unread`` is how many rows were not screened at all.  ``lists`` are the editions that
    names were screened against and ``at`` is when, both set by who has the lists.
    """

    path: str
    sha256: str
    header: tuple[str, ...]
    places: Mapping[str, int]
    total: int
    flagged: int
    screened: bool
    unread: int
    wrong: int
    names: int
    matched: int
    problems: tuple[str, ...]
    rows: tuple[ScreenedRow, ...]
    seconds: float
    seconds_names: float
    lists: tuple[str, ...] = ()
    at: str = ""


def load_flags(path: str | Path) -> tuple[Flag, ...]:
    """The flags of a user's own in a file.  Raises ListError where it cannot be used."""
    return load(path, weights()["flag"])


def screen_table(
    order: Order, settings: Settings, ask: Ask | None, progress: Callable[[Progress], None] | None = None
) -> Screened:
    """Screen a table; without ``ask`` no names are screened.

    Raises ReadError, Empty or ListError where the file is no such table, SecondSourceError where
    the answer cannot be written.
    """
    if order.output:
        kind_of(order.output)
    return _Run(order, settings, progress or (lambda _: None)).screened(ask)


class _Run:
    """One table on its way."""

    def __init__(self, order: Order, settings: Settings, tell: Callable[[Progress], None]) -> None:
        self._order, self._settings, self._tell = order, settings, tell
        self._table = open_table(order.path, encoding=order.encoding, sheet=order.sheet)
        self._places = found_in(self._table.header, order.columns, str(order.path))
        self._parties = Parties()
        self._total = self._unread = self._wrong = 0
        self._problems: list[str] = []

    def screened(self, ask: Ask | None) -> Screened:
        started = perf_counter()
        self._names(ask)
        names_at = perf_counter()
        if ask:
            self._parties.screen(ask, self._order.jobs, lambda done, of: self._at("names", done, of))
        seconds_names = perf_counter() - names_at
        with tempfile.TemporaryDirectory(prefix="secondsource-") as folder:
            spool = Spool(Path(folder))
            self._evaluate(spool)
            kept = self._written(spool)
        return Screened(
            path=str(self._order.path),
            sha256=sha256_of(self._order.path),
            header=self._table.header,
            places=self._places,
            total=self._total,
            flagged=spool.size,
            screened=ask is not None,
            unread=self._unread,
            wrong=self._wrong,
            names=len(self._parties),
            matched=len(self._parties.matched),
            problems=tuple(self._problems),
            rows=tuple(kept),
            seconds=perf_counter() - started,
            seconds_names=seconds_names,
        )

    def _names(self, ask: Ask | None) -> None:
        """The first reading: how many rows there are, and whom they name."""
        sides = [self._places[side] for side in ("consignor", "consignee") if ask and side in self._places]
        add = self._parties.add
        for number, cells in self._table.rows():
            self._total += 1
            if not isinstance(cells, str):
                for at in sides:
                    if name := cells[at].strip():
                        add(name)
            if number % _EVERY == 0:
                self._at("trade", number, 0)

    def _evaluate(self, spool: Spool) -> None:
        """The second reading: the reasons of each row."""
        signals = Signals(self._places, self._settings, self._parties)
        for done, (number, cells) in enumerate(self._table.rows(), 1):
            if isinstance(cells, str):
                self._unread += 1
                self._note(number, f"{cells}; not screened")
            else:
                for problem in signals.problems(cells):
                    self._note(number, problem)
                if found := signals.of(cells):
                    spool.add(found.score, ScreenedRow(number, tuple(cells), found))
            if done % _EVERY == 0 or done == self._total:
                self._at("rows", done, self._total)

    def _note(self, number: int, problem: str) -> None:
        self._wrong += 1
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(f"{self._order.path}, row {number}: {problem}")

    def _at(self, stage: str, done: int, total: int) -> None:
        self._tell(Progress(stage, done, total, self._order.path.name))

    def _written(self, spool: Spool) -> list[ScreenedRow]:
        """The ranked rows put where they belong, and the first of them."""
        kept: list[ScreenedRow] = []
        ranked = _keeping(spool.ranked(), kept, self._order.keep)
        rows = (_line(rank, row) for rank, row in enumerate(ranked, 1))
        if self._order.output:
            write(self._order.output, [*OURS, *_renamed(self._table)], rows, spool.size)
        else:
            for rank, _ in enumerate(rows, 1):
                if rank >= self._order.keep:
                    break
        return kept


def _keeping(rows: Iterator[ScreenedRow], kept: list[ScreenedRow], most: int) -> Iterator[ScreenedRow]:
    for row in rows:
        if len(kept) < most:
            kept.append(row)
        yield row


def _renamed(table: Table) -> Iterator[str]:
    """The table's own headers, told apart from ours and from each other."""
    taken = set(OURS)
    for at, name in enumerate(table.header, 1):
        own = name or f"column {at}"
        while own in taken:
            own += "_"
        taken.add(own)
        yield own


def _line(rank: int, row: ScreenedRow) -> Sequence[str | int]:
    found = row.found
    matches = (_match(found.matches.get(side)) for side in ("consignor", "consignee"))
    return [
        rank,
        found.score,
        row.row,
        "; ".join(found.reasons),
        found.code,
        found.tier,
        *matches,
        *row.cells,
    ]


def _match(potential: Potential | None) -> str:
    return f"{potential.name} ({potential.list}, entry {potential.entry})" if potential else ""


def cells_of(table: Screened, row: ScreenedRow) -> dict[str, str]:
    """The cells of a row by what they hold."""
    return {role: row.cells[at] for role, at in table.places.items()}
