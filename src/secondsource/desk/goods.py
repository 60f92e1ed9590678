"""What a desk does with goods: figures against control clauses, and tables of trade."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from secondsource.desk.lists import Lists

# As on the desk itself, what a method needs is loaded when it is called.
if TYPE_CHECKING:
    from secondsource.appraise import Item
    from secondsource.goods import Answer, RangeKind, Regime


class GoodsDesk:
    """The part of a `Desk` that deals with goods."""

    def __init__(self, desk: Lists) -> None:
        self._desk = desk

    def regimes(self, files: Iterable[str | Path] = ()) -> tuple[Regime, ...]:
        """The control lists that come with the program, and those in rule ``files`` of one's own.

        Raises ListError for a file that is refused.
        """
        from secondsource.goods import load, packaged

        return (*packaged(), *map(load, files))

    def check(
        self,
        pairs: Iterable[str],
        *,
        range_kind: RangeKind = "one-way",
        joint: bool = True,
        as_of: date | None = None,
        item: str | None = None,
        regimes: Iterable[Regime] = (),
    ) -> list[Answer]:
        """Which clauses the figures in ``name=value`` words would meet; no case is needed.

        ``joint`` is False where the figures are greatest values that were reported apart.
        Raises SecondSourceError for words that are no figures.
        """
        from secondsource.goods import check, from_pairs, known_figures

        lists = tuple(regimes) or self.regimes()
        figures = from_pairs(pairs, known_figures(lists), range_kind=range_kind, joint=joint)
        return check(figures, lists, as_of=as_of, item=item)

    def items(
        self, *, as_of: date | None = None, item: str | None = None, regimes: Iterable[Regime] = ()
    ) -> list[Item]:
        """Every item of the case with the figures that claims report of it, and their answers.

        Rival figures get an answer each.  ``item`` is what kind of thing they are, where the
        figures alone should not say.
        """
        from secondsource.appraise import Case, appraise

        store = self._desk.store()
        documents = {document.id: document for document in store.documents("read")}
        case = Case(store.claims(), store.mentions(), store.entities(), documents)
        return appraise(case, tuple(regimes) or self.regimes(), as_of=as_of, item=item)
